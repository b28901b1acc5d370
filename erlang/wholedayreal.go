package erlang

import "math"

// wholeDayReal spreads real numbers of agents over the day so that the surplus
// of all calls is 0 with the fewest agent-seconds: the last bit of an agent
// then does the same good in every interval that has more than its least.
func wholeDayReal(posts []post) ([]float64, error) {
	agents := make([]float64, len(posts))
	staffed := make([]bool, len(posts)) // to be above the least at any price
	surplus := func(price float64) float64 {
		sum := 0.0
		for i := range posts {
			p := &posts[i]
			agents[i] = p.bestReal(price, staffed[i])
			sum += p.surplus(agents[i]) + tieTolerance*p.calls
		}
		return sum
	}
	if surplus(math.Inf(1)) >= 0 {
		return agents, nil
	}
	enough := func(price float64) bool { return surplus(price) >= 0 }
	settle := func() error {
		dear, cheap, err := prices(posts, enough)
		if err != nil {
			return err
		}
		fall := crossing(func(fall float64) float64 { return surplus(dear * math.Exp(-fall)) }, 0, math.Log(dear/cheap), 1e-12)
		surplus(dear * math.Exp(-fall))
		return nil
	}
	if err := settle(); err != nil {
		return nil, err
	}
	// A post that jumps from its least to where it does good makes the sum
	// jump. It is kept there, and all give way until the sum is 0.
	jumped := false
	for i := range posts {
		staffed[i] = agents[i] > posts[i].leastReal
		jumped = jumped || staffed[i]
	}
	if !jumped {
		return agents, nil
	}
	return agents, settle()
}
