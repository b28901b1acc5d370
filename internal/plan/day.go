package plan

import (
	"slices"
	"time"

	"bemanna/internal/civil"
)

// Day is the plan of a day as it is stored and published: plan.json. Words
// are in it as data (Remark, Action) and are put into a language last.
type Day struct {
	Date            civil.Date `json:"date"`
	Centre          string     `json:"centre"`
	IntervalSeconds int        `json:"interval_s"`
	Version         int        `json:"version"`
	Basis           int        `json:"basis,omitempty"` // the version that was changed into this one; 0: made anew
	Made            time.Time  `json:"made"`
	DataUntil       time.Time  `json:"data_until"`
	Target          DayTarget  `json:"target"`
	LoginRate       float64    `json:"login_rate"`   // share of planned phone time in which people are logged in
	AbsenceRate     float64    `json:"absence_rate"` // share of the planned people who are expected to be away unexpectedly; the plan is for all of them
	// TimePrices are those of time off the telephone, by which the plan was made,
	// for each unit that has another than the ordinary of 1.
	TimePrices map[string]float64 `json:"time_prices,omitempty"`
	// Correlation is how far the errors of the groups' forecasts of the day go
	// together, from 0 to 1; nil: not known.
	Correlation *float64   `json:"day_correlation,omitempty"`
	Volume      Volume     `json:"volume"`
	Units       []Unit     `json:"units"`
	Groups      []Group    `json:"groups"`
	Closings    []Closing  `json:"closings,omitempty"`
	Email       []EmailDay `json:"email"`
	Agents      []Agent    `json:"agents"`
	Tables      []Table    `json:"tables"`
	Meeting     *Meeting   `json:"meeting,omitempty"`
	Summary     Summary    `json:"summary"`
	Actions     []Action   `json:"actions"`
	Notes       []string   `json:"notes"` // Remarks in words
	Remarks     []Remark   `json:"remarks"`
	Reports     []Report   `json:"reports,omitempty"` // what was reported since the plan was made
}

// DayTarget is what is aimed at and by which definition it is counted.
type DayTarget struct {
	Share      float64 `json:"share"`
	Within     int     `json:"within_s"`
	Definition string  `json:"definition"`
}

// Volume says how the day's calls compare with an ordinary day of its weekday.
type Volume struct {
	Offered float64 `json:"offered"`
	Usual   float64 `json:"usual"` // an ordinary day of the same weekday of late; 0: not known
	Terms   []Term  `json:"terms,omitempty"`
}

// Term is a reason why the volume differs, with its factor for the whole day.
type Term struct {
	Reason string     `json:"reason"`
	Name   string     `json:"name,omitempty"`
	Since  civil.Date `json:"since,omitzero"`  // first day of the event, where it is one
	Group  string     `json:"group,omitempty"` // where it concerns one group above all
	Factor float64    `json:"factor"`
}

// Unit is a part of the organisation.
type Unit struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Group is an answer group that is open on the day.
type Group struct {
	ID              string  `json:"id"`
	Name            string  `json:"name"`
	Unit            string  `json:"unit"`
	Open            string  `json:"open"`
	PatienceSeconds float64 `json:"patience_s"` // mean time before callers hang up; 0: never
	// PatienceLow and PatienceHigh hold it with 95 % certainty where the history
	// tells of waits.
	PatienceLow  float64   `json:"patience_low_s,omitempty"`
	PatienceHigh float64   `json:"patience_high_s,omitempty"`
	Target       DayTarget `json:"target"`
	Priority     int       `json:"priority"`           // 1 is taken first
	Overflow     string    `json:"overflow,omitempty"` // the group that takes its callers
	Pool         string    `json:"pool"`               // groups of one pool share their people
	// DayShare is the part of the variance behind Interval.Spread that is common
	// to all intervals of the day.
	DayShare  float64    `json:"day_share"`
	Intervals []Interval `json:"intervals"`
}

// Interval is one open interval of a group.
type Interval struct {
	Start        time.Time `json:"start"`
	Offered      float64   `json:"offered"` // expected calls
	P10          float64   `json:"p10"`
	P90          float64   `json:"p90"`
	Spread       float64   `json:"spread"` // relative standard deviation of the rate of calls that the forecast leaves open
	HandleTime   float64   `json:"aht_s"`
	Required     int       `json:"required"`      // people logged in, rounded up for the group alone
	Need         float64   `json:"need"`          // the same, not rounded: add these over groups and round last
	Staffed      float64   `json:"staffed"`       // people logged in that the plan gives the group, shared fairly where people take several groups
	ServiceLevel float64   `json:"service_level"` // expected share answered in time
}

// EmailDay is the day's e-mail of one pool.
type EmailDay struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Unit     string  `json:"unit"`
	Expected float64 `json:"expected"` // messages that come, and those that wait
	Waiting  float64 `json:"waiting"`  // messages that came on the closed days before
	Due      float64 `json:"due_hours"`
	Planned  float64 `json:"planned_hours"`

	HandleTime float64   `json:"aht_s"`
	Deadline   float64   `json:"deadline_s"` // after a message has come
	Arrivals   []Arrival `json:"arrivals"`
}

// Arrival is the e-mail that is expected to come in an interval.
type Arrival struct {
	Start    time.Time `json:"start"`
	Messages float64   `json:"messages"`
}

// Agent is one person's day.
type Agent struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Unit       string     `json:"unit"`
	Table      string     `json:"table"`
	Employment string     `json:"employment"`
	Absent     bool       `json:"absent,omitempty"` // all day
	Skills     []string   `json:"skills"`
	Shift      *Period    `json:"shift,omitempty"`
	Activities []Activity `json:"activities"`
}

// Period is a stretch of time.
type Period struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

// Activity is what somebody does for a while.
type Activity struct {
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"`
	Kind   string    `json:"kind"`
	Groups []string  `json:"groups,omitempty"` // in the order in which calls are taken
}

// Table is a group of desks with its lead for the week.
type Table struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Unit    string   `json:"unit"`
	Lead    string   `json:"lead"`
	Deputy  string   `json:"deputy"`
	StandIn bool     `json:"stand_in,omitempty"` // the lead of the week is away: Lead stands in
	Members []string `json:"members"`
	// HardHours are the hours that those at the table who work this week have been,
	// and will be today, on the telephone in the hard hours of their unit, on average.
	HardHours float64 `json:"hard_hours"`
}

// Meeting is the morning meeting of the leads and what it costs.
type Meeting struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	Leads int       `json:"leads"`
	// Cost is how much lower the expected share of the day is for it.
	Cost float64 `json:"cost"`
}

// Summary heads the plan.
type Summary struct {
	ServiceLevel float64 `json:"service_level"`         // expected share of the day's calls answered in time
	Probability  float64 `json:"probability_of_target"` // that the day reaches its target, given what the forecast does not know
	PhoneHours   float64 `json:"phone_hours"`
	EmailHours   float64 `json:"email_hours"`
	FreeHours    float64 `json:"free_hours"` // off the telephone and e-mail, for other work: the target holds without them
	GapHours     float64 `json:"gap_hours"`  // people short of the need, over the intervals below the target
	People       int     `json:"people"`     // at work
	Away         int     `json:"away"`       // absent all day
	Temps        int     `json:"temps"`      // hourly temps and agency workers among People
}

// Missed tells whether the plan does not reach its target.
func (d *Day) Missed() bool { return d.Summary.ServiceLevel < d.Target.Share }

// wanting are the remarks after which something is to be done about a plan.
var wanting = []RemarkKind{
	RemarkMissed, RemarkStale, RemarkUnknown, RemarkUncover, RemarkLate, RemarkNoLead, RemarkNoPeople, RemarkRest, RemarkOff,
	RemarkLateShift, RemarkOvertime, RemarkAllAway, RemarkNoMaster,
}

// Wants lists what the plan lacks, each once: the target is missed, or a floor,
// a deadline or a table's lead, or the data are stale. Nothing: the plan is good.
func (d *Day) Wants() []RemarkKind {
	var out []RemarkKind
	for _, r := range d.Remarks {
		if slices.Contains(wanting, r.Kind) && !slices.Contains(out, r.Kind) {
			out = append(out, r.Kind)
		}
	}
	return out
}

// Action is a move that would help, with what it gains.
type Action struct {
	Text   string     `json:"text"` // in words
	Gain   float64    `json:"gain"` // of the expected share of the day
	Kind   ActionKind `json:"kind"`
	Who    string     `json:"who,omitempty"`    // a person's name
	Where  string     `json:"where,omitempty"`  // a pool's or a unit's name
	What   string     `json:"what,omitempty"`   // the kind of booking that would be moved
	People int        `json:"people,omitempty"` // how many people it is about
	Start  time.Time  `json:"start"`
	End    time.Time  `json:"end"`
}

// ActionKind says what a move is.
type ActionKind string

// The moves that are weighed.
const (
	ActionCallIn   ActionKind = "call_in"  // one person more on the telephone
	ActionMove     ActionKind = "move"     // a meeting, training or coaching that can be held at another time
	ActionPostpone ActionKind = "postpone" // e-mail can wait
)

// Remark is something that readers of the plan should know.
type Remark struct {
	Kind  RemarkKind `json:"kind"`
	Group string     `json:"group,omitempty"` // the name of a group, pool or table
	Who   string     `json:"who,omitempty"`
	Rule  string     `json:"rule,omitempty"`
	Other string     `json:"other,omitempty"` // the name of another group
	Start time.Time  `json:"start,omitzero"`
	End   time.Time  `json:"end,omitzero"`
	Value float64    `json:"value,omitempty"`
	Plan  float64    `json:"plan,omitempty"`
}

// RemarkKind says what a remark is about.
type RemarkKind string

// The kinds of remarks; those on data are the kinds of forecast notes.
const (
	RemarkHard      RemarkKind = "hard"       // a stretch where need exceeds the plan: Value people needed, Plan there
	RemarkMissed    RemarkKind = "missed"     // the target is missed by Value; Plan hours of people are short
	RemarkFree      RemarkKind = "free"       // Value hours are free for other work while the target holds
	RemarkStale     RemarkKind = "stale"      // the data of Value open days are missing
	RemarkUncover   RemarkKind = "uncovered"  // fewer than Value people on the telephone master the group, for Plan hours
	RemarkLate      RemarkKind = "late"       // Value hours of e-mail that is due today have no place
	RemarkNoPeople  RemarkKind = "no_people"  // nobody is listed in the centre file
	RemarkAllAway   RemarkKind = "all_away"   // everybody who would be here is absent
	RemarkNoMaster  RemarkKind = "no_master"  // nobody who is here masters the group
	RemarkUnskilled RemarkKind = "unskilled"  // Who masters no group
	RemarkUnplaced  RemarkKind = "unplaced"   // no shift fits this person
	RemarkOff       RemarkKind = "off"        // Who gets no shift: each would break Rule, most often by the shift from Start to End
	RemarkClosing   RemarkKind = "closing"    // Group is closed from Start to End: Value calls go to the group called Other, Plan are lost
	RemarkRest      RemarkKind = "rest"       // the booked shift of Who breaks Rule by the shift from Start to End: Value hours of rest
	RemarkHours     RemarkKind = "hours"      // Who works Value hours in the week; the contract says Plan
	RemarkRoster    RemarkKind = "roster"     // the shift of Who from Start to End was published and cannot be kept
	RemarkOffBooked RemarkKind = "off_booked" // Who was published as off, but is booked
	RemarkNoShift   RemarkKind = "no_shift"   // Who is off on a day of a roster for want of a shift that keeps Rule
	RemarkCrowd     RemarkKind = "crowd"      // Value more have lunch, or a seat (Rule), than may, in the unit called Group; "": in all
	RemarkLateShift RemarkKind = "late_shift" // the booked shift of Who is one late shift more in the week than the Plan that may be
	RemarkOvertime  RemarkKind = "overtime"   // Who works Value hours beyond the contract in four weeks; Plan may be
	RemarkNoLead    RemarkKind = "no_lead"    // a table without a lead today
	RemarkStandIn   RemarkKind = "stand_in"   // somebody stands in for a lead
	RemarkClosed    RemarkKind = "closed"     // all groups are closed
	RemarkUnknown   RemarkKind = "unknown"    // no history and no estimate of a group: nothing is expected
)
