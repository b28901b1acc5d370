package plan

import (
	"context"
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// Duty says who leads a table in an ISO week: ids of people, "" for nobody.
type Duty struct {
	Week         civil.Date // its Monday
	Table        string
	Lead, Deputy string
}

// Duties is what the spine wants of a store of the leads' rota.
type Duties interface {
	// Duties gives the duties of the weeks whose Monday lies in [from, until),
	// by week and then by table.
	Duties(ctx context.Context, from, until civil.Date) ([]Duty, error)
	SaveDuties(ctx context.Context, duties []Duty) error
}

const (
	rotaAhead = 8  // weeks that are settled at a time, so that people know
	rotaBack  = 26 // weeks over which the rota is fair
)

// Leads gives the duties of the week of day. If the rota does not reach that
// far it is continued from what has been before, and stored.
func Leads(ctx context.Context, c *centre.Centre, s Duties, day civil.Date) ([]Duty, error) {
	if len(c.Tables) == 0 {
		return nil, nil
	}
	week := day.Monday()
	ofWeek := func(all []Duty) []Duty {
		return slices.DeleteFunc(all, func(d Duty) bool { return d.Week != week })
	}
	settled, err := s.Duties(ctx, week, week+7*rotaAhead)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(settled, func(d Duty) bool { return d.Week == week }) {
		return ofWeek(settled), nil
	}
	past, err := s.Duties(ctx, week-7*rotaBack, week)
	if err != nil {
		return nil, err
	}
	all, err := rota(c, past, week, rotaAhead)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(d Duty) bool { // what people have been told stays
		return slices.ContainsFunc(settled, func(s Duty) bool { return s.Week == d.Week })
	})
	if err := s.SaveDuties(ctx, all); err != nil {
		return nil, err
	}
	return ofWeek(all), nil
}

// rota lays the duties of some weeks from one on.
func rota(c *centre.Centre, past []Duty, week civil.Date, weeks int) ([]Duty, error) {
	p := rotaProblem(c, past, week, weeks)
	duties, err := schedule.Rota(p)
	if err != nil {
		return nil, err
	}
	id := func(i int) string {
		if i < 0 {
			return ""
		}
		return p.Agents[i].ID
	}
	var out []Duty
	for w, tables := range duties {
		for t, d := range tables {
			out = append(out, Duty{
				Week: week + civil.Date(7*w), Table: p.Tables[t].ID,
				Lead: id(d.Lead), Deputy: id(d.Deputy),
			})
		}
	}
	return out, nil
}

// rotaProblem puts the tables and people of the centre, and what they have led,
// into the schedule engine's terms.
func rotaProblem(c *centre.Centre, past []Duty, week civil.Date, weeks int) schedule.RotaProblem {
	p := schedule.RotaProblem{Weeks: weeks}
	index := map[string]int{}
	for _, person := range c.People {
		a := schedule.RotaAgent{
			ID: person.ID, Eligible: slices.Contains(person.Roles, "lead"),
			SinceLed: -1, Present: make([]float64, weeks),
		}
		for _, d := range past {
			if d.Lead == person.ID {
				a.Led++
				a.SinceLed = int(week-d.Week)/7 - 1
			}
		}
		index[person.ID] = len(p.Agents)
		p.Agents = append(p.Agents, a)
	}
	for w := range weeks {
		present(c, p.Agents, index, week+civil.Date(7*w), w)
	}
	for _, t := range c.Tables {
		table := schedule.Table{ID: t.ID}
		for _, person := range c.People {
			if person.Table == t.ID {
				table.Members = append(table.Members, index[person.ID])
			}
		}
		p.Tables = append(p.Tables, table)
	}
	return p
}

// present fills in the share of the working days of a week on which each
// person is expected to be here.
func present(c *centre.Centre, agents []schedule.RotaAgent, index map[string]int, monday civil.Date, w int) {
	working := 0
	for d := monday; d < monday+7; d++ {
		if c.Calendar.Free(d) {
			continue
		}
		working++
		for _, a := range c.Available(d) {
			if !a.Absent {
				agents[index[a.Person.ID]].Present[w]++
			}
		}
	}
	for i := range agents {
		agents[i].Present[w] /= float64(max(1, working))
	}
}

// actingTables says who leads each table on the day: the lead of the week if
// able, else the deputy, else the next in the rota, else whoever of the unit
// is able. able tells whether somebody is here at the time of the meeting.
// Those who have a duty at their own table are not lent to another.
func actingTables(c *centre.Centre, duties []Duty, able func(id string) bool) []Table {
	out := make([]Table, len(c.Tables))
	rota := make([]Duty, len(c.Tables))
	for i, t := range c.Tables {
		out[i] = Table{ID: t.ID, Name: t.Name, Unit: t.Unit, Members: []string{}}
		for _, p := range c.TablePeople(t.ID) {
			out[i].Members = append(out[i].Members, p.ID)
		}
		if j := slices.IndexFunc(duties, func(d Duty) bool { return d.Table == t.ID }); j >= 0 {
			rota[i] = duties[j]
		}
	}
	taken := map[string]bool{}
	// fill gives a duty, at each table that lacks it, to the first of its
	// candidates who is free.
	fill := func(duty func(*Table) *string, candidates func(i int) []string) {
		for i := range out {
			post := duty(&out[i])
			if *post != "" {
				continue
			}
			all := candidates(i)
			if j := slices.IndexFunc(all, func(id string) bool { return id != "" && able(id) && !taken[id] }); j >= 0 {
				*post = all[j]
				taken[all[j]] = true
			}
		}
	}
	lead := func(t *Table) *string { return &t.Lead }
	deputy := func(t *Table) *string { return &t.Deputy }
	next := func(i int) []string { return successors(c, out[i], rota[i]) }
	fill(lead, func(i int) []string { return []string{rota[i].Lead} })
	fill(lead, func(i int) []string { return []string{rota[i].Deputy} })
	fill(deputy, func(i int) []string { return []string{rota[i].Deputy} })
	fill(lead, next)
	fill(deputy, next)
	for i := range out {
		out[i].StandIn = out[i].Lead != "" && (out[i].Lead != rota[i].Lead || !slices.Contains(out[i].Members, out[i].Lead))
	}
	return out
}

// successors are those who may stand in at a table, in order: its members who
// may lead, its other members, and then the unit in the same way. Members come
// in the order of the centre file, starting after the lead of the week.
func successors(c *centre.Centre, t Table, d Duty) []string {
	var own, ownOther, unit, unitOther []string
	for _, p := range c.People {
		lead := slices.Contains(p.Roles, "lead")
		switch {
		case p.Table == t.ID && lead:
			own = append(own, p.ID)
		case p.Table == t.ID:
			ownOther = append(ownOther, p.ID)
		case p.Unit == t.Unit && lead:
			unit = append(unit, p.ID)
		case p.Unit == t.Unit:
			unitOther = append(unitOther, p.ID)
		}
	}
	if i := slices.Index(own, d.Lead); i >= 0 {
		own = append(own[i+1:], own[:i]...)
	}
	return slices.Concat(own, ownOther, unit, unitOther)
}
