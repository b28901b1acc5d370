package schedule

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// WeekProblem is up to seven days that are planned together.
type WeekProblem struct {
	// Days are in order of time and begin within seven days. All have the same
	// agents in the same order; who has shifts on a day may still be off, as the
	// contract and the rules of the week want it.
	Days      []Problem
	Contracts []Contract // by agent
	Rules     WeekRules
}

// Contract is what the week of one agent must keep.
type Contract struct {
	// DaysOff is the least number of the days of the problem without work; those
	// on which the agent has no shifts count.
	DaysOff int
	// Most is the longest time of work in the week, lunch not counted; 0: no
	// limit.
	Most time.Duration
	// MostLate is the greatest number of late shifts; 0: no limit.
	MostLate int
	// LateBefore is the number of late shifts in the weeks on which fairness
	// looks back.
	LateBefore int
	// LastEnd is when the last shift before the week ended; zero: long ago.
	LastEnd time.Time
}

// WeekRules are the limits that the week of everybody must keep, as data; see
// WeekCatalogue. Zero values: no limit.
type WeekRules struct {
	// DailyRest is the least time between two shifts.
	DailyRest time.Duration
	// WeeklyRest is the least length of the longest rest in the seven days from
	// midnight before the first day on.
	WeeklyRest time.Duration
	// LateAfter is the time of the day, since midnight, after which the end of a
	// shift makes it late.
	LateAfter time.Duration
	// LateCost shares late shifts fairly: the n-th late shift of an agent,
	// counted with those of the weeks before, costs n times as much.
	LateCost Money
}

// DefaultWeekRules gives those of Swedish working time: 11 h of rest between
// shifts and 36 h in a week (arbetstidslagen 13 and 14 §§); late is what ends
// after 18:00.
func DefaultWeekRules() WeekRules {
	return WeekRules{DailyRest: 11 * time.Hour, WeeklyRest: 36 * time.Hour, LateAfter: 18 * time.Hour, LateCost: 200}
}

// WeekPlan is what SolveWeek gives.
type WeekPlan struct {
	// Days are one plan for each day. Whoever has no shift in one is off.
	Days []Plan
	Cost Money // of the days and of late shifts together
	// Unplaced are agents who are off on more days than their contract asks, as
	// the rules of the week leave no other way, with the rule. Each Plan tells
	// who cannot be placed on its day.
	Unplaced []Reason
}

// SolveWeek plans several days, so that everybody keeps the rules of the week:
// greedily, by sweeps and descent on whole weeks, each planned exactly by dynamic
// programming over its days, by price-guided search on the weeks of a few agents
// at a time, and by the search of Solve on all days at a time, with the pattern of
// the week kept. Options.Iterations are for each day; 0: dayIterations for each
// agent, but not more than mostIterations.
//
// The plan depends on the problem and the options alone, not on the number of
// cores. When ctx is done, the best plan so far is returned, without error.
// Errors: those of Validate.
func SolveWeek(ctx context.Context, p WeekProblem, o Options) (WeekPlan, error) {
	if err := p.Validate(); err != nil {
		return WeekPlan{}, err
	}
	if o.Iterations == 0 {
		o.Iterations = min(dayIterations*len(p.Days[0].Agents), mostIterations)
	}
	w := newWeekSearch(p, o.Seed)
	w.greedy()
	w.guide(ctx, min(weekPasses, o.Iterations))
	w.sweep(ctx, min(weekSweeps, o.Iterations))
	w.descend(ctx)
	w.exploreWeeks(ctx, o.Iterations*weekMoves/100)
	w.exploreDays(ctx, o.Iterations*dayMoves/100)
	w.descend(ctx)
	return w.plan(), nil
}

// How long the prices of the week are looked for, and how the search is shared
// out, in hundredths of the iterations: as found by trial on weeks of 66 and 300
// agents. The more agents there are, the closer to the bound do sweeps come alone;
// twice as many iterations find nothing more that is worth their time.
const (
	weekPasses     = 80
	weekMoves      = 15
	dayMoves       = 100
	dayIterations  = 50 // for each agent
	mostIterations = 40_000
)

// Validate finds all faults of a problem; the error joins one for each: those of
// the days, days that are not within a week or not in order, agents that differ
// between days, contracts that are missing or negative.
func (p WeekProblem) Validate() error {
	var faults []error
	report := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if len(p.Days) == 0 {
		report("week: no days, want at least 1")
	}
	for d, day := range p.Days {
		if err := day.Validate(); err != nil {
			report("day %d: %w", d, err)
		}
		if end := day.Grid.Time(day.Grid.N); end.After(p.end()) {
			report("day %d: ends %v, want at most seven days after the week begins, %v", d, end, p.end())
		}
		if d > 0 && day.Grid.Start.Before(p.Days[d-1].Grid.Time(p.Days[d-1].Grid.N)) {
			report("day %d: begins %v, want it after the day before", d, day.Grid.Start)
		}
		p.validateAgents(d, report)
	}
	for a, c := range p.Contracts {
		if c.DaysOff < 0 || c.Most < 0 || c.MostLate < 0 || c.LateBefore < 0 {
			report("contract %d: %+v, want nothing negative", a, c)
		}
	}
	if r := p.Rules; r.DailyRest < 0 || r.WeeklyRest < 0 || r.LateAfter < 0 || r.LateCost < 0 {
		report("rules of the week: %+v, want nothing negative", r)
	}
	return errors.Join(faults...)
}

func (p WeekProblem) validateAgents(d int, report func(string, ...any)) {
	agents := p.Days[d].Agents
	if len(agents) != len(p.Contracts) {
		report("day %d: %d agents, want one for each of %d contracts", d, len(agents), len(p.Contracts))
		return
	}
	for a, agent := range agents {
		if first := p.Days[0].Agents; a < len(first) && agent.ID != first[a].ID {
			report("day %d: agent %d is %q, want %q as on the first day", d, a, agent.ID, first[a].ID)
		}
	}
}

// begin is midnight before the first day, end is seven days later.
func (p WeekProblem) begin() time.Time {
	y, m, d := p.Days[0].Grid.Start.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, p.Days[0].Grid.Start.Location())
}

func (p WeekProblem) end() time.Time { return p.begin().AddDate(0, 0, 7) }
