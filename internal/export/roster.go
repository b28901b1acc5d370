package export

import (
	"bufio"
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Roster writes a roster for those who work by it and those who lay it: what
// changes, and for each week what its days are worth and a row for each person. It
// fits into 80 columns.
func Roster(w io.Writer, r *plan.Roster, words *i18n.Words) error {
	p := &rosterPage{page: page{w: bufio.NewWriter(w), words: words}, r: r}
	p.head()
	p.changes()
	for i := range r.Weeks {
		p.week(&r.Weeks[i])
	}
	if p.err != nil {
		return p.err
	}
	return p.w.Flush()
}

// rosterColumns are the columns of RosterRows. New ones are added behind.
var rosterColumns = []string{"date", "version", "person", "name", "unit", "table", "state", "start", "end"}

// RosterRows writes a roster as CSV for programs, a row for each day of each person:
// comma, UTF-8, times with their offset. The state is shift, off or away; the version
// of a draft is 0. Texts that a spreadsheet would take for a formula are guarded; see
// guarded.
func RosterRows(w io.Writer, r *plan.Roster, _ *i18n.Words) error {
	out := csv.NewWriter(w)
	if err := out.Write(rosterColumns); err != nil {
		return err
	}
	for _, week := range r.Weeks {
		for i, day := range week.Days {
			for _, p := range week.People {
				state, start, end := "off", "", ""
				switch at := p.Days[i]; {
				case at.Shift != nil:
					state, start, end = "shift", at.Shift.Start.Format(time.RFC3339), at.Shift.End.Format(time.RFC3339)
				case at.Away:
					state = "away"
				}
				err := out.Write([]string{
					day.Date.String(), strconv.Itoa(r.Version), guarded(p.ID), guarded(p.Name), guarded(p.Unit), guarded(p.Table), state, start, end,
				})
				if err != nil {
					return err
				}
			}
		}
	}
	out.Flush()
	return out.Error()
}

// rosterTable is the people of a table of a unit in a week.
type rosterTable struct {
	unit, name string // in words
	people     []*plan.RosterPerson
}

// rosterTables groups the people of a week by unit and table, in the order of the
// centre file; those without a unit are last, and so are those without a table in
// theirs.
func rosterTables(r *plan.Roster, w *plan.RosterWeek, words *i18n.Words) []rosterTable {
	var out []rosterTable
	units := append(append([]plan.Unit{}, r.Units...), plan.Unit{Name: words.Say("page.no_unit")})
	tables := append(append([]plan.Unit{}, r.Tables...), plan.Unit{})
	for _, u := range units {
		for _, t := range tables {
			group := rosterTable{unit: u.Name, name: t.Name}
			for i := range w.People {
				if p := &w.People[i]; p.Unit == u.ID && p.Table == t.ID {
					group.people = append(group.people, p)
				}
			}
			if len(group.people) > 0 {
				out = append(out, group)
			}
		}
	}
	return out
}

// heading is the unit with the table.
func (t rosterTable) heading() string {
	if t.name == "" {
		return t.unit
	}
	return t.unit + " · " + t.name
}

// workdays are the indexes of the days of a week on which the centre is open or
// anybody works.
func workdays(w *plan.RosterWeek) []int {
	var out []int
	for i, d := range w.Days {
		if d.Open || d.People > 0 {
			out = append(out, i)
		}
	}
	return out
}

// weekdayHead is a day at the head of a column.
func weekdayHead(d civil.Date, words *i18n.Words) string {
	_, _, day := d.Civil()
	return words.Weekday(d) + " " + strconv.Itoa(day)
}

// clocks writes a shift as 07:30–16:15.
func clocks(s *plan.Period) string {
	return civil.ClockOf(s.Start).String() + "–" + civil.ClockOf(s.End).String()
}

// compact writes hours without the decimal that is 0.
func compact(x float64, words *i18n.Words) string {
	if x == float64(int(x)) {
		return words.Number(x, 0)
	}
	return words.Number(x, 1)
}
