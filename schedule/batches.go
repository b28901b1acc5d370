package schedule

import (
	"context"
	"math"
)

// batches look for the prices of a week by Adam on samples, for which it was made:
// the prices move after each batch of the agents, with those in it standing for
// all. If all answer the same prices at once they run in herds, from one interval
// to the next; those of a batch see what the ones before have done to the prices.
// So a few passes through the agents bring prices as far as hundreds of
// evaluations of the bound do.
type batches struct {
	prices *weekPrices
	adam   *adam
	crews  []crew // of each batch: batch b is every len(crews)-th agent from b on
	most   []float64
	values []float64 // the prices that are tried
	steady []float64 // their mean over the last passes
	excess []float64
	sample []float64 // the part of a batch in the excess
}

// The passes, as found by trial on weeks of 66 and 300 agents.
const (
	mostBatches    = 16
	firstBatchPace = 0.1
	lastBatchPace  = 0.0002 // as a share of the first
	newestSample   = 0.001  // weight in the spread: less than newestSpread, as samples are noisier
	steadyPasses   = 3      // in the mean
)

func newBatches(p *weekPrices) *batches {
	cells, agents := len(p.values), len(p.w.weeks)
	b := &batches{
		prices: p, adam: newAdam(cells, newestSample), crews: make([]crew, min(mostBatches, agents)), most: p.most(),
		values: make([]float64, cells), steady: make([]float64, cells), excess: make([]float64, cells), sample: make([]float64, cells),
	}
	for i := range b.crews {
		b.crews[i] = newCrew((agents-i+len(b.crews)-1)/len(b.crews), cells)
	}
	return b
}

// climb goes through all agents so many times, and leaves the better of the prices
// that it began with and those that it found.
func (b *batches) climb(ctx context.Context, passes int) {
	copy(b.values, b.prices.values)
	copy(b.steady, b.prices.values)
	steps := passes * len(b.crews)
	newest := 2 / float64(steadyPasses*len(b.crews)+1)
	for k := 0; k < steps && ctx.Err() == nil; k++ {
		b.estimate(k % len(b.crews))
		b.adam.step(b.values, b.excess, b.most, firstBatchPace*math.Pow(lastBatchPace, float64(k)/float64(steps)))
		for i, value := range b.values {
			b.steady[i] += float64(newest * (value - b.steady[i]))
		}
	}
	before := b.prices.evaluate(b.prices.values, b.excess)
	if b.prices.evaluate(b.steady, b.excess) > before {
		copy(b.prices.values, b.steady)
	}
}

// estimate gives the excess if all agents did as those of a batch do.
func (b *batches) estimate(batch int) {
	b.prices.buy(b.values, b.excess)
	clear(b.sample)
	members := &b.crews[batch]
	members.supply(b.sample, func(worker, i int, excess []float64) float64 {
		return b.prices.supply(worker, batch+i*len(b.crews), b.values, excess)
	})
	share := float64(len(b.prices.w.weeks)) / float64(len(members.worth))
	for i, taken := range b.sample {
		b.excess[i] += float64(share * taken)
	}
}
