package demo

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"bemanna/internal/civil"
)

var (
	phoneHeader = []string{
		"interval_start", "group", "channel", "offered", "answered", "answered_within_60s", "answered_within_180s",
		"abandoned", "talk_s", "acw_s", answeredWaitColumn, abandonedWaitColumn, "source",
	}
	emailHeader = []string{"date", "group", "channel", "offered", "source"}
)

// The mean waits in whole seconds, as Swedish telephony writes them; empty where
// there is nobody to have waited.
const (
	answeredWaitColumn  = "medelväntetid_besvarade_s"
	abandonedWaitColumn = "medelväntetid_övergivna_s"
)

// source marks every row of the history.
const source = "invented"

// months is the length of the history.
const months = 26

// span gives the first and the last day of the history.
func (o Options) span() (from, until civil.Date) {
	y, m, day := o.Until.Civil()
	return civil.NewDate(y, m-months, day+1), o.Until
}

// lastYear gives the last calendar year that is over at the end of the history.
func (o Options) lastYear() int {
	y, _, _ := (o.Until + 1).Civil()
	return y - 1
}

// history lets the days happen one by one and writes them, a file for each year
// and channel.
func (w *world) history(ctx context.Context, dir string, o Options, sum *Summary) error {
	sum.From, sum.Until = o.span()
	sum.LastYear.Year = o.lastYear()
	for from := sum.From; from <= sum.Until; {
		year, _, _ := from.Civil()
		until := min(sum.Until, civil.NewDate(year, time.December, 31))
		if err := w.writeYear(ctx, dir, year, from, until, sum); err != nil {
			return err
		}
		from = until + 1
	}
	return nil
}

func (w *world) writeYear(ctx context.Context, dir string, year int, from, until civil.Date, sum *Summary) error {
	phone := filepath.Join("history", fmt.Sprintf("invented-phone-%d.csv.gz", year))
	email := filepath.Join("history", fmt.Sprintf("invented-email-%d.csv", year))
	sum.Files = append(sum.Files, phone, email)
	return create(filepath.Join(dir, phone), func(phoneFile io.Writer) error {
		packed := gzip.NewWriter(phoneFile)
		err := create(filepath.Join(dir, email), func(emailFile io.Writer) error {
			return w.writeDays(ctx, csv.NewWriter(packed), csv.NewWriter(emailFile), from, until, sum)
		})
		if err != nil {
			return err
		}
		return packed.Close()
	})
}

func (w *world) writeDays(ctx context.Context, phone, email *csv.Writer, from, until civil.Date, sum *Summary) error {
	// A csv.Writer keeps its first error for the flush at the end.
	_ = phone.Write(phoneHeader)
	_ = email.Write(emailHeader)
	for d := from; d <= until; d++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		day := w.live(d)
		for i := range w.groups {
			if w.groups[i].Email {
				sum.EmailRows += w.writeEmails(email, i, day)
			} else {
				sum.PhoneRows += w.writeCalls(phone, i, day)
			}
		}
		if year, _, _ := d.Civil(); year == sum.LastYear.Year {
			sum.LastYear.add(day)
		}
	}
	phone.Flush()
	email.Flush()
	if err := phone.Error(); err != nil {
		return err
	}
	return email.Error()
}

// writeCalls writes the open intervals of a group and tells how many.
func (w *world) writeCalls(out *csv.Writer, group int, d *day) (rows int) {
	for slot, t := range d.tally[group] {
		if !d.open[group][slot] || d.outage.silent && d.outage.covers(slot) {
			continue
		}
		rows++
		_ = out.Write([]string{
			d.grid.Time(slot).Format(time.RFC3339), w.groups[group].ID, "phone",
			strconv.Itoa(t.offered), strconv.Itoa(t.answered), strconv.Itoa(t.within60), strconv.Itoa(t.within180),
			strconv.Itoa(t.abandoned), whole(t.talk), whole(t.after),
			mean(t.waited, t.answered), mean(t.gaveUp, t.abandoned), source,
		})
	}
	return rows
}

func (w *world) writeEmails(out *csv.Writer, group int, d *day) (rows int) {
	if !slices.Contains(d.open[group], true) {
		return 0
	}
	_ = out.Write([]string{d.date.String(), w.groups[group].ID, "email", strconv.Itoa(d.emails[group]), source})
	return 1
}

func whole(seconds float64) string { return strconv.FormatFloat(seconds, 'f', 0, 64) }

// mean writes the mean of n times, nothing when there are none.
func mean(seconds float64, n int) string {
	if n == 0 {
		return ""
	}
	return whole(seconds / float64(n))
}

// add counts a day.
func (y *Year) add(d *day) {
	for _, slots := range d.tally {
		for _, t := range slots {
			y.Calls += t.offered
			y.Abandoned += t.abandoned
			y.AnsweredWithin60 += t.within60
			y.AnsweredWithin180 += t.within180
		}
	}
	for _, n := range d.emails {
		y.Emails += n
	}
}

// create writes a new file; one that is already there is an error.
func create(path string, write func(io.Writer) error) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // not secret
	if err != nil {
		return err
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	return write(f)
}
