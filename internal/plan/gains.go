package plan

import (
	"encoding/binary"
	"slices"
	"sync"

	"bemanna/internal/centre"
)

// gains weighs what becomes of a day when somebody is on the telephone or not,
// by pooled queues (see evaluate). Several goroutines may ask it at once.
type gains struct {
	d       *draft
	crews   crews
	calls   float64 // of the day
	answers *answers
}

func newGains(d *draft, a *answers) *gains {
	g := &gains{d: d, crews: d.crews(), answers: a}
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
	now, err := g.answers.inTime(g.d.r, g.crews[t], t)
	if err != nil {
		return err
	}
	changed := make(crews, t+1)
	changed[t] = slices.Clone(g.crews[t])
	for _, p := range people {
		if groups := g.d.masters(p, t); len(groups) > 0 {
			changed.add(t, groups, sign)
		}
	}
	then, err := g.answers.inTime(g.d.r, changed[t], t)
	if err != nil {
		return err
	}
	if *e == nil {
		*e = make(effect, len(then))
	}
	for i := range then {
		(*e)[i] += then[i] - now[i]
	}
	return nil
}

// answers remembers how many calls crews answer in time: one change after the
// other is weighed on nearly the same day.
type answers struct {
	mu    sync.Mutex
	known map[string][]float64 // by interval and crews
}

// inTime gives the calls of each group that the crews of interval t answer in
// time. Nobody may change what it gives.
func (a *answers) inTime(r *Requirement, crews []crew, t int) ([]float64, error) {
	key := crewsKey(crews, t)
	a.mu.Lock()
	known := a.known[key]
	a.mu.Unlock()
	if known != nil {
		return known, nil
	}
	o := &outcome{service: *newService(r)}
	if err := r.evaluateInterval(o, crews, t); err != nil {
		return nil, err
	}
	known = make([]float64, len(r.Groups))
	for i := range known {
		known[i] = o.level[i][t] * r.Groups[i].Forecast.Mean[t]
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil {
		a.known = map[string][]float64{}
	}
	a.known[key] = known
	return known, nil
}

// crewsKey tells the crews of an interval from all others.
func crewsKey(crews []crew, t int) string {
	key := binary.AppendUvarint(nil, uint64(t))
	for _, c := range crews {
		key = binary.AppendVarint(key, int64(c.agents))
		key = binary.AppendUvarint(key, uint64(len(c.groups)))
		for _, g := range c.groups {
			key = binary.AppendUvarint(key, uint64(g))
		}
	}
	return string(key)
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
