package plan_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// TestTakenOffers: an offer of each kind is taken by reporting it. Then people do
// what it says, it is offered no more, and the day gains about what was promised.
func TestTakenOffers(t *testing.T) {
	c := smallCentre(t)
	c.Bookings = slices.DeleteFunc(c.Bookings, func(b centre.Booking) bool { return b.Kind == "shift" }) // temps are free
	s := newShelf(newsDay, c.Location)
	checkInAt(t, c, s, newsDay, 6*60)
	sick := absent("p1", "p8")
	before := checkIn(t, c, s, newsDay, sick...)
	taken := map[plan.OfferKind]bool{}
	for _, o := range before.Offers {
		if taken[o.Kind] {
			continue
		}
		taken[o.Kind] = true
		after := checkIn(t, c, s, newsDay, append(sick, o.News()...)...)
		who := ofPeople(after.Day)[o.Who[0]]
		switch o.Kind {
		case plan.OfferCallIn:
			if who.Shift == nil || !who.Shift.Start.Equal(o.Start) || !who.Shift.End.Equal(o.End) {
				t.Errorf("called in from %v to %v, has the shift %+v", o.Start, o.End, who.Shift)
			}
		case plan.OfferOvertime:
			was := ofPeople(before.Day)[o.Who[0]].Shift
			if !was.End.Equal(o.Start) || !who.Shift.Start.Equal(was.Start) || !who.Shift.End.Equal(o.End) {
				t.Errorf("stays from %v until %v after the shift %+v: has the shift %+v", o.Start, o.End, was, who.Shift)
			}
		case plan.OfferCancel:
			for _, a := range who.Activities {
				if a.Kind == o.What && a.Start.Before(o.End) && o.Start.Before(a.End) {
					t.Errorf("%s called off from %v to %v is still there: %+v", o.What, o.Start, o.End, a)
				}
			}
		}
		const noise = 0.01 // the promise is by pooled queues, the outcome simulated
		if got := after.After.ServiceLevel - before.After.ServiceLevel; got < 0.5*o.Gain-noise {
			t.Errorf("%s promises %g and brings %g", o.Kind, o.Gain, got)
		}
		for _, again := range after.Offers {
			if again.Kind == o.Kind && again.Who[0] == o.Who[0] && again.Start.Equal(o.Start) {
				t.Errorf("%s of %v is offered again", o.Kind, o.Who)
			}
		}
	}
	for _, kind := range []plan.OfferKind{plan.OfferCallIn, plan.OfferOvertime, plan.OfferCancel} {
		if !taken[kind] {
			t.Errorf("no offer of %s among %+v", kind, before.Offers)
		}
	}
}

// TestStayingStays: what was taken holds for the check-ins that follow, is undone,
// and cannot be made of what is not so.
func TestStayingStays(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	end := ofPeople(checkInAt(t, c, s, newsDay, 6*60).Day)["p2"].Shift.End
	late := civil.ClockOf(end) + 60
	stay := plan.News{Kind: plan.NewsStay, Person: "p2", Until: late}
	r := checkIn(t, c, s, newsDay, stay)
	if _, err := plan.Accept(t.Context(), c, s, r, plan.Acceptance{All: true, By: "ann", At: r.Now}); err != nil {
		t.Fatal(err)
	}
	again := checkInAt(t, c, s, newsDay, 8*60, absent("p8")...)
	if got := ofPeople(again.Day)["p2"].Shift.End; !got.Equal(end.Add(time.Hour)) {
		t.Errorf("the next check-in lets p2 go at %v, want %v", got, end.Add(time.Hour))
	}
	undone, err := plan.Undo(t.Context(), c, s, newsDay, 2, "ann", r.Now)
	if err != nil {
		t.Fatal(err)
	}
	if got := ofPeople(undone)["p2"].Shift.End; !got.Equal(end) {
		t.Errorf("undone, p2 goes at %v, want %v", got, end)
	}
	for want, n := range map[plan.RefusalReason]plan.News{
		plan.RefusedStay:       {Kind: plan.NewsStay, Person: "p2", Until: 9 * 60},
		plan.RefusedNotPlanned: {Kind: plan.NewsStay, Person: "p3", Until: late},
		plan.RefusedNotBooked:  {Kind: plan.NewsCancel, Person: "p2", From: 9 * 60, Until: 11 * 60},
	} {
		_, err := plan.CheckIn(t.Context(), c, s, plan.CheckInQuery{Date: newsDay, Now: r.Now, News: []plan.News{n}, Seed: 1})
		if e, is := errors.AsType[*plan.CheckInError](err); !is || e.Reason != want || e.Name == "" {
			t.Errorf("%+v: %v, want %s", n, err, want)
		}
	}
}
