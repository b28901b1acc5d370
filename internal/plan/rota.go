package plan

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// Rota is who leads each table, week by week, and how fairly.
type Rota struct {
	Centre string     `json:"centre"`
	From   civil.Date `json:"from"` // a Monday
	Weeks  int        `json:"weeks"`
	// WorstLead and WorstDeputy are the greatest differences from a fair share, in
	// weeks; Running counts weeks led by who led the week before, StandIns those of
	// a lead who is not of the table or not made for it, NoLead and NoDeputy those
	// that nobody is left for.
	WorstLead   float64 `json:"worst_lead"`
	WorstDeputy float64 `json:"worst_deputy"`
	Running     int     `json:"running"`
	StandIns    int     `json:"stand_ins"`
	NoLead      int     `json:"no_lead"`
	NoDeputy    int     `json:"no_deputy"`
	// Lone are the names of tables at which one person alone may lead: there the
	// duty cannot be shared.
	Lone    []string     `json:"lone"`
	Tables  []RotaTable  `json:"tables"`
	People  []RotaPerson `json:"people"`
	Meeting *RotaMeeting `json:"meeting,omitempty"`
}

// RotaTable is a table with its duties.
type RotaTable struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Unit   string     `json:"unit"`
	Duties []RotaWeek `json:"duties"`
}

// RotaWeek is a week of a table: ids of people, "" for nobody.
type RotaWeek struct {
	Monday  civil.Date `json:"monday"`
	Lead    string     `json:"lead"`
	Deputy  string     `json:"deputy"`
	StandIn bool       `json:"stand_in,omitempty"`
	// Settled tells that people know of it; the others are proposed.
	Settled bool `json:"settled,omitempty"`
}

// RotaPerson is what somebody carries, in weeks, with the fair share of it.
type RotaPerson struct {
	ID            string  `json:"id"`
	Name          string  `json:"name"`
	Table         string  `json:"table"`
	Led           int     `json:"led"`
	FairLed       float64 `json:"fair_led"`
	Deputised     int     `json:"deputised"`
	FairDeputised float64 `json:"fair_deputised"`
	Before        int     `json:"led_before"` // in the half year before
}

// RotaMeeting is what the morning meeting costs in the first week: now, and at
// the time of the morning at which it would cost least with as many who can come.
type RotaMeeting struct {
	Minutes  float64     `json:"minutes"`
	Leads    int         `json:"leads"`
	Now      MeetingTime `json:"now"`
	Cheapest MeetingTime `json:"cheapest"`
}

// MeetingTime is a time of day for the meeting: what it costs of the share
// answered in time, and how many of the leads cannot come, on average a day.
type MeetingTime struct {
	At      civil.Clock `json:"at"`
	Cost    float64     `json:"cost"`
	Late    float64     `json:"late_calls"`
	Missing float64     `json:"missing"`
}

// RotaQuery asks for the rota of some weeks.
type RotaQuery struct {
	Week  civil.Date // any day of the first
	Weeks int        // 1 or more
	Save  bool       // settle what is proposed
}

// mostRotaWeeks is how far ahead a rota is laid: two years.
const mostRotaWeeks = 104

// Check tells what is wrong with a query.
func (q RotaQuery) Check() error {
	if q.Weeks < 1 || q.Weeks > mostRotaWeeks {
		return fmt.Errorf("%d weeks: want 1 to %d", q.Weeks, mostRotaWeeks)
	}
	return nil
}

// LayRota gives the rota: what is settled, continued fairly from what has been.
func LayRota(ctx context.Context, c *centre.Centre, s Duties, q RotaQuery) (*Rota, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	first := q.Week.Monday()
	end := first + civil.Date(7*q.Weeks)
	past, err := s.Duties(ctx, first-7*rotaBack, first)
	if err != nil {
		return nil, err
	}
	settled, err := s.Duties(ctx, first, end)
	if err != nil {
		return nil, err
	}
	known := func(week civil.Date) bool {
		return slices.ContainsFunc(settled, func(d Duty) bool { return d.Week == week })
	}
	open := first
	for open < end && known(open) {
		open += 7
	}
	proposed, err := rota(c, slices.Concat(past, before(settled, open)), open, int(end-open)/7)
	if err != nil {
		return nil, err
	}
	proposed = slices.DeleteFunc(proposed, func(d Duty) bool { return known(d.Week) })
	if q.Save {
		if err := s.SaveDuties(ctx, proposed); err != nil {
			return nil, err
		}
		settled, proposed = append(settled, proposed...), nil
	}
	return describe(c, first, q.Weeks, past, settled, proposed), nil
}

// before gives the duties of the weeks before one.
func before(all []Duty, week civil.Date) []Duty {
	return slices.DeleteFunc(slices.Clone(all), func(d Duty) bool { return d.Week >= week })
}

// describe writes a rota down with its fairness.
func describe(c *centre.Centre, first civil.Date, weeks int, past, settled, proposed []Duty) *Rota {
	p := rotaProblem(c, past, first, weeks)
	out := &Rota{Centre: c.Name, From: first, Weeks: weeks, Lone: []string{}, Tables: []RotaTable{}, People: []RotaPerson{}}
	laid := make([][]schedule.Duty, weeks)
	for w := range laid {
		laid[w] = slices.Repeat([]schedule.Duty{{Lead: -1, Deputy: -1}}, len(c.Tables))
	}
	for t, table := range c.Tables {
		if eligible(p, t) == 1 {
			out.Lone = append(out.Lone, table.Name)
		}
		line := RotaTable{ID: table.ID, Name: table.Name, Unit: table.Unit, Duties: []RotaWeek{}}
		for w := range laid {
			week := first + civil.Date(7*w)
			of := func(d Duty) bool { return d.Week == week && d.Table == table.ID }
			i := slices.IndexFunc(settled, of)
			duty := Duty{Week: week}
			if i >= 0 {
				duty = settled[i]
			} else if j := slices.IndexFunc(proposed, of); j >= 0 {
				duty = proposed[j]
			}
			d := inProblem(p, t, duty)
			laid[w][t] = d
			line.Duties = append(line.Duties, RotaWeek{
				Monday: week, Lead: duty.Lead, Deputy: duty.Deputy, StandIn: d.StandIn, Settled: i >= 0,
			})
		}
		out.Tables = append(out.Tables, line)
	}
	f := p.Fairness(laid)
	out.WorstLead, out.WorstDeputy = Round(f.WorstLead, 2), Round(f.WorstDeputy, 2)
	out.Running, out.StandIns, out.NoLead, out.NoDeputy = f.Running, f.StandIns, f.NoLead, f.NoDeputy
	for i, a := range f.Agents {
		person := c.People[i]
		if a.Led+a.Deputised == 0 && a.FairLed == 0 {
			continue
		}
		out.People = append(out.People, RotaPerson{
			ID: person.ID, Name: person.Name, Table: person.Table, Led: a.Led, FairLed: Round(a.FairLed, 2),
			Deputised: a.Deputised, FairDeputised: Round(a.FairDeputised, 2), Before: p.Agents[i].Led,
		})
	}
	return out
}

// eligible counts the members of a table who may lead it.
func eligible(p schedule.RotaProblem, t int) int {
	n := 0
	for _, a := range p.Tables[t].Members {
		if p.Agents[a].Eligible {
			n++
		}
	}
	return n
}

// inProblem gives a duty of table t in the terms of the schedule engine. People
// who have left since are nobody.
func inProblem(p schedule.RotaProblem, t int, d Duty) schedule.Duty {
	index := func(id string) int {
		return slices.IndexFunc(p.Agents, func(a schedule.RotaAgent) bool { return a.ID == id })
	}
	out := schedule.Duty{Lead: index(d.Lead), Deputy: index(d.Deputy)}
	if a := out.Lead; a >= 0 {
		out.StandIn = !p.Agents[a].Eligible || !slices.Contains(p.Tables[t].Members, a)
	}
	return out
}

// morningEnds is until when a time for the morning meeting is looked for.
const morningEnds = civil.Clock(10 * 60)

// WithMeeting adds what the morning meeting costs in the first week of the rota,
// and when it would cost least. Nothing is added for a centre without one.
func (r *Rota) WithMeeting(ctx context.Context, c *centre.Centre, s HorizonStore, q HorizonQuery) error {
	if c.Meeting.Length == 0 || len(r.Tables) == 0 {
		return nil
	}
	free := *c
	free.Meeting = centre.Meeting{}
	q.From, q.Until = r.From, r.From+6
	ahead, err := Ahead(ctx, &free, s, q)
	if err != nil {
		return err
	}
	query := SlotQuery{Length: max(c.Meeting.Length, c.Interval).Round(c.Interval), Within: civil.Span{Close: morningEnds}}
	for _, t := range r.Tables {
		if lead := t.Duties[0].Lead; lead != "" && !slices.Contains(query.People, lead) {
			query.People = append(query.People, lead)
		}
	}
	if len(query.People) == 0 {
		return nil
	}
	slots, err := ahead.Slots(ctx, query)
	if err != nil {
		return err
	}
	times := byClock(slots.Slots, len(ahead.days), len(query.People))
	if len(times) == 0 {
		return nil
	}
	m := &RotaMeeting{Minutes: c.Meeting.Length.Minutes(), Leads: len(query.People)}
	m.Now = MeetingTime{At: c.Meeting.At, Missing: float64(m.Leads)}
	if i := slices.IndexFunc(times, func(t MeetingTime) bool { return t.At == c.Meeting.At }); i >= 0 {
		m.Now = times[i]
	}
	m.Cheapest = m.Now
	for _, t := range times {
		if t.Missing <= m.Now.Missing && (t.Cost < m.Cheapest.Cost || m.Now.Missing == float64(m.Leads)) {
			m.Cheapest = t
		}
	}
	r.Meeting = m
	return nil
}

// byClock gives the mean of the slots of each time of day, the dearest first. On a
// day without a slot all are missing.
func byClock(slots []GatherTime, days, people int) []MeetingTime {
	var out []MeetingTime
	var seen []float64
	for _, s := range slots {
		at := civil.ClockOf(s.Start)
		i := slices.IndexFunc(out, func(t MeetingTime) bool { return t.At == at })
		if i < 0 {
			i = len(out)
			out, seen = append(out, MeetingTime{At: at}), append(seen, 0)
		}
		out[i].Cost += s.Cost
		out[i].Late += s.Late
		out[i].Missing += float64(len(s.Missing))
		seen[i]++
	}
	for i := range out {
		t := &out[i]
		t.Cost, t.Late = Round(t.Cost/seen[i], 5), Round(t.Late/seen[i], 2)
		t.Missing = Round((t.Missing+(float64(days)-seen[i])*float64(people))/float64(days), 2)
	}
	slices.SortFunc(out, func(a, b MeetingTime) int {
		return cmp.Or(cmp.Compare(b.Late, a.Late), cmp.Compare(a.At, b.At))
	})
	return out
}
