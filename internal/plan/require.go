package plan

import (
	"context"
	"fmt"
	"math"
	"time"

	"bemanna/erlang"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// Requirement is what a day asks for: calls and people, by pool, group and
// interval.
type Requirement struct {
	Date   civil.Date
	Grid   civil.Grid
	Pools  []PoolNeed
	Groups []GroupNeed // phone groups, in the order of the centre file
	Email  []GroupForecast

	Closings    []Closing // windows in which groups are closed; their calls have been moved
	Turnout     Turnout
	Correlation float64 // of the errors of the groups' days
}

// PoolNeed is the need of the groups of one pool together.
type PoolNeed struct {
	ID, Name string
	Groups   []int     // indexes of Requirement.Groups
	Need     []float64 // people logged in, for each interval of the grid, not rounded
}

// GroupNeed is the need of one answer group. The slices have one entry for
// each interval of the grid.
type GroupNeed struct {
	GroupForecast     // of the day
	Pool          int // index of Requirement.Pools
	Open          []bool
	// Need is the group's part of the need of its pool, by its part of the
	// work: people logged in, not rounded.
	Need []float64
}

// Require gives the people needed in each interval of a day so that the day
// reaches the target of each group with the fewest hours, and each interval at
// least the floor of the centre, by Erlang A with the patience of the callers
// and over all that the forecast leaves open. Nobody is busier than the centre
// allows. Groups that share their people are staffed as one.
func Require(ctx context.Context, c *centre.Centre, h History, q ForecastQuery) (*Requirement, error) {
	q.Days = 1
	forecasts, err := Forecasts(ctx, c, h, q)
	if err != nil {
		return nil, err
	}
	return Need(c, q.From, forecasts)
}

// Need sizes the day of which the forecasts are given.
func Need(c *centre.Centre, day civil.Date, forecasts []GroupForecast) (*Requirement, error) {
	r, err := newRequirement(c, day)
	if err != nil {
		return nil, err
	}
	r.ask(c, forecasts)
	return r, r.size(c)
}

// ask puts what is forecast into a requirement, by group and by pool. Nobody is
// needed for it yet.
func (r *Requirement) ask(c *centre.Centre, forecasts []GroupForecast) {
	var groups []centre.Group
	for _, f := range forecasts {
		if f.Group.Channel == centre.Email {
			r.Email = append(r.Email, f)
			continue
		}
		r.Correlation = f.Correlation
		groups = append(groups, f.Group)
		r.Groups = append(r.Groups, GroupNeed{
			GroupForecast: f, Open: openMask(c, f, r.Date, r.Grid), Need: make([]float64, r.Grid.N),
		})
	}
	r.closeFor(c.Closings)
	for i, p := range pools(c, groups) {
		for _, g := range p.groups {
			r.Groups[g].Pool = i
		}
		r.Pools = append(r.Pools, PoolNeed{ID: p.id, Name: p.name, Groups: p.groups, Need: make([]float64, r.Grid.N)})
	}
}

// staff gives each pool the need that sized finds for it, and its groups their
// parts.
func (r *Requirement) staff(sized func(p *PoolNeed) ([]float64, error)) error {
	for i := range r.Pools {
		p := &r.Pools[i]
		need, err := sized(p)
		if err != nil {
			return fmt.Errorf("pool %q: %w", p.ID, err)
		}
		for t := range need {
			r.divide(p, t, need[t])
		}
	}
	return nil
}

// newRequirement is a day that asks for nothing yet.
func newRequirement(c *centre.Centre, day civil.Date) (*Requirement, error) {
	people, err := turnout(c, day)
	if err != nil {
		return nil, fmt.Errorf("attendance: %w", err)
	}
	return &Requirement{Date: day, Grid: civil.DayGrid(day, c.Interval, c.Location), Turnout: people}, nil
}

// openMask tells when a group is open. Where the centre file does not say, it
// is open when calls are expected.
func openMask(c *centre.Centre, f GroupForecast, day civil.Date, grid civil.Grid) []bool {
	if len(f.Group.Hours) > 0 {
		return f.Group.Hours.Mask(day, c.Calendar, grid)
	}
	mask := make([]bool, grid.N)
	for t := range mask {
		mask[t] = f.Forecast.Mean[t] > 0
	}
	return mask
}

// size finds the need of all pools.
func (r *Requirement) size(c *centre.Centre) error {
	return r.staff(func(p *PoolNeed) ([]float64, error) { return r.sized(c, p) })
}

// sized finds the need of a pool in each interval.
func (r *Requirement) sized(c *centre.Centre, p *PoolNeed) ([]float64, error) {
	day := make([]erlang.Interval, r.Grid.N)
	target := erlang.Target{}
	for t := range day {
		queues, open, _ := r.queues(p, t)
		joined := erlang.Joined(queues)
		day[t] = erlang.Interval{
			Duration: r.Grid.Step.Seconds(), ArrivalRate: joined.ArrivalRate,
			ServiceRate: joined.ServiceRate, AbandonRate: joined.AbandonRate,
		}
		for _, g := range open {
			target = stricter(target, r.Groups[g].target())
		}
	}
	target.MaxOccupancy = c.MaxOccupancy
	return erlang.StaffDayReal(day, target, erlang.StaffOptions{
		WholeDay: true, Floor: min(c.Floor, target.Share), CV: min(1, r.daySpread(p)),
	})
}

// divide gives a pool its need in interval t, at least the people who must be
// there, and its groups their parts, by their parts of the work.
func (r *Requirement) divide(p *PoolNeed, t int, need float64) {
	queues, open, floor := r.queues(p, t)
	p.Need[t] = max(need, float64(floor))
	work := 0.0
	for _, q := range queues {
		work += q.ArrivalRate / q.ServiceRate
	}
	for i, g := range open {
		if work > 0 {
			r.Groups[g].Need[t] = p.Need[t] * queues[i].ArrivalRate / queues[i].ServiceRate / work
		} else {
			r.Groups[g].Need[t] = p.Need[t] / float64(len(open))
		}
	}
}

// queues gives the queues of the groups of a pool that are open in interval t,
// with what open tells of them.
func (r *Requirement) queues(p *PoolNeed, t int) (queues []erlang.Queue, groups []int, floor int) {
	groups, floor = r.open(p, t)
	for _, g := range groups {
		queues = append(queues, r.Groups[g].queue(t, r.Grid.Step))
	}
	return queues, groups, floor
}

// daySpread gives the mean over the day's calls of the relative standard
// deviation of the rate of a pool.
func (r *Requirement) daySpread(p *PoolNeed) float64 {
	calls, spread := 0.0, 0.0
	for t := range p.Need {
		for _, g := range p.Groups {
			m := r.Groups[g].Forecast.Mean[t]
			calls += m
			spread += m * r.spread(p.Groups, t)
		}
	}
	if calls == 0 {
		return 0
	}
	return spread / calls
}

// open gives the groups of a pool that are open in interval t, and how many
// people must be there for them.
func (r *Requirement) open(p *PoolNeed, t int) (groups []int, floor int) {
	for _, g := range p.Groups {
		if r.Groups[g].Open[t] {
			groups = append(groups, g)
			floor += r.Groups[g].Group.MinStaff
		}
	}
	return groups, floor
}

// queue is the queue of the group in interval t.
func (n *GroupNeed) queue(t int, step time.Duration) erlang.Queue {
	aht := n.Forecast.HandleTime[t]
	if aht <= 0 {
		aht = n.Group.HandleTime.Seconds()
	}
	q := erlang.Queue{ArrivalRate: n.Forecast.Mean[t] / step.Seconds(), ServiceRate: 1 / aht}
	if n.Patience.Mean > 0 {
		q.AbandonRate = 1 / n.Patience.Mean
	}
	return q
}

func (n *GroupNeed) target() erlang.Target {
	return erlang.Target{
		Share: n.Group.Target.Share, Threshold: n.Group.Target.Within.Seconds(),
		Definition: definitions[n.Group.Target.Definition],
	}
}

// definitions are the names of the centre file.
var definitions = map[string]erlang.Definition{
	"offered": erlang.OfOffered, "answered": erlang.OfAnswered,
	"excluding_short": erlang.ExcludingShort, "including_abandoned": erlang.IncludingAbandoned,
}

// stricter gives the target that asks for more, so that a pool serves each of
// its groups well enough.
func stricter(a, b erlang.Target) erlang.Target {
	if a.Share == 0 || b.Share > a.Share || b.Share == a.Share && b.Threshold < a.Threshold {
		return b
	}
	return a
}

// Hours gives the sum of needs in hours.
func (r *Requirement) Hours() float64 {
	sum := 0.0
	for _, p := range r.Pools {
		for _, n := range p.Need {
			sum += n
		}
	}
	return sum * r.Grid.Step.Hours()
}

// spread gives the relative standard deviation of the summed rate of some
// groups in interval t, taking their errors to be independent.
func (r *Requirement) spread(groups []int, t int) float64 {
	sum, square := 0.0, 0.0
	for _, g := range groups {
		f := &r.Groups[g].Forecast
		sum += f.Mean[t]
		e := f.Mean[t] * f.Spread[t]
		square += e * e
	}
	if sum == 0 {
		return 0
	}
	return math.Sqrt(square) / sum
}
