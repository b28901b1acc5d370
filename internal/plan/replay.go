package plan

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// ReplayQuery asks how days that are over would have gone.
type ReplayQuery struct {
	From, To civil.Date // first and last day
	Model    forecast.Model
	Draws    int    // simulated courses of each day, 2 or more
	Seed     uint64 // of the search and of the simulation
	// Iterations bounds each search; 0 is the engine's own choice.
	Iterations int
	Progress   func(done, total int) // days; nil: nobody watches
}

// Replay plans the days from q.From to q.To on which a telephone group was open
// as they could have been planned when they began, and lets the calls that came
// happen to those plans, many times: as many calls in each interval of each
// group as telephony counted, at random times, with the mean handle time of the
// day and the patience as estimated. All ways of planning have the same people,
// bookings and e-mail, and meet the same calls:
//
//   - Bemanna is the plan that Make makes.
//   - Spreadsheet is the plan of two steps: the calls of the same weekday, mean
//     of the last eight, the need of each group and interval by Erlang C in whole
//     people, and then the shifts and breaks that cover it best. Whoever is on the
//     telephone takes all groups that they master.
//   - OneGroup is the same, but people take only the group they are counted for.
//   - Foresight is the plan of Make at the same price of time (see settle), had
//     the calls been known.
//
// People are those of the centre file with the bookings as they stand in it now.
// Nothing that telephony reported of a day or later goes into its plans but
// Foresight. Days of which the store knows no calls are skipped. Days run in
// parallel; the result does not depend on it.
func Replay(ctx context.Context, c *centre.Centre, s Store, q ReplayQuery) (*Replayed, error) {
	var days []civil.Date
	for d := q.From; d <= q.To; d++ {
		if openOn(c, d) {
			days = append(days, d)
		}
	}
	played := make([]*playedDay, len(days))
	err := inParallel(len(days), q.Progress, func(i int) (err error) {
		if played[i], err = replayDay(ctx, c, s, q, days[i]); err != nil {
			err = fmt.Errorf("replaying %s: %w", days[i], err)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	played = slices.DeleteFunc(played, func(d *playedDay) bool { return d == nil })
	if len(played) == 0 {
		return nil, fmt.Errorf("nothing to replay from %s to %s: want open days of which the store knows the calls", q.From, q.To)
	}
	out := &Replayed{
		From: q.From, To: q.To, Centre: c.Name, Target: dayTarget(c.Target), Draws: q.Draws, Seed: q.Seed,
		Skipped: len(days) - len(played),
	}
	out.sum(played)
	return out, nil
}

// inParallel does n jobs, as many at a time as there are cores. It gives the
// error of the first of them that failed.
func inParallel(n int, progress func(done, total int), job func(i int) error) error {
	errs := make([]error, n)
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for i := range n {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			errs[i] = job(i)
			mu.Lock()
			defer mu.Unlock()
			if done++; progress != nil {
				progress(done, n)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// playedDay is a day of a replay with the plans at other prices of time.
type playedDay struct {
	ReplayedDay
	priced []WayScore // at the curvePrices
}

// curvePrices are the prices of time off the telephone at which days are
// planned to see how many hours buy what share.
var curvePrices = []float64{0.1, 0.3, 0.45, 0.7, 1, 50}

// replayDay replays a day; nil when the store knows no calls of it.
func replayDay(ctx context.Context, c *centre.Centre, s Store, q ReplayQuery, day civil.Date) (*playedDay, error) {
	e := &rehearsal{c: c, store: asOf{s, day.Start(c.Location)}, day: day, q: q}
	forecasts, err := e.forecasts(ctx, q.Model)
	if err != nil {
		return nil, err
	}
	need, err := Need(c, day, forecasts)
	if err != nil {
		return nil, err
	}
	if e.came, err = happened(ctx, c, s, need); err != nil || e.came.offered == 0 {
		return nil, err
	}
	if e.asked, err = Need(c, day, e.came.forecasts); err != nil {
		return nil, err
	}
	out := &playedDay{ReplayedDay: ReplayedDay{
		Date: day, Offered: e.came.offered, Happened: e.came.share(c.Target.Definition),
		Unknown: e.came.unknown, Outside: e.came.outside,
	}}
	price, err := e.ours(ctx, need, out)
	if err != nil {
		return nil, err
	}
	if err := e.foresight(ctx, price, out); err != nil {
		return nil, err
	}
	return out, e.spreadsheet(ctx, forecasts, out)
}
