package plan

import (
	"time"

	"bemanna/internal/civil"
)

// Simulation is what many simulated days of a plan give.
type Simulation struct {
	Date    civil.Date `json:"date"`
	Centre  string     `json:"centre"`
	Version int        `json:"version"` // of the plan
	Days    int        `json:"days"`    // simulated
	Seed    uint64     `json:"seed"`
	Target  DayTarget  `json:"target"`
	Planned *float64   `json:"planned"` // the expected share that the plan states; null where it states none

	// Without calls there are no shares: they are null.
	ServiceLevel *Spread   `json:"service_level"`         // of the day's calls
	Probability  *Estimate `json:"probability_of_target"` // that a day reaches the target
	Occupancy    *float64  `json:"occupancy"`             // share of their logged-in time in which people are on calls
	Calls        Calls     `json:"calls"`

	Groups []SimulatedGroup `json:"groups"`
	Hours  []SimulatedHour  `json:"hours"` // over all groups
	Email  []SimulatedEmail `json:"email"`
	// Hurts are the hours of groups in which the target gives away most calls,
	// the worst first.
	Hurts []Hurt `json:"hurts"`
}

// Estimate is a mean over simulated days with its 95 % confidence interval:
// more days make it narrower.
type Estimate struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"ci_low"`
	High float64 `json:"ci_high"`
}

// Spread is a share: its estimate, and between what bounds nine days of ten
// lie, which more simulated days do not make narrower.
type Spread struct {
	Estimate
	P5  float64 `json:"p5"`
	P95 float64 `json:"p95"`
}

// Calls are mean numbers of calls of a day and how they waited.
type Calls struct {
	Offered       float64  `json:"offered"`
	InTime        float64  `json:"in_time"` // answered within the threshold
	Abandoned     float64  `json:"abandoned"`
	AverageWait   *float64 `json:"wait_s"` // of all calls; null where there are none
	SpeedOfAnswer *float64 `json:"asa_s"`  // of answered calls
}

// SimulatedGroup is the day of an answer group.
type SimulatedGroup struct {
	ID           string          `json:"id"`
	Name         string          `json:"name"`
	Target       DayTarget       `json:"target"`
	Planned      *float64        `json:"planned"`
	ServiceLevel *Spread         `json:"service_level"`
	Probability  *Estimate       `json:"probability_of_target"`
	Calls        Calls           `json:"calls"`
	Hours        []SimulatedHour `json:"hours"`
}

// SimulatedHour is an hour of the clock in which something is open.
type SimulatedHour struct {
	Start        time.Time `json:"start"`
	ServiceLevel *Spread   `json:"service_level"`
	Occupancy    *float64  `json:"occupancy,omitempty"`
	Calls        Calls     `json:"calls"`
}

// SimulatedEmail is the day's e-mail of one pool.
type SimulatedEmail struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Due      float64   `json:"due"`       // messages that are due before the day ends
	InTime   *Estimate `json:"in_time"`   // share of them answered before their deadline; null without any
	Answered float64   `json:"answered"`  // messages
	LeftOver float64   `json:"left_over"` // messages, due or not
}

// Hurt is an hour of a group below its target.
type Hurt struct {
	Group string    `json:"group"` // id
	Name  string    `json:"name"`
	Start time.Time `json:"start"`
	// Share is answered in time; Missing are the calls that were to be answered
	// in time beyond it for the target.
	Share   float64 `json:"share"`
	Missing float64 `json:"missing"`
}

// Missed tells whether the simulated days miss the target on average.
func (s *Simulation) Missed() bool {
	return s.ServiceLevel != nil && s.ServiceLevel.Mean < s.Target.Share
}
