package plan_test

import (
	"testing"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// TestLateShifts: who has had as many late shifts in the week as may be gets no
// other, and is off where no early one is possible; who has a limit of their own
// keeps that. A booked shift stays, and is said. What was in the week before does
// not count.
func TestLateShifts(t *testing.T) {
	c := smallCentre(t)
	c.Rules.LateAfter = 14*60 + 30 // nobody who works all day can end before, t1 is booked until 15:00
	s := newShelf(newsDay, c.Location)
	late := civil.Span{Open: 7 * 60, Close: 15 * 60}
	worked(t, c, s, newsDay-2, map[string]civil.Span{"p5": late}) // a Sunday
	worked(t, c, s, newsDay-1, map[string]civil.Span{"p1": late, "p4": late, "t1": late, "p8": {Open: 6 * 60, Close: 14 * 60}})
	limit := func(most int, of ...string) {
		for i := range c.People {
			for _, id := range of {
				if c.People[i].ID == id {
					c.People[i].MostLate = most
				}
			}
		}
	}
	limit(1, "p1", "p5", "p8", "t1")
	limit(2, "p4")
	d := planAmong(t, c, s)
	people := ofPeople(d)
	for id, works := range map[string]bool{"p1": false, "p4": true, "p5": true, "p8": true, "t1": true} {
		if (people[id].Shift != nil) != works {
			t.Errorf("%s: shift %+v, want one: %v", id, people[id].Shift, works)
		}
	}
	if r := said(d, plan.RemarkOff)["Ann Berg"]; r.Rule != "late_shifts" || !r.Start.Equal((newsDay-1).At(7*60, c.Location)) {
		t.Errorf("p1: %+v, want that there are late shifts enough, with that of Monday", r)
	}
	if r := said(d, plan.RemarkLateShift)["Lo Krans"]; r.Value != 2 || r.Plan != 1 || len(said(d, plan.RemarkLateShift)) != 1 {
		t.Errorf("%+v, want that the booked shift of t1 alone is the second where one may be", said(d, plan.RemarkLateShift))
	}
	c.Rules.LateAfter = 18 * 60
	if len(said(planAmong(t, c, s), plan.RemarkOff)) != 0 {
		t.Error("somebody is off though no shift is late")
	}
}

// overworked stores three weeks of long days of everybody, 3·hours beyond the
// contract of 40.
func overworked(t *testing.T, c *centre.Centre, s plan.Plans, hours int) {
	t.Helper()
	end := civil.Clock(6*60 + (30+hours)*60/5)
	shifts := map[string]civil.Span{}
	for _, p := range c.People {
		shifts[p.ID] = civil.Span{Open: 6 * 60, Close: end}
	}
	monday := newsDay - 1
	for day := monday - 21; day < monday; day++ {
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			worked(t, c, s, day, shifts)
		}
	}
}

// overtimeOffers are those of a check-in on a morning on which two are away.
func overtimeOffers(t *testing.T, c *centre.Centre, s *shelf) []plan.Offer {
	t.Helper()
	var out []plan.Offer
	for _, o := range checkIn(t, c, s, newsDay, absent("p2", "p7")...).Offers {
		if o.Kind == plan.OfferOvertime {
			out = append(out, o)
		}
	}
	return out
}

// TestOvertime: whoever would come beyond the overtime of four weeks is not asked
// to stay, and who is beyond it is told of; the price is that of the centre file.
func TestOvertime(t *testing.T) {
	slow(t)
	c := smallCentre(t)
	for i := range c.People {
		c.People[i].Weekly = 30 * time.Hour
	}
	s := newShelf(newsDay, c.Location)
	offers := overtimeOffers(t, c, s)
	if len(offers) == 0 || offers[0].Kronor != nil {
		t.Fatalf("%+v, want overtime without a price", offers)
	}
	c.Rules.OvertimeCost = 400
	if o := overtimeOffers(t, c, s)[0]; o.Kronor == nil || *o.Kronor != 400*o.Hours {
		t.Errorf("%v kr for %v h, want 400 an hour", o.Kronor, o.Hours)
	}
	overworked(t, c, s, 15) // 45 h: three are left
	if len(overtimeOffers(t, c, s)) == 0 {
		t.Error("nobody is asked to stay though there are 3 h left")
	}
	s = newShelf(newsDay, c.Location)
	overworked(t, c, s, 20)
	if offers := overtimeOffers(t, c, s); len(offers) > 0 {
		t.Errorf("%+v, want nobody asked who has worked 60 h of overtime", offers)
	}
	if r := said(planAmong(t, c, s), plan.RemarkOvertime)["Ann Berg"]; r.Value != 60 || r.Plan != 48 {
		t.Errorf("%+v, want 60 h of 48 said", r)
	}
	c.Rules.MostOvertime = 0
	if len(overtimeOffers(t, c, s)) == 0 || len(said(planAmong(t, c, s), plan.RemarkOvertime)) > 0 {
		t.Error("overtime is limited without a rule")
	}
}
