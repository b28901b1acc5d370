package plan_test

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// morningOf is the demo's history with calls of its next day: those that its
// forecast expects, times a factor, until a clock time.
type morningOf struct {
	*store.Store
	day    civil.Date
	until  time.Time
	factor float64
	means  map[string][]float64 // by first queue
}

func (m morningOf) DataUntil(context.Context, string) (time.Time, error) { return m.until, nil }

func (m morningOf) Series(ctx context.Context, sel plan.Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	if o.From.Before(m.day.Start(o.From.Location())) {
		return m.Store.Series(ctx, sel, o)
	}
	means := m.means[sel.Queues[0].Name]
	if means == nil {
		return ingest.Measures{}, nil
	}
	n := int(o.To.Sub(o.From) / o.Step)
	values := make([]float64, n)
	for i := range values {
		values[i] = math.Round(m.factor * means[i])
	}
	return ingest.Measures{Offered: forecast.Series{Start: o.From, Step: o.Step, Values: values}}, nil
}

// forecastsOf gives the forecasts of the day after the demo's history.
func forecastsOf(t *testing.T, c *centre.Centre, h plan.History, days int, groups ...string) []plan.GroupForecast {
	t.Helper()
	all, err := plan.Forecasts(t.Context(), c, h, plan.ForecastQuery{
		From: lastDay + 1, Days: days, Groups: groups, Today: lastDay + 1, Model: forecast.DayLevel{},
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestForecastsFollowTheDay lets half a morning run a fifth above what was
// expected: the total is what has come and a rest that is raised, but by less,
// and says so; what is over stays as it was forecast, and so does tomorrow.
func TestForecastsFollowTheDay(t *testing.T) {
	c, s := openDemo(t)
	m := morningOf{Store: s, day: lastDay + 1, until: (lastDay + 1).Start(c.Location), factor: 1.2, means: map[string][]float64{}}
	before := forecastsOf(t, c, m, 2)
	for _, f := range before {
		if f.Group.Channel == centre.Phone {
			m.means[f.Group.History[0].Name] = f.Forecast.Mean
		}
	}
	m.until = (lastDay + 1).At(10*60+7, c.Location)
	var unsureBefore, unsure float64
	for i, f := range forecastsOf(t, c, m, 2) {
		was := before[i]
		if f.Group.Channel == centre.Email {
			if f.Seen != nil || f.Forecast.Days[0].Total != was.Forecast.Days[0].Total {
				t.Errorf("%s: seen %v, total %v before and %v after, want nothing seen", f.Group.ID, f.Seen, was.Forecast.Days[0].Total, f.Forecast.Days[0].Total)
			}
			continue
		}
		if len(f.Seen) != 40 { // quarter-hours until ten; seven minutes are no interval
			t.Fatalf("%s: %d intervals seen, want 40", f.Group.ID, len(f.Seen))
		}
		if !slices.Equal(f.Forecast.Mean[:40], was.Forecast.Mean[:40]) || !slices.Equal(f.Forecast.Mean[96:], was.Forecast.Mean[96:]) {
			t.Errorf("%s: what is over or tomorrow has another forecast", f.Group.ID)
		}
		sum, came := 0.0, 0.0
		for _, v := range f.Seen {
			came += v
		}
		for _, v := range f.Forecast.Mean[40:96] {
			sum += v
		}
		if total := f.Forecast.Days[0].Total; math.Abs(total-came-sum) > 1e-9*total {
			t.Errorf("%s: total %v, want %v that came and %v left", f.Group.ID, total, came, sum)
		}
		old := 0.0
		for _, v := range was.Forecast.Mean[40:96] {
			old += v
		}
		if sum < old*.999 || sum > 1.2*old {
			t.Errorf("%s: rest %v after %v, want more, by less than a fifth", f.Group.ID, sum, old)
		}
		unsureBefore += variance(was.Forecast.Days[0])
		unsure += variance(f.Forecast.Days[0])
	}
	if unsure >= unsureBefore {
		t.Errorf("variance of the groups' days %v after %v, want less", unsure, unsureBefore)
	}
}

// variance is that of the calls that a day's rate leaves open.
func variance(d forecast.Day) float64 {
	sd := d.Sigma * d.Total
	return sd * sd
}

// TestCorrectionsStandBeside: what people say takes the place of the forecast on
// the days and groups they say, in opening hours, and what the machine says
// stays beside it.
func TestCorrectionsStandBeside(t *testing.T) {
	c, s := openDemo(t)
	monday := lastDay + 1
	c.Overrides = []centre.Override{
		{Group: "e_stod", From: monday, Until: monday, Calls: 200, Name: "Ny tjänst"},
		{Group: "e_stod", From: monday + 1, Until: monday + 6, Span: civil.Span{Open: 9 * 60, Close: 10 * 60}, Factor: 2, Name: "Kampanj"},
	}
	f := forecastsOf(t, c, s, 7, "e_stod")[0]
	if got := f.Forecast.Days[0]; math.Abs(got.Total-200) > 1e-9 || got.Terms[0].Reason != forecast.ReasonOverride || got.Terms[0].Name != "Ny tjänst" {
		t.Errorf("Monday %+v, want 200 calls by hand", got)
	}
	for i := range f.Forecast.Mean {
		at := monday.Start(c.Location).Add(time.Duration(i) * c.Interval)
		want := f.Machine.Mean[i]
		switch clock := civil.ClockOf(at); {
		case civil.DateOf(at) == monday:
			want *= 200 / f.Machine.Days[0].Total
		case clock >= 9*60 && clock < 10*60:
			want *= 2
		}
		if math.Abs(f.Forecast.Mean[i]-want) > 1e-9 {
			t.Fatalf("%v: %v, want %v", at, f.Forecast.Mean[i], want)
		}
	}
	if saturday := f.Forecast.Days[5]; saturday.Total != 0 {
		t.Errorf("%v calls on a closed Saturday", saturday.Total)
	}
}

// TestOneGroupIsAsAmongAll: asking for a group gives what asking for all gives.
func TestOneGroupIsAsAmongAll(t *testing.T) {
	c, s := openDemo(t)
	all := forecastsOf(t, c, s, 2)
	one := forecastsOf(t, c, s, 2, "godman")
	if len(one) != 1 {
		t.Fatalf("%d groups, want 1", len(one))
	}
	i := slices.IndexFunc(all, func(f plan.GroupForecast) bool { return f.Group.ID == "godman" })
	if d := cmp.Diff(all[i].Forecast, one[0].Forecast); d != "" {
		t.Error(d)
	}
}

// TestLettersExplainTheDay: the demo's letters of Monday are the reason for the
// calls of the days after, with the day on which they were sent, and the effect
// is near the hidden one of +12 and +22 %.
func TestLettersExplainTheDay(t *testing.T) {
	c, s := openDemo(t)
	f := forecastsOf(t, c, s, 3, "fakturor")[0]
	for i, hidden := range map[int]float64{1: 1.12, 2: 1.22} {
		terms := f.Terms(f.Forecast.Days[i])
		at := slices.IndexFunc(terms, func(t plan.Term) bool { return t.Name == "Påminnelser" })
		if at < 0 {
			t.Fatalf("day %d: %+v, want the reminders among them", i, terms)
		}
		if got := terms[at]; got.Since != lastDay+1 || math.Abs(got.Factor-hidden) > .06 {
			t.Errorf("day %d: %+v, want since %s and about %.2f", i, got, lastDay+1, hidden)
		}
	}
}

// TestLearntIsKept: a plan keeps what its forecasts learn, a later forecast is
// the same with it, and a group whose hours change is learnt anew.
func TestLearntIsKept(t *testing.T) {
	slow(t)
	c, s := openDemo(t)
	cold := forecastsOf(t, c, s, 2)
	q := plan.Query{Date: lastDay + 1, Now: (lastDay + 1).At(6*60, c.Location), Model: forecast.DayLevel{}}
	if _, err := q.Forecasts(t.Context(), c, s); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Learnt(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(kept) != len(cold) {
		t.Errorf("%d groups kept, want %d", len(kept), len(cold))
	}
	ignore := cmpopts.IgnoreUnexported(plan.GroupForecast{})
	if d := cmp.Diff(cold, forecastsOf(t, c, s, 2), ignore, cmpopts.EquateNaNs()); d != "" {
		t.Errorf("(-cold +warm):\n%s", d)
	}
	t.Cleanup(func() { // other tests plan from the same store
		if err := s.KeepLearnt(context.Background(), []plan.Learnt{{Group: "skola"}}); err != nil {
			t.Error(err)
		}
	})
	other := kept["skola"]
	other.Learnt.Level.Noise = .5
	if err := s.KeepLearnt(t.Context(), []plan.Learnt{other}); err != nil {
		t.Fatal(err)
	}
	used := forecastsOf(t, c, s, 1, "skola")[0].Machine.Learnt.Level.Noise
	i := slices.IndexFunc(c.Groups, func(g centre.Group) bool { return g.ID == "skola" })
	c.Groups[i].Hours[0].Span.Close += 15
	anew := forecastsOf(t, c, s, 1, "skola")[0].Machine.Learnt.Level.Noise
	if used != .5 || anew == .5 {
		t.Errorf("noise %v with the same hours and %v with others, want .5 and another", used, anew)
	}
}
