package plan

import (
	"math"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// Closing is a window in which a group is closed, and what becomes of its calls.
type Closing struct {
	Group string    `json:"group"` // id
	Name  string    `json:"name"`
	To    string    `json:"overflow"` // id of the group that takes those who stay
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	Stay  float64   `json:"stay"` // share of the callers who wait for that group: an assumption
	// Moved are the expected calls that come to the other group, Lost those who
	// give up when they hear that it is closed.
	Moved float64 `json:"moved_calls"`
	Lost  float64 `json:"lost_calls"`
}

// closeFor closes groups for the windows of the day and moves their calls:
// from then on the forecast of the group that takes them has them.
func (r *Requirement) closeFor(closings []centre.Closing) {
	for _, c := range closings {
		from := r.group(c.Group)
		if c.Date != r.Date || from < 0 {
			continue
		}
		out := Closing{Group: c.Group, Name: r.Groups[from].Group.Name, To: r.Groups[from].Group.Overflow, Stay: c.Stay}
		window := span(r.Grid, c.Span)
		out.Start, out.End = r.Grid.Time(window.From), r.Grid.Time(window.To)
		for t := window.From; t < window.To; t++ {
			moved, lost := r.closeAt(from, r.group(out.To), t, c.Stay)
			out.Moved, out.Lost = out.Moved+moved, out.Lost+lost
		}
		out.Moved, out.Lost = Round(out.Moved, 2), Round(out.Lost, 2)
		r.Closings = append(r.Closings, out)
	}
}

// closeAt closes a group in interval t; its calls are lost where the group that
// would take them is closed too.
func (r *Requirement) closeAt(from, to, t int, stay float64) (moved, lost float64) {
	a := &r.Groups[from]
	if !a.Open[t] {
		return 0, 0
	}
	a.ownForecast()
	calls, spread, handle := a.Forecast.Mean[t], a.Forecast.Spread[t], 1/a.queue(t, r.Grid.Step).ServiceRate
	a.Open[t], a.Forecast.Mean[t] = false, 0
	if to < 0 || !r.Groups[to].Open[t] {
		return 0, calls
	}
	moved = stay * calls
	b := &r.Groups[to]
	b.ownForecast()
	own := b.Forecast.Mean[t]
	if sum := own + moved; moved > 0 {
		b.Forecast.HandleTime[t] = (own/b.queue(t, r.Grid.Step).ServiceRate + moved*handle) / sum
		b.Forecast.Spread[t] = math.Hypot(own*b.Forecast.Spread[t], moved*spread) / sum
		b.Forecast.Mean[t] = sum
	}
	return moved, calls - moved
}

// ownForecast lets the forecast be changed without changing that of others.
func (n *GroupNeed) ownForecast() {
	f := &n.Forecast
	f.Mean, f.Spread, f.HandleTime = slices.Clone(f.Mean), slices.Clone(f.Spread), slices.Clone(f.HandleTime)
}

// group is the index of a telephone group; -1: not there.
func (r *Requirement) group(id string) int {
	return slices.IndexFunc(r.Groups, func(g GroupNeed) bool { return g.Group.ID == id })
}

// heard is the share of the day's callers who find a queue: the others hear that
// their group is closed, and give up. By definitions that leave out callers who
// give up, it is 1.
func (d *Day) heard() float64 {
	if d.Target.definition() != definitions["offered"] {
		return 1
	}
	calls, lost := 0.0, 0.0
	for _, g := range d.Groups {
		for _, x := range g.Intervals {
			calls += x.Offered
		}
	}
	for _, c := range d.Closings {
		lost += c.Lost
	}
	if lost == 0 {
		return 1
	}
	return calls / (calls + lost)
}

// among is the target of those who find a queue, where that is a share of all.
func (t DayTarget) among(heard float64) DayTarget {
	t.Share /= heard
	return t
}

// closings are the windows of a plan, as the centre has them.
func (d *Day) closings() []centre.Closing {
	var out []centre.Closing
	for _, c := range d.Closings {
		out = append(out, centre.Closing{
			Group: c.Group, Date: d.Date, Stay: c.Stay, Span: civil.Span{Open: civil.ClockOf(c.Start), Close: civil.EndClock(c.End)},
		})
	}
	return out
}
