package plan

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// WindowQuery asks when groups could be closed at the least cost.
type WindowQuery struct {
	Group string // id of the one group that closes, or
	Unit  string // id of the unit that meets: its groups close, and its people are off the telephone
	// Length is that of the window, From and Until are the days looked at.
	Length      time.Duration
	From, Until civil.Date
	Now         time.Time
	Seed        uint64
	Model       forecast.Model
	Iterations  int // of the plan of each day; 0 is a quarter of the engine's own choice
}

// Windows are the windows in which groups could be closed, the cheapest first.
type Windows struct {
	Centre string     `json:"centre"`
	From   civil.Date `json:"from"`
	Until  civil.Date `json:"until"`
	Length float64    `json:"length_s"`
	Stay   float64    `json:"stay"`
	Target DayTarget  `json:"target"`
	Closed []string   `json:"closed"` // names of the groups that close
	// Open are the names of the groups of the unit that cannot close: those who
	// master one of them stay on the telephone.
	Open    []string       `json:"open"`
	Windows []ClosedWindow `json:"windows"`
}

// ClosedWindow is a window and what it costs.
type ClosedWindow struct {
	Date  civil.Date `json:"date"`
	Start time.Time  `json:"start"`
	End   time.Time  `json:"end"`
	// Moved are the calls that overflow, Lost those who give up on hearing that the
	// group is closed, Late how many calls fewer are answered in time in all.
	Moved float64 `json:"moved_calls"`
	Lost  float64 `json:"lost_calls"`
	Late  float64 `json:"late_calls"`
	Cost  float64 `json:"cost"` // how much lower the share of the day answered in time is
}

// CheapestWindows ranks all windows of a length in which all the groups are open,
// by the calls that are not answered in time because of it. Each day is planned as
// it would be without the window, and each window is priced on that plan by pooled
// queues (see evaluate): a day that is planned for the window loses less. Nothing
// is stored.
//
// Errors: those of Check.
func CheapestWindows(ctx context.Context, c *centre.Centre, s Store, q WindowQuery) (*Windows, error) {
	out := &Windows{
		Centre: c.Name, From: q.From, Until: q.Until, Length: q.Length.Seconds(), Stay: centre.UsualStay,
		Target: dayTarget(c.Target), Closed: []string{}, Open: []string{}, Windows: []ClosedWindow{},
	}
	if err := q.Check(c); err != nil {
		return nil, err
	}
	closing, open, _ := q.groups(c) // checked
	for _, g := range closing {
		out.Closed = append(out.Closed, g.Name)
	}
	for _, g := range open {
		out.Open = append(out.Open, g.Name)
	}
	before := asOf{s, q.Now}
	for day := q.From; day <= q.Until; day++ {
		if !openOn(c, day) {
			continue
		}
		w, err := q.planWithout(ctx, c, before, day)
		if err != nil {
			return nil, err
		}
		w.closing, w.unit, w.open = closing, q.Unit, open
		found, err := w.windows(q.Length)
		if err != nil {
			return nil, err
		}
		out.Windows = append(out.Windows, found...)
	}
	slices.SortStableFunc(out.Windows, func(a, b ClosedWindow) int { return cmp.Compare(a.Late, b.Late) })
	return out, nil
}

// mostWindowDays bounds what is looked for at one time: each day is planned.
const mostWindowDays = 62

// Check tells what is wrong with a query: neither a group nor a unit, or one that
// is not known or cannot be closed; a length that is no multiple of the interval;
// no days, or too many.
func (q WindowQuery) Check(c *centre.Centre) error {
	if q.Length < c.Interval || q.Length%c.Interval != 0 {
		return fmt.Errorf("length %v, want a multiple of the interval of %v", q.Length, c.Interval)
	}
	if n := q.Until - q.From + 1; n < 1 || n > mostWindowDays {
		return fmt.Errorf("from %s to %s, want from 1 to %d days", q.From, q.Until, mostWindowDays)
	}
	_, _, err := q.groups(c)
	return err
}

// groups gives the groups that close, and those of the unit that cannot.
func (q WindowQuery) groups(c *centre.Centre) (closing, open []centre.Group, err error) {
	if (q.Group == "") == (q.Unit == "") {
		return nil, nil, fmt.Errorf("group %q and unit %q: want one of them", q.Group, q.Unit)
	}
	if q.Group != "" {
		g, known := c.Group(q.Group)
		if !known {
			return nil, nil, fmt.Errorf("unknown answer group %q", q.Group)
		}
		return []centre.Group{g}, nil, g.Closable()
	}
	for _, g := range c.Groups {
		switch {
		case g.Unit != q.Unit || g.Channel != centre.Phone:
		case g.Closable() == nil:
			closing = append(closing, g)
		default:
			open = append(open, g)
		}
	}
	if len(closing) == 0 {
		return nil, nil, fmt.Errorf("unit %q has no group that could be closed: want one with an overflow", q.Unit)
	}
	return closing, open, nil
}

// unclosed is the plan of a day without the window, and what the window closes.
type unclosed struct {
	draft   *draft
	outcome *outcome
	lost    float64 // to other windows of the day
	closing []centre.Group
	unit    string
	open    []centre.Group
}

func (q WindowQuery) planWithout(ctx context.Context, c *centre.Centre, s Store, day civil.Date) (*unclosed, error) {
	forecasts, err := Forecasts(ctx, c, s, ForecastQuery{From: day, Days: 1, Today: civil.DateOf(q.Now.In(c.Location)), Model: q.Model})
	if err != nil {
		return nil, err
	}
	r, err := Need(c, day, forecasts)
	if err != nil {
		return nil, err
	}
	d, err := newDraft(c, r, available(c, day, nil), lostCalls)
	if err != nil {
		return nil, err
	}
	if err := d.solve(ctx, d.sketch(Query{Seed: q.Seed, Iterations: 4 * q.Iterations})); err != nil {
		return nil, err
	}
	o, err := r.evaluate(d.crews())
	if err != nil {
		return nil, err
	}
	w := &unclosed{draft: d, outcome: o}
	for _, other := range r.Closings {
		w.lost += other.Lost
	}
	return w, nil
}

// windows prices the windows of the day.
func (w *unclosed) windows(length time.Duration) ([]ClosedWindow, error) {
	r := w.draft.r
	n := intervals(r.Grid, length)
	var out []ClosedWindow
	for from := 0; from+n <= r.Grid.N; from++ {
		at := schedule.Span{From: from, To: from + n}
		if !w.allOpen(at) {
			continue
		}
		x, err := w.price(at)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// allOpen tells whether all the groups are open in a span.
func (w *unclosed) allOpen(at schedule.Span) bool {
	for _, g := range w.closing {
		i := w.draft.r.group(g.ID)
		if i < 0 || slices.Contains(w.draft.r.Groups[i].Open[at.From:at.To], false) {
			return false
		}
	}
	return true
}

// price closes the groups for a span, on a copy of the day.
func (w *unclosed) price(at schedule.Span) (ClosedWindow, error) {
	r := *w.draft.r
	r.Groups = slices.Clone(r.Groups)
	for i := range r.Groups {
		r.Groups[i].Open = slices.Clone(r.Groups[i].Open)
	}
	out := ClosedWindow{Date: r.Date, Start: r.Grid.Time(at.From), End: r.Grid.Time(at.To)}
	for t := at.From; t < at.To; t++ {
		for _, g := range w.closing {
			moved, lost := r.closeAt(r.group(g.ID), r.group(g.Overflow), t, centre.UsualStay)
			out.Moved, out.Lost = out.Moved+moved, out.Lost+lost
		}
	}
	d := *w.draft
	d.r = &r
	d.plan = w.without(at)
	o, err := r.evaluate(d.crews())
	if err != nil {
		return out, err
	}
	calls := w.outcome.calls + w.lost
	late := w.outcome.inTime - o.inTime
	out.Moved, out.Lost, out.Late = Round(out.Moved, 1), Round(out.Lost, 1), Round(late, 1)
	if calls > 0 {
		out.Cost = Round(late/calls, 5)
	}
	return out, nil
}

// without is the plan with the people of the unit that meets off the telephone in
// a span, but for those who master a group that stays open.
func (w *unclosed) without(at schedule.Span) schedule.Plan {
	plan := w.draft.plan
	if w.unit == "" {
		return plan
	}
	plan.Days = slices.Clone(plan.Days)
	for i, day := range plan.Days {
		p := w.draft.avail[i].Person
		stays := slices.ContainsFunc(p.Skills, func(s centre.Skill) bool {
			return slices.ContainsFunc(w.open, func(g centre.Group) bool { return g.ID == s.Group })
		})
		if p.Unit == w.unit && p.Employment == centre.Permanent && !stays {
			plan.Days[i].Activities = outside(day.Activities, at)
		}
	}
	return plan
}

// outside gives activities without what lies in a span.
func outside(all []schedule.Activity, at schedule.Span) []schedule.Activity {
	var out []schedule.Activity
	for _, a := range all {
		before, after := a, a
		before.To, after.From = min(a.To, at.From), max(a.From, at.To)
		for _, part := range []schedule.Activity{before, after} {
			if part.Len() > 0 {
				out = append(out, part)
			}
		}
	}
	return out
}
