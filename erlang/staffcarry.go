package erlang

import (
	"math"
	"slices"
)

// carried judges numbers of agents by their levels with carry-over.
type carried struct {
	day     []Interval
	target  Target // of the day, or of each interval
	options StaffOptions
	rates   []weightedFactor
}

// A verdict is how far numbers of agents are above what is asked of each
// interval, and of the day; 0 or more is enough.
type verdict struct {
	intervals []float64
	day       float64
}

func (v verdict) enough() bool {
	for _, margin := range v.intervals {
		if margin < 0 {
			return false
		}
	}
	return v.day >= 0
}

// withCarryOver changes numbers of agents, right for steady levels, until they
// are enough with carry-over and none can be spared.
func withCarryOver(day []Interval, agents []int, t Target, o StaffOptions) ([]int, error) {
	c := carried{day: slices.Clone(day), target: t, options: o, rates: commonFactors(o.CV)}
	if err := c.raise(agents); err != nil {
		return nil, err
	}
	return agents, c.spare(agents)
}

// judge works out the levels that agents reach.
func (c *carried) judge(agents []int) (verdict, error) {
	for i := range c.day {
		c.day[i].Agents = agents[i]
	}
	mixtures := make([]mixture, len(c.day))
	well, all := make([]float64, len(c.day)), make([]float64, len(c.day))
	scaled := make([]Interval, len(c.day))
	for _, f := range c.rates {
		for i, in := range c.day {
			scaled[i] = in
			scaled[i].ArrivalRate *= f.factor
		}
		performances, err := Transient(scaled, c.target.Threshold, c.options.Transient)
		if err != nil {
			return verdict{}, err
		}
		for i, p := range performances {
			if scaled[i].ArrivalRate == 0 {
				continue
			}
			calls := f.weight * f.factor
			mixtures[i].add(calls, f.weight, scaled[i].ArrivalRate, p)
			w, a := p.shares(c.target.Definition).counted(c.target.Definition)
			well[i] += calls * w
			all[i] += calls * a
		}
	}
	return c.verdict(mixtures, well, all), nil
}

// verdict compares levels with the target. well and all are shares of the
// calls of an interval.
func (c *carried) verdict(mixtures []mixture, well, all []float64) verdict {
	floor := c.target
	v := verdict{intervals: make([]float64, len(c.day)), day: math.Inf(1)}
	if c.options.WholeDay {
		floor.Share = c.options.Floor
		v.day = 0
	}
	for i, in := range c.day {
		if in.ArrivalRate == 0 {
			v.intervals[i] = 1
			continue
		}
		level := 0.0
		if all[i] > 0 {
			level = well[i] / all[i]
		}
		v.intervals[i] = floor.marginAt(level, mixtures[i].mean(in.ArrivalRate))
		v.day += in.calls() * (well[i] - (c.target.Share-tieTolerance)*all[i])
	}
	return v
}

// raise adds agents until they are enough: where an interval falls short to
// it, twice as many each time; where only the day does to those intervals
// that are the furthest below its share.
func (c *carried) raise(agents []int) error {
	more := make([]int, len(agents))
	for {
		v, err := c.judge(agents)
		if err != nil || v.enough() {
			return err
		}
		short := false
		for i, margin := range v.intervals {
			if margin < 0 {
				more[i] = max(1, 2*more[i])
				agents[i] += more[i]
				short = true
			}
		}
		if short {
			continue
		}
		for i, in := range c.day {
			if in.ArrivalRate > 0 {
				agents[i]++
			}
		}
	}
}

// spare takes agents away, the last interval first, for as long as the others
// are enough: in the largest lots that can be spared.
func (c *carried) spare(agents []int) error {
	for spared := true; spared; {
		spared = false
		for i := len(agents) - 1; i >= 0; i-- {
			lot := 1
			for lot > 0 && agents[i]-lot >= c.target.MinAgents {
				agents[i] -= lot
				v, err := c.judge(agents)
				if err != nil {
					return err
				}
				if v.enough() {
					spared = true
					lot *= 2
					continue
				}
				agents[i] += lot
				lot /= 2
			}
		}
	}
	return nil
}
