package calculator

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"bemanna/erlang"
	"bemanna/internal/civil"
)

// A Day is a run of intervals in which the queue carries over from one to the
// next.
type Day struct {
	Case      Case // what holds for the whole day: target, cv, shrinkage, log-in rate
	Settings  DaySettings
	Intervals []DayInterval
	Staffed   bool // the agents of each interval are given
}

// A DayInterval is a row of a day.
type DayInterval struct {
	erlang.Interval
	Start string // clock, "" when the sheet has none
	Calls float64
	Line  int // of the sheet
}

// DaySettings are how a day begins, how its people leave, and what is asked of
// each of its intervals.
type DaySettings struct {
	Departure erlang.Departure
	Backlog   int     // calls that wait when the day opens
	Floor     float64 // least share in any interval while the day reaches its target
}

// mostIntervals is a day by five minutes.
const mostIntervals = 288

// usualFloor is the least share in an interval that people still accept.
const usualFloor = 0.7

var departures = map[string]erlang.Departure{
	"": erlang.FinishCall, "finish": erlang.FinishCall, "first": erlang.FirstToFinish, "preempt": erlang.Preempt,
}

// ReadDaySettings makes settings of the texts of departure, backlog and floor,
// "" for those that are left out. The error is an *[InputError].
func ReadDaySettings(text func(field string) string) (DaySettings, error) {
	s := DaySettings{Floor: usualFloor}
	var known bool
	if s.Departure, known = departures[text("departure")]; !known {
		return s, &InputError{"departure", text("departure"), "finish, first or preempt"}
	}
	if backlog := text("backlog"); backlog != "" {
		n, err := strconv.ParseUint(backlog, 10, 16)
		if err != nil {
			return s, &InputError{"backlog", backlog, "a whole number of calls from 0 to 65535"}
		}
		s.Backlog = int(n)
	}
	if floor := text("floor"); floor != "" {
		var ok bool
		if s.Floor, ok = Share(floor); !ok || s.Floor > 1 {
			return s, &InputError{"floor", floor, "a share from 0 to 100 %"}
		}
	}
	return s, nil
}

// dayColumns are what the rows of a day may differ in; per is how long an
// interval is.
var dayColumns = []column{
	{"start", "time", "from", "tid", "klockslag", "från"},
	{"per", "duration", "interval", "längd", "intervall"},
	{"calls", "offered", "volume", "samtal", "antal_samtal", "inkomna"},
	{"aht", "handle_time", "average_handle_time", "ärendetid", "hanteringstid"},
	{"patience", "mean_patience", "tålamod"},
	{"agents", "n", "staff", "bemanning"},
}

// ReadDay reads a sheet of intervals that follow each other: start, a clock, or
// duration_s; calls, aht_s, patience_s, and agents in all rows or in none. An
// empty aht_s is that of the row above. usual gives the text of what the sheet
// leaves out. The error names the lines that are at fault, or is an
// *[InputError] for what usual gives.
func ReadDay(r io.Reader, usual func(field string) string, settings DaySettings) (*Day, error) {
	s, err := ReadSheet(r)
	if err != nil {
		return nil, err
	}
	found := s.find(dayColumns)
	if _, ok := found["calls"]; !ok {
		return nil, &ColumnError{Wanted: "calls", Found: s.Header}
	}
	if n := len(s.Rows); n == 0 || n > mostIntervals {
		return nil, fmt.Errorf("%d rows, want one for each interval of a day, at most %d", n, mostIntervals)
	}
	d := &Day{Settings: settings}
	if d.Case, err = Read(quiet(usual), nil); err != nil {
		return nil, err
	}
	rows := dayRows{sheet: s, found: found, usual: usual}
	if err := rows.clocks(); err != nil {
		return nil, err
	}
	var faults []error
	staffed := 0
	for i := range s.Rows {
		c, in, err := rows.read(i)
		if err != nil {
			faults = append(faults, &LineError{s.Lines[i], err})
			continue
		}
		if len(c.Agents) > 0 {
			staffed++
		}
		d.Case.Patience = max(d.Case.Patience, c.Patience)
		d.Intervals = append(d.Intervals, in)
	}
	d.assume(rows)
	if d.Staffed = staffed > 0; d.Staffed && staffed < len(s.Rows) && len(faults) == 0 {
		faults = append(faults, fmt.Errorf("agents in %d of %d rows, want them in all, or in none for the need", staffed, len(s.Rows)))
	}
	return d, errors.Join(faults...)
}

// quiet are the texts of a day without calls: what does not depend on a row is
// read of them.
func quiet(usual func(string) string) func(string) string {
	return func(field string) string {
		switch text := usual(field); {
		case field == "calls":
			return "0"
		case field == "aht" && text == "":
			return "1s"
		default:
			return text
		}
	}
}

// assume leaves out of what was assumed what the rows say.
func (d *Day) assume(rows dayRows) {
	_, lengths := rows.found["per"]
	d.Case.Assumed = slices.DeleteFunc(d.Case.Assumed, func(name string) bool {
		return name == "per" && (lengths || rows.step != "") || name == "patience" && d.Case.Patience > 0
	})
}

// dayRows reads the rows of the sheet of a day.
type dayRows struct {
	sheet *Sheet
	found map[string]int
	usual func(string) string
	step  string // between starts; "" when there are none
	aht   string // of the row above
}

// clocks checks that the starts follow each other evenly, where the sheet has
// them and does not say how long each interval is.
func (r *dayRows) clocks() error {
	start, ok := r.found["start"]
	if _, lengths := r.found["per"]; !ok || lengths {
		return nil
	}
	var last, step civil.Clock
	for i, cells := range r.sheet.Rows {
		at, err := civil.ParseClock(cells[start])
		if err != nil {
			return &LineError{r.sheet.Lines[i], err}
		}
		switch {
		case i == 1 && at > last:
			step = at - last
		case i > 0 && (at != last+step || step == 0):
			return &LineError{r.sheet.Lines[i], &InputError{
				"start", at.String(), fmt.Sprintf("%s: starts follow each other evenly, with 0 calls where it is closed, or there is a column duration_s", last+max(step, 15)),
			}}
		}
		last = at
	}
	if step > 0 {
		r.step = strconv.Itoa(int(step)) + "m"
	}
	return nil
}

// read reads row i.
func (r *dayRows) read(i int) (Case, DayInterval, error) {
	cells := r.sheet.Rows[i]
	if width := len(r.sheet.Header); len(cells) > width {
		return Case{}, DayInterval{}, fmt.Errorf("%d cells, want %d as in the header", len(cells), width)
	}
	text := func(field string) string {
		if at, ok := r.found[field]; ok && cells[at] != "" {
			return cells[at]
		}
		switch {
		case field == "per" && r.step != "":
			return r.step
		case field == "aht" && r.aht != "":
			return r.aht
		}
		return r.usual(field)
	}
	c, err := Read(text, nil)
	if err != nil {
		return Case{}, DayInterval{}, err
	}
	r.aht = strconv.FormatFloat(c.HandleTime, 'g', -1, 64)
	in := DayInterval{Calls: c.Calls, Line: r.sheet.Lines[i]}
	q := c.queue()
	in.Interval = erlang.Interval{Duration: c.Per, ArrivalRate: q.ArrivalRate, ServiceRate: q.ServiceRate, AbandonRate: q.AbandonRate}
	if at, ok := r.found["start"]; ok {
		in.Start = cells[at]
	}
	switch {
	case len(c.Agents) > 1 || len(c.Agents) == 1 && c.Agents[0] != math.Trunc(c.Agents[0]):
		return Case{}, DayInterval{}, &InputError{"agents", text("agents"), "one whole number"}
	case len(c.Agents) == 1:
		in.Agents = int(c.Agents[0])
	}
	return c, in, nil
}
