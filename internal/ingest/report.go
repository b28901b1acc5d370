package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Report says what was found in a file. Read = Good + the sum of SetAside.
type Report struct {
	File     string
	Layout   Layout
	Read     int            // rows below the header
	Good     int            // rows that were handed on with their numbers
	SetAside map[Reason]int // rows that were not, the quiet kinds among them
	Rejects  []Reject       // the first rows set aside for each reason that is not quiet, by line
	Repeats  int            // good rows whose stamp had been seen for the same group and channel
	Groups   []GroupSpan    // in the order in which they first appear
}

// Layout is what was detected of the form of a file.
type Layout struct {
	Gzip      bool
	Encoding  string // UTF-8, UTF-16 or Windows-1252
	Delimiter rune
	// DecimalComma is true when numbers are written 205,5.
	DecimalComma bool
	Dates        DateForm
	// DatesAmbiguous is true when no day past the 12th told whether the day or
	// the month comes first: the day was taken to.
	DatesAmbiguous bool
	Offsets        bool          // stamps carry their distance to UTC
	Step           time.Duration // length of the intervals; 24 h: daily totals
	Zone           string        // in which stamps without an offset were read
	HeaderLine     int
	Columns        []Column // that were used, in the order of the file
	Ignored        []string // names of the other columns
}

// Column is a column that was used.
type Column struct {
	Name string // in the file
	Use  string // the canonical name: offered, talk_s, …
	// Mean is true when the values are seconds per answered call, or per abandoned
	// call where they are its wait, Share when they are shares of the answered
	// calls; all were made into sums.
	Mean, Share bool
}

// DateForm is how dates are written.
type DateForm string

// The forms of dates.
const (
	YearFirst  DateForm = "2026-11-23"
	Compact    DateForm = "20261123"
	DayFirst   DateForm = "23/11/2026"
	MonthFirst DateForm = "11/23/2026"
)

// GroupSpan is a group of the file with its time.
type GroupSpan struct {
	Group, Channel string
	First, Last    time.Time // starts of its first and last interval
	Rows           int
}

// Reason is why a row was set aside.
type Reason string

// The reasons. The last three are quiet: they are counted without an example,
// since nothing is lost.
const (
	ReasonTime       Reason = "time"         // the stamp is no time that can be read, of the years 1990 to 2099
	ReasonGrid       Reason = "grid"         // the stamp is not a multiple of the interval after midnight
	ReasonStep       Reason = "step"         // the length of the interval is not 1 to 60 minutes that divide an hour
	ReasonSkipped    Reason = "skipped_hour" // calls at a time that the clocks skip in spring
	ReasonGroup      Reason = "group"        // no name of a group
	ReasonFields     Reason = "fields"       // the row ends before the column offered
	ReasonQuote      Reason = "quote"        // a quotation mark is not closed on its line
	ReasonNumber     Reason = "number"       // letters or other signs in a number
	ReasonNegative   Reason = "negative"     // below zero
	ReasonFraction   Reason = "fraction"     // a count that is not whole
	ReasonGreat      Reason = "great"        // a count above ten million
	ReasonExceeds    Reason = "exceeds"      // a part that is more than its whole: answered above offered, a share above 1
	ReasonHandleTime Reason = "handle_time"  // a mean handle time above an hour
	ReasonWait       Reason = "wait"         // a mean wait on the telephone above four hours

	ReasonTotal  Reason = "total"   // a row of totals
	ReasonBlank  Reason = "blank"   // a row of empty cells
	ReasonNoHour Reason = "no_hour" // no calls at a time that the clocks skip in spring
)

// Quiet tells whether rows of this reason are set aside without an example.
func (r Reason) Quiet() bool {
	return r == ReasonTotal || r == ReasonBlank || r == ReasonNoHour
}

// Reject is a row that was set aside.
type Reject struct {
	Line   int
	Column string // as the file calls it; "" where the whole row is meant
	Value  string
	Reason Reason
}

// String is the report in English, for logs.
func (r Report) String() string {
	var b strings.Builder
	l := r.Layout
	fmt.Fprintf(&b, "%s: %s, cells between %q, decimal %s, dates %s, intervals of %v in %s\n",
		r.File, l.Encoding, l.Delimiter, l.decimalSign(), l.Dates, l.Step, l.Zone)
	for _, c := range l.Columns {
		fmt.Fprintf(&b, "column %s: %s%s\n", c.Name, c.Use, c.meaning())
	}
	if len(l.Ignored) > 0 {
		fmt.Fprintf(&b, "ignored: %s\n", strings.Join(l.Ignored, ", "))
	}
	fmt.Fprintf(&b, "%d rows read, %d good, %d repeated\n", r.Read, r.Good, r.Repeats)
	for _, why := range slices.Sorted(maps.Keys(r.SetAside)) {
		fmt.Fprintf(&b, "set aside: %d (%s)\n", r.SetAside[why], why)
	}
	for _, x := range r.Rejects {
		fmt.Fprintf(&b, "%s:%d: column %s: %q: %s\n", r.File, x.Line, x.Column, x.Value, x.Reason)
	}
	for _, g := range r.Groups {
		fmt.Fprintf(&b, "group %s %s: %d rows, %s to %s\n", g.Group, g.Channel, g.Rows,
			g.First.Format(time.DateTime), g.Last.Format(time.DateTime))
	}
	return b.String()
}

func (c Column) meaning() string {
	switch {
	case c.Mean && c.Use == canonical[fieldWaitAbandoned]:
		return ", mean of the abandoned calls"
	case c.Mean:
		return ", mean of the answered calls"
	case c.Share:
		return ", share of the answered calls"
	}
	return ""
}

func (l Layout) decimalSign() string {
	if l.DecimalComma {
		return "comma"
	}
	return "point"
}
