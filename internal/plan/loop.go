package plan

import (
	"context"
	"math"
	"slices"

	"bemanna/erlang/sim"
)

// The plan is sought with queues that stand alone, while those who answer take
// all calls that they master. What a plan is worth shows only when its day is
// simulated. So the price of time off the telephone is settled by simulation, for
// each unit: the highest at which its calls are still as sure of the target as is
// wanted. What the telephone does not need then goes to e-mail, which has
// deadlines, and after that to other work. A unit that is short of people has no
// time to spare, however many others have.
//
// On 20 days of the invented centre this gives the e-mail its time and keeps 19
// of them above the target. To aim at the expected share alone would save
// more hours, and would miss the target on one day of six
// (docs/benchmarks.md).
const (
	// sure is the chance of the target that a unit's day is to keep; where it cannot,
	// the day of the centre is to be likely to reach it.
	sure   = 0.8
	evenly = 0.5
	// Prices of time off the telephone that are tried: as the prices of this
	// package have it, times lowestPrice·priceStep^k for k = 0 … prices-1, which
	// is from 0.1 to 39.
	lowestPrice = 0.1
	priceStep   = 1.53
	prices      = 15
	// loopDays is how many days of each plan on the way are simulated: the
	// chance is then known to about 5 percentage points.
	loopDays = 150
	// loopIterations is the search for each plan on the way, for each person,
	// where the query does not bound it: a quarter of that for the plan itself.
	loopIterations = 25
)

// settle plans the day at the prices of time that suit its units, its hard hours
// shared out.
func (d *draft) settle(ctx context.Context, q Query) (*draft, error) {
	prices, err := d.highestSure(ctx, q)
	if err != nil {
		return nil, err
	}
	out := d.priced(prices)
	if err := out.shareHardHours(ctx, q); err != nil {
		return nil, err
	}
	return out, out.solve(ctx, q)
}

// priceAt is the k-th of the prices that are tried.
func priceAt(k int) float64 { return lowestPrice * math.Pow(priceStep, float64(k)) }

// highestSure finds for each unit the highest price at which the calls of its
// groups, with those that all units answer, are sure of their target. The units
// are bisected together, since they share people's time on the shared groups. Units
// in which nobody calls, and those sure at no price, have one of 1; but see likely.
func (d *draft) highestSure(ctx context.Context, q Query) (timePrices, error) {
	units := ownUnits(d.c)
	index, low, high := make([]int, len(units)), make([]int, len(units)), make([]int, len(units)) // sure at low, not at high
	for i := range units {
		index[i], low[i], high[i] = i, -1, prices
	}
	wide := func(i int) bool { return high[i]-low[i] > 1 }
	// Most days are sure even at the highest price: that is looked at first.
	try := slices.Repeat([]int{prices - 1}, len(units))
	for slices.ContainsFunc(index, wide) {
		trial := timePrices{}
		for i, u := range units {
			trial[u] = priceAt(try[i])
		}
		chances, err := d.chancesAt(ctx, q, trial)
		if err != nil {
			return nil, err
		}
		for i, u := range units {
			switch {
			case !wide(i): // settled
			case chances[u] >= sure:
				low[i] = try[i]
			default:
				high[i] = try[i]
			}
			try[i] = (low[i] + high[i]) / 2
		}
	}
	out := timePrices{}
	for i, u := range units {
		if low[i] >= 0 {
			out[u] = priceAt(low[i])
		}
	}
	if len(out) == len(units) {
		return out, nil
	}
	return d.likely(ctx, q, out)
}

// likely lowers the prices of a day of which some units are sure of their target at
// no price, down to the highest limit on all of them at which the centre as a whole is
// likely to reach its target: calls are answered before e-mail. Where that is so at
// none, the prices stay: e-mail need not be missed too.
func (d *draft) likely(ctx context.Context, q Query, p timePrices) (timePrices, error) {
	out := p
	low, high := -1, prices // likely at low, not at high
	for try := prices - 1; high-low > 1; try = (low + high) / 2 {
		trial := p.atMost(priceAt(try), ownUnits(d.c))
		chances, err := d.chancesAt(ctx, q, trial)
		if err != nil {
			return nil, err
		}
		if chances[wholeCentre] < evenly {
			high = try
		} else {
			low, out = try, trial
		}
	}
	return out, nil
}

// sketch asks for a plan that shows what a price leads to, by a quarter of the
// search.
func (d *draft) sketch(q Query) Query {
	if q.Iterations == 0 {
		q.Iterations = loopIterations * len(d.avail)
	} else {
		q.Iterations = max(1, q.Iterations/4)
	}
	return q
}

// chancesAt sketches the plan at some prices and simulates it: for each unit the
// chance that its groups, with those that all units answer, reach the target of the
// day; 0 where nobody calls. That of wholeCentre is of all groups.
func (d *draft) chancesAt(ctx context.Context, q Query, p timePrices) (map[string]float64, error) {
	sketch := d.priced(p)
	if err := sketch.solve(ctx, sketch.sketch(q)); err != nil {
		return nil, err
	}
	doc := sketch.document(newService(sketch.r))
	_, r, err := doc.play(ctx, loopDays, q.Seed)
	if err != nil {
		return nil, err
	}
	return doc.chances(ownUnits(d.c), r), nil
}

// wholeCentre is the unit, of people who have none, whose calls are all calls.
const wholeCentre = ""

func (d *Day) chances(units []string, r *sim.Result) map[string]float64 {
	out := map[string]float64{}
	for _, u := range units {
		var groups []int
		for i, g := range d.Groups {
			if g.Unit == u || g.Unit == "" || u == wholeCentre {
				groups = append(groups, i)
			}
		}
		if chance := r.Chance(groups, d.Target.definition(), d.Target.among(d.heard()).Share).Mean; chance > 0 { // not NaN
			out[u] = chance
		}
	}
	return out
}
