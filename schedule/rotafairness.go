package schedule

import "math"

// Fairness tells how evenly a rota shares out its duties. All numbers of weeks
// are those of the rota alone.
type Fairness struct {
	Agents []AgentShare // in the order of the problem
	// WorstLead and WorstDeputy are the greatest differences from a fair share,
	// either way, in weeks.
	WorstLead, WorstDeputy float64
	// Running is the number of weeks led by who led the week before, anywhere.
	Running int
	// StandIns, NoLead and NoDeputy count weeks of tables.
	StandIns, NoLead, NoDeputy int
}

// AgentShare is what one agent has of the duties.
type AgentShare struct {
	Led, Deputised int // weeks
	// FairLed is the fair share of weeks: an equal part of each week of each of
	// the agent's tables among its eligible members who are there on more than
	// half of its days, in proportion to presence. FairDeputised is the same
	// among those who do not lead the table in the week.
	FairLed, FairDeputised float64
}

// Fairness measures a rota. It must have a duty for each table in each week.
func (p RotaProblem) Fairness(rota [][]Duty) Fairness {
	f := Fairness{Agents: make([]AgentShare, len(p.Agents))}
	leads := map[int]bool{}
	for w, week := range rota {
		before := leads
		leads = map[int]bool{}
		for t, d := range week {
			p.share(w, t, -1, func(a int, share float64) { f.Agents[a].FairLed += share })
			p.share(w, t, d.Lead, func(a int, share float64) { f.Agents[a].FairDeputised += share })
			f.add(d)
			if d.Lead >= 0 {
				leads[d.Lead] = true
				if before[d.Lead] {
					f.Running++
				}
			}
		}
	}
	for _, a := range f.Agents {
		f.WorstLead = max(f.WorstLead, math.Abs(float64(a.Led)-a.FairLed))
		f.WorstDeputy = max(f.WorstDeputy, math.Abs(float64(a.Deputised)-a.FairDeputised))
	}
	return f
}

// add counts a duty.
func (f *Fairness) add(d Duty) {
	if d.Lead >= 0 {
		f.Agents[d.Lead].Led++
	} else {
		f.NoLead++
	}
	if d.Deputy >= 0 {
		f.Agents[d.Deputy].Deputised++
	} else {
		f.NoDeputy++
	}
	if d.StandIn {
		f.StandIns++
	}
}

// share gives the shares of a week of a table to its members who could have the
// duty, all but one.
func (p RotaProblem) share(w, t, but int, give func(a int, share float64)) {
	sum := 0.0
	for _, a := range p.Tables[t].Members {
		if a != but {
			sum += p.claim(w, a)
		}
	}
	for _, a := range p.Tables[t].Members {
		if claim := p.claim(w, a); a != but && claim > 0 {
			give(a, claim/sum)
		}
	}
}

// claim is the presence that counts for a fair share of a week.
func (p RotaProblem) claim(w, a int) float64 {
	if agent := p.Agents[a]; agent.Eligible && agent.Present[w] > 0.5 {
		return agent.Present[w]
	}
	return 0
}
