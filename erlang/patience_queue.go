package erlang

import "math"

// impatientBy is the performance with general patience, M/M/n+G, for a load
// and a number of agents above 0: Zeltyn and Mandelbaum, "Call centers with
// impatient customers: many-server asymptotics of the M/M/n+G queue",
// Queueing Systems 51, 2005, pp. 361–402. With J = ∫w of [offeredWalk] the
// system is idle, busy without a queue, and busy with one in the proportions
// 1/B − 1 and nµJ.
func (q *Queue) impatientBy(n, threshold float64) Performance {
	a, service := q.load(), n*q.ServiceRate
	x := inverseB(n, a)
	if math.IsInf(x, 1) {
		return Performance{AnsweredWithin: 1, Occupancy: a / n}
	}
	if n <= beyondDigits*a {
		return q.unstaffed(threshold)
	}
	if staying := q.Patience.Survival(math.MaxFloat64); n-a*staying <= 0x1p-50*n {
		return q.endlessBy(staying, threshold)
	}
	w := offeredWalk{calls: q.ArrivalRate, service: service, patience: q.Patience}
	w.toEnd(threshold)
	sums := w.early.plus(w.late)
	idle := (x - 1) * math.Exp(-w.level)
	density := service / (idle + service*sums.all)
	_, lostWithin := split(q.Patience, threshold)
	wait := density * sums.waited
	answered := density * (idle/service + sums.answered)
	if answered < 0x1p-50 { // hardly a bit of the share of calls that abandon
		return q.unstaffed(threshold)
	}
	return Performance{
		Delay:           density * sums.all,
		Abandonment:     min(1, density*sums.lost),
		AbandonedWithin: min(1, density*(w.early.lost+lostWithin*w.late.all)),
		AnsweredWithin:  min(1, density*(idle/service+w.early.answered)),
		AnsweredLate:    density * w.late.answered,
		AverageWait:     wait,
		SpeedOfAnswer:   density * sums.heard / answered,
		QueueLength:     q.ArrivalRate * wait,
		Occupancy:       min(1, a/n*answered),
	}
}

// endlessBy is the performance when the callers who never hang up are too many
// for the agents: every wait grows without end, and all others hang up.
func (q *Queue) endlessBy(staying, threshold float64) Performance {
	_, lostWithin := split(q.Patience, threshold)
	p := endless()
	p.Abandonment, p.AbandonedWithin, p.AnsweredLate = 1-staying, lostWithin, staying
	return p
}

// unstaffedBy is the performance without agents.
func (q *Queue) unstaffedBy(threshold float64) Performance {
	p := q.endlessBy(q.Patience.Survival(math.MaxFloat64), threshold)
	p.AverageWait = MeanPatience(q.Patience)
	p.QueueLength = q.ArrivalRate * p.AverageWait
	return p
}
