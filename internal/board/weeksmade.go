package board

import (
	"net/http"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// weeksStory is a state of the page of the weeks, with made data.
type weeksStory struct {
	name  string
	state func(x basis) (question weeksQuestion, base, asked reply[*order])
}

// weeksStories are all states of the page of the weeks.
var weeksStories = []weeksStory{
	{"weeks", func(x basis) (q weeksQuestion, base, asked reply[*order]) {
		base = madeReply(x, madeOrder(x, 1))
		return q, base, base
	}},
	{"weeks-enough", func(x basis) (q weeksQuestion, base, asked reply[*order]) {
		base = madeReply(x, madeOrder(x, 0))
		return q, base, base
	}},
	{"weeks-short", func(x basis) (q weeksQuestion, base, asked reply[*order]) {
		base = madeReply(x, outOfReach(madeOrder(x, 3)))
		return q, base, base
	}},
	{"weeks-first", func(basis) (q weeksQuestion, base, asked reply[*order]) {
		base.Pending = true
		return q, base, base
	}},
	{"weeks-again", func(x basis) (q weeksQuestion, base, asked reply[*order]) {
		base = madeReply(x, madeOrder(x, 1))
		base.Made, base.Pending = base.Made.Add(-24*time.Hour), true
		return q, base, base
	}},
	{"weeks-asking", func(x basis) (q weeksQuestion, base, asked reply[*order]) {
		asked.Pending = true
		return madeQuestion(), madeReply(x, madeOrder(x, 1)), asked
	}},
	{"weeks-whatif", func(x basis) (q weeksQuestion, base, asked reply[*order]) {
		return madeQuestion(), madeReply(x, madeOrder(x, 1)), madeReply(x, busier(madeOrder(x, 2)))
	}},
	{"weeks-budget", func(x basis) (q weeksQuestion, base, asked reply[*order]) {
		budget := 10000
		q.Budget = &budget
		return q, madeReply(x, madeOrder(x, 1)), madeReply(x, withinBudget(madeOrder(x, 1), float64(budget)))
	}},
}

// slotsStory is a state of the page of times for a meeting, with made data.
type slotsStory struct {
	name  string
	found func(x basis) reply[*plan.Slots]
}

// slotsStories are all states of the page of times for a meeting.
var slotsStories = []slotsStory{
	{"slots", func(x basis) reply[*plan.Slots] { return madeSlots(x, 3) }},
	{"slots-closing", func(x basis) reply[*plan.Slots] { return closedMeanwhile(madeSlots(x, 3)) }},
	{"slots-nobody", func(x basis) reply[*plan.Slots] { return madeSlots(x, 0) }},
	{"slots-first", func(basis) reply[*plan.Slots] { return reply[*plan.Slots]{Pending: true} }},
}

func (s weeksStory) show(b *Board, w http.ResponseWriter, q *request, loc *time.Location) error {
	x := madeBasis(loc)
	question, base, asked := s.state(x)
	view := viewWeeks(q, x, question, base, asked)
	if base.Pending || asked.Pending {
		view.Waiting.Text = q.words.Say("weeks.waiting")
	}
	return b.show(w, q, http.StatusOK, "weeks", frame{Title: view.Title, Body: view})
}

func (s slotsStory) show(b *Board, w http.ResponseWriter, q *request, loc *time.Location) error {
	x := madeBasis(loc)
	found := s.found(x)
	question := slotsQuestion{Close: found.Answer != nil && found.Answer.Closing != nil}.usual(x)
	view := viewSlots(q, x.c, question, found)
	view.Form = slotsFormOf(q, x, question)
	if found.Pending {
		view.Waiting.Text = q.words.Say("weeks.waiting")
	}
	return b.show(w, q, http.StatusOK, "slots", frame{Title: view.Title, Body: view})
}

// madeSlots are so many times for a meeting, each dearer than the one before.
func madeSlots(x basis, n int) reply[*plan.Slots] {
	s := &plan.Slots{
		From: x.from(), Until: x.from() + 6, People: []plan.SlotPerson{{ID: "a1", Name: "Ann Alm"}, {ID: "a2", Name: "Bo Berg"}},
	}
	for i := range n {
		start := (x.from() + civil.Date(i)).At(14*60, x.c.Location)
		s.Slots = append(s.Slots, plan.GatherTime{
			Date: x.from() + civil.Date(i), Start: start, End: start.Add(time.Hour), Price: 2 + 8*float64(i),
			Cost: 0.006 + 0.034*float64(i), Late: 3 + 15*float64(i), Lost: 1 + 6*float64(i),
		})
	}
	if n > 0 {
		s.Slots[n-1].Missing, s.Slots[n-1].Uncovered = []string{"a2"}, []string{"Äldre direkt"}
	}
	return reply[*plan.Slots]{Answer: s, Made: tuesday.At(7*60, x.c.Location)}
}

// closedMeanwhile closes a group while its people meet, which costs less the more
// would have had to wait for those who are left.
func closedMeanwhile(found reply[*plan.Slots]) reply[*plan.Slots] {
	s := found.Answer
	s.Closing, s.Stay = []string{"Äldre direkt"}, centre.UsualStay
	for i := range s.Slots {
		x := &s.Slots[i]
		x.Shut = &plan.Shut{Moved: 14 + 2*float64(i), Lost: 7 + float64(i), Late: 0.8 * x.Late, Cost: 0.8 * x.Cost}
	}
	return found
}

// madeBasis is the centre of the made days, on the Tuesday.
func madeBasis(loc *time.Location) basis {
	c := &centre.Centre{
		Name: "Kontaktcenter Exempel", Location: loc, Redial: 0.32,
		Units: []centre.Unit{{ID: "omsorg", Name: "Omsorg"}, {ID: "teknik", Name: "Teknik"}},
		Groups: []centre.Group{
			{ID: "direkt", Name: "Direkt", Channel: centre.Phone},
			{ID: "aldre", Name: "Äldre direkt", Unit: "omsorg", Channel: centre.Phone, Overflow: "direkt"},
			{ID: "gata", Name: "Gata och park", Unit: "teknik", Channel: centre.Phone, Overflow: "direkt"},
		},
	}
	return basis{c: c, today: tuesday, weeks: plan.WeeksAhead}
}

// madeQuestion asks about everything at once.
func madeQuestion() weeksQuestion {
	sick := 12
	return weeksQuestion{
		Sick: &sick, Volume: 15, Of: "aldre", More: "teknik",
		Close: &plan.Closure{Group: "gata", Date: tuesday + 9, Span: civil.Span{Open: 13 * 60, Close: 14*60 + 30}},
	}
}

func madeReply(x basis, o *order) reply[*order] {
	return reply[*order]{Answer: o, Made: tuesday.At(7*60, x.c.Location)}
}

// madeOrder is an order for six weeks, of which the last is closed, with so many
// shifts of four hours a week, and as many held in reserve.
func madeOrder(x basis, shifts int) *order {
	t := &plan.Temps{
		Centre: x.c.Name, From: x.from(), Until: x.until(), Redial: x.c.Redial, Simulated: plan.SimulatedAhead, Reached: true,
		Target:   plan.DayTarget{Share: 0.85, Within: 60, Definition: "offered"},
		Unbooked: &plan.Unbooked{From: x.from() + 14, Weeks: 4, Share: 0.2},
	}
	t.People = []plan.TempsPerson{{ID: "t1", Name: "Lo Krans"}, {ID: "t2", Name: "Sam Ek"}, {ID: "t3", Name: "Noor Ali"}}
	t.Total = madeSum(x.from(), x.until(), 25, shifts*5)
	for monday := x.from(); monday < x.until(); monday += 7 {
		if monday+7 > x.until() {
			t.Weeks = append(t.Weeks, plan.TempsSum{From: monday, Until: monday + 6})
			continue
		}
		t.Weeks = append(t.Weeks, madeSum(monday, monday+6, 5, shifts))
		for d := monday; d < monday+5; d++ {
			n := 0
			if int(d-monday) < shifts {
				n = 1
				addShift(t, x, d, "t1", "Lo Krans", "aldre", "Äldre direkt", centre.Hourly, plan.P50)
				addShift(t, x, d, "t2", "Sam Ek", "gata", "Gata och park", centre.Agency, plan.P90)
			}
			t.Days = append(t.Days, madeSum(d, d, 1, n))
		}
		for i := range t.People {
			t.People[i].Weeks = append(t.People[i].Weeks, plan.TempsWeekly{Monday: monday, Left: 20})
		}
	}
	for i := 1; i <= shifts; i++ {
		t.Curve = append(t.Curve, plan.TempsPoint{
			Hours: 20 * float64(i), Cost: 4200 * float64(i), ServiceLevel: 0.8 + 0.03*float64(i), Saved: 60 * float64(i), SavedKronor: 4800 * float64(i),
		})
	}
	return &order{t, 0.06}
}

// addShift orders a shift of four hours.
func addShift(t *plan.Temps, x basis, d civil.Date, person, name, pool, where string, source centre.Employment, at plan.Quantile) {
	t.Shifts = append(t.Shifts, plan.TempsShift{
		Date: d, Person: person, Name: name, Source: string(source), Pool: pool, Where: where,
		Start: d.At(9*60, x.c.Location), End: d.At(13*60, x.c.Location), Hours: 4, Cost: 840, At: at,
	})
	hours := plan.TempsHours{Date: d, Pool: pool, Name: where, Source: string(source)}
	reserve := 4.0
	hours.Hours.P90 = &reserve
	if at == plan.P50 {
		hours.Hours.P50 = reserve
	}
	t.Orders = append(t.Orders, hours)
}

// madeSum is some open days with so many shifts.
func madeSum(from, until civil.Date, days, shifts int) plan.TempsSum {
	n, hours := float64(days), 4*float64(shifts)
	s := plan.TempsSum{
		From: from, Until: until, Days: days, Calls: 396 * n, Need: plan.AtQuantiles{P50: 102.4 * n, P90: 109 * n}, Own: 99.6*n - hours/2,
		Missing: plan.AtQuantiles{P50: 2.8 * n, P90: 9.4 * n},
		Before:  plan.TempsLevel{ServiceLevel: 0.86 - 0.03*hours/n, Margin: 0.004, Hard: 0.74, Lost: 20 * n, LostKronor: 1577 * n},
		After:   plan.TempsLevel{ServiceLevel: 0.86, Margin: 0.004, Hard: 0.79, Lost: 13 * n, LostKronor: 1025 * n},
	}
	more, cost := hours, 420*hours
	s.Hourly, s.Agency, s.Cost = plan.QuantilesOr{P50: hours, P90: &hours}, plan.QuantilesOr{P90: &more}, plan.QuantilesOr{P50: 210 * hours, P90: &cost}
	return s
}

// busier is an order with more calls in all.
func busier(o *order) *order {
	o.Total.Calls, o.Total.Need.P50, o.Total.Missing.P50, o.Total.Before.Lost = 10640, 2781, 214, 912
	return o
}

// outOfReach is an order that does not suffice, of groups whose calls have no
// price.
func outOfReach(o *order) *order {
	o.Reached = false
	for _, all := range [][]plan.TempsSum{o.Weeks, o.Days} {
		for i := range all {
			all[i].Before.LostKronor, all[i].Short = 0, min(2, all[i].Days)
		}
	}
	o.Total.Before.LostKronor, o.Total.Short = 0, 10
	for _, d := range o.Days {
		o.Missing = append(o.Missing, plan.TempsMissing{Date: d.From, Pool: "gata", Name: "Gata och park", Hours: 2.5})
	}
	return o
}

// withinBudget is an order that is cut to a budget: nothing is held in reserve.
func withinBudget(o *order, budget float64) *order {
	o.Budget = &budget
	cut := func(s *plan.TempsSum) { s.Hourly.P90, s.Agency.P90, s.Cost.P90 = nil, nil, nil }
	cut(&o.Total)
	for _, all := range [][]plan.TempsSum{o.Weeks, o.Days} {
		for i := range all {
			cut(&all[i])
		}
	}
	o.Shifts = keep(o.Shifts, func(x plan.TempsShift) bool { return x.At == plan.P50 })
	o.Orders = keep(o.Orders, func(x plan.TempsHours) bool { return x.Hours.P50 > 0 })
	for i := range o.Orders {
		o.Orders[i].Hours.P90 = nil
	}
	return o
}
