package plan

import (
	"slices"

	"bemanna/internal/centre"
)

// gains weighs what becomes of a day when somebody is on the telephone or not,
// by pooled queues (see evaluate).
type gains struct {
	d      *draft
	crews  crews
	calls  float64     // of the day
	inTime [][]float64 // by interval: answered of the crews, worked out when it is asked for
}

func newGains(d *draft) *gains {
	g := &gains{d: d, crews: d.crews(), inTime: make([][]float64, d.r.Grid.N)}
	for i := range d.r.Groups {
		n := &d.r.Groups[i]
		for t, calls := range n.Forecast.Mean {
			if n.Open[t] {
				g.calls += calls
			}
		}
	}
	return g
}

// effect is by group how many calls more are answered in time; nil: none.
type effect []float64

// opposite is the effect of taking back what has this one.
func (e effect) opposite() effect {
	out := slices.Clone(e)
	for i := range out {
		out[i] = -out[i]
	}
	return out
}

// add adds what it brings if people are on the telephone in interval t besides
// (sign 1), or are not (-1).
func (g *gains) add(e *effect, t, sign int, people ...centre.Person) error {
	if g.inTime[t] == nil {
		now, err := g.answered(g.crews[t], t)
		if err != nil {
			return err
		}
		g.inTime[t] = now
	}
	changed := make(crews, t+1)
	changed[t] = slices.Clone(g.crews[t])
	for _, p := range people {
		if groups := g.d.masters(p, t); len(groups) > 0 {
			changed.add(t, groups, sign)
		}
	}
	then, err := g.answered(changed[t], t)
	if err != nil {
		return err
	}
	if *e == nil {
		*e = make(effect, len(then))
	}
	for i := range then {
		(*e)[i] += then[i] - g.inTime[t][i]
	}
	return nil
}

// answered gives the calls of each group that the crews of interval t answer in
// time.
func (g *gains) answered(crews []crew, t int) ([]float64, error) {
	r := g.d.r
	o := &outcome{service: service{matrix(len(r.Groups), r.Grid.N), matrix(len(r.Groups), r.Grid.N)}}
	if err := r.evaluateInterval(o, crews, t); err != nil {
		return nil, err
	}
	out := make([]float64, len(r.Groups))
	for i := range out {
		out[i] = o.level[i][t] * r.Groups[i].Forecast.Mean[t]
	}
	return out, nil
}

// share is an effect as a part of the day's calls.
func (g *gains) share(e effect) float64 {
	sum := 0.0
	for _, x := range e {
		sum += x
	}
	if g.calls == 0 {
		return 0
	}
	return Round(sum/g.calls, 4)
}

// serves is the name of the pool that gains most; "": none does.
func (g *gains) serves(e effect) string {
	name, most := "", 0.0
	for _, p := range g.d.r.Pools {
		sum := 0.0
		for i, x := range e {
			if slices.Contains(p.Groups, i) {
				sum += x
			}
		}
		if sum > most {
			name, most = p.Name, sum
		}
	}
	return name
}
