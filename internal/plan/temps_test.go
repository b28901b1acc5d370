package plan_test

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// tempsOptions are those of the tests: few simulated days.
var tempsOptions = plan.TempsOptions{Redial: 0.32, Simulated: 4}

// ahead looks at some days of the demo from its second Monday on.
func ahead(tb testing.TB, c *centre.Centre, s plan.HorizonStore, days civil.Date) *plan.Horizon {
	tb.Helper()
	h, err := plan.Ahead(tb.Context(), c, s, plan.HorizonQuery{
		From: lastDay + 8, Until: lastDay + 7 + days, Today: lastDay + 1, Model: forecast.DayLevel{}, Seed: 1,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

func temps(tb testing.TB, h *plan.Horizon, w plan.WhatIf, o plan.TempsOptions) *plan.Temps {
	tb.Helper()
	out, err := h.Temps(tb.Context(), w, o)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// busyWeek is more work than the people of the demo can do.
var busyWeek = plan.WhatIf{Volume: []plan.VolumeChange{{Factor: 1.3}}}

// twoDays is the horizon that the tests share.
func twoDays(t *testing.T) *plan.Horizon {
	t.Helper()
	slow(t)
	if sharedDays == nil {
		c, s := openDemo(t)
		sharedDays = ahead(t, c, s, 2)
	}
	return sharedDays
}

var sharedDays *plan.Horizon

// TestTempsSameBits: on any number of cores, and with a what-if that changes
// nothing, the order is the same.
func TestTempsSameBits(t *testing.T) {
	h := twoDays(t)
	want := temps(t, h, plan.WhatIf{}, tempsOptions)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for name, w := range map[string]plan.WhatIf{
		"again": {}, "a factor of 1": {Volume: []plan.VolumeChange{{Factor: 1}}},
	} {
		if diff := cmp.Diff(want, temps(t, h, w, tempsOptions)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestMorePeopleNeverWidenTheGap: whoever comes in addition, no day misses more
// hours; and with more of the people away none misses fewer.
func TestMorePeopleNeverWidenTheGap(t *testing.T) {
	h := twoDays(t)
	c, _ := openDemo(t)
	base := temps(t, h, plan.WhatIf{}, tempsOptions)
	var last *plan.Temps
	for _, who := range [][]int{{0}, {0, 33, 55, 12}} {
		var w plan.WhatIf
		for _, i := range who {
			w.More = append(w.More, plan.Another(c.People[i]))
		}
		got := temps(t, h, w, tempsOptions)
		for i, d := range got.Days {
			if d.Missing.P50 > base.Days[i].Missing.P50 || d.Missing.P90 > base.Days[i].Missing.P90 {
				t.Errorf("%d more on %v: %+v hours missing, %+v without them", len(who), d.From, d.Missing, base.Days[i].Missing)
			}
		}
		if got.Total.Missing.P50 >= base.Total.Missing.P50 {
			t.Errorf("%d more: %v hours missing in all, want less than %v", len(who), got.Total.Missing.P50, base.Total.Missing.P50)
		}
		last = got
	}
	sick := 0.2
	worse := temps(t, h, plan.WhatIf{Absence: &sick}, tempsOptions)
	if worse.Total.Missing.P50 <= base.Total.Missing.P50 || last.Total.Before.ServiceLevel <= worse.Total.Before.ServiceLevel {
		t.Errorf("a fifth away: %v hours missing, want more than %v", worse.Total.Missing.P50, base.Total.Missing.P50)
	}
}

// TestHardDaysWantMore: at P90 neither need nor gap nor order is less than at
// P50, on any day.
func TestHardDaysWantMore(t *testing.T) {
	got := temps(t, twoDays(t), busyWeek, tempsOptions)
	for _, d := range append(got.Days, got.Total) {
		if d.Need.P90 < d.Need.P50 || d.Missing.P90 < d.Missing.P50 ||
			*d.Hourly.P90 < d.Hourly.P50 || *d.Agency.P90 < d.Agency.P50 || *d.Cost.P90 < d.Cost.P50 {
			t.Errorf("%v: %+v", d.From, d)
		}
	}
	for _, o := range got.Orders {
		if *o.Hours.P90 < o.Hours.P50 {
			t.Errorf("%v", o)
		}
	}
}

// TestOrdersCanBeWorked holds the shifts of a week of much work against the
// centre file, by code that knows nothing of how they are sought.
func TestOrdersCanBeWorked(t *testing.T) {
	slow(t)
	c, s := openDemo(t)
	tight := *c
	tight.People = slices.Clone(c.People)
	for i := range tight.People {
		p := &tight.People[i]
		p.MaxWeekly = time.Duration(9+3*(i%6)) * time.Hour
		p.Notice = 6 + i%5
	}
	for i, p := range tight.People {
		if p.Employment != centre.Permanent && i%3 == 0 {
			tight.Bookings = append(slices.Clip(tight.Bookings),
				centre.Booking{Person: p.ID, Date: lastDay + 10, Kind: "absent"},
				centre.Booking{Person: p.ID, Date: lastDay + 11, Kind: "shift", Span: civil.Span{Open: 9 * 60, Close: 15 * 60}})
		}
	}
	got := temps(t, ahead(t, &tight, s, 5), busyWeek, tempsOptions)
	if len(got.Shifts) < 15 {
		t.Fatalf("%d shifts, want a busy week", len(got.Shifts))
	}
	for _, at := range []plan.Quantile{plan.P50, plan.P90} {
		checkShifts(t, &tight, got.Shifts, at)
	}
}

// checkShifts checks the order at a quantile: at P90 a longer shift takes the
// place of that at P50.
func checkShifts(t *testing.T, c *centre.Centre, all []plan.TempsShift, at plan.Quantile) {
	t.Helper()
	type personDay struct {
		person string
		date   civil.Date
	}
	orders := map[personDay]plan.TempsShift{}
	for _, s := range all {
		k := personDay{s.Person, s.Date}
		before, twice := orders[k]
		switch {
		case s.At == plan.P90 && at == plan.P50:
			continue
		case twice && (s.At == before.At || s.Start.After(before.Start) || s.End.Before(before.End)):
			t.Errorf("%s is asked for %v and for %v", s.Person, before, s)
		}
		orders[k] = s
	}
	hours := map[string]float64{}
	for k, s := range orders {
		i := slices.IndexFunc(c.People, func(p centre.Person) bool { return p.ID == k.person })
		p := c.People[i]
		open, end := civil.ClockOf(s.Start), civil.ClockOf(s.End)
		if open < p.Earliest || end > p.Latest || !p.Days.Has(k.date.Weekday()) || p.Employment == centre.Permanent {
			t.Errorf("%v: outside of the hours of %+v", s, p)
		}
		if k.date < lastDay+1+civil.Date(p.Notice) {
			t.Errorf("%v: want %d days of notice", s, p.Notice)
		}
		for _, b := range c.Bookings {
			if b.Person == k.person && b.Date == k.date {
				t.Errorf("%v: booked for %v", s, b)
			}
		}
		if next, ok := orders[personDay{k.person, k.date + 1}]; ok && next.Start.Sub(s.End) < 11*time.Hour {
			t.Errorf("%v, then %v: want 11 h of rest", s, next)
		}
		paid := s.End.Sub(s.Start)
		if paid > 6*time.Hour {
			paid -= c.Rules.Lunch
		}
		if paid.Hours() != s.Hours || s.Cost != s.Hours*p.Cost {
			t.Errorf("%v: want %v paid at %v", s, paid, p.Cost)
		}
		hours[k.person] += s.Hours
	}
	for _, b := range c.Bookings {
		if b.Kind == "shift" && b.Date > lastDay+7 && b.Date <= lastDay+14 {
			work := float64(b.Span.Close-b.Span.Open) / 60
			if work >= 6 {
				work -= c.Rules.Lunch.Hours()
			}
			if hours[b.Person] > 0 {
				hours[b.Person] += work
			}
		}
	}
	for _, p := range c.People {
		if hours[p.ID] > p.MaxWeekly.Hours()+1e-9 {
			t.Errorf("%s at %s: %v hours in the week, want at most %v", p.ID, at, hours[p.ID], p.MaxWeekly)
		}
	}
}

// TestWhoIsFreeOfChargeIsNeverRefused: a temp who costs nothing is called in on
// every day until the hours of the week are used up, before anybody who does.
func TestWhoIsFreeOfChargeIsNeverRefused(t *testing.T) {
	slow(t)
	c, s := openDemo(t)
	generous := *c
	generous.People = slices.Clone(c.People)
	i := slices.IndexFunc(generous.People, func(p centre.Person) bool { return p.ID == "v02" })
	generous.People[i].Cost = 0
	generous.Bookings = slices.DeleteFunc(slices.Clone(c.Bookings), func(b centre.Booking) bool { return b.Person == "v02" })
	got := temps(t, ahead(t, &generous, s, 2), plan.WhatIf{}, tempsOptions)
	for _, d := range got.Days {
		if !slices.ContainsFunc(got.Shifts, func(s plan.TempsShift) bool {
			return s.Person == "v02" && s.Date == d.From && s.At == plan.P50 && s.Hours == 8
		}) {
			t.Errorf("%v: v02 is free and not called in for a whole day: %v", d.From, got.Shifts)
		}
	}
}

// TestBudget: no more is spent, and what is bought is the start of the whole
// order; without money nothing is.
func TestBudget(t *testing.T) {
	h := twoDays(t)
	all := temps(t, h, busyWeek, tempsOptions)
	share := all.Total.Before.ServiceLevel
	for _, budget := range []float64{0, 3000} {
		o := tempsOptions
		o.Budget = &budget
		got := temps(t, h, busyWeek, o)
		if got.Total.Cost.P50 > budget || got.Total.Cost.P90 != nil {
			t.Errorf("%v kr: cost %+v", budget, got.Total.Cost)
		}
		if got.Total.After.ServiceLevel < share {
			t.Errorf("%v kr: %v in time, want no less than for less, %v", budget, got.Total.After.ServiceLevel, share)
		}
		share = got.Total.After.ServiceLevel
		for _, x := range got.Shifts {
			if !slices.Contains(all.Shifts, x) {
				t.Errorf("%v kr: %v is not in the whole order", budget, x)
			}
		}
	}
}

// TestClosing: the callers of a closed group come to its overflow group, none is
// lost on the way, and a group that may not be closed is refused.
func TestClosing(t *testing.T) {
	h := twoDays(t)
	base := temps(t, h, plan.WhatIf{}, tempsOptions)
	day := lastDay + 9
	got := temps(t, h, plan.WhatIf{Close: []plan.Closure{{Group: "skola", Date: day, Span: civil.Span{Open: 13 * 60, Close: 14*60 + 30}}}}, tempsOptions)
	for i, d := range got.Days {
		if diff := d.Calls - base.Days[i].Calls; diff > 0.02 || diff < -0.02 {
			t.Errorf("%v: %v calls, want %v", d.From, d.Calls, base.Days[i].Calls)
		}
		if d.From != day && !cmp.Equal(d, base.Days[i]) {
			t.Errorf("%v: changed by what is closed on %v", d.From, day)
		}
	}
	for _, id := range []string{"trygghet", "granstad_direkt", "epost_stod", "nobody"} {
		if _, err := h.Temps(t.Context(), plan.WhatIf{Close: []plan.Closure{{Group: id, Date: day}}}, tempsOptions); err == nil {
			t.Errorf("closing %s: want an error", id)
		}
	}
}
