package plan

import (
	"context"
	"fmt"
	"math"
	"slices"

	"bemanna/erlang/sim"
	"bemanna/schedule"
)

// planDays is how many days of a plan are simulated for its own numbers: the
// expected share is then known to about two tenths of a percentage point.
const planDays = 300

// expect simulates the plan of a document and fills in what is expected of it:
// the share of the day and of each interval answered in time, and the chance of
// the target. It gives the service by which the plan is spoken of.
func (d *draft) expect(ctx context.Context, out *Day, pooled *outcome, seed uint64) (*service, error) {
	s, r, err := out.play(ctx, planDays, seed)
	if err != nil {
		return nil, err
	}
	outlook := outlookOf(r, out)
	out.Summary.ServiceLevel, out.Summary.Probability = outlook.ServiceLevel, outlook.Probability
	return d.levels(out, s, r, pooled.staffed), nil
}

// levels fills in what share of each interval was answered in time in a
// simulation, and gives it with the people who were there.
func (d *draft) levels(out *Day, s *stage, r *sim.Result, staffed [][]float64) *service {
	o := &service{staffed, matrix(len(d.r.Groups), d.r.Grid.N)}
	for i := range out.Groups {
		g := &out.Groups[i]
		own := slices.IndexFunc(d.r.Groups, func(n GroupNeed) bool { return n.Group.ID == g.ID })
		for j := range g.Intervals {
			x := &g.Intervals[j]
			if level := r.At(i, s.index(x.Start)).ServiceLevel(g.Target.definition()).Mean; !math.IsNaN(level) {
				x.ServiceLevel = Round(level, 4)
			}
			o.level[own][d.r.Grid.Index(x.Start)] = x.ServiceLevel
		}
	}
	return o
}

// Outlook is what is expected of a plan.
type Outlook struct {
	ServiceLevel float64 `json:"service_level"`         // expected share of the day's calls answered in time
	Probability  float64 `json:"probability_of_target"` // that the day reaches its target
	EmailHours   float64 `json:"email_hours"`           // that are planned
}

// outlook is what a plan says of itself.
func (d *Day) outlook() Outlook {
	return Outlook{d.Summary.ServiceLevel, d.Summary.Probability, d.emailHours()}
}

// outlookOf reads simulated days of a plan; without calls nobody waits.
func outlookOf(r *sim.Result, d *Day) Outlook {
	out := Outlook{1, 1, d.emailHours()}
	if share := r.Day().ServiceLevel(d.Target.definition()); !math.IsNaN(share.Mean) {
		out.ServiceLevel = Round(share.Mean*d.heard(), 4)
		out.Probability = Round(r.Day().Chance(d.Target.definition(), d.Target.among(d.heard()).Share).Mean, 4)
	}
	return out
}

func (d *Day) emailHours() float64 {
	hours := 0.0
	for _, a := range d.Agents {
		for _, act := range a.Activities {
			if act.Kind == string(schedule.Email) {
				hours += act.End.Sub(act.Start).Hours()
			}
		}
	}
	return hours
}

// play simulates so many days of a plan.
func (d *Day) play(ctx context.Context, days int, seed uint64) (*stage, *sim.Result, error) {
	s, err := newStage(d)
	if err != nil {
		return nil, nil, err
	}
	r, err := sim.Run(ctx, s.model(), sim.Options{Replications: days, Seed: seed})
	if err != nil {
		return nil, nil, fmt.Errorf("simulating %s: %w", d.Date, err)
	}
	return s, r, nil
}
