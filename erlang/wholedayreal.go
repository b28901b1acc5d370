package erlang

import "math"

// wholeDayReal spreads real numbers of agents over the day so that the surplus
// of all calls is 0 with the fewest agent-seconds: the last bit of an agent
// then does the same good in every interval that has more than its least.
func wholeDayReal(posts []post) ([]float64, error) {
	d := realDay{posts: posts, agents: make([]float64, len(posts)), staffed: make([]bool, len(posts))}
	least := 0.0
	for i := range posts {
		p := &posts[i]
		p.leastSurplus = p.surplus(p.leastReal)
		d.agents[i] = p.leastReal
		least += p.leastSurplus + tieTolerance*p.calls
	}
	if least >= 0 {
		return d.agents, nil
	}
	price, err := d.price()
	if err != nil {
		return nil, err
	}
	// A post that jumps from its least to where it does good makes the sum
	// jump. It is kept there, and all give way until the sum is 0.
	d.near(price)
	jumped := false
	for i := range posts {
		d.staffed[i] = d.agents[i] > posts[i].leastReal
		jumped = jumped || d.staffed[i]
	}
	if jumped {
		if price, err = d.price(); err != nil {
			return nil, err
		}
	}
	return d.agents, d.settle(price)
}

// A realDay is the posts of a day with real numbers of agents.
type realDay struct {
	posts   []post
	agents  []float64
	staffed []bool // to be above the least at any price
}

// near gives each post its agents at a price, and the surplus that they have,
// read off that of whole numbers.
func (d *realDay) near(price float64) float64 { return d.staff(price, (*post).near) }

// exact is near with the surplus worked out.
func (d *realDay) exact(price float64) float64 { return d.staff(price, (*post).surplus) }

func (d *realDay) staff(price float64, surplus func(p *post, agents float64) float64) float64 {
	sum := 0.0
	for i := range d.posts {
		p := &d.posts[i]
		if p.calls > 0 {
			d.agents[i] = p.bestReal(price, d.staffed[i])
			sum += surplus(p, d.agents[i]) + tieTolerance*p.calls
		}
	}
	return sum
}

// price is about where the surplus is 0.
func (d *realDay) price() (float64, error) {
	dear, cheap, err := prices(d.posts, func(price float64) bool { return d.near(price) >= 0 })
	if err != nil {
		return 0, err
	}
	fall := crossing(func(fall float64) float64 { return d.near(dear * math.Exp(-fall)) }, 0, math.Log(dear/cheap), 1e-6)
	return dear * math.Exp(-fall), nil
}

// settle brings the surplus to 0 from a price nearby. Where agents are enough at
// any price they stay as they are at the dearest.
func (d *realDay) settle(price float64) error {
	const widen = 1.02
	dear, cheap := price, price
	for step := widen; d.exact(dear) >= 0 && step < farthest; step *= step {
		dear *= step
	}
	for step := widen; d.exact(cheap) < 0; step *= step {
		if step > farthest {
			return unreachable(d.posts)
		}
		cheap /= step
	}
	fall := crossing(func(fall float64) float64 { return d.exact(dear * math.Exp(-fall)) }, 0, math.Log(dear/cheap), 1e-9)
	d.exact(dear * math.Exp(-fall))
	return nil
}
