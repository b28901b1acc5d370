package erlang

// WithRedials returns the queue in which the given share of the callers who
// hang up call again, each time they hang up. ArrivalRate stays the rate of
// first calls. The redials come on top, and how many there are depends on the
// agents: [Queue.Performance] solves λ' = λ + share·λ'·P(abandon | λ'), with
// redials taken as fresh Poisson calls. That holds when callers wait a good
// while before they try again (Falin and Templeton, "Retrial Queues", 1997,
// on long retrial times).
//
// The share is from 0 to below 1; other values give an [*InputError].
func (q Queue) WithRedials(share float64) (Queue, error) {
	q.RedialShare = share
	if err := q.check(); err != nil {
		return Queue{}, err
	}
	return q, nil
}

// withAttempts is the queue of all call attempts at n agents.
func (q Queue) withAttempts(n float64) Queue {
	first, share := q.ArrivalRate, q.RedialShare
	q.RedialShare = 0
	if first == 0 || share == 0 || q.endures() {
		return q
	}
	// The rate at which calls are lost grows by less than one for each call
	// more, so the surplus rises and the crossing is the only one.
	surplus := func(attempts float64) float64 {
		q.ArrivalRate = attempts
		return 1 - first/attempts - share*q.perform(n, 0).Abandonment
	}
	q.ArrivalRate = crossing(surplus, first, first/(1-share), 1e-15)
	return q
}
