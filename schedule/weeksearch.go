package schedule

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// weekSearch is the search of each day, and what ties them.
type weekSearch struct {
	p     *WeekProblem
	rand  *rand.Rand
	days  []*search
	full  [][]options // by day and agent: all that the agent may do
	weeks []weekplanner
	late  []Money // by agent: what late shifts cost
}

func newWeekSearch(p WeekProblem, seed uint64) *weekSearch {
	w := &weekSearch{
		p:    &p,
		rand: rand.New(rand.NewPCG(seed, 1)), //nolint:gosec // seeded by the caller: a plan must be repeatable
		late: make([]Money, len(p.Contracts)),
	}
	for d, day := range p.Days {
		s := newSearch(newModel(day), seed+uint64(d))
		w.days = append(w.days, s)
		w.full = append(w.full, slices.Clone(s.options))
	}
	for a, c := range p.Contracts {
		stints := make([][]stint, len(p.Days))
		for d := range p.Days {
			for _, f := range w.full[d][a].frames {
				stints[d] = append(stints[d], p.stint(d, p.Days[d].Agents[a].Shifts[f.shift]))
			}
		}
		w.weeks = append(w.weeks, newWeekplanner(&p, c, stints))
	}
	return w
}

func (w *weekSearch) total() Money {
	sum := Money(0)
	for _, s := range w.days {
		sum += s.total()
	}
	for _, cost := range w.late {
		sum += cost
	}
	return sum
}

// replan gives agent a, who is off all week, the best week if all others keep
// theirs. With a weight above 0 the guides of the days have a say.
func (w *weekSearch) replan(a int, weight float64) {
	week := &w.weeks[a]
	for d, s := range w.days {
		if len(week.stints[d]) > 0 {
			s.appraise(a, s.guide, weight)
			week.values[d] = s.planner.netValues(w.full[d][a])
		}
	}
	frames, _ := week.best()
	late := 0
	for d, f := range frames {
		if f < 0 {
			continue
		}
		s := w.days[d]
		s.options[a].frames = w.full[d][a].frames[f : f+1]
		s.settleFor(a, s.planner.spend(&s.options[a].frames[0]), weight)
		s.options[a].frames = w.full[d][a].frames
		if week.stints[d][f].late {
			late++
		}
	}
	w.late[a] = w.p.lateCost(a, late)
}

// lateCost is what a number of late shifts of agent a cost.
func (p *WeekProblem) lateCost(a, late int) Money {
	cost := Money(0)
	for n := range late {
		cost += p.Rules.LateCost * Money(p.Contracts[a].LateBefore+n+1)
	}
	return cost
}

// greedy gives everybody a week, one after the other in random order.
func (w *weekSearch) greedy() {
	for _, a := range w.rand.Perm(len(w.weeks)) {
		w.replan(a, 0)
	}
	for _, s := range w.days {
		s.log = s.log[:0]
	}
}

// descend plans one week anew after the other until no plan improves.
func (w *weekSearch) descend(ctx context.Context) {
	for before := w.total() + 1; w.total() < before && ctx.Err() == nil; {
		before = w.total()
		for _, a := range w.rand.Perm(len(w.weeks)) {
			if ctx.Err() == nil {
				w.attempt([]int{a}, 0, w.total())
			}
		}
	}
}

// guide finds the prices at which weeks and days are explored, in some passes.
func (w *weekSearch) guide(ctx context.Context, passes int) {
	p := newWeekPrices(w, false)
	newBatches(p).climb(ctx, passes)
	for d, s := range w.days {
		s.guide = p.days[d]
	}
}

// exploreWeeks takes the weeks of a few related agents out at a time and plans
// them anew. A plan that is a little dearer, by the measure of one day, may be
// accepted, at first more often than towards the end.
func (w *weekSearch) exploreWeeks(ctx context.Context, iterations int) {
	var best weekSnapshot
	best.take(w)
	current := w.total()
	for i := range iterations {
		s := w.days[w.rand.IntN(len(w.days))]
		if len(s.agents) < 2 || ctx.Err() != nil {
			break
		}
		left := 1 - float64(i)/float64(iterations)
		limit := current + Money(warmth*left*w.rand.ExpFloat64()*float64(current)/float64(len(w.days)))
		w.attempt(s.related(), w.rand.Float64(), limit)
		if current = w.total(); current < best.cost {
			best.take(w)
		}
	}
	best.restore(w)
}

// weekSnapshot is a week that can be restored.
type weekSnapshot struct {
	cost Money
	days []snapshot
	late []Money
}

func (b *weekSnapshot) take(w *weekSearch) {
	b.cost = w.total()
	b.late = append(b.late[:0], w.late...)
	b.days = slices.Grow(b.days, len(w.days))[:len(w.days)]
	for d, s := range w.days {
		b.days[d].take(s.state, s.total())
	}
}

func (b *weekSnapshot) restore(w *weekSearch) {
	copy(w.late, b.late)
	for d, s := range w.days {
		b.days[d].restore(s.state)
	}
}

// attempt plans the weeks of a few agents anew, the first under the guides and
// the last without. It keeps the new ones if the plan costs at most limit.
func (w *weekSearch) attempt(agents []int, weight float64, limit Money) {
	late := make([]Money, len(agents))
	old := make([][]day, len(agents))
	for i, a := range agents {
		late[i] = w.late[a]
		for _, s := range w.days {
			old[i] = append(old[i], s.days[a])
			s.take(a)
		}
		w.late[a] = 0
	}
	for i, a := range agents {
		w.replan(a, weight*float64(len(agents)-1-i)/float64(max(1, len(agents)-1)))
	}
	worse := w.total() > limit
	for d, s := range w.days {
		if worse {
			s.undo(0)
		}
		for i, a := range agents {
			if worse {
				s.days[a], w.late[a] = old[i][d], late[i]
			}
		}
		s.log = s.log[:0]
	}
}

// exploreDays searches all days, at the same time, for better days of those who
// work on them. Whatever they choose, the rules of the week are kept.
func (w *weekSearch) exploreDays(ctx context.Context, iterations int) {
	var group sync.WaitGroup
	for _, s := range w.days {
		s.agents = s.agents[:0]
		for a := range w.weeks {
			if s.days[a].frame != nil {
				s.agents = append(s.agents, a)
			}
		}
	}
	for a := range w.weeks {
		w.narrow(a)
	}
	for _, s := range w.days {
		group.Go(func() {
			s.best.take(s.state, s.total())
			s.explore(ctx, iterations)
			s.best.restore(s.state)
			s.settle()
			s.log = s.log[:0]
		})
	}
	group.Wait()
	for d, s := range w.days {
		copy(s.options, w.full[d])
	}
}

// narrow leaves agent a those shifts on each day that go together, whichever is
// chosen on each, and that are as late and no longer than the present ones.
func (w *weekSearch) narrow(a int) {
	week := &w.weeks[a]
	rest := w.p.Rules.DailyRest
	end := longAgo
	if before := week.contract.LastEnd; !before.IsZero() {
		end = before.Sub(w.p.begin())
	}
	sure := week.restIsSure()
	for d, s := range w.days {
		if s.days[a].frame == nil {
			continue
		}
		now := w.stintOf(d, a)
		next := w.nextStart(d, a)
		latest := now.to
		var frames []frame
		for i, f := range w.full[d][a].frames {
			st := week.stints[d][i]
			same := st == now
			fits := sure && st.late == now.late && st.work <= now.work && st.from-end >= rest && next-st.to >= rest
			if same || fits {
				frames = append(frames, f)
				latest = max(latest, st.to)
			}
		}
		s.options[a].frames = frames
		end = latest
	}
}

// stintOf gives what agent a works on day d.
func (w *weekSearch) stintOf(d, a int) stint {
	return w.p.stint(d, w.p.Days[d].Agents[a].Shifts[w.days[d].days[a].frame.shift])
}

// nextStart gives when agent a begins the first shift after day d; without one,
// long after.
func (w *weekSearch) nextStart(d, a int) time.Duration {
	for later := d + 1; later < len(w.days); later++ {
		if w.days[later].days[a].frame != nil {
			return w.stintOf(later, a).from
		}
	}
	return -longAgo
}

// plan writes the week down.
func (w *weekSearch) plan() WeekPlan {
	out := WeekPlan{Cost: w.total()}
	var group sync.WaitGroup
	for _, s := range w.days {
		group.Go(s.tidy)
	}
	group.Wait()
	for _, s := range w.days {
		day := s.plan()
		day.Unplaced = s.unplaced
		out.Days = append(out.Days, day)
	}
	for a := range w.weeks {
		if why, forced := w.forcedOff(a); forced {
			out.Unplaced = append(out.Unplaced, why)
		}
	}
	return out
}

// forcedOff tells whether agent a is off on more days than the contract asks,
// and the first rule without which that were not so.
func (w *weekSearch) forcedOff(a int) (Reason, bool) {
	week := w.weeks[a]
	_, off := week.best()
	asked := week.contract.DaysOff
	for _, day := range week.stints {
		if len(day) == 0 {
			asked--
		}
	}
	if off <= max(0, asked) {
		return Reason{}, false
	}
	why := Reason{Agent: w.p.Days[0].Agents[a].ID, Rule: RuleHours}
	rules := w.p.Rules
	for _, relaxed := range []struct {
		rule  string
		relax func(*WeekRules, *Contract)
	}{
		{RuleDailyRest, func(r *WeekRules, _ *Contract) { r.DailyRest = 0 }},
		{RuleWeeklyRest, func(r *WeekRules, _ *Contract) { r.WeeklyRest = 0 }},
		{RuleHours, func(_ *WeekRules, c *Contract) { c.Most = 0 }},
		{RuleLate, func(_ *WeekRules, c *Contract) { c.MostLate = 0 }},
	} {
		p, free := *w.p, week
		p.Rules = rules
		free.p = &p
		relaxed.relax(&p.Rules, &free.contract)
		if _, fewer := free.best(); fewer < off {
			why.Rule = relaxed.rule
			break
		}
	}
	return why, true
}
