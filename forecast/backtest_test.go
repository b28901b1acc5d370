package forecast_test

import (
	"context"
	"errors"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bemanna/forecast"
)

func typicalBacktest(tb testing.TB, models ...forecast.Model) forecast.BacktestOptions {
	tb.Helper()
	o := forecast.BacktestOptions{
		Groups: []forecast.BacktestGroup{{Name: "lyckan", History: typicalCentre.history(tb), Options: forecast.Options{Open: officeHours}}},
		Models: models, Days: 14,
	}
	for _, day := range []string{"2026-03-20", "2026-04-03", "2026-04-20"} {
		o.Origins = append(o.Origins, midnight(tb, day, stockholm).Add(13*time.Hour))
	}
	return o
}

func backtest(tb testing.TB, o forecast.BacktestOptions) forecast.BacktestResult {
	tb.Helper()
	r, err := forecast.Backtest(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// oracle knows the invented centre and forecasts its true rates.
type oracle struct{ centre }

func (oracle) Name() string { return "oracle" }

func (c oracle) Forecast(_ context.Context, h forecast.History, o forecast.Options) (forecast.Forecast, error) {
	f := forecast.Forecast{
		Start: h.Offered.End(), Step: h.Offered.Step, Mean: make([]float64, o.Intervals),
		Spread: make([]float64, o.Intervals), HandleTime: make([]float64, o.Intervals),
	}
	for i := range f.Mean {
		f.Mean[i] = c.rate(h.Offered.Time(len(h.Offered.Values) + i))
	}
	return f, nil
}

// TestFloor checks the floor against a model that knows the true rates, and the
// other scores of that model: no bias, and intervals that hold.
func TestFloor(t *testing.T) {
	c := typicalCentre
	c.noise = 0
	o := typicalBacktest(t, oracle{c})
	o.Groups[0].History = c.history(t)
	o.Origins, o.Horizons = nil, []int{14}
	for week := range 9 {
		o.Origins = append(o.Origins, midnight(t, c.start, stockholm).AddDate(0, 0, 14*week))
	}
	s := backtest(t, o).Scores[0]
	if math.Abs(s.WAPE-s.Floor) > .04*s.Floor {
		t.Errorf("WAPE %.4f of the true rates, floor %.4f", s.WAPE, s.Floor)
	}
	if math.Abs(s.Bias) > .02 || math.Abs(s.Cover80-.8) > .04 || math.Abs(s.Cover95-.95) > .02 {
		t.Errorf("bias %.3f, cover %.3f and %.3f of the true rates", s.Bias, s.Cover80, s.Cover95)
	}
}

// TestScores works out the scores of one day by hand.
func TestScores(t *testing.T) {
	start := midnight(t, "2026-03-02", stockholm)
	values := make([]float64, 14*24)
	for i := range values {
		values[i] = 4
	}
	values[7*24+1], values[7*24+2] = 10, math.NaN()
	r := backtest(t, forecast.BacktestOptions{
		Groups:  []forecast.BacktestGroup{{Name: "g", History: forecast.History{Offered: forecast.Series{Start: start, Step: time.Hour, Values: values}}}},
		Models:  []forecast.Model{flat(5)},
		Origins: []time.Time{start.AddDate(0, 0, 7)},
		Days:    1,
	})
	// 22 intervals of 4 and one of 10, of which 5 are expected; the quantiles
	// of the Poisson(5) at .1, .5 and .9, spread over units, are these.
	q := single(5, 0)
	q10, q50, q90 := q.Quantile(0, .1), q.Quantile(0, .5), q.Quantile(0, .9)
	loss := func(p, q, x float64) float64 { return max(p*(x-q), (p-1)*(x-q)) }
	pinball := 0.
	for x, n := range map[float64]float64{4: 22, 10: 1} {
		pinball += n * (loss(.1, q10, x) + loss(.5, q50, x) + loss(.9, q90, x)) / 3 / 23
	}
	want := forecast.Score{
		Group: "g", Model: "flat", Days: 1, Intervals: 23, Calls: 98,
		WAPE: 27. / 98, Bias: 17. / 98, Pinball: pinball, Cover80: 22. / 23, Cover95: 22. / 23,
		Floor:  r.Scores[0].Floor,  // has a test of its own
		Totals: r.Scores[0].Totals, // the same
	}
	if diff := cmp.Diff([]forecast.Score{want}, r.Scores, cmpopts.EquateApprox(1e-12, 0), cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("scores (-want +got):\n%s", diff)
	}
}

// TestDayScores works out the scores of the totals of four days by hand: one is
// known in part and does not count.
func TestDayScores(t *testing.T) {
	start := midnight(t, "2026-03-02", stockholm)
	values := make([]float64, 11*24)
	for i := range values {
		values[i] = 5
	}
	values[7*24+3] = 17         // a day of 132
	values[8*24+3] = math.NaN() // not known in full
	values[9*24+3] = 55         // a day of 170
	s := backtest(t, forecast.BacktestOptions{
		Groups:  []forecast.BacktestGroup{{Name: "g", History: forecast.History{Offered: forecast.Series{Start: start, Step: time.Hour, Values: values}}}},
		Models:  []forecast.Model{flat(5)},
		Origins: []time.Time{start.AddDate(0, 0, 7)},
		Days:    4, Horizons: []int{4},
	}).Scores[0]
	// Of 120 expected calls of a Poisson day the 80 % interval is about 106 to 134,
	// the 95 % interval 98.5 to 141.5.
	want := forecast.DayScore{Days: 3, WAPE: 62. / 422, Floor: s.Totals.Floor, Cover80: 2. / 3, Cover95: 2. / 3}
	if diff := cmp.Diff(want, s.Totals, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
		t.Errorf("scores of days (-want +got):\n%s", diff)
	}
	// The mean deviation of a normal variable is √(2/π) of its standard deviation.
	if floor := math.Sqrt(2/math.Pi) * (math.Sqrt(132) + math.Sqrt(170) + math.Sqrt(120)) / 422; math.Abs(s.Totals.Floor/floor-1) > .01 {
		t.Errorf("floor %.4f, want about %.4f", s.Totals.Floor, floor)
	}
}

// TestBacktestSums checks that all groups together are expected what each is, less
// surely the more their errors go together, and that groups of other intervals are
// not summed.
func TestBacktestSums(t *testing.T) {
	o := typicalBacktest(t, forecast.DayLevel{}, forecast.EightWeeks{})
	other := o.Groups[0]
	other.Name = "other"
	o.Groups = append(o.Groups, other)
	r := backtest(t, o)
	if len(r.Sums) != 6 || len(r.SumScores) != 6 || len(r.Correlations) != 3 {
		t.Fatalf("%d sums, %d scores, %d correlations, want 6, 6 and 3", len(r.Sums), len(r.SumScores), len(r.Correlations))
	}
	for k, sum := range r.Sums {
		part := r.Runs[k]
		if sum.Group != "" || sum.Model != part.Model || !sum.Origin.Equal(part.Origin) {
			t.Fatalf("sum %d is of %q with %s at %v, want of %s at %v", k, sum.Group, sum.Model, sum.Origin, part.Model, part.Origin)
		}
		for i, row := range sum.Rows {
			if row.Mean != 2*part.Rows[i].Mean || row.Actual != 2*part.Rows[i].Actual || row.Scored != part.Rows[i].Scored {
				t.Fatalf("%+v, want the double of %+v", row, part.Rows[i])
			}
		}
		for d, day := range sum.Days {
			if one := part.Days[d]; day.Mean != 2*one.Mean || day.Actual != 2*one.Actual || day.P90-day.P10 > 2*(one.P90-one.P10) {
				t.Fatalf("%+v, want the double of %+v or less", day, one)
			}
		}
	}
	if c := r.Correlations[2]; c.Value < .8 { // the same group twice
		t.Errorf("correlation %+v of a group with itself", c)
	}
	o.Groups[1].History = centre{start: "2025-09-01", days: 250, step: 30 * time.Minute, calls: 300}.history(t)
	if r := backtest(t, o); r.Sums != nil || r.SumScores != nil {
		t.Errorf("%d sums of half-hours and quarter-hours", len(r.Sums))
	}
}

// flat expects the same of every interval, and that calls come by chance.
type flat float64

func (flat) Name() string { return "flat" }

func (m flat) Forecast(_ context.Context, h forecast.History, o forecast.Options) (forecast.Forecast, error) {
	n := o.Intervals
	f := forecast.Forecast{Start: h.Offered.End(), Step: h.Offered.Step, Mean: make([]float64, n), Spread: make([]float64, n), HandleTime: make([]float64, n)}
	for i := range f.Mean {
		f.Mean[i] = float64(m)
	}
	perDay := int(24 * time.Hour / f.Step)
	for i := 0; i+perDay <= n; i += perDay {
		f.Days = append(f.Days, forecast.Day{Date: f.Start.Add(time.Duration(i) * f.Step), Total: float64(m) * float64(perDay)})
	}
	return f, nil
}

// TestOnlyThePast checks that nothing from the origin on reaches the model.
func TestOnlyThePast(t *testing.T) {
	o := typicalBacktest(t, models...)
	h := &o.Groups[0].History
	*h = handled(*h, func(time.Time, float64) float64 { return 300 })
	h.Answered = h.Offered
	for d := range 10 {
		h.Daily = append(h.Daily, forecast.DayTotal{Date: midnight(t, "2025-12-20", stockholm).AddDate(0, 0, d), Value: 400})
	}
	before := backtest(t, o).Runs[0].Forecast
	from := o.Origins[0].Add(-13 * time.Hour)
	ruined := func(s forecast.Series) forecast.Series {
		v := append([]float64(nil), s.Values...)
		for i := range v {
			if !s.Time(i).Before(from) {
				v[i] = 1e4
			}
		}
		s.Values = v
		return s
	}
	h.Offered, h.Answered, h.Handled = ruined(h.Offered), ruined(h.Answered), ruined(h.Handled)
	h.Daily = append(h.Daily, forecast.DayTotal{Date: from, Value: 1e6})
	if diff := cmp.Diff(before, backtest(t, o).Runs[0].Forecast); diff != "" {
		t.Errorf("with another future (-want +got):\n%s", diff)
	}
}

// TestBacktestIsInOrder checks the order of the runs, what they cover, and that
// they are the same on any number of processors.
func TestBacktestIsInOrder(t *testing.T) {
	o := typicalBacktest(t, forecast.DayLevel{}, forecast.EightWeeks{})
	other := o.Groups[0]
	other.Name = "other"
	o.Groups = append(o.Groups, other)
	var told []int
	o.Progress = func(done, total int) {
		if total != 12 {
			t.Errorf("of %d forecasts, want 12", total)
		}
		told = append(told, done)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := backtest(t, o)
	if want := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}; !cmp.Equal(told, want) {
		t.Errorf("progress %v, want %v", told, want)
	}
	var order []string
	for _, r := range one.Runs {
		order = append(order, r.Group+", "+r.Model+", "+r.Origin.Format(time.DateTime))
		if n := len(r.Rows); n < 14*24-1 || n > 14*24 || !r.Rows[0].Start.Equal(r.Origin) {
			t.Errorf("%d rows from %v, want 14 days from %v", n, r.Rows[0].Start, r.Origin)
		}
	}
	if order[0] != "lyckan, day level × profile, 2026-03-20 00:00:00" || order[11] != "other, mean of 8 weeks, 2026-04-20 00:00:00" {
		t.Errorf("order of runs %s", strings.Join(order, "; "))
	}
	runtime.GOMAXPROCS(2)
	o.Progress = nil
	if diff := cmp.Diff(one, backtest(t, o), cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("on two processors (-want +got):\n%s", diff)
	}
}

// TestBacktestOfTotals checks that a group of which only the totals of days are
// known can be tried.
func TestBacktestOfTotals(t *testing.T) {
	start := midnight(t, "2026-01-05", stockholm)
	h := forecast.History{Offered: forecast.Series{Start: start, Step: time.Hour}}
	for d := range 150 {
		day := start.AddDate(0, 0, d)
		h.Daily = append(h.Daily, forecast.DayTotal{Date: day, Value: 100 * weekdayFactor[day.Weekday()]})
	}
	r := backtest(t, forecast.BacktestOptions{
		Groups: []forecast.BacktestGroup{{Name: "e-post", History: h}}, Models: models,
		Origins: []time.Time{start.AddDate(0, 0, 100)}, Days: 28,
	})
	for _, s := range r.Scores {
		if s.Intervals != s.Days || s.WAPE > .02 {
			t.Errorf("%s, %d days: WAPE %.3f of %d intervals, want less than .02 of %d", s.Model, s.Days, s.WAPE, s.Intervals, s.Days)
		}
	}
}

// TestClock checks that the forecasts of the latest origin are timed, by the clock
// that was given.
func TestClock(t *testing.T) {
	o := typicalBacktest(t, flat(1))
	o.Origins[0], o.Origins[2] = o.Origins[2], o.Origins[0]
	var now time.Duration
	o.Clock = func() time.Duration { now += 3 * time.Second; return now }
	for k, r := range backtest(t, o).Runs {
		if want := [3]time.Duration{3 * time.Second, 0, 0}[k]; r.Elapsed != want {
			t.Errorf("elapsed %v from %v, want %v", r.Elapsed, r.Origin, want)
		}
	}
}

func TestBacktestRefuses(t *testing.T) {
	for _, test := range []struct {
		want   string
		change func(o *forecast.BacktestOptions)
	}{
		{"backtest: no groups, want at least one", func(o *forecast.BacktestOptions) { o.Groups = nil }},
		{"backtest: no models, want at least one", func(o *forecast.BacktestOptions) { o.Models = nil }},
		{"backtest: no origins, want at least one", func(o *forecast.BacktestOptions) { o.Origins = nil }},
		{"backtest: 0 days, want at least 1", func(o *forecast.BacktestOptions) { o.Days = 0 }},
		{"backtest: horizon of 15 days, want 1 to 14", func(o *forecast.BacktestOptions) { o.Horizons = []int{1, 15} }},
		{`backtest of "lyckan": offered: step 0s, want one that divides a day into equal parts`, func(o *forecast.BacktestOptions) {
			o.Groups[0].History.Offered.Step = 0
		}},
		{`backtest of "lyckan" with broken at 2026-03-20: no luck`, func(o *forecast.BacktestOptions) { o.Models = append(o.Models, broken{}) }},
	} {
		o := typicalBacktest(t, flat(1))
		test.change(&o)
		if _, err := forecast.Backtest(t.Context(), o); err == nil || err.Error() != test.want {
			t.Errorf("error %v, want %s", err, test.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := forecast.Backtest(ctx, typicalBacktest(t, models...)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v of a cancelled backtest, want %v", err, context.Canceled)
	}
}

type broken struct{}

func (broken) Name() string { return "broken" }

func (broken) Forecast(context.Context, forecast.History, forecast.Options) (forecast.Forecast, error) {
	return forecast.Forecast{}, errors.New("no luck")
}
