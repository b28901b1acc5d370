// Package schedule decides who does what and when on a working day: shifts,
// lunch, coffee breaks, telephone, e-mail and meetings for named people, under
// hard rules and at the least cost of work that stays undone: a day (Solve), a
// week (SolveWeek), with meetings where they cost least (Place, Slots), and what
// remains of a day after news (Repair). It proves how little a plan could cost at
// all (Bound, BoundWeek), checks plans on its own (Check, CheckWeek), and picks
// the leads of the tables (Rota).
//
// Time is an index into the grid of the day. Nothing here does I/O, reads a
// clock, or draws from a source of randomness that was not seeded by the
// caller; the same problem and seed give the same plan on any number of cores.
package schedule

import "time"

// Grid is the time that a problem covers: N intervals of length Step from
// Start on. Interval i is [Start+i·Step, Start+(i+1)·Step).
type Grid struct {
	Start time.Time
	Step  time.Duration
	N     int
}

// Time gives the start of interval i; Time(N) is the end of the day.
func (g Grid) Time(i int) time.Time { return g.Start.Add(time.Duration(i) * g.Step) }

// Money is an amount in thousandths of the unit in which demands and rules are
// priced: whole numbers, so that a sum does not depend on its order.
type Money int64

// Span is a run of intervals, From up to but not including To.
type Span struct{ From, To int }

// Len gives the number of intervals of the span.
func (s Span) Len() int { return s.To - s.From }

// Kind is what somebody does for a while.
type Kind string

// The kinds of activities.
const (
	Phone    Kind = "phone"
	Email    Kind = "email"
	Break    Kind = "break"
	Lunch    Kind = "lunch"
	Meeting  Kind = "meeting"
	Training Kind = "training"
	Coaching Kind = "coaching"
	Lead     Kind = "lead" // the morning meeting of the table leads
	Absent   Kind = "absent"
	Other    Kind = "other"
)

// Demand is one stream of work that wants agents: an answer group, or a pool
// of e-mail.
type Demand struct {
	ID   string
	Kind Kind // Phone or Email
	// Cost[t][n] is what it costs if n agents are there in interval t, for
	// n = 0, 1, 2, …; more agents than the table knows cost what the last
	// entry says. Each row falls and is convex: an agent more never saves more
	// than the one before. An empty row: closed, nobody may be there. Phone
	// only.
	Cost [][]Money
	// Backlog[k] is what it costs if k agent-intervals are worked in the whole
	// day, falling and convex like a row of Cost; with fewer than two entries
	// there is nothing to do. Email only.
	Backlog []Money
	// Window is when e-mail may be worked; the zero Span is all day. Email only.
	Window Span
}

// Agent is somebody who can be planned on the day.
type Agent struct {
	ID    string
	Table string
	// Skills are indexes of the demands that the agent can take, in the order
	// in which a free agent takes them.
	Skills []int
	// Loans are other demands by telephone that the agent can take for a while,
	// after those of Skills.
	Loans []Loan
	// Shifts are the shifts that the agent may be given today, one of which is
	// chosen; none: not here today.
	Shifts []Shift
	// Spare is what it costs, by interval, to have the agent on the telephone:
	// who has had more than a fair share of hard hours is rather spared others.
	// Below 0: whose turn it is. Empty: nothing.
	Spare []Money
	// Fixed are stretches in which the agent is bound to something that is not
	// moved: meetings, training, absence. They may overlap the shift or not.
	// Breaks are not laid on them. Absences cut the day in parts (see Rules);
	// the others must lie within the shift, or else the agent is in
	// Plan.Unplaced. Blocks of kind Other are the agent's own work and give way:
	// pauses may be laid on them, and the shift may leave them out. Where two
	// overlap, an absence counts first and own work last, else the first.
	Fixed []Block
	// Pinned are telephone, e-mail, breaks, lunch and other work that stay as
	// they are: what has been, and what somebody has decided. They are not
	// judged, but count: on what they serve, as the pauses of their part of the
	// day, and as work without a pause. Where a fixed block lies on one, the
	// block counts, own work apart. They must lie within the shift and must not
	// overlap.
	Pinned []Activity
}

// Loan lends an agent to a demand that the agent cannot take else.
type Loan struct {
	Span
	Demand int // index of a demand by telephone
}

// Shift is one way to work the day.
type Shift struct {
	Span
	Lunch int   // intervals of lunch; 0: none
	Cost  Money // of choosing this shift: wishes, unsocial hours
}

// Block is a stretch of the day with what is done in it.
type Block struct {
	Span
	Kind Kind
}

// Problem is a day to be planned.
type Problem struct {
	Grid    Grid
	Demands []Demand
	Agents  []Agent
	Rules   Rules
	Caps    []Cap // on how many do the same at once
}

// Activity is what an agent does for a while.
type Activity struct {
	Span
	Kind Kind
	// Demands are indexes into Problem.Demands: for Phone the groups in the
	// order in which the agent takes calls, the first being the one that the
	// plan counts on; for Email the pool alone; otherwise none.
	Demands []int
}

// AgentDay is the day of one agent: activities that fill the shift without gap
// or overlap, in order of time.
type AgentDay struct {
	Agent      string
	Shift      Span // empty: off
	Activities []Activity
}

// Plan is what Solve gives: one AgentDay for each agent of the problem, in
// their order.
type Plan struct {
	Days []AgentDay
	Cost Money // of demands, shifts and soft rules together
	// Unplaced are agents for whom no shift fits the rules, with the reason.
	// Those whose fixed blocks are the cause are planned without the rules that
	// are named, of which there may be several; the others are off.
	Unplaced []Reason
}

// Reason says why something could not be had: data, put into words by those
// who show it.
type Reason struct {
	Agent string
	Rule  string // the name of the rule, as in Rules
	Span  Span   // where; empty: nowhere in particular
	With  Kind   // of the block that it collides with; "": none in particular
}

// Violation is a broken hard rule, found by Check.
type Violation struct {
	Rule  string
	Agent string
	Span  Span
	Text  string // what was found and what was wanted, in English, for logs and tests
}
