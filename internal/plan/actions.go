package plan

import (
	"cmp"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/schedule"
)

const (
	callInLength = 4 * time.Hour // a temp is called in for half a day
	mostActions  = 5
	worthDoing   = 0.0005 // of the expected share: less is noise
)

// actions are the moves that would help most, the greatest gain first. Each is
// worked out by evaluating the day as if it were made.
func (d *draft) actions(cs crews, now *outcome, o *service) ([]Action, error) {
	moves := slices.Concat(d.callIns(o), d.movable(), d.postponable(o))
	out := make([]Action, len(moves))
	err := inParallel(len(moves), nil, func(i int) error {
		with := cs.clone()
		moves[i].apply(with)
		then, err := d.r.evaluate(with)
		if err != nil {
			return err
		}
		out[i] = moves[i].action
		out[i].Gain = Round(then.share()-now.share(), 4)
		return nil
	})
	if err != nil {
		return nil, err
	}
	out = slices.DeleteFunc(out, func(a Action) bool { return a.Gain < worthDoing })
	slices.SortStableFunc(out, func(a, b Action) int { return cmp.Compare(b.Gain, a.Gain) })
	return out[:min(len(out), mostActions)], nil
}

// move is an action and what it does to the crews.
type move struct {
	action Action
	apply  func(crews)
}

// lost gives the calls of a pool that are not answered in time in interval t.
func (d *draft) lost(p PoolNeed, o *service, t int) float64 {
	sum := 0.0
	for _, g := range p.Groups {
		sum += d.r.Groups[g].Forecast.Mean[t] * (1 - o.level[g][t])
	}
	return sum
}

// callIns are one person more for each pool, at the time that hurts most.
func (d *draft) callIns(o *service) []move {
	length := intervals(d.r.Grid, callInLength)
	var out []move
	for _, p := range d.r.Pools {
		best, at := 0.0, -1
		for from := 0; from+length <= d.r.Grid.N; from++ {
			sum := 0.0
			for t := from; t < from+length; t++ {
				sum += d.lost(p, o, t)
			}
			if sum > best+1e-9 {
				best, at = sum, from
			}
		}
		if at < 0 {
			continue
		}
		s := d.trimToOpen(p, schedule.Span{From: at, To: at + length})
		out = append(out, move{
			action: d.action(ActionCallIn, s, p.Name, ""),
			apply: func(cs crews) {
				for t := s.From; t < s.To; t++ {
					if groups := d.openGroups(p, t); len(groups) > 0 {
						cs.add(t, groups, 1)
					}
				}
			},
		})
	}
	return out
}

func (d *draft) openGroups(p PoolNeed, t int) []int {
	open, _ := d.r.open(&p, t)
	return open
}

// trimToOpen cuts closed time off both ends of a span.
func (d *draft) trimToOpen(p PoolNeed, s schedule.Span) schedule.Span {
	for s.From < s.To && len(d.openGroups(p, s.From)) == 0 {
		s.From++
	}
	for s.From < s.To && len(d.openGroups(p, s.To-1)) == 0 {
		s.To--
	}
	return s
}

// movable are the meetings, training and coaching of the day: people who would
// be on the telephone if it were held at another time. What several people
// have at the same time is one move.
func (d *draft) movable() []move {
	type key struct {
		kind schedule.Kind
		span schedule.Span
		unit string
	}
	who := map[key][]int{}
	var keys []key
	for i, day := range d.plan.Days {
		for _, a := range day.Activities {
			switch a.Kind {
			case schedule.Meeting, schedule.Training, schedule.Coaching:
			default:
				continue
			}
			k := key{a.Kind, a.Span, d.avail[i].Person.Unit}
			if who[k] == nil {
				keys = append(keys, k)
			}
			who[k] = append(who[k], i)
		}
	}
	var out []move
	for _, k := range keys {
		agents := who[k]
		name := ""
		if len(agents) == 1 {
			name = d.avail[agents[0]].Person.Name
		}
		m := move{
			action: d.action(ActionMove, k.span, d.unitName(k.unit), name),
			apply: func(cs crews) {
				for _, i := range agents {
					d.release(cs, i, k.span)
				}
			},
		}
		m.action.What, m.action.People = string(k.kind), len(agents)
		out = append(out, m)
	}
	return out
}

// postponable is e-mail planned while calls of the same people's groups are
// lost, by unit.
func (d *draft) postponable(o *service) []move {
	var out []move
	for _, u := range d.c.Units {
		type shift struct {
			agent int
			span  schedule.Span
		}
		var shifts []shift
		all := schedule.Span{From: d.r.Grid.N}
		for i, day := range d.plan.Days {
			if d.avail[i].Person.Unit != u.ID {
				continue
			}
			for _, a := range day.Activities {
				if a.Kind == schedule.Email && !d.r.ownWork(a) && d.hurts(i, a.Span, o) {
					shifts = append(shifts, shift{i, a.Span})
					all = schedule.Span{From: min(all.From, a.From), To: max(all.To, a.To)}
				}
			}
		}
		if len(shifts) == 0 {
			continue
		}
		m := move{
			action: d.action(ActionPostpone, all, u.Name, ""),
			apply: func(cs crews) {
				for _, s := range shifts {
					d.release(cs, s.agent, s.span)
				}
			},
		}
		m.action.People = len(shifts)
		out = append(out, m)
	}
	return out
}

// hurts tells whether a group that the agent masters is below its target on
// average during the span.
func (d *draft) hurts(agent int, s schedule.Span, o *service) bool {
	calls, inTime := 0.0, 0.0
	for t := s.From; t < s.To; t++ {
		for _, g := range d.mastered(agent, t) {
			m := d.r.Groups[g].Forecast.Mean[t]
			calls += m
			inTime += m * o.level[g][t]
		}
	}
	return calls > 0 && inTime < d.c.Target.Share*calls
}

func (d *draft) action(k ActionKind, s schedule.Span, where, who string) Action {
	return Action{Kind: k, Where: where, Who: who, Start: d.r.Grid.Time(s.From), End: d.r.Grid.Time(s.To)}
}

func (d *draft) unitName(id string) string {
	if i := slices.IndexFunc(d.c.Units, func(u centre.Unit) bool { return u.ID == id }); i >= 0 {
		return d.c.Units[i].Name
	}
	return id
}
