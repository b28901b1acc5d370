package ingest

import (
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
	if i := c.index[fieldWithin]; i >= 0 {
		c.share = h.matches[i].share
		if h.matches[i].within > 0 {
			c.within = h.matches[i].within
		}
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
