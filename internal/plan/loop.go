package plan

import (
	"context"
	"math"
)

// The plan is sought with queues that stand alone, while those who answer take
// all calls that they master. What a plan is worth shows only when its day is
// simulated. So the price of time off the telephone is settled by simulation:
// the highest at which the day is still as sure of its target as is wanted.
// What the telephone does not need then goes to e-mail, which has deadlines, and
// after that to other work.
//
// On 20 days of the invented centre this gives the e-mail its time and keeps
// every day above the target. To aim at the expected share alone would save
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

// settle plans the day at the price of time that suits it. Where no price
// makes the target sure, time has its ordinary price and the plan says what it
// lacks.
func (d *draft) settle(ctx context.Context, q Query) (*draft, error) {
	at := func(k int) float64 { return lowestPrice * math.Pow(priceStep, float64(k)) }
	price, err := d.highestSure(ctx, q, at)
	if err != nil {
		return nil, err
	}
	out := d.priced(price)
	return out, out.solve(ctx, q)
}

// highestSure finds by bisection the highest price at which the target is sure;
// 1 where it never is, or where nobody calls.
func (d *draft) highestSure(ctx context.Context, q Query, at func(k int) float64) (float64, error) {
	low, high := -1, prices // sure at low, not at high
	// Most days are sure even at the highest price: that is looked at first.
	for k := prices - 1; high-low > 1; k = (low + high) / 2 {
		trial := d.priced(at(k))
		if err := trial.solve(ctx, trial.sketch(q)); err != nil {
			return 0, err
		}
		chance, err := trial.chance(ctx, q.Seed)
		if err != nil {
			return 0, err
		}
		switch {
		case math.IsNaN(chance):
			return 1, nil
		case chance >= sure:
			low = k
		default:
			high = k
		}
	}
	if low < 0 {
		return 1, nil
	}
	return at(low), nil
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

// chance simulates the plan: the chance that the day reaches its target; NaN
// where nobody calls.
func (d *draft) chance(ctx context.Context, seed uint64) (float64, error) {
	doc := d.document(newService(d.r))
	_, r, err := doc.play(ctx, loopDays, seed)
	if err != nil {
		return 0, err
	}
	return r.Day().Chance(doc.Target.definition(), doc.Target.among(doc.heard()).Share).Mean, nil
}
