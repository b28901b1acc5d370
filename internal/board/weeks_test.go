package board

import (
	"encoding/json"
	"html"
	"math"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// TestWeeksAreThoseOfTheSpine: the page shows what the spine says of the weeks
// from next Monday on, and a what-if beside it.
func TestWeeksAreThoseOfTheSpine(t *testing.T) {
	f, s := planned(t)
	h, err := plan.Ahead(t.Context(), f.c, s, plan.HorizonQuery{
		From: monday + 7, Until: monday + 7*3 - 1, Today: monday, Model: forecast.DayLevel{}, Seed: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	options := plan.TempsOptions{Redial: f.c.Redial, Simulated: 30}
	base, err := h.Temps(t.Context(), plan.WhatIf{}, options)
	if err != nil {
		t.Fatal(err)
	}
	more, err := h.Temps(t.Context(), plan.WhatIf{Volume: []plan.VolumeChange{{Factor: 1.3}}}, options)
	if err != nil {
		t.Fatal(err)
	}
	w := speak(t, "en")
	page := f.page(t, "/weeks?lang=en")
	for _, r := range viewOrder(f.c, base, "", w).Weeks {
		if !strings.Contains(page, "<td>"+r.Missing+"</td>") || !strings.Contains(page, r.Order) || !strings.Contains(page, r.InTime) {
			t.Errorf("week %s: %+v is not on the page", r.Name, r)
		}
	}
	page = html.UnescapeString(f.page(t, "/weeks?lang=en&volume=30"))
	for _, d := range differences(base, more, w) {
		if !strings.Contains(page, "<td>"+d.Base+"</td><td>"+d.Now+"</td><td><strong>"+d.Change+"</strong></td>") {
			t.Errorf("%+v is not on the page", d)
		}
	}
	if more.Total.Calls < 1.2*base.Total.Calls {
		t.Errorf("%v calls, %v with a third more: the what-if does nothing", base.Total.Calls, more.Total.Calls)
	}
}

// TestWeeksWorkedOutInTheMorning: the page shows the orders that the run of the
// morning has left in the store.
func TestWeeksWorkedOutInTheMorning(t *testing.T) {
	f, s := planned(t)
	if _, err := plan.WorkAhead(t.Context(), f.c, s, monday, f.ahead.weeks); err != nil {
		t.Fatal(err)
	}
	for _, unit := range []string{"", "u1"} {
		kept, err := s.Workings(t.Context(), "temps "+unit)
		if err != nil {
			t.Fatal(err)
		}
		w := kept["temps "+unit]
		var order plan.Temps
		if err := json.Unmarshal(w.Doc, &order); err != nil {
			t.Fatal(err)
		}
		order.Total.Before.Lost = 98765 // more than anybody would work out
		if w.Doc, err = json.Marshal(order); err != nil {
			t.Fatal(err)
		}
		if err := s.KeepWorkings(t.Context(), []plan.Working{w}); err != nil {
			t.Fatal(err)
		}
		if page := f.page(t, "/weeks?lang=en&unit="+unit); !strings.Contains(page, "98,765") {
			t.Errorf("unit %q: what was worked out in the morning is not on the page", unit)
		}
	}
}

// TestWeeksBeingWorkedOut: the page does not wait; it says that it comes back, and
// does so until all is there.
func TestWeeksBeingWorkedOut(t *testing.T) {
	f, _ := planned(t)
	f.ahead.orders.patience = 0
	w := f.ask("GET", "/weeks?lang=en")
	if w.Code != http.StatusOK || w.Header().Get("Refresh") != "2" || !strings.Contains(w.Body.String(), "Being worked out") {
		t.Fatalf("%d, %v\n%s", w.Code, w.Header(), w.Body)
	}
	if script := f.ask("GET", "/weeks?lang=en", "HX-Request", "true"); script.Header().Get("Refresh") != "" ||
		!strings.Contains(script.Body.String(), `hx-get="/weeks?lang=en"`) {
		t.Errorf("a script is not told where to come back to: %v", script.Header())
	}
	f.ahead.orders.patience = time.Minute
	known := f.page(t, "/weeks?lang=en")
	f.ahead.orders.patience = 0
	f.now = f.now.Add(24 * time.Hour)
	next := f.ask("GET", "/weeks?lang=en")
	for _, text := range []string{"Worked out Mon 23 Nov 09:20", "Being worked out"} {
		if !strings.Contains(next.Body.String(), text) {
			t.Errorf("a day later %q is not on the page", text)
		}
	}
	if strings.Contains(known, "Being worked out") || next.Header().Get("Refresh") != "2" {
		t.Error("comes back when it should not, or does not when it should")
	}
}

// TestSlotsPage: the best times are those of the spine.
func TestSlotsPage(t *testing.T) {
	f, s := planned(t)
	h, err := plan.Ahead(t.Context(), f.c, s, plan.HorizonQuery{
		From: monday + 8, Until: monday + 9, Today: monday, Model: forecast.DayLevel{}, Seed: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := h.Slots(t.Context(), plan.SlotQuery{Unit: "u1", Length: 45 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	page := f.page(t, "/weeks/slots?lang=en&unit=u1&length=45&from="+(monday+8).String()+"&until="+(monday+9).String())
	best := all.Slots[0]
	at := clocks(best.Start, best.End)
	first := strings.Index(page, `<th scope="row">1</th>`)
	if first < 0 || !strings.Contains(page[first:first+400], at) {
		t.Errorf("the best time, %s, is not the first on the page", at)
	}
}

// TestQuestionsComeBack: a question that is written into an address is read from
// it again, and equal questions are written equally.
func TestQuestionsComeBack(t *testing.T) {
	f := newFixture(t)
	x := madeBasis(f.c.Location)
	w := speak(t, "sv")
	maybe := func(t *rapid.T, name string, least, most int) *int {
		if rapid.Bool().Draw(t, name+" asked") {
			n := rapid.IntRange(least, most).Draw(t, name)
			return &n
		}
		return nil
	}
	rapid.Check(t, func(t *rapid.T) {
		q := weeksQuestion{
			Unit: rapid.SampledFrom([]string{"", "omsorg", "teknik"}).Draw(t, "unit"),
			Sick: maybe(t, "sick", 0, mostSick), Budget: maybe(t, "budget", 0, mostBudget),
			Volume: rapid.IntRange(leastVolume, mostVolume).Draw(t, "volume"),
			More:   rapid.SampledFrom([]string{"", "omsorg", "gata"}).Draw(t, "more"),
		}
		if q.Volume != 0 {
			q.Of = rapid.SampledFrom([]string{"", "gata"}).Draw(t, "of")
		}
		if rapid.Bool().Draw(t, "close") {
			q.Close = &plan.Closure{Group: "aldre", Date: x.from() + civil.Date(rapid.IntRange(0, 41).Draw(t, "day"))}
			if rapid.Bool().Draw(t, "part of the day") {
				begin := rapid.IntRange(0, 22*60).Draw(t, "begin")
				q.Close.Span = civil.Span{Open: civil.Clock(begin), Close: civil.Clock(begin + 60)}
			}
		}
		again, err := readWeeks(q.values(), x.c, x.from(), x.until(), w)
		if err != nil {
			t.Fatal(err)
		}
		if again.values().Encode() != q.values().Encode() {
			t.Errorf("%v, want %v", again.values(), q.values())
		}
		if asked := len(q.words(x.c, w)) > 0; asked != (q != q.base()) {
			t.Errorf("%v: said %v", q.values(), q.words(x.c, w))
		}
	})
}

// FuzzReadWeeks: whatever stands in an address is refused or can be asked.
func FuzzReadWeeks(f *testing.F) {
	f.Add("unit=omsorg&sick=12&volume=-5&of=gata&budget=1000&more=teknik&close=gata&day=2026-12-03&begin=13:00&end=14:30")
	f.Add("sick=&volume=x&close=direkt")
	x := madeBasis(time.UTC)
	w := speak(f, "sv")
	f.Fuzz(func(t *testing.T, address string) {
		values, err := url.ParseQuery(address)
		if err != nil {
			return
		}
		q, err := readWeeks(values, x.c, x.from(), x.until(), w)
		if err != nil {
			return
		}
		if err := plan.CheckTemps(x.c, q.whatIf(x.c), q.options(x.c)); err != nil {
			t.Errorf("%q is taken, and cannot be asked: %v", address, err)
		}
	})
}

// TestNeedPicture: bars and reaches stand on the base, within the picture, and are
// as high as the hours they show.
func TestNeedPicture(t *testing.T) {
	w := speak(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		var o plan.Temps
		for i := range rapid.IntRange(1, 8).Draw(t, "weeks") {
			p50 := rapid.Float64Range(0, 3000).Draw(t, "need")
			o.Weeks = append(o.Weeks, plan.TempsSum{
				From: monday + civil.Date(7*i), Days: rapid.IntRange(0, 5).Draw(t, "days"), Own: rapid.Float64Range(0, 3000).Draw(t, "own"),
				Need: plan.AtQuantiles{P50: p50, P90: p50 + rapid.Float64Range(0, 500).Draw(t, "more")},
			})
		}
		number := func(s string) float64 {
			x, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		picture := drawNeed(&o, w)
		for i, c := range picture.Weeks {
			if y, h := number(c.Y), number(c.Height); math.Abs(y+h-needBase) > 0.11 || y < needBase-needBars-0.1 {
				t.Errorf("week %d: from %v down %v, want it on %v", i, y, h, needBase)
			}
			if high, line := number(c.High), number(c.Line); high > line || high < needBase-needBars-0.1 {
				t.Errorf("week %d: P90 at %v, P50 at %v", i, high, line)
			}
			if number(c.X) < 0 || number(c.To) > 100 {
				t.Errorf("week %d: from %s to %s", i, c.X, c.To)
			}
			for j, d := range picture.Weeks {
				if o.Weeks[i].Own > o.Weeks[j].Own && number(c.Height) < number(d.Height) {
					t.Errorf("weeks %d and %d: the one with more hours is lower", i, j)
				}
			}
			if said := strings.Contains(picture.Text, "Week "+weekNumber(o.Weeks[i].From)+":"); said != (o.Weeks[i].Days > 0) {
				t.Errorf("week %d: said %v", i, said)
			}
		}
	})
}

// TestThinned: no more than so many, in order, with the last.
func TestThinned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := make([]int, rapid.IntRange(0, 100).Draw(t, "n"))
		for i := range all {
			all[i] = i
		}
		most := rapid.IntRange(1, 12).Draw(t, "most")
		got := thinned(all, most)
		if len(got) > most || len(got) == 0 != (len(all) == 0) {
			t.Fatalf("%v of %d, want at most %d", got, len(all), most)
		}
		for i := range got {
			if i > 0 && got[i] <= got[i-1] || i == len(got)-1 && got[i] != len(all)-1 {
				t.Errorf("%v: want it in order, with %d", got, len(all)-1)
			}
		}
	})
}

// TestWeeksAreForManagers: others are refused, and see no way there.
func TestWeeksAreForManagers(t *testing.T) {
	f, _ := planned(t)
	f.login = Proxy{Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, UserHeader: "X-User", RoleHeader: "X-Role"}
	f.ahead.orders.patience = 0
	for role, status := range map[string]int{"agent": 403, "lead": 403, "manager": 200, "admin": 200} {
		if w := f.ask("GET", "/weeks", "X-User", "anna", "X-Role", role); w.Code != status {
			t.Errorf("%s: %d, want %d", role, w.Code, status)
		}
		day := f.ask("GET", "/day/"+monday.String(), "X-User", "anna", "X-Role", role).Body.String()
		if strings.Contains(day, `href="/weeks"`) != (status == http.StatusOK) {
			t.Errorf("%s: the menu leads to the weeks, or does not", role)
		}
	}
	if w := f.ask("GET", "/weeks/slots", "X-User", "anna", "X-Role", "lead"); w.Code != http.StatusForbidden {
		t.Errorf("a lead asks for a meeting: %d", w.Code)
	}
}
