package plan_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// worked stores a plan of a day in which people work the given spans.
func worked(t *testing.T, c *centre.Centre, s plan.Plans, day civil.Date, shifts map[string]civil.Span) {
	t.Helper()
	d := plan.Day{Date: day}
	for id, span := range shifts {
		at := plan.Period{Start: day.At(span.Open, c.Location), End: day.At(span.Close, c.Location)}
		d.Agents = append(d.Agents, plan.Agent{
			ID: id, Shift: &at, Activities: []plan.Activity{{Start: at.Start, End: at.End, Kind: "phone"}},
		})
	}
	doc, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SavePlan(t.Context(), day, doc, "test", day.Start(c.Location)); err != nil {
		t.Fatal(err)
	}
}

// planAmong plans the day of news among the stored plans of other days.
func planAmong(t *testing.T, c *centre.Centre, s *shelf) *plan.Day {
	t.Helper()
	week, err := plan.WorkAround(t.Context(), c, s, newsDay)
	if err != nil {
		t.Fatal(err)
	}
	d, err := plan.Make(t.Context(), c, s, plan.Query{
		Date: newsDay, Now: newsDay.At(6*60, c.Location), Seed: 1, Model: forecast.DayLevel{}, Iterations: 40, Week: week,
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// said are the remarks of a kind, by who.
func said(d *plan.Day, kind plan.RemarkKind) map[string]plan.Remark {
	out := map[string]plan.Remark{}
	for _, r := range d.Remarks {
		if r.Kind == kind {
			out[r.Who] = r
		}
	}
	return out
}

// TestRestBetweenShifts: after a late shift people begin 11 h later, or, where no
// shift of theirs does, are off, which is said with the shift that is in the way.
// A booked shift stays, and is said.
func TestRestBetweenShifts(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	late := func(end civil.Clock) civil.Span { return civil.Span{Open: end - 6*60, Close: end} }
	worked(t, c, s, newsDay-1, map[string]civil.Span{"p1": late(23 * 60), "p4": late(22 * 60), "t1": late(23*60 + 30)})
	worked(t, c, s, newsDay+1, map[string]civil.Span{"p7": {Open: 60, Close: 8 * 60}})
	d := planAmong(t, c, s)
	people := ofPeople(d)
	if people["p1"].Shift != nil || people["p1"].Absent {
		t.Errorf("p1: %+v, want off: no shift begins at 10:00 or later", people["p1"].Shift)
	}
	if at := people["p4"].Shift; at == nil || at.Start.Before(newsDay.At(9*60, c.Location)) {
		t.Errorf("p4: %+v, want a shift from 09:00 or later", at)
	}
	if at := people["p7"].Shift; at == nil || at.End.After(newsDay.At(14*60, c.Location)) {
		t.Errorf("p7: %+v, want a shift until 14:00 or earlier", at)
	}
	want := map[string]plan.Remark{"Ann Berg": {
		Kind: plan.RemarkOff, Who: "Ann Berg", Rule: "daily_rest",
		Start: (newsDay - 1).At(17*60, c.Location), End: (newsDay - 1).At(23*60, c.Location),
	}}
	if diff := cmp.Diff(want, said(d, plan.RemarkOff)); diff != "" {
		t.Error(diff)
	}
	if r := said(d, plan.RemarkRest)["Lo Krans"]; r.Rule != "daily_rest" || r.Value != 9.5 || people["t1"].Shift == nil {
		t.Errorf("t1: %+v, shift %v; want the booked shift, and 9.5 h of rest said", r, people["t1"].Shift)
	}
}

// TestRestOfTheWeek: who works on all other days of the week is off, since 36 h
// would be wanting, and on all but the weekend is not; who works more than the
// contract is told of.
func TestRestOfTheWeek(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	monday := newsDay - 1
	for day := monday; day < monday+7; day++ {
		shifts := map[string]civil.Span{"p5": {Open: 8 * 60, Close: 16 * 60}}
		if day < monday+5 {
			shifts["p8"] = civil.Span{Open: 8 * 60, Close: 18 * 60}
		}
		if day != newsDay {
			worked(t, c, s, day, shifts)
		}
	}
	d := planAmong(t, c, s)
	people := ofPeople(d)
	if r := said(d, plan.RemarkOff)["Mia Holm"]; people["p5"].Shift != nil || r.Rule != "weekly_rest" || r.Start.IsZero() {
		t.Errorf("p5: %+v with %+v, want off for want of the weekly rest", people["p5"].Shift, r)
	}
	if r := said(d, plan.RemarkHours)["Jon Åberg"]; people["p8"].Shift == nil || r.Value != 48 || r.Plan != 40 {
		t.Errorf("p8: %+v with %+v, want 48 h of 40 h said", people["p8"].Shift, r)
	}
	c.Rules.WeeklyRest = 0
	if p5 := ofPeople(planAmong(t, c, s))["p5"]; p5.Shift == nil {
		t.Error("p5 is off without a rule of weekly rest")
	}
}

// TestSameStart: a shift begins where the others of the week do, unless it costs
// calls.
func TestSameStart(t *testing.T) {
	c := smallCentre(t)
	for i := range c.Groups {
		c.Groups[i].Hours = civil.Hours{{Days: 1<<7 - 1, Span: civil.Span{Open: 10 * 60, Close: 12 * 60}}}
	}
	s := newShelf(newsDay, c.Location)
	for _, start := range []civil.Clock{7*60 + 30, 8*60 + 15} {
		s.plans = map[civil.Date][]plan.Saved{}
		worked(t, c, s, newsDay-1, map[string]civil.Span{"p8": {Open: start, Close: 16 * 60}})
		if at := ofPeople(planAmong(t, c, s))["p8"].Shift.Start; at.Sub(newsDay.At(start, c.Location)) != time.Duration(0) {
			t.Errorf("p8 begins at %v, want %v as on the day before", at, start)
		}
	}
}
