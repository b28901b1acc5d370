package calculator

import "bemanna/erlang"

// A Case is one question: calls of one kind, and what is asked of them. Times
// are seconds, shares are from 0 to 1.
type Case struct {
	Calls      float64 // in each Per
	Per        float64
	HandleTime float64
	Patience   float64  // mean; 0: nobody hangs up
	Records    *Records // from which the patience is known; instead of Patience
	Redial     float64  // share of those who hang up who call again
	CV         float64  // coefficient of variation of the calls, when they are not known for certain
	Target     erlang.Target
	Agents     []float64 // empty: the smallest number that meets the target, and a few around it
	Shrinkage  float64   // share of planned people who are not there
	LoginRate  float64   // share of their time in which those who are there are logged in

	// Assumed names the fields that were left out and taken as is usual.
	Assumed []string
}

// The usual: a quarter-hour, and 85 % of those who call answered within 60 s.
const (
	usualPer       = 900
	usualShare     = 0.85
	usualThreshold = 60
)

// Beyond any centre, where sizing takes long.
const (
	mostLoad = 1e6   // erlangs
	day      = 86400 // s, of talk or patience
)

// A Model is a queue of theory.
type Model string

// The models that a case can have.
const (
	ErlangC Model = "erlang-c" // nobody hangs up
	ErlangA Model = "erlang-a" // patience is exponential
	General Model = "general"  // patience is as in records
)

// Model is the queue that the case is taken for.
func (c *Case) Model() Model {
	switch {
	case c.Records != nil:
		return General
	case c.Patience > 0:
		return ErlangA
	default:
		return ErlangC
	}
}

// Load is the work that comes in, in erlangs.
func (c *Case) Load() float64 { return c.Calls / c.Per * c.HandleTime }

func (c *Case) queue() erlang.Queue {
	q := erlang.Queue{ArrivalRate: c.Calls / c.Per, ServiceRate: 1 / c.HandleTime, RedialShare: c.Redial}
	switch c.Model() {
	case General:
		q.Patience = c.Records.Patience
	case ErlangA:
		q.AbandonRate = 1 / c.Patience
	case ErlangC:
	}
	return q
}

// heads is the people to plan for a number of agents.
func (c *Case) heads(agents float64) int {
	return erlang.Whole(agents / (c.LoginRate * (1 - c.Shrinkage)))
}
