// Package demo invents a municipal contact centre of the Swedish kind: its
// centre file, its people, what is booked for them, and two years of history
// with waits that come from a queue. Nothing in it is taken from a real centre.
package demo

import (
	"context"
	_ "embed" // the hand-written part of the centre
	"os"
	"path/filepath"

	"bemanna/internal/civil"
)

//go:embed files/people.csv
var peopleFile []byte

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
	Abandoned int     // calls
	Within60  float64 // share of the calls offered that were answered within 60 s
	Within180 float64 // the same within 180 s
}

// Cases gives calls and e-mails together.
func (y Year) Cases() int { return y.Calls + y.Emails }

// Write writes the invented centre into the folder dir, which it makes.
func Write(ctx context.Context, dir string, o Options) (Summary, error) {
	w, err := newWorld(o)
	if err != nil {
		return Summary{}, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // a folder that others may look into
		return Summary{}, err
	}
	for name, content := range map[string][]byte{"centre.yaml": w.file, "people.csv": peopleFile} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil { //nolint:gosec // not secret
			return Summary{}, err
		}
	}
	return Summary{}, ctx.Err()
}
