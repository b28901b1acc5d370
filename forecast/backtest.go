package forecast

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sort"
	"sync"
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
	// Clock gives the time spent so far, of whatever kind the caller counts.
	// It is read around each forecast. Nil: BacktestRun.Elapsed stays 0.
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
}

// BacktestRun is one forecast of the past.
type BacktestRun struct {
	Group    string
	Model    string
	Origin   time.Time // the midnight
	Forecast Forecast
	Rows     []BacktestRow // one for each interval of the forecast
	// Elapsed is what the clock of the options counted; 0 without one.
	Elapsed time.Duration
}

// BacktestRow is one interval of a run: what was expected and what came.
type BacktestRow struct {
	Start                     time.Time
	Mean                      float64
	P025, P10, P50, P90, P975 float64
	HandleTime                float64 // s
	Actual                    float64 // NaN: not known
	// Scored tells whether the interval counts in the scores: its calls are
	// known, and the group was open. Where nobody has said when a group is open,
	// it is when it had calls, or calls have come in that slot of that weekday
	// before the origin.
	Scored bool
}

// Backtest makes the forecasts that would have been made at each origin, with
// only what was known then, and scores them against what came. The runs are
// spread over as many goroutines as there are processors; the result is the
// same on any number of them. It fails when an option makes no sense, when a
// model fails, or when ctx ends.
func Backtest(ctx context.Context, o BacktestOptions) (BacktestResult, error) {
	if err := o.check(); err != nil {
		return BacktestResult{}, err
	}
	var jobs []backtestJob
	for _, g := range o.Groups {
		g.History = g.History.asIntervals()
		for _, m := range o.Models {
			for _, t := range o.Origins {
				jobs = append(jobs, backtestJob{g, m, civil.DateOf(t)})
			}
		}
	}
	runs := make([]BacktestRun, len(jobs))
	err := inParallel(ctx, len(jobs), o.Progress, func(ctx context.Context, k int) (err error) {
		runs[k], err = jobs[k].run(ctx, o)
		return err
	})
	if err != nil {
		return BacktestResult{}, err
	}
	result := BacktestResult{Runs: runs}
	n := len(o.Origins)
	for k := 0; k < len(runs); k += n {
		for _, days := range o.horizons() {
			result.Scores = append(result.Scores, score(runs[k:k+n], days))
		}
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

// backtestJob is one forecast to make.
type backtestJob struct {
	group  BacktestGroup
	model  Model
	origin civil.Date
}

func (j backtestJob) run(ctx context.Context, o BacktestOptions) (BacktestRun, error) {
	h := j.group.History
	n := h.Offered.startOf(j.origin)
	end := h.Offered.startOf(j.origin + civil.Date(o.Days))
	options := j.group.Options
	options.Intervals = end - n

	var began time.Duration
	if o.Clock != nil {
		began = o.Clock()
	}
	f, err := j.model.Forecast(ctx, h.before(j.origin), options)
	if err != nil {
		return BacktestRun{}, fmt.Errorf("backtest of %q with %s at %s: %w", j.group.Name, j.model.Name(), j.origin, err)
	}
	r := BacktestRun{
		Group: j.group.Name, Model: j.model.Name(), Origin: j.origin.Start(h.Offered.Start.Location()), Forecast: f,
	}
	if o.Clock != nil {
		r.Elapsed = o.Clock() - began
	}
	r.Rows = f.against(h.Offered.cut(n, end))
	markScored(r.Rows, h.before(j.origin).Offered, options)
	return r, nil
}

// against sets the forecast beside what came.
func (f Forecast) against(actual Series) []BacktestRow {
	rows := make([]BacktestRow, len(f.Mean))
	for i := range rows {
		rows[i] = BacktestRow{
			Start: actual.Time(i), Mean: f.Mean[i],
			P025: f.Quantile(i, .025), P10: f.Quantile(i, .1), P50: f.Quantile(i, .5),
			P90: f.Quantile(i, .9), P975: f.Quantile(i, .975),
			HandleTime: f.HandleTime[i], Actual: actual.Values[i],
		}
	}
	return rows
}

// markScored sets Scored in the rows that follow the known series.
func markScored(rows []BacktestRow, known Series, o Options) {
	open := o.Open
	if open == nil {
		open = opened(known)
	}
	for i := range rows {
		r := &rows[i]
		r.Scored = !math.IsNaN(r.Actual) && (open(r.Start) || o.Open == nil && r.Actual > 0)
	}
}

// opened tells at what times of which weekdays calls have come.
func opened(known Series) func(time.Time) bool {
	clock := newWall(known)
	var came [7][]bool
	for w := range came {
		came[w] = make([]bool, clock.slots())
	}
	for i, v := range known.Values {
		if v > 0 {
			date, slot := clock.at(known.Time(i))
			came[date.Weekday()][slot] = true
		}
	}
	return func(t time.Time) bool {
		date, slot := clock.at(t)
		return came[date.Weekday()][slot]
	}
}

// startOf gives the index of the first interval of a civil day; it may lie
// outside the series.
func (s Series) startOf(d civil.Date) int {
	clock := newWall(s)
	i := int(d.Start(clock.zone).Sub(s.Start)/s.Step) - 1
	for {
		if date, _ := clock.at(s.Time(i)); date >= d {
			return i
		}
		i++
	}
}

// cut gives the intervals from i up to but not including j; what lies outside
// the series is unknown.
func (s Series) cut(i, j int) Series {
	c := Series{Start: s.Time(i), Step: s.Step, Values: unknown(max(0, j-i))}
	for k := range c.Values {
		if at := i + k; at >= 0 && at < len(s.Values) {
			c.Values[k] = s.Values[at]
		}
	}
	return c
}

// before gives what was known at the midnight that starts day d.
func (h History) before(d civil.Date) History {
	zone := h.Offered.Start.Location()
	from := min(0, h.Offered.startOf(d))
	known := History{Offered: h.Offered.cut(from, h.Offered.startOf(d))}
	if len(h.Answered.Values) > 0 {
		known.Answered = h.Answered.cut(0, h.Answered.startOf(d))
	}
	if len(h.Handled.Values) > 0 {
		known.Handled = h.Handled.cut(0, h.Handled.startOf(d))
	}
	n := sort.Search(len(h.Daily), func(i int) bool { return civil.DateOf(h.Daily[i].Date.In(zone)) >= d })
	known.Daily = h.Daily[:n]
	return known
}

// asIntervals turns a history that has nothing but daily totals into one of
// intervals of a day, so that there is something to score against.
func (h History) asIntervals() History {
	if len(h.Offered.Values) > 0 || len(h.Daily) == 0 {
		return h
	}
	zone := h.Offered.Start.Location()
	first := civil.DateOf(h.Daily[0].Date.In(zone))
	last := civil.DateOf(h.Daily[len(h.Daily)-1].Date.In(zone))
	h.Offered = Series{Start: first.Start(zone), Step: 24 * time.Hour, Values: unknown(int(last-first) + 1)}
	for _, t := range h.Daily {
		h.Offered.Values[civil.DateOf(t.Date.In(zone))-first] = t.Value
	}
	h.Daily = nil
	return h
}

// inParallel does jobs 0 to n−1, as many at a time as there are processors. It
// gives the error of the first job, in their order, that failed.
func inParallel(ctx context.Context, n int, progress func(done, total int), do func(context.Context, int) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make([]error, n)
	next, done := 0, 0
	var mu sync.Mutex
	take := func() int { mu.Lock(); defer mu.Unlock(); next++; return next - 1 }
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for k := take(); k < n; k = take() {
				if errs[k] = do(ctx, k); errs[k] != nil {
					cancel()
					return
				}
				mu.Lock()
				done++
				if progress != nil {
					progress(done, n)
				}
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
