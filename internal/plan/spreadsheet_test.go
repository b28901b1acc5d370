package plan

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/schedule"
)

// TestSpreadsheetHeads: 20 calls in a quarter of an hour, 300 s each, 85/60:
// Erlang C wants 10 people (9 give 80.4 %, 10 give 91.0 %), and with a log-in
// rate of 0.9 between 9/0.9 and 10/0.9 of them.
func TestSpreadsheetHeads(t *testing.T) {
	n := GroupNeed{
		GroupForecast: GroupForecast{
			Group:    centre.Group{Target: centre.Target{Share: 0.85, Within: time.Minute, Definition: "offered"}},
			Patience: Patience{Mean: 100},
			Forecast: forecast.Forecast{Mean: []float64{20, 20}, HandleTime: []float64{300, 300}},
		},
		Open: []bool{true, false},
	}
	for _, x := range []struct {
		login float64
		floor int
		at    int
		want  int
	}{{1, 0, 0, 10}, {0.9, 0, 0, 11}, {1, 12, 0, 12}, {1, 12, 1, 0}} {
		n.Group.MinStaff = x.floor
		got, err := n.spreadsheetHeads(&centre.Centre{Interval: 15 * time.Minute, LoginRate: x.login}, x.at)
		if err != nil || got != x.want {
			t.Errorf("log-in rate %v, floor %d, interval %d: %d people, %v; want %d", x.login, x.floor, x.at, got, err, x.want)
		}
	}
}

// TestWholeNeedRows: falling and convex, the same gain for each head up to the
// need but the first, and beyond it less than anything but other work.
func TestWholeNeedRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		need := rapid.IntRange(0, 20).Draw(t, "need")
		people := rapid.IntRange(1, 30).Draw(t, "people")
		r := &Requirement{Groups: []GroupNeed{{Open: []bool{true}}}}
		p := &PoolNeed{Groups: []int{0}, Need: []float64{float64(need)}}
		row, err := wholeNeed(nil, r, p, 0, people)
		if err != nil || len(row) != max(need, people)+1 {
			t.Fatalf("%d costs, %v; want %d", len(row), err, max(need, people)+1)
		}
		for n := 1; n < len(row); n++ {
			want := schedule.Money(callPrice)
			if n > need {
				want = freePrice + 1
			}
			if n == 1 {
				want += emptyPrice
			}
			if gain := row[n-1] - row[n]; gain != want {
				t.Fatalf("head %d of a need of %d gains %d, want %d", n, need, gain, want)
			}
		}
	})
}

// TestAlongACurve: the points themselves, straight lines between them, and the
// ends beyond.
func TestAlongACurve(t *testing.T) {
	curve := []CurvePoint{{100, 0.7}, {200, 0.9}, {300, 0.95}}
	for _, x := range []struct{ hours, want float64 }{{50, 0.7}, {100, 0.7}, {150, 0.8}, {200, 0.9}, {250, 0.925}, {300, 0.95}, {400, 0.95}} {
		got := along(curve, x.hours, func(p CurvePoint) (float64, float64) { return p.PhoneHours, p.Share })
		if math.Abs(got-x.want) > 1e-12 {
			t.Errorf("%v hours: %v, want %v", x.hours, got, x.want)
		}
	}
}

// TestAgainst: what is beyond the curve is said to be.
func TestAgainst(t *testing.T) {
	r := &Replayed{Curve: []CurvePoint{{100, 0.7}, {200, 0.9}}}
	for _, x := range []struct {
		share float64
		want  SameHours
	}{
		{0.8, SameHours{Hours: 150, Share: 0.9, HoursAre: Measured, Fewer: 0.4}},
		{0.6, SameHours{Hours: 100, Share: 0.9, HoursAre: AtMost, Fewer: 0.6}},
		{0.95, SameHours{Hours: 200, Share: 0.9, HoursAre: MoreThan, Fewer: 0.2}},
	} {
		got := r.against(WayScore{Share: x.share, PhoneHours: 250})
		if diff := cmp.Diff(x.want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Errorf("share %v:\n%s", x.share, diff)
		}
	}
}
