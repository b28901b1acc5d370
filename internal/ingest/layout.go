package ingest

import (
	"bytes"
	"math"
	"strings"
	"time"
)

// columns says where the fields are and how their values are meant.
type columns struct {
	index  [fieldCount]int // -1: no such column
	clock  int             // column of the time of day where it is apart from the date; -1: none
	mean   [fieldCount]bool
	share  bool    // answered within is a share of the answered calls
	scale  float64 // of that share: 0.01 for per cent
	within time.Duration
}

// detect finds out the form of a file from its head.
func detect(t text, o Options) (Layout, columns, header, error) {
	h := findHeader(t.head)
	l := Layout{
		Gzip: t.gzip, Encoding: t.encoding, Delimiter: h.delimiter, HeaderLine: h.line,
		Zone: o.Location.String(),
	}
	cols, err := findColumns(h, t.head, o)
	if err != nil {
		return l, cols, h, err
	}
	e := evidence{cols: &cols, largest: math.Inf(-1)}
	eachRow(t.head, h, -1, e.look)
	l.DecimalComma = e.decimal > 0 || e.decimal == 0 && h.delimiter == ';'
	cols.share, cols.scale = e.shares()
	l.Dates, l.Offsets = e.form, e.offsets
	if e.monthFirst > e.dayFirst {
		l.Dates = MonthFirst
	}
	l.DatesAmbiguous = e.unsure && e.monthFirst == 0 && e.dayFirst == 0
	l.Step = e.step()
	if o.Step > 0 && l.Step < 24*time.Hour {
		l.Step = o.Step
	}
	l.Columns, l.Ignored = cols.describe(h)
	return l, cols, h, nil
}

// eachRow calls look with up to limit rows below the header; -1: all.
func eachRow(head []byte, h header, limit int, look func(record []string)) {
	r := newCSV(bytes.NewReader(head), h.delimiter)
	for row := 0; limit < 0 || row <= h.row+limit; row++ {
		record, err := r.Read()
		if err != nil {
			return
		}
		if row > h.row {
			look(record)
		}
	}
}

// findColumns chooses the columns. Which of those that speak of time has the
// date, the time of day or both is seen in the cells.
func findColumns(h header, head []byte, o Options) (columns, error) {
	c := columns{clock: -1}
	for f := range fieldCount {
		i := h.column(f)
		c.index[f] = i
		if i >= 0 {
			c.mean[f] = h.matches[i].mean
		}
	}
	c.within = o.Within
	if i := c.index[fieldWithin]; i >= 0 && h.matches[i].within > 0 {
		c.within = h.matches[i].within
	}
	var missing faults
	if !c.findWhen(h, head) {
		missing = append(missing, h.missing(o.File, fieldWhen))
	}
	if c.index[fieldGroup] < 0 && o.Group == "" {
		missing = append(missing, h.missing(o.File, fieldGroup))
	}
	if c.index[fieldOffered] < 0 {
		missing = append(missing, h.missing(o.File, fieldOffered))
	}
	return c, missing.err()
}

// sample is how many rows are looked at to tell dates from times.
const sample = 1000

// findWhen finds the column of stamps, or those of dates and of times. Where no
// cell can be read the best known name counts, so that the rows are set aside
// one by one.
func (c *columns) findWhen(h header, head []byte) bool {
	type kinds struct{ date, clock, both int }
	seen := make([]kinds, len(h.matches))
	var p stamps
	eachRow(head, h, sample, func(record []string) {
		for i := range min(len(record), len(seen)) {
			if h.matches[i].field != fieldWhen {
				continue
			}
			st, ok := p.parse(record[i])
			if !ok {
				st, ok = (&stamps{monthFirst: true}).parse(record[i])
			}
			switch {
			case !ok:
			case st.hasDate && st.hasTime:
				seen[i].both++
			case st.hasDate:
				seen[i].date++
			default:
				seen[i].clock++
			}
		}
	})
	best := func(count func(kinds) int) int {
		found := -1
		for i, k := range seen {
			if count(k) > 0 && (found < 0 || h.matches[i].rank < h.matches[found].rank) {
				found = i
			}
		}
		return found
	}
	if both := best(func(k kinds) int { return k.both }); both >= 0 {
		c.index[fieldWhen] = both
		return true
	}
	date, clock := best(func(k kinds) int { return k.date }), best(func(k kinds) int { return k.clock })
	if date >= 0 {
		c.index[fieldWhen], c.clock = date, clock
		return true
	}
	return clock < 0 && c.index[fieldWhen] >= 0
}

// describe lists the columns that are used and the names of the others.
func (c *columns) describe(h header) (used []Column, ignored []string) {
	use := make([]string, len(h.names))
	for f, i := range c.index {
		if i >= 0 {
			use[i] = canonical[f]
		}
	}
	if c.clock >= 0 {
		use[c.index[fieldWhen]], use[c.clock] = "date", "time"
	}
	for i, name := range h.names {
		if use[i] == "" {
			if name != "" {
				ignored = append(ignored, name)
			}
			continue
		}
		f := h.matches[i].field
		used = append(used, Column{Name: name, Use: use[i], Mean: c.mean[f], Share: f == fieldWithin && c.share})
	}
	return used, ignored
}

// cell gives the text of a field in a row, "" where there is none. A dash is
// how reports write nothing.
func (c *columns) cell(record []string, f field) string {
	i := c.index[f]
	if i < 0 || i >= len(record) {
		return ""
	}
	s := strings.TrimSpace(record[i])
	if s == "-" || s == "–" {
		return ""
	}
	return s
}

// when reads the stamp of a row, from one column or two.
func (c *columns) when(p *stamps, record []string) (stamp, bool) {
	st, ok := p.parse(c.cell(record, fieldWhen))
	if !ok || !st.hasDate {
		return stamp{}, false
	}
	if c.clock < 0 {
		return st, true
	}
	if c.clock >= len(record) {
		return stamp{}, false
	}
	t, ok := parseClock(strings.TrimSpace(record[c.clock]))
	t.date, t.hasDate, t.form, t.unsure = st.date, true, st.form, st.unsure
	return t, ok
}

// evidence is what the rows of the head say of the form of the file.
type evidence struct {
	cols                 *columns
	day, month           stamps
	form                 DateForm
	dayFirst, monthFirst int // dates that can be read only so
	unsure, offsets      bool
	minutes              int // greatest common divisor of the stamps, in minutes; 0: all at midnight
	timed                bool
	firstDay, lastDay    stamp
	decimal              int // votes for the comma less those for the point
	percent, fractions   bool
	largest              float64 // share or count of those answered within
}

func (e *evidence) look(record []string) {
	for f := fieldOffered; f < fieldCount; f++ {
		if s := e.cols.cell(record, f); s != "" {
			e.decimal += decimalVote(s)
		}
	}
	e.lookShare(e.cols.cell(record, fieldWithin))
	e.month.monthFirst = true
	st, ok := e.cols.when(&e.day, record)
	switch {
	case !ok:
		if st, ok = e.cols.when(&e.month, record); !ok {
			return
		}
		e.monthFirst++
	case st.form == DayFirst && st.unsure:
		e.unsure = true
	case st.form == DayFirst:
		e.dayFirst++
	}
	if e.form == "" {
		e.form, e.firstDay = st.form, st
	}
	e.lastDay = st
	e.offsets = e.offsets || st.exact
	e.timed = e.timed || st.hasTime
	if st.minute%5 == 0 && st.second == 0 { // a stray 08:07 is off the grid, not a grid of one minute
		e.minutes = gcd(e.minutes, st.minute)
	}
	if st.length > 0 {
		e.minutes = gcd(e.minutes, st.length)
	}
}

// lookShare tells shares from counts among those answered in time.
func (e *evidence) lookShare(s string) {
	if s == "" {
		return
	}
	e.percent = e.percent || strings.HasSuffix(s, "%")
	v, ok := share(s, strings.ContainsRune(s, ','))
	if ok {
		e.fractions = e.fractions || v != math.Trunc(v)
		e.largest = max(e.largest, v)
	}
}

// shares tells whether those answered in time are given as shares, and the
// factor that makes them shares of one.
func (e *evidence) shares() (isShare bool, scale float64) {
	switch {
	case e.percent:
		return true, 1
	case e.fractions && e.largest <= 1:
		return true, 1
	case e.fractions && e.largest <= 100:
		return true, 0.01
	}
	return false, 0
}

// step is the length of the intervals: the greatest common divisor of the
// stamps and an hour, or a day when there is no time of day but midnight.
func (e *evidence) step() time.Duration {
	if !e.timed || e.minutes == 0 && e.firstDay.date != e.lastDay.date {
		return 24 * time.Hour
	}
	return time.Duration(gcd(e.minutes, 60)) * time.Minute
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
