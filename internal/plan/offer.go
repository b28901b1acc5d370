package plan

import (
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// offer is a shift that could be ordered.
type offer struct {
	who   *callable
	shift candidate
	gain  float64 // calls in time
	cost  float64 // kronor more than what is ordered already
}

// better compares what a krona buys; what is free is best, then what wins more.
func (o offer) better(than offer) bool {
	a, b := o.gain*than.cost, than.gain*o.cost
	return a > b || a == b && o.gain > than.gain
}

const (
	leastGain = 0.5  // calls in time that an order which costs anything must win
	anyGain   = 1e-6 // the same of one that is free
)

// best gives the shift that wins most for a krona, as far as it wins what is
// short of the aim; ok is false when none wins anything. Those who are free are
// called in beyond the aim as well.
//
// Gains fall as people are called in. So those that are stale are bounds, and are
// worked out anew only for whoever seems best (Minoux, Optimization Techniques,
// LNCIS 7, 1978, pp. 234–243).
func (d *orderDay) best(c *centre.Centre, all []*callable, today civil.Date) (best offer, ok bool, err error) {
	deficit := d.deficit()
	for {
		var of *skillGains
		for _, k := range all {
			if !k.free(d.date, today) || deficit == 0 && k.Cost > 0 {
				continue
			}
			g, err := d.gainsFor(d.groupsOf(k.Person))
			if err != nil {
				return best, false, err
			}
			if o, ok := d.bestOf(c, k, g.by, deficit); ok && (of == nil || o.better(best)) {
				best, of = o, g
			}
		}
		if of == nil || !slices.Contains(of.stale, true) {
			return best, of != nil, nil
		}
		if err := d.renew(of); err != nil {
			return best, false, err
		}
	}
}

// bestOf gives the best shift of one person, by the gains as they are known.
func (d *orderDay) bestOf(c *centre.Centre, k *callable, by []float64, deficit float64) (best offer, ok bool) {
	sums := running(by)
	var has candidate
	if i := d.callOf(k); i >= 0 {
		has = d.called[i].candidate
	}
	for _, s := range k.candidates(c, has.span) {
		if !k.mayWork(d.date, s.span, s.work, has.work) {
			continue
		}
		o := offer{k, s, d.worth(c, sums, s) - d.worth(c, sums, has), (s.work - has.work).Hours() * k.Cost}
		if o.cost > 0 {
			o.gain = min(o.gain, deficit)
		}
		if o.gain < anyGain || o.cost > 0 && o.gain < min(leastGain, deficit) {
			continue
		}
		if !ok || o.better(best) {
			best, ok = o, true
		}
	}
	return best, ok
}

// worth is what a shift wins, as if its pauses were spread over it.
func (d *orderDay) worth(c *centre.Centre, sums []float64, s candidate) float64 {
	if s.work == 0 {
		return 0
	}
	at := span(d.r.Grid, s.span)
	length := minutes(s.work)
	if s.span.Close-s.span.Open > length {
		length -= minutes(c.Rules.Break)
	}
	length -= minutes(c.Rules.Break)
	return (sums[at.To] - sums[at.From]) * float64(length) / float64(s.span.Close-s.span.Open)
}

// running gives the sums of the first 0, 1, 2, … of some numbers.
func running(x []float64) []float64 {
	sums := make([]float64, len(x)+1)
	for i := range x {
		sums[i+1] = sums[i] + x[i]
	}
	return sums
}
