package forecast_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"bemanna/forecast"
)

// oneDay is a forecast of two days with an hour's step, open from 8 to 17.
func oneDay() forecast.Forecast {
	start := time.Date(2026, 5, 4, 0, 0, 0, 0, stockholm)
	f := forecast.Forecast{Start: start, Step: time.Hour, DayShare: .6, Days: []forecast.Day{
		{Date: start, Total: 900, Terms: []forecast.Term{{Reason: forecast.ReasonMonthStart, Factor: 1.1}}},
		{Date: start.AddDate(0, 0, 1), Total: 900},
	}}
	for i := range 48 {
		open := 0.
		if h := i % 24; h >= 8 && h < 17 {
			open = 1
		}
		f.Mean = append(f.Mean, 100*open)
		f.Spread = append(f.Spread, .15*open)
		f.HandleTime = append(f.HandleTime, 300)
	}
	return f
}

// seenTimes gives the calls of the first hours of the first day of f, factor
// times those expected.
func seenTimes(f forecast.Forecast, hours int, factor float64) []float64 {
	seen := slices.Clone(f.Mean[:hours])
	for i := range seen {
		seen[i] *= factor
	}
	return seen
}

func updated(tb testing.TB, f forecast.Forecast, seen []float64) forecast.Forecast {
	tb.Helper()
	rest, err := f.Update(seen)
	if err != nil {
		tb.Fatal(err)
	}
	return rest
}

// TestUpdateCoversTheRest checks which intervals an update covers.
func TestUpdateCoversTheRest(t *testing.T) {
	f := oneDay()
	for _, test := range []struct{ seen, from, n int }{
		{0, 0, 24}, {1, 1, 23}, {12, 12, 12}, {23, 23, 1}, {24, 24, 0}, {25, 25, 23}, {48, 48, 0},
	} {
		rest := updated(t, f, seenTimes(f, test.seen, 1))
		wantSane(t, rest, test.n)
		if want := f.Start.Add(time.Duration(test.from) * time.Hour); !rest.Start.Equal(want) {
			t.Errorf("%d seen: starts at %v, want %v", test.seen, rest.Start, want)
		}
		if days := min(test.n, 1); len(rest.Days) != days {
			t.Errorf("%d seen: %d days, want %d", test.seen, len(rest.Days), days)
		}
	}
}

// TestUpdateLeaves checks that nothing changes but the spread when what comes is
// what was expected, and nothing at all when nothing is known.
func TestUpdateLeaves(t *testing.T) {
	f := oneDay()
	rest := updated(t, f, seenTimes(f, 12, 1))
	if diff := cmp.Diff(f.Mean[12:24], rest.Mean, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
		t.Errorf("as expected (-before +after):\n%s", diff)
	}
	if !(rest.Spread[2] < f.Spread[14]) {
		t.Errorf("spread %v after half the day, want less than %v", rest.Spread[2], f.Spread[14])
	}
	if diff := cmp.Diff(f.Days[0].Terms, rest.Days[0].Terms); diff != "" {
		t.Errorf("terms (-before +after):\n%s", diff)
	}
	unknown := updated(t, f, seenTimes(f, 12, math.NaN()))
	if diff := cmp.Diff(f.Mean[12:24], unknown.Mean, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
		t.Errorf("unknown (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(f.Spread[12:24], unknown.Spread); diff != "" || unknown.DayShare != f.DayShare || unknown.Course != f.Course {
		t.Errorf("day share %v, course %v, unknown (-before +after):\n%s", unknown.DayShare, unknown.Course, diff)
	}
}

// TestUpdateFollows checks that the rest follows the day in part: the more of it
// has been seen the more, never beyond the ratio of seen to expected, less in
// its last hours than in its next; and that the reason is told.
func TestUpdateFollows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := oneDay()
		factor := rapid.Float64Range(.5, 2).Draw(t, "factor")
		hours := rapid.IntRange(9, 16).Draw(t, "hours")
		rest, err := f.Update(seenTimes(f, hours, factor))
		if err != nil {
			t.Fatal(err)
		}
		before := 0.
		for i := 16; i >= hours; i-- {
			moved := math.Log(rest.Mean[i-hours] / f.Mean[i])
			if whole := math.Log(factor); moved*whole < 0 || math.Abs(moved) > math.Abs(whole) {
				t.Fatalf("hour %d: × %.3f, want between 1 and × %.3f", i, math.Exp(moved), factor)
			}
			if math.Abs(moved) < before {
				t.Fatalf("hour %d: × %.3f, want no less than in the hour after it, × %.3f", i, math.Exp(moved), math.Exp(before))
			}
			before = math.Abs(moved)
		}
		told := slices.ContainsFunc(rest.Days[0].Terms, func(term forecast.Term) bool {
			return term.Reason == forecast.ReasonToday && (term.Factor > 1) == (factor > 1)
		})
		if before > .05 && !told {
			t.Fatalf("terms %v, want one of today", rest.Days[0].Terms)
		}
	})
}

// TestUpdateHelps checks on invented days with a common factor that the update
// makes the rest of the day better, and the 80 % intervals of its sum hold.
func TestUpdateHelps(t *testing.T) {
	f := oneDay()
	f.DayShare = 1
	var left, moved, within float64
	paths := f.Paths(400, 5)
	for _, path := range paths {
		rest := updated(t, f, path[:12])
		var sum float64
		for i := 12; i < 17; i++ {
			sum += path[i]
		}
		left += math.Abs(sum - 500)
		moved += math.Abs(sum - rest.Days[0].Total)
		day := forecast.Forecast{Mean: []float64{rest.Days[0].Total}, Spread: []float64{rest.Days[0].Sigma}}
		if day.Quantile(0, .1) <= sum && sum <= day.Quantile(0, .9) {
			within++
		}
	}
	if moved > .6*left {
		t.Errorf("the sum of the rest is missed by %.1f, want far less than %.1f without the update", moved/400, left/400)
	}
	if within /= 400; within < .74 {
		t.Errorf("%.2f of the sums lie in their 80 %% intervals", within)
	}
}

// TestUpdateKeepsScale checks that k times the calls, expected and seen, make k
// times the rest, where calls by chance hardly count.
func TestUpdateKeepsScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.Float64Range(.5, 10).Draw(t, "k")
		few, many := oneDay(), oneDay()
		for i := range few.Mean {
			few.Mean[i] *= 1e6
			many.Mean[i] *= 1e6 * k
		}
		factor := rapid.Float64Range(.7, 1.4).Draw(t, "factor")
		a, errA := few.Update(seenTimes(few, 12, factor))
		b, errB := many.Update(seenTimes(many, 12, factor))
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		for i := range a.Mean {
			if math.Abs(k*a.Mean[i]-b.Mean[i]) > 1e-3*b.Mean[i] {
				t.Fatalf("interval %d: %v of %v times the calls, want %v", i, b.Mean[i], k, k*a.Mean[i])
			}
		}
	})
}

// TestUpdateFollowsTheCourse checks that a day whose intervals go each their own
// way says little of its rest, and that the sum of the rest varies less then.
func TestUpdateFollowsTheCourse(t *testing.T) {
	loose, firm := oneDay(), oneDay()
	loose.Course = forecast.Course{Whole: .05, Wander: .05}
	firm.Course = forecast.Course{Whole: .75, Wander: .25}
	a, b := updated(t, loose, seenTimes(loose, 12, 1.3)), updated(t, firm, seenTimes(firm, 12, 1.3))
	if up, most := a.Mean[2]/100-1, b.Mean[2]/100-1; !(up > 0 && up < most/2) {
		t.Errorf("after a busy morning %+.3f, want above 0 and less than half of %+.3f", up, most)
	}
	if !(a.Spread[2] > b.Spread[2] && a.DayShare < b.DayShare) {
		t.Errorf("spread %.3f and day share %.2f, want more and less than %.3f and %.2f", a.Spread[2], a.DayShare, b.Spread[2], b.DayShare)
	}
}

// TestUpdateOutage checks that hours in which nothing was counted are noted and
// do not empty the rest of the day.
func TestUpdateOutage(t *testing.T) {
	f := oneDay()
	seen := seenTimes(f, 12, 1)
	seen[9], seen[10] = 0, 0
	rest := updated(t, f, seen)
	want := []forecast.Note{{Kind: forecast.NoteOutage, From: f.Start.Add(9 * time.Hour), To: f.Start.Add(11 * time.Hour), Value: 200}}
	if diff := cmp.Diff(want, rest.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if math.Abs(rest.Mean[2]-100) > 1e-9 {
		t.Errorf("%v calls after an outage, want 100 as expected before", rest.Mean[2])
	}
}

func TestUpdateRefuses(t *testing.T) {
	f := oneDay()
	for _, test := range []struct {
		seen []float64
		want string
	}{
		{make([]float64, 49), "update: 49 intervals seen, want at most the 48 of the forecast"},
		{[]float64{0, -1}, "update at 2026-05-04T01:00:00+02:00: -1, want 0 to 1e+15, or NaN for unknown"},
	} {
		if _, err := f.Update(test.seen); err == nil || err.Error() != test.want {
			t.Errorf("error %v, want %q", err, test.want)
		}
	}
}

// BenchmarkUpdate updates half a day of 5 minutes' intervals.
func BenchmarkUpdate(b *testing.B) {
	c := centre{start: "2026-01-01", days: 60, step: 5 * time.Minute, calls: 1500, noise: .05, poisson: true, open: always}
	f, err := forecast.DayLevel{}.Forecast(b.Context(), c.history(b), c.options(1))
	if err != nil {
		b.Fatal(err)
	}
	seen := seenTimes(f, 144, 1.1)
	for b.Loop() {
		if _, err := f.Update(seen); err != nil {
			b.Fatal(err)
		}
	}
}
