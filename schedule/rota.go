package schedule

import (
	"errors"
	"fmt"
)

// RotaProblem asks for a lead and a deputy of each table for each week.
type RotaProblem struct {
	Weeks  int
	Tables []Table
	Agents []RotaAgent
}

// Table is a group of about four desks.
type Table struct {
	ID      string
	Members []int // indexes of RotaProblem.Agents
}

// RotaAgent is somebody who may lead a table.
type RotaAgent struct {
	ID       string
	Eligible bool
	// Present[w] is the share of the working days of week w on which the agent
	// is expected to be here, between 0 and 1.
	Present []float64
	// Led is the number of weeks led before the first week of the problem, and
	// SinceLed the number of weeks since the last of them, 0 being last week;
	// negative: never.
	Led, SinceLed int
}

// Duty is who leads a table in a week: indexes of RotaProblem.Agents, -1 where
// there is nobody.
type Duty struct {
	Lead, Deputy int
	// StandIn tells that Lead is not a member of the table, or was picked
	// though not eligible, because nobody else is here.
	StandIn bool
}

// Rota gives each table a lead and a deputy for each week, [week][table]. Only
// those who are present on more than half of a week's days are asked. The lead
// is an eligible member of the table; where there is none, a stand-in: an
// eligible agent from elsewhere, else a member who is not eligible, else
// anybody. Deputies are eligible, members first. Nobody has two duties in a
// week: when there are too few people, tables get no deputy, and in the end no
// lead, which is -1.
//
// Weeks are shared out one after the other, each at the least sum of costs: how
// far somebody is ahead of a fair share, and how lately they led. The fair
// share of a week is an equal part of each of one's tables among its eligible
// members, in proportion to presence: who sits at a small table leads more
// often. Deputyships are shared likewise among those who do not lead the table that
// week. Weeks led before the first are made up for within two weeks' worth.
//
// Errors: a table with members out of range, an agent without a presence
// between 0 and 1 for each week.
func Rota(p RotaProblem) ([][]Duty, error) {
	if err := p.validate(); err != nil {
		return nil, err
	}
	r := newRotation(p)
	rota := make([][]Duty, p.Weeks)
	for week := range rota {
		rota[week] = r.week(week)
	}
	return rota, nil
}

func (p RotaProblem) validate() error {
	var faults []error
	if p.Weeks < 0 {
		faults = append(faults, fmt.Errorf("rota: %d weeks, want 0 or more", p.Weeks))
	}
	for _, table := range p.Tables {
		for _, a := range table.Members {
			if a < 0 || a >= len(p.Agents) {
				faults = append(faults, fmt.Errorf("table %q: member %d, want an index below %d", table.ID, a, len(p.Agents)))
			}
		}
	}
	for _, a := range p.Agents {
		if len(a.Present) != p.Weeks {
			faults = append(faults, fmt.Errorf("agent %q: presence in %d weeks, want %d", a.ID, len(a.Present), p.Weeks))
		}
		for w, share := range a.Present {
			if !(share >= 0 && share <= 1) {
				faults = append(faults, fmt.Errorf("agent %q: presence %v in week %d, want 0 to 1", a.ID, share, w))
			}
		}
	}
	return errors.Join(faults...)
}
