package forecast

import (
	"context"

	"bemanna/internal/civil"
)

// addSums adds the runs of all groups together and their scores, where there are
// several groups with the same intervals.
func (r *BacktestResult) addSums(ctx context.Context, o BacktestOptions) error {
	if len(o.Groups) < 2 {
		return nil
	}
	correlations := make([]Correlation, len(o.Origins))
	for k, t := range o.Origins {
		var err error
		if correlations[k], err = DayCorrelation(ctx, o.before(civil.DateOf(t))); err != nil {
			return err
		}
	}
	var sums []BacktestRun
	perGroup := len(o.Models) * len(o.Origins)
	for k := range perGroup {
		var parts []BacktestRun
		for g := range o.Groups {
			parts = append(parts, r.Runs[g*perGroup+k])
		}
		sum, ok := sumOfRuns(parts, correlations[k%len(o.Origins)])
		if !ok {
			return nil
		}
		sums = append(sums, sum)
	}
	r.Sums, r.SumScores, r.Correlations = sums, o.scores(sums), correlations
	return nil
}

// before gives the groups as they were known at the midnight that starts day d.
func (o BacktestOptions) before(d civil.Date) []Group {
	groups := make([]Group, len(o.Groups))
	for i, g := range o.Groups {
		g.History = g.History.asIntervals().before(d)
		groups[i] = g
	}
	return groups
}

// sumOfRuns adds up the runs of several groups from one origin; false where their
// intervals are not the same. An interval counts when it counts for any group and
// is known of all.
func sumOfRuns(parts []BacktestRun, c Correlation) (BacktestRun, bool) {
	var forecasts []Forecast
	for _, p := range parts {
		forecasts = append(forecasts, p.Forecast)
	}
	f, err := Sum(forecasts, c.Value)
	if err != nil {
		return BacktestRun{}, false
	}
	actual := Series{Start: f.Start, Step: f.Step, Values: make([]float64, len(f.Mean))}
	scored := make([]bool, len(f.Mean))
	for _, p := range parts {
		for i, row := range p.Rows {
			if row.Scored || !known(row.Actual) {
				actual.Values[i] += row.Actual
			}
			scored[i] = scored[i] || row.Scored
		}
	}
	r := BacktestRun{Model: parts[0].Model, Origin: parts[0].Origin, Forecast: f, Rows: f.against(actual)}
	for i := range r.Rows {
		r.Rows[i].Scored = scored[i] && known(r.Rows[i].Actual)
	}
	r.Days = r.days()
	return r, true
}
