package plan

import (
	"context"
	"math"

	"bemanna/erlang/sim"
)

// planDraws of the draws of a day are those of the plan for each one of a way in which
// some of it came otherwise. All ways meet the same luck, so that what a factor does
// is known from fewer days than the share itself.
const planDraws = 6

// course is what becomes of some calls.
type course struct {
	Calls  float64
	InTime float64 // answered within the targets of their groups
}

func (c *course) add(o course) { c.Calls, c.InTime = c.Calls+o.Calls, c.InTime+o.InTime }

// share is the part answered in time; 1 without calls: nobody waits.
func (c course) share() float64 {
	if c.Calls == 0 {
		return 1
	}
	return c.InTime / c.Calls
}

// play simulates the day in each combination, and gives the courses of the groups.
// What is not told stays as planned.
//
// The plan alone is simulated q.Draws times, the combinations a sixth of that, with
// the same luck in each. Calls that came are known in number, so that their days
// differ little. Where the calls are by chance, what a combination does is taken
// from its difference to the first days of the plan and added to the mean of all of
// them (common random numbers; Law, Simulation Modeling and Analysis, 5th ed., 2015,
// section 11.2).
func (d *pastDay) play(ctx context.Context, q ExplainQuery) (courses [combinations][]course, err error) {
	told, few := d.staffing.told(), q.draws()
	for s := range combinations {
		if known := s & told; s != known {
			courses[s] = courses[known] // they come before it
			continue
		}
		if courses[s], err = d.simulate(ctx, s, few, q.Seed); err != nil {
			return courses, err
		}
	}
	plan, err := d.simulate(ctx, asPlanned, q.Draws, q.Seed)
	if err != nil {
		return courses, err
	}
	first := courses[asPlanned]
	for s := range courses {
		if combination(s)&cameVolume == 0 {
			courses[s] = shifted(courses[s], first, plan)
		}
	}
	return courses, nil
}

// draws is how often each combination is simulated, 2 or more.
func (q *ExplainQuery) draws() int { return min(q.Draws, max(2, (q.Draws+planDraws-1)/planDraws)) }

// shifted are courses as many days are likely to give them, of which the first few
// gave these, and something else alike first instead of all.
func shifted(courses, first, all []course) []course {
	out := make([]course, len(courses))
	for i, c := range courses {
		out[i] = course{
			Calls:  c.Calls + all[i].Calls - first[i].Calls,
			InTime: max(0, c.InTime+all[i].InTime-first[i].InTime),
		}
	}
	return out
}

// simulate gives the courses of the groups in a combination.
func (d *pastDay) simulate(ctx context.Context, s combination, draws int, seed uint64) ([]course, error) {
	r, err := sim.Run(ctx, d.model(s), sim.Options{Replications: draws, Seed: seed, Workers: 1})
	if err != nil {
		return nil, err
	}
	lost := d.unheard(s)
	var out []course
	for i, g := range d.stage.d.Groups {
		own := course{Calls: r.Group(i).Offered().Mean}
		if own.Calls > 0 {
			own.InTime = own.Calls * r.Group(i).ServiceLevel(g.Target.definition()).Mean
		}
		own.Calls += lost[g.ID]
		out = append(out, own)
	}
	return out, nil
}

// unheard are the calls that the plan counts as lost because their group is closed
// for a window, where they count.
func (d *pastDay) unheard(s combination) map[string]float64 {
	lost := map[string]float64{}
	if s&cameVolume == 0 && d.before.heard() < 1 {
		for _, c := range d.before.Closings {
			lost[c.Group] += c.Lost
		}
	}
	return lost
}

// model is the day with some factors as they came.
func (d *pastDay) model(s combination) sim.Model {
	m := d.stage.model()
	m.Agents = d.agents(s)
	for i := range m.Groups {
		g := &m.Groups[i]
		if s&cameVolume != 0 {
			g.Calls = d.came[i].calls
		}
		if s&cameHandleTime != 0 {
			for t := range g.HandleTime {
				g.HandleTime[t] *= d.came[i].handleFactor()
			}
		}
	}
	return m
}

// agents are the people of the plan, there as much as was planned or as came. Who
// is there more than all the time has a colleague, and each of the two is there
// for half of it.
func (d *pastDay) agents(s combination) []sim.Agent {
	doc := d.before
	if s&cameStaffing != 0 {
		doc = d.after
	}
	presence := map[string]float64{}
	for i := range d.crews {
		presence[d.crews[i].Unit] = d.crews[i].presence(s, d.stage.d.LoginRate)
	}
	var out []sim.Agent
	for i := range doc.Agents {
		a := d.stage.agent(&doc.Agents[i])
		if len(a.Duties) == 0 {
			continue
		}
		there := presence[doc.Agents[i].Unit]
		count := math.Ceil(there)
		a.Count, a.Pauses.Share = int(count), 1-there/count
		out = append(out, a)
	}
	return out
}
