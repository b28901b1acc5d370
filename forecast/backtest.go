package forecast

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"bemanna/internal/civil"
)

// BacktestOptions say what is tried on the past, when, and how far ahead.
type BacktestOptions struct {
	Groups []BacktestGroup
	Models []Model
	// Origins are the days on which a forecast is made, each given by any
	// instant of it. What is known at an origin is what came before the
	// midnight that starts it.
	Origins []time.Time
	// Days is how many civil days each forecast covers, its origin being the
	// first.
	Days int
	// Horizons are the numbers of days, from the origin on, over which the
	// scores are taken. Nil: 1, 7 and Days.
	Horizons []int
	// Progress is told after each forecast how many of them are done. It is
	// called from one goroutine at a time. Nil: nobody is told.
	Progress func(done, total int)
	// Clock gives the time spent so far, of whatever kind the caller counts; the
	// processor time of the whole process is a good one. It is read around the
	// forecasts of the latest origin, which are made first and one at a time, so
	// that it counts nothing else. Nil: nothing is timed.
	Clock func() time.Duration
}

// BacktestGroup is an answer group to try the models on. Intervals of Options
// is not used.
type BacktestGroup = Group

// BacktestResult has every forecast that was made and how good they were.
type BacktestResult struct {
	// Runs are in the order of groups, then models, then origins.
	Runs []BacktestRun
	// Scores are in the order of groups, then models, then horizons.
	Scores []Score
	// Sums are the runs of all groups together, in the order of models, then
	// origins, and SumScores their scores, of models, then horizons. Their Group
	// is "". Both are empty where there is one group only, and where the intervals
	// of the groups are not the same.
	Sums      []BacktestRun
	SumScores []Score
	// Correlations are those with which the groups were summed, by origin.
	Correlations []Correlation
}

// Backtest makes the forecasts that would have been made at each origin, with
// only what was known then, and scores them against what came: those of each
// group, and those of all groups together. The runs are spread over as many
// goroutines as there are processors; the result is the same on any number of
// them. It fails when an option makes no sense, when a model fails, or when ctx
// ends.
func Backtest(ctx context.Context, o BacktestOptions) (BacktestResult, error) {
	if err := o.check(); err != nil {
		return BacktestResult{}, err
	}
	jobs := o.jobs()
	runs := make([]BacktestRun, len(jobs))
	work := workers{total: len(jobs), progress: o.Progress}
	var timed, others []int
	for k, j := range jobs {
		if o.Clock != nil && j.origin == o.latest() {
			timed = append(timed, k)
		} else {
			others = append(others, k)
		}
	}
	if err := work.do(ctx, 1, timed, func(ctx context.Context, k int) (err error) {
		began := o.Clock()
		runs[k], err = jobs[k].run(ctx, o.Days)
		runs[k].Elapsed = o.Clock() - began
		return err
	}); err != nil {
		return BacktestResult{}, err
	}
	if err := work.do(ctx, runtime.GOMAXPROCS(0), others, func(ctx context.Context, k int) (err error) {
		runs[k], err = jobs[k].run(ctx, o.Days)
		return err
	}); err != nil {
		return BacktestResult{}, err
	}
	result := BacktestResult{Runs: runs, Scores: o.scores(runs)}
	if err := result.addSums(ctx, o); err != nil {
		return BacktestResult{}, err
	}
	return result, nil
}

func (o BacktestOptions) check() error {
	switch {
	case len(o.Groups) == 0:
		return errors.New("backtest: no groups, want at least one")
	case len(o.Models) == 0:
		return errors.New("backtest: no models, want at least one")
	case len(o.Origins) == 0:
		return errors.New("backtest: no origins, want at least one")
	case o.Days < 1:
		return fmt.Errorf("backtest: %d days, want at least 1", o.Days)
	}
	for _, h := range o.Horizons {
		if h < 1 || h > o.Days {
			return fmt.Errorf("backtest: horizon of %d days, want 1 to %d", h, o.Days)
		}
	}
	for _, g := range o.Groups {
		if err := check(g.History, g.Options); err != nil {
			return fmt.Errorf("backtest of %q: %w", g.Name, err)
		}
	}
	return nil
}

func (o BacktestOptions) horizons() []int {
	if o.Horizons != nil {
		return o.Horizons
	}
	var days []int
	for _, d := range []int{1, 7, o.Days} {
		if d <= o.Days && (len(days) == 0 || d > days[len(days)-1]) {
			days = append(days, d)
		}
	}
	return days
}

// latest gives the last day on which a forecast is made.
func (o BacktestOptions) latest() civil.Date {
	latest := civil.DateOf(o.Origins[0])
	for _, t := range o.Origins {
		latest = max(latest, civil.DateOf(t))
	}
	return latest
}

// jobs gives the forecasts to make, in the order of groups, then models, then
// origins.
func (o BacktestOptions) jobs() []backtestJob {
	var jobs []backtestJob
	for _, g := range o.Groups {
		g.History = g.History.asIntervals()
		for _, m := range o.Models {
			for _, t := range o.Origins {
				jobs = append(jobs, backtestJob{g, m, civil.DateOf(t)})
			}
		}
	}
	return jobs
}

// scores gives those of each run of origins over each horizon.
func (o BacktestOptions) scores(runs []BacktestRun) []Score {
	var scores []Score
	n := len(o.Origins)
	for k := 0; k < len(runs); k += n {
		for _, days := range o.horizons() {
			scores = append(scores, score(runs[k:k+n], days))
		}
	}
	return scores
}
