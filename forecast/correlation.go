package forecast

import (
	"context"
	"fmt"
	"math"

	"bemanna/internal/civil"
)

// Correlation is how far the errors of the day totals of groups go together,
// beyond the chance of calls coming one by one: 0 when each group has its own, 1
// when all groups are too high on the same days. It is one number for all pairs.
type Correlation struct {
	Value float64 // between 0 and 1
	Days  int     // days on which at least two groups were compared
}

// The correlation is drawn to usualCorrelation as if usualDays more days had shown
// that, and looks correlatedDays telling days back. The usual one lies between
// those of the two public centres that have several groups.
const (
	usualCorrelation = 0.4
	usualDays        = 30
	correlatedDays   = 200
)

// DayCorrelation finds how far the errors of several groups go together, from
// what each of their days differed from the days before it. Pairs of groups weigh
// as much as their errors weigh in the sum of all groups. What was learnt of a
// group before, in Options.Learnt, is used; without it typical hyper-parameters
// stand in, which is enough here. It takes a few milliseconds a group.
//
// Special cases are:
//
//	fewer than two groups with a history of weeks: a usual value, of 0 days
//
// It fails on groups that make no sense, and when ctx ends.
func DayCorrelation(ctx context.Context, groups []Group) (Correlation, error) {
	found := make([]*dayErrors, len(groups))
	err := inParallel(ctx, len(groups), func(ctx context.Context, i int) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		g := groups[i]
		if err := check(g.History, g.Options); err != nil {
			return fmt.Errorf("correlation of %q: %w", g.Name, err)
		}
		if e, ok := g.dayErrors(); ok {
			found[i] = &e
		}
		return nil
	})
	if err != nil {
		return Correlation{}, err
	}
	var all []dayErrors
	for _, e := range found {
		if e != nil {
			all = append(all, *e)
		}
	}
	return correlate(all), nil
}

// dayErrors are what the days of a group differed from what the days before let
// expect, in the standard deviations that the model gave them. A day that was
// found strange had a great one: so it weighs little.
type dayErrors struct {
	first  civil.Date
	size   []float64 // by civil day from the first; NaN: not known
	rate   float64   // part of their mean square that is not the chance of calls
	weight float64   // standard deviation, in calls
}

// dayErrors gives false for a group with too little history.
func (g Group) dayErrors() (dayErrors, bool) {
	o := g.Options
	o.Intervals = 0
	a := lookAhead(g.History, o)
	s := newStudy(g.History, o, a)
	telling := s.telling(s.days)
	if len(telling) <= leastLearnt {
		return dayErrors{}, false
	}
	start := &typical
	if o.Learnt != nil {
		if h := o.Learnt.Level.hyper(a.start); h != nil {
			start = h
		}
	}
	return s.fit(s.days, start).dayErrors(telling), true
}

func (m *fitted) dayErrors(telling []int) dayErrors {
	residual, variance := m.level.oneAhead()
	skip := len(telling) - len(residual) // those too old to be learnt from
	e := dayErrors{first: m.first, size: unknown(m.days)}
	var squares, chance, calls, deviation []float64
	for i := max(leastLearnt, len(residual)-correlatedDays); i < len(residual); i++ {
		d := telling[skip+i]
		z := residual[i] / math.Sqrt(variance[i])
		e.size[d] = z
		squares = append(squares, z*z)
		chance = append(chance, 1/((m.around(telling, skip+i)+.5)*variance[i]))
		calls = append(calls, m.total[d])
		deviation = append(deviation, math.Sqrt(variance[i]))
	}
	square := mean(squares)
	e.rate = max(square-mean(chance), leastCommon*square)
	e.weight = mean(calls) * mean(deviation)
	return e
}

// leastCommon is the least part of the errors of a group that is taken for more than
// chance.
const leastCommon = 0.1

// oneAhead gives what each day differs from what the days before it and the effects
// of the calendar say, and the variance of that.
func (ps *posterior) oneAhead() (residual, variance []float64) {
	f, p := ps.filter, len(ps.scale)
	residual = make([]float64, f.n)
	for i := range residual {
		row := f.innovation[i*f.m : (i+1)*f.m]
		residual[i] = row[p]
		for j, b := range ps.beta {
			residual[i] -= ps.scale[j] * b * row[j]
		}
	}
	return residual, f.variance
}

// on gives the error of a day; NaN: not known.
func (e dayErrors) on(d civil.Date) float64 {
	if d < e.first || d >= e.first+civil.Date(len(e.size)) {
		return math.NaN()
	}
	return e.size[d-e.first]
}

// correlate gives the correlation that explains the products of the errors of all
// pairs of groups.
func correlate(all []dayErrors) Correlation {
	var products, explained float64
	days := map[civil.Date]bool{}
	for j, a := range all {
		for _, b := range all[:j] {
			both := a.weight * b.weight * math.Sqrt(a.rate*b.rate)
			for i, x := range a.size {
				date := a.first + civil.Date(i)
				if y := b.on(date); known(x) && known(y) {
					products += a.weight * b.weight * x * y
					explained += both
					days[date] = true
				}
			}
		}
	}
	c := Correlation{Value: usualCorrelation, Days: len(days)}
	if explained > 0 {
		found := products / explained
		c.Value += (found - usualCorrelation) * float64(c.Days) / float64(c.Days+usualDays)
		c.Value = min(max(c.Value, 0), 1)
	}
	return c
}
