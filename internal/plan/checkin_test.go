package plan_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// shelf keeps plans in memory, beside the history of another store.
type shelf struct {
	plan.Store
	plans map[civil.Date][]plan.Saved
}

// newShelf is over a history of four calls in each interval until the day before.
func newShelf(day civil.Date, loc *time.Location) *shelf {
	return &shelf{steady{(day - 1).Start(loc)}, map[civil.Date][]plan.Saved{}}
}

func (s *shelf) SavePlan(_ context.Context, day civil.Date, doc []byte, by string, at time.Time) (int, error) {
	version := len(s.plans[day]) + 1
	s.plans[day] = append(s.plans[day], plan.Saved{Date: day, Version: version, Doc: doc, By: by, At: at})
	return version, nil
}

func (s *shelf) SavePlanAfter(ctx context.Context, day civil.Date, read int, doc []byte, by string, at time.Time) (int, error) {
	if read != len(s.plans[day]) {
		return 0, plan.ErrOvertaken
	}
	return s.SavePlan(ctx, day, doc, by, at)
}

func (s *shelf) Plan(_ context.Context, day civil.Date, version int) (plan.Saved, error) {
	all := s.plans[day]
	if version == 0 {
		version = len(all)
	}
	if version == 0 || version > len(all) {
		return plan.Saved{}, plan.ErrNoPlan
	}
	return all[version-1], nil
}

// ofPeople is what people do in a plan, by id.
func ofPeople(d *plan.Day) map[string]plan.Agent {
	out := map[string]plan.Agent{}
	for _, a := range d.Agents {
		out[a.ID] = a
	}
	return out
}

// until is what somebody does before a time.
func until(a plan.Agent, end time.Time) []plan.Activity {
	out := []plan.Activity{}
	for _, x := range a.Activities {
		if x.Start.Before(end) {
			if x.End.After(end) {
				x.End = end
			}
			out = append(out, x)
		}
	}
	return out
}

// booked is what somebody has that is arranged with others.
func booked(a plan.Agent) []plan.Activity {
	return slices.DeleteFunc(slices.Clone(a.Activities), func(x plan.Activity) bool {
		return !slices.Contains([]string{"meeting", "training", "coaching"}, x.Kind)
	})
}

// newsDay is a Tuesday on which the small centre has an absence, a training of
// two people and a temp.
var newsDay = civil.NewDate(2026, 11, 24)

// TestCheckInLaws: whatever is reported, and whenever, hard rules hold (the
// spine checks them, and fails), who is away does nothing, what is past stays,
// and so does what is booked; and the same input gives the same bits.
func TestCheckInLaws(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	checkInAt(t, c, s, newsDay, 6*60) // makes the plan
	before, err := plan.Stored(t.Context(), c, s, newsDay)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(5) {
		q := plan.CheckInQuery{Date: newsDay, Seed: 1, Model: forecast.DayLevel{}}
		draw := rand.New(rand.NewPCG(seed, 0))
		q.Now, q.News = newsDay.At(quarter(draw, 6, 16), c.Location), someNews(draw)
		r, err := plan.CheckIn(t.Context(), c, s, q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		lawful(t, before, r)
		if seed > 0 {
			continue
		}
		again, err := plan.CheckIn(t.Context(), c, s, q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, again, cmpopts.IgnoreUnexported(plan.CheckInResult{})); diff != "" {
			t.Errorf("the same news again:\n%s", diff)
		}
	}
}

// quarter draws a quarter-hour of the clock between two hours.
func quarter(draw *rand.Rand, from, to int) civil.Clock {
	return civil.Clock(60*from + 15*draw.IntN(4*(to-from)+1))
}

// someNews draws what is reported of a day of the small centre.
func someNews(draw *rand.Rand) []plan.News {
	var news []plan.News
	for _, id := range []string{"p1", "p2", "p4", "p5", "p6", "p7", "p8", "t1"} {
		from := quarter(draw, 8, 15)
		switch draw.IntN(6) {
		case 0:
			news = append(news, plan.News{Kind: plan.NewsAbsent, Person: id})
		case 1:
			news = append(news, plan.News{Kind: plan.NewsAbsent, Person: id, From: from})
		case 2:
			news = append(news, plan.News{Kind: plan.NewsLate, Person: id, From: from})
		}
	}
	if draw.IntN(2) == 0 {
		news = append(news, plan.News{Kind: plan.NewsHere, Person: "p3"})
	}
	return news
}

// lawful holds a check-in against the plan that it starts from.
func lawful(t *testing.T, before *plan.Day, r *plan.CheckInResult,
) {
	t.Helper()
	was := ofPeople(before)
	for id, now := range ofPeople(r.Day) {
		i := slices.IndexFunc(r.Reports, func(n plan.Report) bool { return n.Person == id })
		if i < 0 {
			if diff := cmp.Diff(until(was[id], r.Now), until(now, r.Now)); diff != "" {
				t.Errorf("%s: the past has changed:\n%s", id, diff)
			}
			if diff := cmp.Diff(booked(was[id]), booked(now)); diff != "" {
				t.Errorf("%s: what is booked has changed:\n%s", id, diff)
			}
			continue
		}
		n := r.Reports[i]
		from := r.Date.At(n.From, r.Now.Location())
		for _, x := range now.Activities {
			away := x.Start.Before(from)
			if n.Kind == plan.NewsAbsent {
				away = x.End.After(from)
			}
			if away && x.Kind != "absent" {
				t.Errorf("%s: %s, and does %s from %v to %v", id, n.Kind, x.Kind, x.Start, x.End)
			}
		}
		if n.Kind == plan.NewsAbsent && n.From == 0 && (now.Shift != nil || !now.Absent) {
			t.Errorf("%s: absent, and in the plan %+v", id, now)
		}
	}
	for _, c := range r.Changes {
		for _, m := range c.Moves {
			if m.Is != nil && m.Is.Start.Before(r.Now.Truncate(time.Minute)) || m.Is == nil && m.Was.Start.Before(r.Now) {
				t.Errorf("%s: %+v to %+v is before now, %v", c.Who, m.Was, m.Is, r.Now)
			}
		}
	}
}

func smallCentre(tb testing.TB) *centre.Centre {
	tb.Helper()
	c, err := centre.Load("../../testdata/small")
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// TestNothingReported: then nothing changes, and the plan that there is stays.
func TestNothingReported(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	first := checkInAt(t, c, s, newsDay, 7*60)
	again := checkInAt(t, c, s, newsDay, 9*60)
	if !first.Made || first.Version != 1 || again.Made || len(s.plans[newsDay]) != 1 {
		t.Errorf("made %v and %v, %d versions: want the first made and stored", first.Made, again.Made, len(s.plans[newsDay]))
	}
	before, err := plan.Stored(t.Context(), c, s, newsDay)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, again.Day); diff != "" || len(again.Changes) > 0 || again.After != again.Before {
		t.Errorf("%d changes, %v to %v\n%s", len(again.Changes), again.Before, again.After, diff)
	}
}

// TestRepairSparesTheTarget: what the calls of a day cannot spare is not given to
// e-mail, however much time there was before people fell ill.
func TestRepairSparesTheTarget(t *testing.T) {
	slow(t)
	c, s := openDemo(t)
	day := lastDay + 1
	kept := &shelf{s, map[civil.Date][]plan.Saved{}}
	if err := plan.Save(t.Context(), kept, planned(t, c, s, day), "test"); err != nil {
		t.Fatal(err)
	}
	for _, ill := range [][]string{
		{"a001", "a003", "a030", "a049", "a055"}, {"a002", "a003", "a014", "a030", "a049"},
	} {
		q := plan.CheckInQuery{Date: day, Now: day.At(6*60, c.Location), Seed: 1, Model: forecast.DayLevel{}}
		for _, id := range ill {
			q.News = append(q.News, plan.News{Person: id, Kind: plan.NewsAbsent})
		}
		r, err := plan.CheckIn(t.Context(), c, kept, q)
		if err != nil {
			t.Fatal(err)
		}
		const luck = 0.05 // of 300 simulated days
		if got, want := r.After.Probability, min(0.8, r.Unrepaired.Probability); got < want-luck {
			t.Errorf("%v ill: a chance of %v with the changes, want at least %v", ill, got, want)
		}
	}
}

// TestEverybodyAbsent: no calls are answered, and that is said.
func TestEverybodyAbsent(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	checkInAt(t, c, s, newsDay, 7*60)
	r := checkIn(t, c, s, newsDay, absent("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "t1")...)
	if r.After.ServiceLevel != 0 || r.After != r.Unrepaired || !r.Missed() || len(r.Changes) > 0 {
		t.Errorf("after %+v, unrepaired %+v, %d changes", r.After, r.Unrepaired, len(r.Changes))
	}
	for _, table := range r.Day.Tables {
		if table.Lead != "" {
			t.Errorf("%s leads table %s", table.Lead, table.ID)
		}
	}
}

// TestRefusedNews: what cannot be true is named, with those who may be meant.
func TestRefusedNews(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	checkInAt(t, c, s, newsDay, 6*60)
	for want, news := range map[string][]plan.News{
		`unknown person "Sara Nystrom": did you mean p7 (Sara Nyström)?`: absent("Sara Nystrom"),
		`unknown person "zzzzzz"`:                                              absent("zzzzzz"),
		`p1 (Ann Berg): reported twice, want one of them`:                      absent("p1", "ann berg"),
		`p1 (Ann Berg): here, but planned on 2026-11-24 already`:               {{Kind: plan.NewsHere, Person: "p1"}},
		`p3 (Eva Lind): late, but off on 2026-11-24: want it reported as here`: {{Kind: plan.NewsLate, Person: "p3", From: 600}},
		`p3 (Eva Lind): here from 10:00 until 09:00, want a later end`:         {{Kind: plan.NewsHere, Person: "p3", From: 600, Until: 540}},
		`p1 (Ann Berg): late, want the time of coming`:                         {{Kind: plan.NewsLate, Person: "p1"}},
	} {
		_, err := plan.CheckIn(t.Context(), c, s, plan.CheckInQuery{Date: newsDay, Now: newsDay.At(420, c.Location), News: news, Seed: 1})
		if _, is := errors.AsType[*plan.CheckInError](err); !is || err.Error() != want {
			t.Errorf("%+v:\n got %v\nwant %s", news, err, want)
		}
	}
	_, err := plan.CheckIn(t.Context(), c, s, plan.CheckInQuery{Date: newsDay, Now: (newsDay + 1).At(1, c.Location), Seed: 1})
	if _, is := errors.AsType[*plan.CheckInError](err); !is {
		t.Errorf("the day after: %v, want that the day is over", err)
	}
}

// restless is a history of three to five calls in each interval of a day, and of
// six on one day.
type restless struct {
	steady
	busy civil.Date
}

func (r restless) Series(ctx context.Context, sel plan.Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	m, err := r.steady.Series(ctx, sel, o)
	for i := range m.Offered.Values {
		day := civil.DateOf(m.Offered.Time(i))
		level := 3 + 2*rand.New(rand.NewPCG(uint64(day), 0)).Float64()
		if day == r.busy {
			level = 6
		}
		m.Offered.Values[i] *= level / 4
	}
	return m, err
}

// TestCallsSoFar: what came is known, the rest of the day follows it, and the
// figures that are compared are all of that day. A later check-in does not count
// the same calls twice.
func TestCallsSoFar(t *testing.T) {
	c := smallCentre(t)
	noon := newsDay.At(11*60, c.Location)
	s := newShelf(newsDay, c.Location)
	s.Store = restless{steady{(newsDay - 1).Start(c.Location)}, newsDay}
	checkInAt(t, c, s, newsDay, 6*60)
	quiet := checkInAt(t, c, s, newsDay, 11*60)
	s.Store = restless{steady{noon}, newsDay}
	r := checkInAt(t, c, s, newsDay, 11*60)
	if !r.SeenUntil.Equal(noon) || !quiet.SeenUntil.IsZero() {
		t.Errorf("calls known until %v and %v, want none and %v", quiet.SeenUntil, r.SeenUntil, noon)
	}
	if r.Before.ServiceLevel >= quiet.Before.ServiceLevel || r.After.ServiceLevel < r.Unrepaired.ServiceLevel-0.005 {
		t.Errorf("quiet %v; before %v, unrepaired %v, after %v", quiet.Before, r.Before, r.Unrepaired, r.After)
	}
	for i, x := range r.Day.Groups[0].Intervals {
		expected := quiet.Day.Groups[0].Intervals[i].Offered
		if known := x.Start.Before(noon); known && (x.Offered != 6 || x.Spread != 0) || !known && (x.Offered <= expected || x.Offered > 6.5) {
			t.Errorf("%v: %g calls where %g were expected, want 6 before %v, and towards 6 from then on", x.Start, x.Offered, expected, noon)
		}
	}
	if _, err := plan.Accept(t.Context(), c, s, r, plan.Acceptance{All: true, By: "ann", At: noon}); err != nil {
		t.Fatal(err)
	}
	if again := checkInAt(t, c, s, newsDay, 11*60); len(again.Changes) > 0 || again.Day.Version != 2 {
		t.Errorf("nothing new: %d changes of version %d, want none of 2", len(again.Changes), again.Day.Version)
	}
	again := checkInAt(t, c, s, newsDay, 11*60, absent("p8")...)
	if diff := cmp.Diff(r.Day.Volume, again.Day.Volume); diff != "" {
		t.Errorf("the calls so far a second time:\n%s", diff)
	}
}

// TestLeadsWithoutAMeeting: tables have leads, and stand-ins, where the leads do
// not meet.
func TestLeadsWithoutAMeeting(t *testing.T) {
	c := smallCentre(t)
	c.Meeting = centre.Meeting{}
	s := newShelf(newsDay, c.Location)
	lead := checkIn(t, c, s, newsDay).Day.Tables[0].Lead
	table := checkIn(t, c, s, newsDay, absent(lead)...).Day.Tables[0]
	if lead == "" || table.Lead == "" || table.Lead == lead || !table.StandIn {
		t.Errorf("led by %q, and when %[1]s is absent by %q, stand-in %v", lead, table.Lead, table.StandIn)
	}
}
