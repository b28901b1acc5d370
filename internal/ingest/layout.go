package ingest

import (
	"bytes"
	"math"
	"strings"
	"time"
)

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
	cols.share, cols.scale = e.shares(cols.share)
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
// factor that makes them shares of one: cells with % have been divided already.
func (e *evidence) shares(named bool) (isShare bool, scale float64) {
	switch {
	case !named && !e.percent && !e.fractions || e.largest > 100:
		return false, 0
	case e.percent || e.largest <= 1:
		return true, 1
	}
	return true, 0.01
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
