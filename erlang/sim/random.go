package sim

import (
	"math"
	"math/rand/v2"
)

// purpose is what random numbers are for. Each purpose has streams of its own,
// so that two plans with the same seed meet the same day.
type purpose uint64

const (
	forDay purpose = iota
	forGroupFactor
	forCalls
	forEmailFactor
	forEmail
	forNoise
	forPauses
	forLuck
)

// dice are a source of random numbers that can begin anew.
type dice struct {
	pcg *rand.PCG
	*rand.Rand
}

func newDice() dice {
	pcg := new(rand.PCG)
	return dice{pcg, rand.New(pcg)} //nolint:gosec // luck, not secrets
}

// reseed begins the stream of a purpose and an index in a replication.
func (d dice) reseed(seed uint64, replication int, p purpose, index int) {
	s := mix(seed) + mix(uint64(replication)+1)
	d.pcg.Seed(mix(s), mix(s^mix(uint64(p)<<32|uint64(index)+1<<40)))
}

// mix scatters the bits of x (the finalizer of SplitMix64; Steele, Lea and
// Flood, "Fast splittable pseudorandom number generators", 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// A stream is a Poisson process with a rate for each interval of the grid, or
// one of which the numbers of the intervals are known.
type stream struct {
	dice
	rates    []float64
	factor   float64 // of all rates, for the day
	counts   []int   // of each interval; nil: rates say what comes
	came     int     // of the counts of the interval
	at       float64 // s, when the next one comes; +Inf when no more do
	interval int
}

// begin starts a day.
func (s *stream) begin(g grid, factor float64) {
	s.factor, s.at, s.interval, s.came = factor, 0, 0, 0
	s.next(g)
}

// next goes to the next arrival: one unit of exponential time, of which
// an interval uses up its rate times its length.
func (s *stream) next(g grid) {
	if s.counts != nil {
		s.nextCounted(g)
		return
	}
	left := s.ExpFloat64()
	for ; s.interval < len(s.rates); s.interval++ {
		rate := s.rates[s.interval] * s.factor
		end := float64(s.interval+1) * g.step
		if need := rate * (end - s.at); left >= need {
			left -= need
			s.at = end
			continue
		}
		s.at += left / rate
		return
	}
	s.at = math.Inf(1)
}

// nextCounted goes to the next of the calls of an interval that are still to
// come: the first of k that fall evenly on the rest of it.
func (s *stream) nextCounted(g grid) {
	for ; s.interval < len(s.counts); s.interval++ {
		end := float64(s.interval+1) * g.step
		if left := s.counts[s.interval] - s.came; left > 0 {
			s.came++
			s.at = min(end, s.at+(end-s.at)*(1-math.Pow(1-s.Float64(), 1/float64(left))))
			return
		}
		s.at, s.came = end, 0
	}
	s.at = math.Inf(1)
}

// dayFactor draws the factor of a day, with mean 1.
func dayFactor(d dice, cv float64) float64 {
	if cv == 0 {
		return 1
	}
	s := Service{Shape: Gamma, CV: cv}.spread(d.pcg)
	return s.draw(d.Rand)
}
