package board

import (
	"math"
	"net/http"
	"strings"
	"testing"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// TestWhy: who asks for a week is told that it is being worked out, and then gets
// the way from the plan to what came; a week without calls has none.
func TestWhy(t *testing.T) {
	f := newFixture(t)
	s := f.store(t)
	friday := monday - 3
	takeIn(t, f, s, monday-42, monday-8)
	d, err := plan.Make(t.Context(), f.c, s, plan.Query{
		Date: friday, Now: friday.At(6*60, f.c.Location), Seed: 1, Model: forecast.DayLevel{}, Iterations: 20,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.Save(t.Context(), s, d, "test"); err != nil {
		t.Fatal(err)
	}
	takeIn(t, f, s, friday, friday)
	f.explanations.patience = 0
	first := f.ask(http.MethodGet, "/why?lang=en")
	if first.Header().Get("Refresh") == "" || !strings.Contains(first.Body.String(), "being worked out") {
		t.Errorf("the first page does not say that it will be ready:\n%s", first.Body)
	}
	checkPage(t, "/why", first.Body.String())
	f.workedOut("/why")
	for _, lang := range []string{"sv", "en"} {
		answer := f.ask(http.MethodGet, "/why?lang="+lang)
		page := answer.Body.String()
		checkPage(t, "/why", page)
		words, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			words.Share(d.Summary.ServiceLevel, 1), words.Say("why_row.volume"), export.ShortDay(friday, words), `class="goal"`, "Bygglov",
			`href="/why?lang=` + lang + `&amp;week=` + (monday - 14).String(),
		} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %q in\n%s", lang, want, page)
			}
		}
		if answer.Header().Get("Refresh") != "" || strings.Contains(page, `rel="next"`) {
			t.Errorf("%s: loads itself again, or leads to a week that is not over", lang)
		}
	}
	if page := f.workedOut("/why?lang=en&week=2025-01-01"); !strings.Contains(page, "no calls") || !strings.Contains(page, `rel="next"`) {
		t.Errorf("a week without calls:\n%s", page)
	}
	if got := f.ask("GET", "/why?week=soon").Code; got != http.StatusBadRequest {
		t.Errorf("a week that is none: %d", got)
	}
}

// TestFall: the bars of the picture begin where the ones before them ended, and lie
// within it.
func TestFall(t *testing.T) {
	words, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	share := func(x float64) *float64 { return &x }
	e := &plan.Explanation{
		From: monday - 7, To: monday - 1, Target: plan.DayTarget{Share: 0.85, Within: 60, Definition: "offered"},
		Total: plan.Split{
			Expected: 0.85, Modelled: 0.64, Measured: share(0.61), Unexplained: share(-0.03),
			Effects: []plan.Effect{
				{Factor: plan.FactorVolume, Share: share(-0.09)},
				{Factor: plan.FactorHandleTime, Share: share(-0.06)},
				{Factor: plan.FactorLoginRate, Share: share(-0.08)},
				{Factor: plan.FactorStaffing, Share: share(0.02)},
			},
		},
	}
	v := fall(e, words)
	var kinds, ends, values []string
	for _, r := range v.Rows {
		kinds, ends, values = append(kinds, r.Kind), append(ends, r.At), append(values, r.Value)
	}
	for _, x := range []struct {
		what, got, want string
	}{
		{"kinds", strings.Join(kinds, " "), "total loss loss loss gain total rest total"},
		{"ends", strings.Join(ends, " "), "85% 76% 70% 62% 64% 64% 61% 61%"},
		{"values", strings.Join(values, " "), "85.0% -9.0 -6.0 -8.0 +2.0 64.0% -3.0 61.0%"},
		{"first step", v.Rows[1].X + " " + v.Rows[1].Width, "76% 9%"},
		{"last line", v.Rows[len(v.Rows)-1].LineFrom, ""},
	} {
		if x.got != x.want {
			t.Errorf("%s: %s, want %s", x.what, x.got, x.want)
		}
	}
}

// TestEvents: the page of forecasts tells what an event was expected to do and did;
// one that did far more is marked.
func TestEvents(t *testing.T) {
	words, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	day := func(d civil.Date, came float64) plan.EventDay {
		return plan.EventDay{Date: d, Without: 100, Expected: 118, Came: came, Open: 5}
	}
	v := viewEvents([]plan.EventEffect{
		{Name: "Invoices", Date: monday - 7, Group: "Bygglov", Days: []plan.EventDay{day(monday-6, 112), day(monday-5, 118), day(monday+1, math.NaN())}},
		{Name: "Letter", Date: monday - 7, Group: "Avfall", With: []string{"Invoices"}, Days: []plan.EventDay{day(monday-6, 160)}},
		{Name: "Ahead", Date: monday + 7, Group: "Avfall", Days: []plan.EventDay{day(monday+8, math.NaN())}},
	}, words)
	got := []string{}
	for _, r := range v.Rows {
		got = append(got, strings.Join([]string{r.Name, r.Expected, r.Came, r.Calls}, "|"))
	}
	want := []string{"Invoices|+18%|+15% (±12)|2 of 3 days", "Letter (with Invoices)|+18%|+60% (±15)|1 of 1 days", "Ahead|+18%|–|0 of 1 days"}
	for i := range want {
		if got[i] != want[i] || v.Rows[i].Apart != (i == 1) {
			t.Errorf("%s, marked %v; want %s", got[i], v.Rows[i].Apart, want[i])
		}
	}
	if len(v.Days) != 5 || viewEvents(nil, words) != nil {
		t.Errorf("%d days, want 5, and nothing where there are no events", len(v.Days))
	}
}
