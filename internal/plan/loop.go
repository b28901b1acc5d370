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
	// sure is the chance of the target that a day is to keep.
	sure = 0.8
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

// highestSure finds for each unit the highest price at which the calls of its
// groups, with those that all units answer, are sure of their target. The units
// are bisected together, since they share people's time on the shared groups. It
// is 1 where the target is sure at no price, or where nobody calls.
func (d *draft) highestSure(ctx context.Context, q Query) (timePrices, error) {
	at := func(k int) float64 { return lowestPrice * math.Pow(priceStep, float64(k)) }
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
			trial[u] = at(try[i])
		}
		sketch := d.priced(trial)
		if err := sketch.solve(ctx, sketch.sketch(q)); err != nil {
			return nil, err
		}
		chances, err := sketch.chances(ctx, loopDays, q.Seed)
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
			out[u] = at(low[i])
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

// chances simulates the plan: for each unit the chance that its groups, with those
// that all units answer, reach the target of the day; 0 where nobody calls.
func (d *draft) chances(ctx context.Context, days int, seed uint64) (map[string]float64, error) {
	doc := d.document(newService(d.r))
	_, r, err := doc.play(ctx, days, seed)
	if err != nil {
		return nil, err
	}
	return doc.chances(ownUnits(d.c), r), nil
}

func (d *Day) chances(units []string, r *sim.Result) map[string]float64 {
	out := map[string]float64{}
	for _, u := range units {
		var groups []int
		for i, g := range d.Groups {
			if g.Unit == u || g.Unit == "" || u == "" {
				groups = append(groups, i)
			}
		}
		if chance := r.Chance(groups, d.Target.definition(), d.Target.among(d.heard()).Share).Mean; chance > 0 { // not NaN
			out[u] = chance
		}
	}
	return out
}
