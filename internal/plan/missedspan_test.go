package plan_test

import (
	"context"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// told is a steady history of which telephony tells all, up to its end.
type told struct{ steady }

func (s told) Series(ctx context.Context, sel plan.Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	m, err := s.steady.Series(ctx, sel, o)
	for i := range m.Offered.Values {
		if !m.Offered.Time(i).Before(s.until) {
			m.Offered.Values[i] = math.NaN()
		}
	}
	of := func(times float64) forecast.Series {
		out := m.Offered
		out.Values = slices.Clone(out.Values)
		for i := range out.Values {
			out.Values[i] *= times
		}
		return out
	}
	m.Answered, m.AnsweredWithin, m.Handled = of(0.75), of(0.5), of(0.75*330)
	return m, err
}

// diary is a shelf that keeps what was worked out.
type diary struct {
	*shelf
	kept map[string]plan.Working
}

func (d *diary) KeepWorkings(_ context.Context, all []plan.Working) error {
	for _, w := range all {
		d.kept[w.Name] = w
	}
	return nil
}

func (d *diary) Workings(_ context.Context, prefix string) (map[string]plan.Working, error) {
	out := map[string]plan.Working{}
	for name, w := range d.kept {
		if strings.HasPrefix(name, prefix) {
			out[name] = w
		}
	}
	return out, nil
}

// explainable is a centre whose Thursday is planned and whose Wednesday is not;
// attendance is known of both, and calls of nothing after them.
func explainable(t *testing.T) (*centre.Centre, *diary, *plan.Day) {
	t.Helper()
	c := officeHours(t)
	c.Target = c.Groups[0].Target
	thursday := civil.NewDate(2026, 11, 19)
	s := &diary{newShelf(thursday, c.Location), map[string]plan.Working{}}
	s.Store = told{steady{(thursday + 1).Start(c.Location)}}
	d, err := plan.Make(t.Context(), c, plan.Past(s, thursday.Start(c.Location)), plan.Query{
		Date: thursday, Now: thursday.At(6*60, c.Location), Seed: 1, Model: forecast.DayLevel{}, Iterations: 20,
	})
	if err != nil {
		t.Fatal(err)
	}
	save(t, s.shelf, d)
	for date := thursday - 1; date <= thursday; date++ {
		c.Attendance = append(c.Attendance, centre.Attendance{
			Date: date, Planned: 40, Absent: 2, Phone: 0.9 * d.Summary.PhoneHours, LoggedIn: 0.8 * d.Summary.PhoneHours,
		})
	}
	return c, s, d
}

func save(t *testing.T, s *shelf, d *plan.Day) {
	t.Helper()
	if err := plan.Save(t.Context(), s, d, "test"); err != nil {
		t.Fatal(err)
	}
}

func explain(t *testing.T, c *centre.Centre, s plan.PastStore, from, to civil.Date) *plan.Explanation {
	t.Helper()
	e, err := plan.Explain(t.Context(), c, s, plan.ExplainQuery{From: from, To: to, Seed: 1, Model: forecast.DayLevel{}, Iterations: 20})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestExplainBeginsWithThePlan: the way begins with what the stored plan said and
// ends with what telephony says; a day without a plan gets one, and that is said.
func TestExplainBeginsWithThePlan(t *testing.T) {
	c, s, d := explainable(t)
	late := *d
	late.Made, late.LoginRate = d.Groups[0].Intervals[4].Start, 0.5
	save(t, s.shelf, &late) // in the course of the day: not what was expected of it
	e := explain(t, c, s, d.Date-1, d.Date)
	planned := e.Days[1]
	if math.Abs(planned.Expected-d.Summary.ServiceLevel) > 1e-9 || planned.Version != 1 {
		t.Errorf("expected %v by version %d, the plan said %v", planned.Expected, planned.Version, d.Summary.ServiceLevel)
	}
	if *planned.Measured != 0.5 || *e.Total.Measured != 0.5 {
		t.Errorf("measured %v and %v in all, want half", *planned.Measured, *e.Total.Measured)
	}
	if e.Days[0].Version != 0 || !e.Days[0].Attended || e.Lacks() {
		t.Errorf("the day without a plan: %+v, lacking: %v", e.Days[0], e.Lacks())
	}
	effects := planned.Effects
	if *effects[3].Expected != d.Summary.PhoneHours || math.Abs(*effects[2].Came-8./9) > 1e-4 || math.Abs(*effects[1].Came-330) > 1e-9 {
		t.Errorf("hours %v, log-in %v, handle time %v", *effects[3].Expected, *effects[2].Came, *effects[1].Came)
	}
}

// TestExplainWhatIsMissing: days without calls are named, and so are those whose
// attendance is not known; without any calls there is nothing to explain.
func TestExplainWhatIsMissing(t *testing.T) {
	c, s, d := explainable(t)
	c.Attendance = nil
	e := explain(t, c, s, d.Date, d.Date+1)
	if !e.Lacks() || e.Days[0].Attended || !slices.Equal(e.Unheard, []civil.Date{d.Date + 1}) {
		t.Errorf("lacks %v, attended %v, without calls %v", e.Lacks(), e.Days[0].Attended, e.Unheard)
	}
	if e.Total.Effects[2].Share != nil || e.Total.Untold == nil {
		t.Errorf("log-in %v, untold %v", e.Total.Effects[2].Share, e.Total.Untold)
	}
	if _, err := plan.Explain(t.Context(), c, s, plan.ExplainQuery{From: d.Date + 1, To: d.Date + 2}); err == nil {
		t.Error("nothing is explained")
	}
	if _, err := plan.Explain(t.Context(), c, s, plan.ExplainQuery{From: d.Date, To: d.Date, Unit: "nowhere"}); err == nil {
		t.Error("a unit that is not there is explained")
	}
}

// TestExplainIsDeterministic: the same bits on one core and on several.
func TestExplainIsDeterministic(t *testing.T) {
	c, s, d := explainable(t)
	many := explain(t, c, s, d.Date-1, d.Date)
	clear(s.kept)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if diff := cmp.Diff(many, explain(t, c, s, d.Date-1, d.Date)); diff != "" {
		t.Errorf("one core and several:\n%s", diff)
	}
}

// BenchmarkExplain explains a day of the demo that has a stored plan: the plan 300
// times and each of the sixteen ways 50 times.
func BenchmarkExplain(b *testing.B) {
	c, s := openDemo(b)
	day := lastDay - 4
	d, err := plan.Make(b.Context(), c, plan.Past(s, day.Start(c.Location)), plan.Query{
		Date: day, Now: day.At(6*60, c.Location), Seed: 1, Model: forecast.DayLevel{}, Iterations: 400,
	})
	if err != nil {
		b.Fatal(err)
	}
	kept := &diary{newShelf(day, c.Location), map[string]plan.Working{}}
	kept.Store = s
	if err := plan.Save(b.Context(), kept, d, "test"); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		clear(kept.kept)
		if _, err := plan.Explain(b.Context(), c, kept, plan.ExplainQuery{From: day, To: day, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
