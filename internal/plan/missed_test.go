package plan

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"bemanna/internal/centre"
)

// TestShapley: effects add up, a factor that changes nothing gets nothing, one that
// alone changes something gets all of it, and two that do the same get the same.
func TestShapley(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var worth [combinations]float64
		for s := range worth {
			worth[s] = rapid.Float64Range(0, 1).Draw(t, "worth")
		}
		sum := 0.0
		for _, e := range shapley(worth) {
			sum += e
		}
		if want := worth[asItCame] - worth[asPlanned]; math.Abs(sum-want) > 1e-12 {
			t.Errorf("effects of %v in all, want %v", sum, want)
		}
		lone, twins := worth, worth
		for s := range combinations {
			lone[s] = worth[s&cameHandleTime]
			if s&(cameVolume|cameStaffing) == cameVolume {
				twins[s^(cameVolume|cameStaffing)] = worth[s]
			}
		}
		if got, want := shapley(lone), [4]float64{1: worth[cameHandleTime] - worth[asPlanned]}; !close4(got, want) {
			t.Errorf("one factor alone: %v, want %v", got, want)
		}
		if got := shapley(twins); math.Abs(got[0]-got[3]) > 1e-12 {
			t.Errorf("two that do the same: %v and %v", got[0], got[3])
		}
	})
}

// TestShapleyKnowsNoOrder: factors in another order have the same effects.
func TestShapleyKnowsNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		to := rapid.Permutation([]int{0, 1, 2, 3}).Draw(t, "order")
		var worth, moved [combinations]float64
		for s := range combinations {
			worth[s] = rapid.Float64Range(0, 1).Draw(t, "worth")
			var other combination
			for i, j := range to {
				other |= s >> i & 1 << j
			}
			moved[other] = worth[s]
		}
		before, after := shapley(worth), shapley(moved)
		var want [4]float64
		for i, j := range to {
			want[j] = before[i]
		}
		if !close4(after, want) {
			t.Errorf("effects %v, in another order %v", before, after)
		}
	})
}

func close4(a, b [4]float64) bool {
	for i := range a {
		if math.Abs(a[i]-b[i]) > 1e-12 {
			return false
		}
	}
	return true
}

// overDay is a day that is over, and who was there.
type overDay struct {
	pastDay
	attendance *centre.Attendance
}

// loaded is a day of the hand-made centre on which people are busy, and which is
// over: it came as the plan had it, but for the calls, of which there were so many
// in each quarter-hour.
func loaded(t *testing.T, calls func(planned float64) int) *overDay {
	t.Helper()
	d := handMade([]float64{14, 18, 22, 24, 22, 18, 16, 14}, []int{6, 7, 8, 9, 8, 7, 7, 6, 6})
	d.LoginRate = 0.9
	hours := phoneHours(d)[""]
	p := &overDay{pastDay{before: d, after: d}, &centre.Attendance{Phone: hours, LoggedIn: 0.9 * hours}}
	if err := p.set(p.attendance); err != nil {
		t.Fatal(err)
	}
	g := pastGroup{calls: make([]int, p.stage.n)}
	for i, x := range d.Groups[0].Intervals {
		g.calls[i] = calls(x.Offered)
		g.Expected, g.Offered = g.Expected+x.Offered, g.Offered+float64(g.calls[i])
		g.Foreseen, g.Answered = g.Foreseen+x.Offered*x.HandleTime, g.Answered+x.Offered
	}
	g.Handled, g.InTime = g.Foreseen, 0.8*g.Offered
	p.came = []pastGroup{g}
	return p
}

func asExpected(planned float64) int { return int(planned) }

// sums plays the day and adds up all of it.
func (d *overDay) sums(t *testing.T, draws int) account {
	t.Helper()
	if err := d.set(d.attendance); err != nil {
		t.Fatal(err)
	}
	played, err := d.account(t.Context(), ExplainQuery{Draws: draws, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	return played.sum(func(*groupAccount) bool { return true }, func(*unitCrew) bool { return true })
}

func (d *overDay) explained(t *testing.T, draws int) Split {
	t.Helper()
	a := d.sums(t, draws)
	return a.split()
}

func effects(s Split) (out [4]float64) {
	for i, e := range s.Effects {
		out[i] = *e.Share
	}
	return out
}

// TestOnlyWhatDiffersCounts: what came as planned has no effect at all, and all of
// the difference goes to the one factor that came otherwise.
func TestOnlyWhatDiffersCounts(t *testing.T) {
	const draws = 2 // so few that each way has as many as the plan: the same luck throughout
	for i, differ := range []func(*overDay){
		func(d *overDay) {},
		func(d *overDay) { d.came[0].Handled *= 1.3 },
		func(d *overDay) { d.attendance.LoggedIn *= 0.85 },
		func(d *overDay) { d.attendance.Phone *= 0.85; d.attendance.LoggedIn *= 0.85 },
	} {
		d := loaded(t, func(planned float64) int { return int(1.2 * planned) })
		if i > 0 { // the calls came as in the plan: by the same rates
			d.came[0].calls = nil
		}
		differ(d)
		s := d.explained(t, draws)
		var want [4]float64
		want[i] = Round(s.Modelled-s.Expected, 4)
		if got := effects(s); got != want || want[i] > -0.03 {
			t.Errorf("%s alone: effects %v, want %v, and a day that is worse", factors[i], got, want)
		}
	}
	d := loaded(t, asExpected)
	d.came[0].calls = nil
	if s := d.explained(t, draws); effects(s) != [4]float64{} || s.Modelled != s.Expected {
		t.Errorf("a day as planned: effects %v, %v became %v", effects(s), s.Expected, s.Modelled)
	}
}

// TestCallsByChanceHaveNoEffect: on days whose calls come by chance from the rates
// that the plan expected, volume has no effect on average. Each has one: calls that
// come in a lump are hard, though there are no more of them.
func TestCallsByChanceHaveNoEffect(t *testing.T) {
	const days, draws = 40, 120
	random := rand.New(rand.NewPCG(1, 2))
	sum, squares := 0.0, 0.0
	for range days {
		d := loaded(t, func(planned float64) int { return poisson(random, planned) })
		d.attendance = nil
		e := *d.explained(t, draws).Effects[0].Share
		sum, squares = sum+e, squares+e*e
	}
	mean := sum / days
	se := math.Sqrt((squares/days - mean*mean) / (days - 1))
	if math.Abs(mean) > 3*se+0.005 || se > 0.02 { // the plan's own share is known to half a point
		t.Errorf("volume has an effect of %.4f on average, standard error %.4f", mean, se)
	}
}

// poisson counts arrivals of rate 1 before a time.
func poisson(random *rand.Rand, until float64) (n int) {
	for t := random.ExpFloat64(); t < until; t += random.ExpFloat64() {
		n++
	}
	return n
}

// TestMoreCallsAreNeverGood: on a loaded day the effect of volume falls with the
// calls, and is below 0 for more calls than expected.
func TestMoreCallsAreNeverGood(t *testing.T) {
	before := 0.0
	for _, more := range []float64{1.15, 1.3, 1.5, 2} {
		d := loaded(t, func(planned float64) int { return int(math.Round(more * planned)) })
		d.came[0].Handled *= 1.1
		d.attendance.LoggedIn *= 0.95
		e := effects(d.explained(t, 120))[0]
		if e >= before {
			t.Errorf("%v times the calls: an effect of %v, and %v for fewer", more, e, before)
		}
		before = e
	}
}

// TestMorePeopleThanPlanned: hours on the telephone above the plan help, also where
// people would have to be there for more than all of their time.
func TestMorePeopleThanPlanned(t *testing.T) {
	before := 0.0
	for _, more := range []float64{1.05, 1.15, 1.5} {
		d := loaded(t, asExpected)
		d.attendance.Phone *= more
		d.attendance.LoggedIn *= more
		e := effects(d.explained(t, 120))
		if e[3] <= before || e[2] != 0 {
			t.Errorf("%v times the hours: effects %v, staffing %v for fewer", more, e, before)
		}
		before = e[3]
	}
}

// TestWithoutAttendance: log-in rate and staffing are not told apart, and stand
// with what is not explained; a span of days keeps the days apart.
func TestWithoutAttendance(t *testing.T) {
	known, unknown := loaded(t, asExpected), loaded(t, asExpected)
	unknown.attendance = nil
	var sums [2]account
	for i, d := range []*overDay{known, unknown} {
		d.came[0].InTime = 0.5 * d.came[0].Offered
		d.came[0].Handled *= 1.2
		sums[i] = d.sums(t, 120)
	}
	one, other := sums[0].split(), sums[1].split()
	sums[0].add(sums[1])
	both := sums[0].split()
	if one.Untold != nil || one.Unexplained == nil {
		t.Errorf("with attendance: untold %v, unexplained %v", one.Untold, one.Unexplained)
	}
	if other.Effects[2].Share != nil || other.Effects[3].Share != nil || other.Unexplained != nil {
		t.Errorf("without attendance: effects %v, unexplained %v", other.Effects, other.Unexplained)
	}
	if want := Round(*other.Measured-other.Modelled, 4); *other.Untold != want {
		t.Errorf("untold %v, want %v: all that is left", *other.Untold, want)
	}
	if want := *other.Untold / 2; math.Abs(*both.Untold-want) > 1e-4 {
		t.Errorf("of both days untold %v, want half of %v", *both.Untold, *other.Untold)
	}
	if both.Effects[3].Share == nil || *both.Effects[3].Came != phoneHours(known.before)[""] {
		t.Errorf("of both days staffing %v, want that of the day with attendance", both.Effects[3])
	}
}

// TestSplitsAddUp: to the last decimal, also as they are printed.
func TestSplitsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		always := cameVolume | cameHandleTime
		a := account{told: always | combination(rapid.Uint().Draw(t, "told"))&asItCame}
		a.whole = a.told == asItCame
		a.lacking = !a.whole || rapid.Bool().Draw(t, "some days lack something")
		a.Offered = rapid.Float64Range(1, 2000).Draw(t, "offered")
		for s := range combinations {
			if known := s & a.told; known == s {
				a.courses[s] = course{1000, rapid.Float64Range(0, 1000).Draw(t, "in time")}
			} else {
				a.courses[s] = a.courses[known]
			}
		}
		a.InTime = a.Offered * rapid.Float64Range(0, 1).Draw(t, "measured")
		a.untold = a.Offered * rapid.Float64Range(-0.5, 0.5).Draw(t, "untold")
		split := a.split()
		at, points := split.Expected, 0.0
		for _, s := range split.Steps() {
			if s.From != at {
				t.Fatalf("%s begins at %v, want %v", s.Kind, s.From, at)
			}
			at, points = s.To, points+s.Points()
		}
		if math.Abs(at-*split.Measured) > 1e-9 {
			t.Errorf("the steps end at %v, measured %v", at, *split.Measured)
		}
		if want := Round(100**split.Measured, 1) - Round(100*split.Expected, 1); math.Abs(points-want) > 1e-9 {
			t.Errorf("%v points as printed, want %v", points, want)
		}
	})
}
