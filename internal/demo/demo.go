// Package demo invents a municipal contact centre of the Swedish kind: its
// centre file, its people, what is booked for them, and two years of history
// with waits that come from a queue. Nothing in it is taken from a real centre.
package demo

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"bemanna/internal/civil"
)

// Options say which centre is invented.
type Options struct {
	Until civil.Date // last day of the history
	Seed  uint64     // another seed, other calls: the centre and its people stay
}

// Summary counts what was written.
type Summary struct {
	Files       []string // relative to the folder, in the order in which they were written
	Groups      int
	Employees   int // permanent
	Temps       int // hourly temps and agency workers
	Bookings    int
	From, Until civil.Date // first and last day of the history
	PhoneRows   int        // quarter-hours of an answer group
	EmailRows   int        // days of an answer group
	LastYear    Year       // the last calendar year that is whole
}

// Year is what happened in a calendar year.
type Year struct {
	Year      int
	Calls     int // offered
	Emails    int
	Abandoned int // calls

	AnsweredWithin60, AnsweredWithin180 int // calls
}

// Cases gives calls and e-mails together.
func (y Year) Cases() int { return y.Calls + y.Emails }

// Within60 gives the share of the calls offered that were answered within 60 s.
func (y Year) Within60() float64 { return float64(y.AnsweredWithin60) / float64(y.Calls) }

// Within180 gives the share of the calls offered that were answered within
// 180 s.
func (y Year) Within180() float64 { return float64(y.AnsweredWithin180) / float64(y.Calls) }

// Write writes the invented centre into the folder dir, which it makes if need
// be: centre.yaml, README.txt, the files invented-*.csv of people, bookings,
// events, overrides and attendance and, in the folder history, the calls and
// e-mails of 26 months. Files of these names that are
// already there are not touched: the error is then an fs.ErrExist. When Write
// fails half-way, what was written stays.
//
// The same options give the same bytes. A day that two runs with the same seed
// share is the same in both, as long as the new assignment began on the same
// day: the last 1 October that is a year or more before Until.
func Write(ctx context.Context, dir string, o Options) (Summary, error) {
	w, err := newWorld(o)
	if err != nil {
		return Summary{}, err
	}
	people, err := readPeople()
	if err != nil {
		return Summary{}, err
	}
	bookings := w.book(people, o.Until+1)
	sum := Summary{Groups: len(w.groups), Bookings: len(bookings)}
	for _, p := range people {
		if p.permanent() {
			sum.Employees++
		} else {
			sum.Temps++
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "history"), 0o755); err != nil { //nolint:gosec // not secret
		return Summary{}, err
	}
	for _, f := range []struct {
		name    string
		content []byte
	}{
		{"centre.yaml", w.file},
		{"invented-people.csv", peopleFile},
		{"invented-bookings.csv", bookingsCSV(bookings)},
		{"invented-events.csv", w.eventsCSV(o)},
		{"invented-overrides.csv", w.overridesCSV(o)},
		{"invented-attendance.csv", w.attendanceCSV(o)},
		{"README.txt", w.readme},
	} {
		sum.Files = append(sum.Files, f.name)
		err := create(filepath.Join(dir, f.name), func(out io.Writer) error {
			_, err := out.Write(f.content)
			return err
		})
		if err != nil {
			return Summary{}, err
		}
	}
	err = w.history(ctx, dir, o, &sum)
	return sum, err
}
