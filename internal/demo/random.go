package demo

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"

	"bemanna/internal/civil"
)

// stream gives the random numbers for one purpose and one day. Streams share
// nothing, so that what happens to one group on one day does not depend on
// which other groups and days are drawn.
func (w *world) stream(purpose string, d civil.Date) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(purpose)) // a hash never fails
	var key [32]byte
	binary.LittleEndian.PutUint64(key[0:], w.seed)
	binary.LittleEndian.PutUint64(key[8:], h.Sum64())
	binary.LittleEndian.PutUint64(key[16:], uint64(int64(d)))
	return rand.New(rand.NewChaCha8(key)) //nolint:gosec // invented data want repeatable numbers, not secret ones
}

// lognormal draws from the lognormal distribution with the given mean and
// coefficient of variation.
func lognormal(r *rand.Rand, mean, cv float64) float64 {
	s2 := math.Log1p(cv * cv)
	return mean * math.Exp(math.Sqrt(s2)*r.NormFloat64()-s2/2)
}

// poisson draws a count by adding up exponential gaps; its time is linear in
// the mean, which here is some hundreds at most.
func poisson(r *rand.Rand, mean float64) (n int) {
	for t := r.ExpFloat64(); t < mean; t += r.ExpFloat64() {
		n++
	}
	return n
}
