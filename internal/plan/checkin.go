package plan

import (
	"context"
	"errors"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// CheckInStore is what the spine wants of a store to check in.
type CheckInStore interface {
	Store
	Plans
}

// CheckInQuery asks how a day goes on after what is reported in the morning.
type CheckInQuery struct {
	Date civil.Date
	// Now is the first moment that may change: intervals that have begun stay.
	Now  time.Time
	News []News
	Seed uint64
	// Model and Iterations are for the plan that is made where there is none.
	Model      forecast.Model
	Iterations int
}

// CheckInResult says what the news do to a day, what should change, and what
// could be had beside that. Nothing of it is stored yet.
type CheckInResult struct {
	Date    civil.Date `json:"date"`
	Centre  string     `json:"centre"`
	Version int        `json:"version"`        // of the plan that it starts from
	Made    bool       `json:"made,omitempty"` // there was none, and it has been made first
	Now     time.Time  `json:"now"`
	// Accepted is the version that it has become; 0: none.
	Accepted int `json:"accepted,omitempty"`
	// SeenUntil is the end of the calls of the day that are known; zero: none.
	SeenUntil time.Time `json:"seen_until,omitzero"`
	Reports   []Report  `json:"reported"`
	Target    DayTarget `json:"target"`
	// Before is the day as it was planned, Unrepaired as it would be if nobody
	// did anything about the news, After with all changes: simulated days.
	Before     Outlook   `json:"before"`
	Unrepaired Outlook   `json:"unrepaired"`
	After      Outlook   `json:"after"`
	Leads      []NewLead `json:"leads"`
	Changes    []Change  `json:"changes"` // by person, in the order of the plan, and time
	Offers     []Offer   `json:"offers"`  // beside the changes, those that gain most first
	Remarks    []Remark  `json:"remarks"` // on the day with all changes
	Notes      []string  `json:"notes"`   // Remarks in words
	Day        *Day      `json:"-"`       // the day with all changes
	work       *checkIn  // nil: there is no news, and nothing changes
}

// NewLead is a table that somebody else leads from now on.
type NewLead struct {
	Table string `json:"table"` // its name
	Was   string `json:"was"`   // a person's name; "": nobody
	Is    string `json:"is"`
}

// changePrice is what each move must save, in calls answered in time: enough
// that moves for nothing are not made. Whether a person's change is worth asking
// for is judged afterwards, by more (worthDoing).
const changePrice = callPrice / 8

// neverPays is a price at which nothing changes that need not.
const neverPays = schedule.Money(1) << 40

// CheckIn works out how a day goes on after news, from its newest plan, which
// is made first where there is none. Shifts stay, what is past stays, and so
// does what is booked. The same query on the same store gives the same result.
//
// Errors: *CheckInError for news that cannot be true, and for a day that is over.
func CheckIn(ctx context.Context, c *centre.Centre, s CheckInStore, q CheckInQuery) (*CheckInResult, error) {
	day, made, err := storedOrMade(ctx, c, s, q)
	if err != nil {
		return nil, err
	}
	k, err := newCheckIn(ctx, c, s, q, day)
	if err != nil {
		return nil, err
	}
	out := &CheckInResult{
		Date: q.Date, Centre: c.Name, Version: day.Version, Made: made, Now: q.Now.In(c.Location), SeenUntil: k.seenUntil,
		Reports: k.reports, Target: day.Target, Leads: []NewLead{}, Changes: []Change{}, Offers: []Offer{},
	}
	if len(k.reports) == 0 && !k.seenUntil.After(day.DataUntil) {
		// What the search might still find is no reason to move anybody.
		out.Day, out.Remarks = day, day.Remarks
		out.Before = day.outlook()
		out.Unrepaired, out.After = out.Before, out.Before
		return out, nil
	}
	out.work = k
	return out, k.run(ctx, out)
}

// storedOrMade gives the newest plan of the day, made first where there is none.
func storedOrMade(ctx context.Context, c *centre.Centre, s CheckInStore, q CheckInQuery) (day *Day, made bool, err error) {
	day, err = Stored(ctx, c, s, q.Date)
	if !errors.Is(err, ErrNoPlan) {
		return day, false, err
	}
	week, err := WorkAround(ctx, c, s, q.Date)
	if err != nil {
		return nil, false, err
	}
	day, err = Make(ctx, c, s, Query{Date: q.Date, Now: q.Now, Seed: q.Seed, Model: q.Model, Iterations: q.Iterations, Week: week})
	if err != nil {
		return nil, false, err
	}
	return day, true, Save(ctx, s, day, "bemanna checkin")
}

// checkIn is a check-in under way.
type checkIn struct {
	q         CheckInQuery
	day       *Day // the plan that it starts from
	made      *Day // the plan that was changed, step by step, into day
	now       int  // the first interval that may change
	reports   []Report
	seenUntil time.Time
	former    schedule.Plan // the plan that it starts from, in the draft's terms
	draft     *draft        // with all changes
	kept      *draft        // with those alone that the news force upon people
}

func newCheckIn(ctx context.Context, c *centre.Centre, s CheckInStore, q CheckInQuery, day *Day) (*checkIn, error) {
	grid := civil.DayGrid(q.Date, c.Interval, c.Location)
	k := &checkIn{q: q, day: day, now: max(0, grid.Index(q.Now.Add(grid.Step-1)))}
	if k.now >= grid.N {
		return nil, Refusal{Reason: RefusedOver, Date: q.Date, From: civil.ClockOf(q.Now.In(c.Location))}.because("%s is over at %s: nothing can change", q.Date, q.Now.In(c.Location).Format(time.DateTime))
	}
	var err error
	if k.reports, err = reports(c, day, q.News, civil.ClockOf(grid.Time(k.now))); err != nil {
		return nil, err
	}
	if k.made, err = origin(ctx, c, s, day); err != nil {
		return nil, err
	}
	forecasts, err := k.made.forecasts(c)
	if err != nil {
		return nil, err
	}
	if forecasts, k.seenUntil, err = soFar(ctx, c, s, k.made, q.Now, forecasts); err != nil {
		return nil, err
	}
	held := *c
	held.Closings = k.made.closings()
	r, err := Need(&held, q.Date, forecasts)
	if err != nil {
		return nil, err
	}
	r.Closings = k.made.Closings // the calls have been moved by then
	draft, err := newDraft(c, r, available(c, q.Date, slices.Concat(day.Reports, k.reports)), lostCalls)
	if err != nil {
		return nil, err
	}
	week, err := WorkAround(ctx, c, s, q.Date)
	if err != nil {
		return nil, err
	}
	draft.keepRest(week)
	if err := draft.checkStaying(k.reports); err != nil {
		return nil, err
	}
	published, err := s.Rostered(ctx, q.Date, q.Date+1)
	if err != nil {
		return nil, err
	}
	draft.keepRoster(slices.DeleteFunc(published, func(r Rostered) bool {
		return r.Shift != nil || day.works(r.Person) // shifts are the plan's
	}))
	k.draft = draft.priced(day.TimePrices) // as the plan was made
	return k, nil
}

// origin gives the plan that was made and then changed, step by step, into day:
// its forecast is that of before the day began.
func origin(ctx context.Context, c *centre.Centre, s Plans, day *Day) (_ *Day, err error) {
	for day.Basis > 0 {
		if day, err = storedVersion(ctx, c, s, day.Date, day.Basis); err != nil {
			return nil, err
		}
	}
	return day, nil
}

// run repairs the plan and tells of it.
func (k *checkIn) run(ctx context.Context, out *CheckInResult) error {
	d := k.draft
	d.holdShifts(k.day)
	d.tables = d.standIns(k.day.Tables, k.now)
	if d.meeting().From < k.now {
		d.bindMet(k.day)
	} else {
		d.bindLeads()
	}
	var err error
	if k.former, err = d.former(ctx, k.day); err != nil {
		return err
	}
	kept, err := k.repair(ctx, schedule.RepairOptions{ChangeCost: neverPays, Iterations: 1})
	if err != nil {
		return err
	}
	if d, out.Unrepaired, err = d.afterNews(ctx, kept.Plan, k.q.Seed); err != nil {
		return err
	}
	ordinary := d.priced(d.prices.atMost(1, ownUnits(d.c)))
	known := &answers{}
	found, err := k.mend(ctx, d, kept.Plan, known, out)
	if err != nil {
		return err
	}
	if out.After.Probability < min(sure, out.Unrepaired.Probability) { // e-mail took what calls cannot spare
		if found, err = k.mend(ctx, ordinary, kept.Plan, known, out); err != nil {
			return err
		}
	}
	if out.Offers, err = k.offers(found, known); err != nil {
		return err
	}
	out.Leads = k.newLeads()
	return k.compare(ctx, out)
}

// mend repairs the plan at the prices of a draft, says what changes against the plan
// as the news leave it, and gives what could be had beside that.
func (k *checkIn) mend(ctx context.Context, d *draft, kept schedule.Plan, known *answers, out *CheckInResult) ([]schedule.Offer, error) {
	k.draft = d
	repaired, err := k.repair(ctx, schedule.RepairOptions{ChangeCost: changePrice, Wider: d.remedies(k.now)})
	if err != nil {
		return nil, err
	}
	d.problem = repaired.Problem
	k.kept = new(*d)
	d.plan, k.kept.plan = repaired.Plan, kept
	if out.Changes, err = k.settle(known); err != nil {
		return nil, err
	}
	if out.Day, err = k.document(ctx, d); err != nil {
		return nil, err
	}
	out.After, out.Remarks = out.Day.outlook(), out.Day.Remarks
	return repaired.Offers, nil
}

// holdShifts leaves those who have a shift in the plan that shift alone.
func (d *draft) holdShifts(day *Day) {
	for i := range d.problem.Agents {
		a := &d.problem.Agents[i]
		planned := d.formerDay(i, day).Shift
		if slices.ContainsFunc(a.Shifts, func(s schedule.Shift) bool { return s.Span == planned }) {
			a.Shifts = slices.DeleteFunc(a.Shifts, func(s schedule.Shift) bool { return s.Span != planned })
		}
	}
}

// repair repairs and insists that the result keeps every hard rule.
func (k *checkIn) repair(ctx context.Context, o schedule.RepairOptions) (schedule.Repaired, error) {
	o.Seed, o.Now = k.q.Seed, k.now
	r, err := schedule.Repair(ctx, k.draft.problem, k.former, o)
	if err != nil {
		return r, err
	}
	if ctx.Err() != nil {
		return r, ctx.Err()
	}
	return r, breach(k.q.Date, schedule.Check(r.Problem, r.Plan))
}

// verify insists that a draft put together of several repairs keeps every hard
// rule. Its cost is that of none of them.
func (d *draft) verify() error {
	broken := schedule.Check(d.problem, d.plan)
	return breach(d.r.Date, slices.DeleteFunc(broken, func(v schedule.Violation) bool { return v.Rule == schedule.RuleCost }))
}

// document turns a draft into the plan of the day from now on.
func (k *checkIn) document(ctx context.Context, d *draft) (*Day, error) {
	day, err := d.day(ctx, k.q.Seed)
	if err != nil {
		return nil, err
	}
	day.Version, day.Basis = k.day.Version, k.day.Version
	day.Made, day.DataUntil = k.q.Now.In(d.c.Location).Truncate(time.Second), k.day.DataUntil
	if !k.seenUntil.IsZero() {
		day.DataUntil = k.seenUntil
	}
	day.Volume = k.volume(day)
	day.Reports = slices.Concat(k.day.Reports, k.reports)
	now := d.r.Grid.Time(k.now)
	day.Actions = slices.DeleteFunc(day.Actions, func(a Action) bool { return a.Start.Before(now) })
	day.Remarks = slices.DeleteFunc(day.Remarks, func(r Remark) bool { return !r.Start.IsZero() && !r.End.After(now) })
	for _, r := range k.day.Remarks {
		if !slices.Contains(ofPlan, r.Kind) { // what was said of the data still holds
			day.Remarks = append(day.Remarks, r)
		}
	}
	return day, nil
}

// volume is that of the plan as it was made, with what the calls so far make of it.
func (k *checkIn) volume(day *Day) Volume {
	v := k.made.Volume
	if k.seenUntil.IsZero() {
		return v
	}
	calls := 0.0
	for _, g := range day.Groups {
		for _, x := range g.Intervals {
			calls += x.Offered
		}
	}
	if factor := calls / v.Offered; v.Offered > 0 && (factor > 1+worthSaying || factor < 1-worthSaying) {
		v.Terms = append([]Term{{Reason: string(forecast.ReasonToday), Factor: Round(factor, 3)}}, v.Terms...)
	}
	v.Offered = Round(calls, 1)
	return v
}

// afterNews simulates the plan as the news leave it, and gives the draft with the
// prices that follow: time off the telephone is dear only in units whose calls are
// still sure of their target, and only while the whole day is.
func (d *draft) afterNews(ctx context.Context, plan schedule.Plan, seed uint64) (*draft, Outlook, error) {
	of := *d
	of.plan = plan
	day := of.document(newService(d.r))
	_, r, err := day.play(ctx, planDays, seed)
	if err != nil {
		return nil, Outlook{}, err
	}
	out := outlookOf(r, day)
	prices := timePrices{}
	for u, chance := range day.chances(ownUnits(d.c), r) {
		if price := d.prices.of(u); price < 1 || chance >= sure && out.Probability >= sure {
			prices[u] = price
		}
	}
	return d.priced(prices), out, nil
}

// compare tells what was expected of the plan that the check-in starts from, on
// the calls of the day as they are known now.
func (k *checkIn) compare(ctx context.Context, out *CheckInResult) error {
	out.Before = k.day.outlook()
	if k.seenUntil.IsZero() {
		return nil // that is on the same calls
	}
	before := *out.Day
	before.Agents = k.day.Agents
	_, r, err := before.play(ctx, planDays, k.q.Seed)
	if err != nil {
		return err
	}
	out.Before = outlookOf(r, &before)
	return nil
}

func (k *checkIn) newLeads() []NewLead {
	out := []NewLead{}
	for i, t := range k.draft.tables {
		if was := k.day.Tables[i].Lead; t.Lead != was {
			out = append(out, NewLead{Table: t.Name, Was: k.name(was), Is: k.name(t.Lead)})
		}
	}
	return out
}

// name is that of a person; the id of one whom the centre does not know.
func (k *checkIn) name(id string) string {
	if p, ok := k.draft.c.Person(id); ok {
		return p.Name
	}
	return id
}

// Missed tells whether the day misses its target even with all changes.
func (r *CheckInResult) Missed() bool { return r.After.ServiceLevel < r.Target.Share }
