package ingest

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// Options are what a file does not say by itself. The zero Options suit a file
// with a column of groups whose stamps are in UTC.
type Options struct {
	File     string         // the name for reports and errors
	Location *time.Location // of stamps without an offset; nil: UTC
	Wall     bool           // offsets are left out of account: all stamps are what a clock of the Location showed
	Group    string         // of rows in files without a column for it
	Channel  string         // of rows that do not say
	Step     time.Duration  // of the intervals; 0: detected
	Within   time.Duration  // threshold of those answered in time where the name of the column does not say it
}

// CutError says that a file broke off or could not be read to its end. The
// rows up to Line were handed on.
type CutError struct {
	File string
	Line int // the last whole line
	Err  error
}

func (e *CutError) Error() string {
	return fmt.Sprintf("%sbroken off after line %d: %v", prefix(e.File), e.Line, e.Err)
}

// Unwrap gives what the reader of the file said.
func (e *CutError) Unwrap() error { return e.Err }

// prefix puts the name of a file in front of what is wrong with it.
func prefix(file string) string {
	if file == "" {
		return ""
	}
	return file + ": "
}

// faults is a list of errors.
type faults []error

func (f faults) err() error { return errors.Join(f...) }

// Read reads an export and calls each for every row, in the order of the file.
//
// The file may be packed with gzip; it is UTF-8, UTF-16 with a mark or
// Windows-1252, with cells between ; , tabs or |. Its header may stand below
// titles and names the columns in English or Swedish; columns that are not
// known are ignored. Wanted are a stamp (one column, or a date and a time of
// day; a date alone makes a file of daily totals), a group and the calls
// offered.
//
// Dates are 2026-11-23, 20261123, 23/11/2026 or 23.11.2026; 11/23/2026 is told
// from them by days past the 12th, and where there are none the day comes
// first. Times are 08:15, 8.15, 0815, with or without seconds, or ranges such as
// 08:00-08:15; with T or a space between, date and time make one stamp, which
// may carry an offset. Numbers have a decimal point or comma and may have their
// thousands set apart. Durations are seconds, 3:25 or 00:03:25.
//
// A mean handle time or wait becomes a sum: mean × answered, or × offered in
// files without a column of answered calls; the mean wait of those who gave up,
// mean × abandoned. A wait whose name does not say whose it is, is that of the
// answered calls. A share answered in time becomes a
// count: share × answered. An empty cell or a dash is missing, not zero; times
// are zero where nothing was answered.
//
// Stamps without an offset are wall time of Options.Location. In the hour that
// comes twice in autumn, the first row of a group with a stamp is the first
// pass, its second row the second. A row in the hour that is skipped in spring
// is set aside, quietly when it has no calls.
//
// A row with a fault is set aside whole. When its place is known, each gets a
// Row that is Faulty there. A stamp that comes again is handed on again: the
// last counts.
//
// Errors are a *ColumnError for each column that is missing, a *CutError when
// the file breaks off, and the error of each, which ends the reading. The
// report holds what was seen until then.
func Read(r io.Reader, o Options, each func(Row) error) (Report, error) {
	if o.Location == nil {
		o.Location = time.UTC
	}
	report := Report{File: o.File, SetAside: map[Reason]int{}}
	if o.Step != 0 && !validStep(o.Step) {
		return report, fmt.Errorf("interval %v: want minutes that divide an hour", o.Step)
	}
	t, err := openText(r)
	if err != nil {
		return report, fmt.Errorf("%s%w", prefix(o.File), err)
	}
	if len(t.head) == 0 {
		return report, fmt.Errorf("%sempty: wanted a header and rows", prefix(o.File))
	}
	layout, cols, h, err := detect(t, o)
	report.Layout = layout
	if err != nil {
		return report, err
	}
	rd := newReader(t.all, h, cols, o, &report)
	err = rd.run(h.row+1, each)
	rd.finish()
	return report, err
}

// ReadAll reads an export into memory: about 150 bytes for each row.
func ReadAll(r io.Reader, o Options) ([]Row, Report, error) {
	var rows []Row
	report, err := Read(r, o, func(row Row) error {
		rows = append(rows, row)
		return nil
	})
	return rows, report, err
}

// validStep tells whether intervals of this length fill an hour.
func validStep(d time.Duration) bool {
	return d >= time.Minute && d <= time.Hour && d%time.Minute == 0 && time.Hour%d == 0
}
