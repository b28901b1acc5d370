package sim

import "bemanna/erlang"

func newResult(m *Model, o Options) *Result {
	r := &Result{n: m.N, below: m.Below}
	several := func(n, measures int) []moments {
		all := make([]moments, n)
		for i := range all {
			all[i] = newMoments(measures)
		}
		return all
	}
	r.cells = several(len(m.Groups)*m.N, numMeasures)
	r.intervals = several(m.N, numMeasures)
	r.work = several(m.N, numWorkMeasures)
	r.email = several(len(m.Email), numMailMeasures)
	r.whole = newPart(m, o, Part{0, m.N})
	for _, p := range o.Parts {
		r.parts = append(r.parts, newPart(m, o, p))
	}
	return r
}

// add takes in a replication.
func (r *Result) add(d *day) {
	r.replications++
	r.events += d.events
	d.events = 0
	for t := range r.n {
		var interval tally
		for g := range d.Groups {
			cell := &d.tallies[g*r.n+t]
			r.cells[g*r.n+t].add(cell[:])
			interval.plus(cell)
		}
		r.intervals[t].add(interval[:])
		var work [numWorkMeasures]float64
		for k := range work {
			work[k] = d.work[k][t]
		}
		r.work[t].add(work[:])
	}
	r.whole.add(d)
	for i := range r.parts {
		r.parts[i].add(d)
	}
	for k := range r.email {
		r.email[k].add(d.post.trays[k].tally[:])
	}
}

// A part is what a Part of the day gave.
type part struct {
	Part
	all    Day
	groups []Day
	work   moments
}

func newPart(m *Model, o Options, span Part) part {
	day := func() Day {
		return Day{Calls{newMoments(numMeasures), m.Below}, make([]erlang.Counts, 0, o.Replications)}
	}
	p := part{Part: span, all: day(), work: newMoments(numWorkMeasures)}
	for range m.Groups {
		p.groups = append(p.groups, day())
	}
	return p
}

func (p *part) add(d *day) {
	var all tally
	for g := range p.groups {
		var group tally
		for t := p.From; t < p.To; t++ {
			group.plus(&d.tallies[g*d.n+t])
		}
		p.groups[g].add(&group)
		all.plus(&group)
	}
	p.all.add(&all)
	var work [numWorkMeasures]float64
	for k := range work {
		for _, seconds := range d.work[k][p.From:p.To] {
			work[k] += seconds
		}
	}
	p.work.add(work[:])
}

func (d *Day) add(t *tally) {
	d.moments.add(t[:])
	d.counts = append(d.counts, countsOf(t[:], 1))
}

func (t *tally) plus(u *tally) {
	for k, x := range u {
		t[k] += x
	}
}
