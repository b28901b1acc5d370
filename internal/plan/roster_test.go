package plan_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// noticeboard is a shelf on which rosters are published as well. It counts what is
// written.
type noticeboard struct {
	*shelf
	told   []plan.Rostered
	duties []plan.Duty
	writes int
}

func (n *noticeboard) Rostered(_ context.Context, from, until civil.Date) ([]plan.Rostered, error) {
	var out []plan.Rostered
	for _, r := range n.told {
		if from <= r.Date && r.Date < until {
			out = slices.DeleteFunc(out, func(o plan.Rostered) bool { return o.Date == r.Date && o.Person == r.Person })
			out = append(out, r)
		}
	}
	return out, nil
}

func (n *noticeboard) PublishRoster(_ context.Context, read int, told []plan.Rostered, by string, at time.Time) (int, error) {
	version := 0
	for _, r := range n.told {
		version = max(version, r.Version)
	}
	if version != read {
		return 0, plan.ErrOvertaken
	}
	for _, r := range told {
		r.Version, r.By, r.At = version+1, by, at
		n.told = append(n.told, r)
	}
	n.writes++
	return version + 1, nil
}

func (n *noticeboard) SaveDuties(_ context.Context, duties []plan.Duty) error {
	n.writes++
	n.duties = append(n.duties, duties...)
	return nil
}

func (n *noticeboard) Duties(_ context.Context, from, until civil.Date) ([]plan.Duty, error) {
	return slices.DeleteFunc(slices.Clone(n.duties), func(d plan.Duty) bool { return d.Week < from || d.Week >= until }), nil
}

func (n *noticeboard) KeepLearnt(context.Context, []plan.Learnt) error { n.writes++; return nil }

func (n *noticeboard) SavePlan(ctx context.Context, day civil.Date, doc []byte, by string, at time.Time) (int, error) {
	n.writes++
	return n.shelf.SavePlan(ctx, day, doc, by, at)
}

// rosterMonday begins the first week of the rosters of these tests; the day before
// it is their today.
var rosterMonday = civil.NewDate(2026, 11, 23)

func newNoticeboard(c *centre.Centre) *noticeboard {
	return &noticeboard{shelf: newShelf(rosterMonday, c.Location)}
}

func layRoster(t *testing.T, c *centre.Centre, s plan.RosterStore, from civil.Date, weeks int) *plan.Roster {
	t.Helper()
	r, err := plan.LayRoster(t.Context(), c, s, plan.RosterQuery{
		From: from, Weeks: weeks, Now: (rosterMonday - 1).At(12*60, c.Location), Model: forecast.DayLevel{}, Seed: 1, Iterations: 12,
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func publishRoster(t *testing.T, s plan.RosterStore, r *plan.Roster) {
	t.Helper()
	if err := r.Publish(t.Context(), s, "test"); err != nil {
		t.Fatal(err)
	}
}

// workOf gives the shifts of everybody in a roster, by id and in order of time.
func workOf(r *plan.Roster) map[string][]plan.Period {
	out := map[string][]plan.Period{}
	for _, w := range r.Weeks {
		for _, p := range w.People {
			for _, day := range p.Days {
				if day.Shift != nil {
					out[p.ID] = append(out[p.ID], *day.Shift)
				}
			}
		}
	}
	return out
}

// TestRosterKeepsTheRules holds the rosters of a centre that never closes against the
// rules by code that knows nothing of the search: rest between shifts, over the
// border to what was worked before and to what is published after, the long rest from
// Monday to Sunday, the hours of the contract. Where a day must go for it, that is said.
func TestRosterKeepsTheRules(t *testing.T) {
	slow(t)
	c := roundTheClock(t)
	for i := range c.People {
		c.People[i].Weekly = 48 * time.Hour // more than there is room for in six days
	}
	s := newNoticeboard(c)
	sunday := rosterMonday - 1
	worked(t, c, s, sunday, map[string]civil.Span{
		"p1": {Open: 16 * 60, Close: 24 * 60}, "p2": {Open: 15 * 60, Close: 23*60 + 30}, "p3": {Open: 17 * 60, Close: 23 * 60},
	})
	after := rosterMonday + 14
	early := plan.Period{Start: after.At(0, c.Location), End: after.At(6*60, c.Location)}
	for _, id := range []string{"p1", "p4", "p5"} {
		s.told = append(s.told, plan.Rostered{Date: after, Person: id, Shift: &early})
	}
	r := layRoster(t, c, s, rosterMonday, 2)
	work := workOf(r)
	for id, end := range map[string]civil.Clock{"p1": 24 * 60, "p2": 23*60 + 30, "p3": 23 * 60} {
		at := sunday.Start(c.Location).Add(time.Duration(end) * time.Minute)
		work[id] = append([]plan.Period{{Start: at, End: at}}, work[id]...)
	}
	for _, id := range []string{"p1", "p4", "p5"} {
		work[id] = append(work[id], early)
	}
	for id, all := range work {
		for i := range all[1:] {
			if rest := all[i+1].Start.Sub(all[i].End); rest < c.Rules.DailyRest {
				t.Errorf("%s rests %v before %v, want %v", id, rest, all[i+1].Start, c.Rules.DailyRest)
			}
		}
	}
	for _, w := range r.Weeks {
		for _, p := range w.People {
			longest, hours := longRest(w.Monday, p, c.Location)
			if longest < c.Rules.WeeklyRest || p.Contract > 0 && max(hours, p.Hours) > p.Contract+1 {
				t.Errorf("%s in the week of %s: rest %v, %v h of %v", p.ID, w.Monday, longest, hours, p.Contract)
			}
		}
		if !slices.ContainsFunc(w.Remarks, func(r plan.Remark) bool { return r.Kind == plan.RemarkNoShift && r.Rule == "weekly_rest" }) {
			t.Errorf("week of %s: %+v, want it said that the weekly rest has somebody off", w.Monday, w.Remarks)
		}
	}
}

// longRest is the longest time without work of somebody's week, and the hours worked.
func longRest(monday civil.Date, p plan.RosterPerson, loc *time.Location) (longest time.Duration, hours float64) {
	end := monday.Start(loc)
	for _, day := range p.Days {
		if day.Shift != nil {
			longest = max(longest, day.Shift.Start.Sub(end))
			end = day.Shift.End
			hours += day.Shift.End.Sub(day.Shift.Start).Hours() - 1 // at most an hour of lunch
		}
	}
	return max(longest, (monday + 7).Start(loc).Sub(end)), hours
}

// TestPlansKeepTheRoster: what is published is what the plan of each day gives
// people, shift by shift; and the leads of the tables are those whose shifts were laid
// for the morning meeting.
func TestPlansKeepTheRoster(t *testing.T) {
	c := smallCentre(t)
	s := newNoticeboard(c)
	r := layRoster(t, c, s, rosterMonday, 1)
	publishRoster(t, s, r)
	at := rosterMonday.At(6*60, c.Location)
	for i, day := range r.Weeks[0].Days[:5] {
		week, err := plan.WorkAround(t.Context(), c, s, day.Date)
		if err != nil {
			t.Fatal(err)
		}
		d, err := plan.Make(t.Context(), c, s, plan.Query{
			Date: day.Date, Now: at, Seed: 1, Model: forecast.DayLevel{}, Iterations: 10, Week: week,
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := plan.Save(t.Context(), s, d, "test"); err != nil {
			t.Fatal(err)
		}
		people := ofPeople(d)
		for _, p := range r.Weeks[0].People {
			if diff := cmp.Diff(p.Days[i].Shift, people[p.ID].Shift); diff != "" {
				t.Errorf("%s on %s: %s", p.ID, day.Date, diff)
			}
		}
		if unkept, others := said(d, plan.RemarkRoster), said(d, plan.RemarkStandIn); len(unkept)+len(others) > 0 {
			t.Errorf("%s: %v, %v; want every shift kept, and no stand-in", day.Date, unkept, others)
		}
	}
}

// TestDraftLeavesNoTrace: a roster that is not published writes nothing, and the same
// query gives the same roster.
func TestDraftLeavesNoTrace(t *testing.T) {
	c := smallCentre(t)
	s := newNoticeboard(c)
	first, again := layRoster(t, c, s, rosterMonday, 1), layRoster(t, c, s, rosterMonday, 1)
	if s.writes > 0 || first.Version != 0 {
		t.Errorf("%d writes, version %d: want none", s.writes, first.Version)
	}
	if diff := cmp.Diff(first, again, cmpopts.IgnoreUnexported(plan.Roster{})); diff != "" {
		t.Error(diff)
	}
}

// TestPublishingAgain: with nothing new nothing changes. A shift that is booked since
// is a change that is listed with what people were told, and it needs consent when it
// is near; an absence is none. Who has read an older roster cannot publish.
func TestPublishingAgain(t *testing.T) {
	slow(t)
	c := smallCentre(t)
	s := newNoticeboard(c)
	stale := layRoster(t, c, s, rosterMonday+7, 2)
	publishRoster(t, s, layRoster(t, c, s, rosterMonday+7, 2))
	if err := stale.Publish(t.Context(), s, "test"); !errors.Is(err, plan.ErrOvertaken) {
		t.Errorf("a roster that has not seen the published one: %v", err)
	}
	if same := layRoster(t, c, s, rosterMonday+7, 2); len(same.Changes) > 0 {
		t.Errorf("nothing is new, but %+v", same.Changes)
	}
	told := workOf(stale)["p2"]
	near, far := rosterMonday+9, rosterMonday+16
	span := civil.Span{Open: 10 * 60, Close: 16 * 60}
	c.Bookings = append(c.Bookings,
		centre.Booking{Person: "p2", Date: near, Span: span, Kind: "shift"}, centre.Booking{Person: "p2", Date: far, Span: span, Kind: "shift"},
		centre.Booking{Person: "p3", Date: near, Kind: "absent"})
	changed := layRoster(t, c, s, rosterMonday+7, 2)
	of := map[civil.Date]plan.RosterChange{}
	for _, x := range changed.Changes {
		if x.Person == "p3" && x.Date == near {
			t.Errorf("an absence is a change: %+v", x)
		}
		if x.Person == "p2" {
			of[x.Date] = x
		}
	}
	for day, was := range map[civil.Date]plan.Period{near: told[2], far: told[7]} {
		want := plan.RosterChange{
			Date: day, Person: "p2", Name: "Omar Haddad", Was: &was,
			Is: &plan.Period{Start: day.At(span.Open, c.Location), End: day.At(span.Close, c.Location)}, Near: day == near,
		}
		if diff := cmp.Diff(want, of[day]); diff != "" {
			t.Error(diff)
		}
	}
	if changed.Consent() == 0 || !changed.Wants() {
		t.Errorf("%d changes need consent, want some", changed.Consent())
	}
}

// TestRosterThatCannotBeKept: who may not work the published shift any more is
// planned otherwise, and that is said; a booking counts before the roster; who is
// absent is; who was published as off is off, at the check-in too.
func TestRosterThatCannotBeKept(t *testing.T) {
	c := smallCentre(t)
	s := newNoticeboard(c)
	for _, x := range []struct {
		person     string
		start, end civil.Clock
	}{{"p1", 5 * 60, 13 * 60}, {"p2", 8 * 60, 16*60 + 45}, {"p4", 0, 0}, {"t1", 0, 0}} {
		told := plan.Rostered{Date: newsDay, Person: x.person}
		if x.end > 0 {
			told.Shift = &plan.Period{Start: newsDay.At(x.start, c.Location).UTC(), End: newsDay.At(x.end, c.Location).UTC()}
		}
		s.told = append(s.told, told)
	}
	c.Bookings = append(c.Bookings, centre.Booking{Person: "p2", Date: newsDay, Kind: "absent"})
	r := checkInAt(t, c, s, newsDay, 7*60, plan.News{Person: "p5", Kind: plan.NewsAbsent})
	d, people := r.Day, ofPeople(r.Day)
	if p1 := people["p1"].Shift; p1 == nil || p1.Start.Before(newsDay.At(7*60+30, c.Location)) {
		t.Errorf("p1: %v, want a shift of theirs", p1)
	}
	want := map[string]plan.Remark{"Ann Berg": {
		Kind: plan.RemarkRoster, Who: "Ann Berg", Start: newsDay.At(5*60, c.Location), End: newsDay.At(13*60, c.Location),
	}}
	if diff := cmp.Diff(want, said(d, plan.RemarkRoster)); diff != "" {
		t.Error(diff)
	}
	if !people["p2"].Absent || people["p4"].Shift != nil || people["t1"].Shift == nil {
		t.Errorf("p2 absent: %v, p4 %v, t1 %v; want absent, off, and the booked shift", people["p2"].Absent, people["p4"].Shift, people["t1"].Shift)
	}
	if _, told := said(d, plan.RemarkOffBooked)["Lo Krans"]; !told {
		t.Errorf("%+v: want it said that t1 is off by the roster", d.Remarks)
	}
}
