package plan

import (
	"context"
	"math"
	"slices"

	"bemanna/erlang/sim"
	"bemanna/schedule"
)

// rehearsed is what becomes of the calls of simulated days, and the half of the
// 95 % confidence interval of the share answered in time.
type rehearsed struct {
	served
	margin float64
}

// rehearse simulates the day with all who are called in, call by call. The same
// seed gives the same calls, whoever is called in.
func (d *orderDay) rehearse(ctx context.Context, unit string, days int, seed uint64) (rehearsed, error) {
	doc := d.document()
	s, err := newStage(doc)
	if err != nil {
		return rehearsed{}, err
	}
	result, err := sim.Run(ctx, s.model(), sim.Options{Replications: days, Seed: seed + uint64(d.date), Workers: 1})
	if err != nil {
		return rehearsed{}, err
	}
	var out rehearsed
	for i, g := range doc.Groups {
		if unit != "" && g.Unit != unit {
			continue
		}
		own := result.Group(i)
		calls, level := own.Offered().Mean, own.ServiceLevel(g.Target.definition())
		if !(calls > 0) {
			continue
		}
		out.add(served{calls: calls, inTime: calls * level.Mean}, 1)
		out.add(losing(d.r.Groups[d.groupOf(g.ID)].Group, own.Abandoned().Mean), 1)
		out.margin += calls * (level.High - level.Low) / 2 // as if all groups were lucky together
	}
	if unit == "" { // luck of the groups is not the same: the day as a whole is known better
		level := result.Day().ServiceLevel(doc.Target.definition())
		out.margin = out.calls * (level.High - level.Low) / 2
	}
	if out.calls > 0 && !math.IsNaN(out.margin) {
		out.margin /= out.calls
	} else {
		out.margin = 0
	}
	return out, nil
}

func (d *orderDay) groupOf(id string) int {
	return slices.IndexFunc(d.r.Groups, func(g GroupNeed) bool { return g.Group.ID == id })
}

// document is the day as far as a simulation asks for it.
func (d *orderDay) document() *Day {
	r := *d.r
	r.Turnout = Turnout{LoginRate: d.there}
	own := *d.draft
	own.r = &r
	doc := own.document(&service{matrix(len(r.Groups), r.Grid.N), matrix(len(r.Groups), r.Grid.N)})
	for _, some := range [][]*call{d.joined, d.called} {
		for _, x := range some {
			doc.Agents = append(doc.Agents, d.agentOf(x))
		}
	}
	return doc
}

// agentOf is the day of somebody who is called in.
func (d *orderDay) agentOf(x *call) Agent {
	out := Agent{ID: x.who.ID, Name: x.who.Name, Unit: x.who.Unit, Employment: string(x.who.Employment)}
	var open []string
	for _, g := range x.groups {
		if slices.Contains(d.r.Groups[g].Open, true) {
			open = append(open, d.r.Groups[g].Group.ID)
		}
	}
	for _, a := range x.day.Activities {
		act := Activity{Start: d.r.Grid.Time(a.From), End: d.r.Grid.Time(a.To), Kind: string(a.Kind)}
		if a.Kind == schedule.Phone {
			act.Groups = open
		}
		out.Activities = append(out.Activities, act)
	}
	return out
}
