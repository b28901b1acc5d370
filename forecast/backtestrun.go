package forecast

import (
	"context"
	"fmt"
	"math"
	"time"

	"bemanna/internal/civil"
)

// BacktestRun is one forecast of the past.
type BacktestRun struct {
	Group    string
	Model    string
	Origin   time.Time // the midnight
	Forecast Forecast
	Rows     []BacktestRow // one for each interval of the forecast
	Days     []BacktestDay // one for each civil day; none where the forecast has no Days
	// Elapsed is what the clock of the options counted, at the latest origin; 0 at
	// others, and without a clock.
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

// BacktestDay is the total of one civil day of a run, over the intervals that
// count.
type BacktestDay struct {
	Date                      time.Time // its midnight
	Mean                      float64
	P025, P10, P50, P90, P975 float64
	Actual                    float64 // NaN: not known in full
	Scored                    bool    // all of it is known, and the group was open
}

// backtestJob is one forecast to make.
type backtestJob struct {
	group  BacktestGroup
	model  Model
	origin civil.Date
}

func (j backtestJob) run(ctx context.Context, days int) (BacktestRun, error) {
	h := j.group.History
	n := h.Offered.startOf(j.origin)
	end := h.Offered.startOf(j.origin + civil.Date(days))
	options := j.group.Options
	options.Intervals = end - n
	known := h.before(j.origin)
	f, err := j.model.Forecast(ctx, known, options)
	if err != nil {
		return BacktestRun{}, fmt.Errorf("backtest of %q with %s at %s: %w", j.group.Name, j.model.Name(), j.origin, err)
	}
	r := BacktestRun{
		Group: j.group.Name, Model: j.model.Name(), Origin: j.origin.Start(h.Offered.Start.Location()),
		Forecast: f, Rows: f.against(h.Offered.cut(n, end)),
	}
	markScored(r.Rows, known.Offered, options)
	r.Days = r.days()
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

// days sums up the rows that count by civil day.
func (r BacktestRun) days() []BacktestDay {
	days := make([]BacktestDay, len(r.Forecast.Days))
	for d, of := range r.Forecast.Days {
		days[d].Date = of.Date
	}
	day := r.Forecast.dayOf()
	for i, row := range r.Rows {
		if day[i] >= len(days) {
			break
		}
		d := &days[day[i]]
		switch {
		case row.Scored:
			d.Mean += row.Mean
			d.Actual += row.Actual
			d.Scored = true
		case row.Mean > 0 && math.IsNaN(row.Actual):
			d.Actual = math.NaN()
		}
	}
	for i := range days {
		d := &days[i]
		d.Scored = d.Scored && known(d.Actual)
		of := r.Forecast.Days[i]
		of.Total = d.Mean
		d.P025, d.P10, d.P50, d.P90, d.P975 = of.Quantile(.025), of.Quantile(.1), of.Quantile(.5), of.Quantile(.9), of.Quantile(.975)
	}
	return days
}
