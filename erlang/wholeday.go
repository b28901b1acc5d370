package erlang

import (
	"cmp"
	"math"
	"slices"
)

// A step adds agents to one post at once.
type step struct {
	post     int
	from, to int
	worth    float64 // surplus per agent-second
}

// wholeDay spreads agents over the day so that the surplus of all calls is 0
// or more with the fewest agent-seconds.
//
// At a price for the agent-second each post has a best number of agents, and
// the price is bisected to where the sum is just enough. What lies between
// the two last prices is added step by step, the worthiest first; what is too
// much then is taken away.
func wholeDay(posts []post) ([]int, error) {
	agents := make([]int, len(posts))
	for i := range posts {
		agents[i] = posts[i].least
	}
	enough := func(agents []int) bool { return surplusOf(posts, agents) >= 0 }
	if enough(agents) {
		return agents, nil
	}
	dear, cheap, err := prices(posts, func(price float64) bool { return enough(bestOf(posts, price)) })
	if err != nil {
		return nil, err
	}
	few, many := bestOf(posts, dear), bestOf(posts, cheap)
	for range 60 {
		price := math.Sqrt(dear * cheap)
		if differing(few, many) <= 8 || price <= cheap || price >= dear {
			break
		}
		if middle := bestOf(posts, price); enough(middle) {
			cheap, many = price, middle
		} else {
			dear, few = price, middle
		}
	}
	return complete(posts, few, many), nil
}

// prices brackets the price at which the surplus is just enough.
func prices(posts []post, enough func(price float64) bool) (dear, cheap float64, err error) {
	calls, seconds := 0.0, 0.0
	for _, p := range posts {
		calls += p.calls
		seconds += p.seconds
	}
	price := 0.1 * calls / seconds
	least, most := price*1e-15, price*farthest
	if enough(price) {
		for cheap = price; enough(price) && price < most; price *= 2 {
			cheap = price
		}
		return price, cheap, nil
	}
	for dear = price; !enough(price); price /= 4 {
		if price < least {
			return 0, 0, unreachable(posts)
		}
		dear = price
	}
	return dear, price, nil
}

// farthest bounds the search for a price, as a factor: beyond it nobody is worth
// the price, or everybody is.
const farthest = 1e60

// unreachable is the error for a share that is too near to 1.
func unreachable(posts []post) error {
	return &InputError{"Target.Share", posts[0].goal.Share, "a share that levels computed to 1e-13 can reach"}
}

// bestOf is the best number of agents of each post at a price.
func bestOf(posts []post, price float64) []int {
	agents := make([]int, len(posts))
	for i := range posts {
		agents[i] = posts[i].best(price)
	}
	return agents
}

// surplusOf is the surplus of the day, with what levels may be off in its
// favour.
func surplusOf(posts []post, agents []int) float64 {
	sum := 0.0
	for i := range posts {
		sum += posts[i].at(agents[i]) + tieTolerance*posts[i].calls
	}
	return sum
}

func differing(a, b []int) int {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// complete goes from too few agents towards enough, the worthiest step first,
// and takes away what is too much. Where the last step was of several agents
// the day is also completed without it, and the cheaper one is taken.
func complete(posts []post, few, many []int) []int {
	agents := slices.Clone(few)
	var last step
	for _, s := range stepsBetween(posts, few, many) {
		if surplusOf(posts, agents) >= 0 {
			break
		}
		agents[s.post] = s.to
		last = s
	}
	without := slices.Clone(agents)
	trim(posts, agents)
	if last.to-last.from <= 1 {
		return agents
	}
	without[last.post] = last.from
	fill(posts, without, last.post)
	trim(posts, without)
	if agentSeconds(posts, without) < agentSeconds(posts, agents) {
		return without
	}
	return agents
}

// stepsBetween lists the steps from few to many, the worthiest first. They are
// of one agent, but for those that lead over numbers that do less good each.
func stepsBetween(posts []post, few, many []int) []step {
	var steps []step
	for i := range posts {
		p := &posts[i]
		for n := few[i]; n < many[i]; {
			s := step{post: i, from: n, to: n + 1}
			for to := n + 1; to <= many[i]; to++ {
				if worth := (p.at(to) - p.at(n)) / (p.seconds * float64(to-n)); to == n+1 || worth > s.worth {
					s.to, s.worth = to, worth
				}
			}
			steps = append(steps, s)
			n = s.to
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(b.worth, a.worth) })
	return steps
}

// fill adds agents one by one, where they do most good for their time, until
// there are enough; not to the post left out, which keeps what it has.
func fill(posts []post, agents []int, leftOut int) {
	for surplusOf(posts, agents) < 0 {
		at, most := -1, 0.0
		for i := range posts {
			if i == leftOut || posts[i].calls == 0 {
				continue
			}
			if worth := posts[i].gain(agents[i]+1) / posts[i].seconds; worth > most {
				at, most = i, worth
			}
		}
		if at < 0 { // nobody else can help
			agents[leftOut]++
			continue
		}
		agents[at]++
	}
}

// trim takes agents away for as long as enough are left, the longest
// intervals first, and of those the least missed.
func trim(posts []post, agents []int) {
	for {
		slack := surplusOf(posts, agents)
		at := -1
		for i := range posts {
			if agents[i] == posts[i].least || posts[i].gain(agents[i]) > slack {
				continue
			}
			if at < 0 || posts[i].seconds > posts[at].seconds ||
				posts[i].seconds == posts[at].seconds && posts[i].gain(agents[i]) < posts[at].gain(agents[at]) {
				at = i
			}
		}
		if at < 0 {
			return
		}
		agents[at]--
	}
}

// agentSeconds is the staffed time of a day.
func agentSeconds(posts []post, agents []int) float64 {
	sum := 0.0
	for i := range posts {
		sum += float64(agents[i]) * posts[i].seconds
	}
	return sum
}
