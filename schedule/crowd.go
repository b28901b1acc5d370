package schedule

// Cap limits how many of some agents may be in the same place at the same time.
// It is soft, since lunches and shifts must be somewhere: whoever comes beyond
// Most has a price for each interval.
type Cap struct {
	Crowd  Crowd
	Agents []int // indexes of Problem.Agents, each once; nil: all
	Most   int
	Cost   Money // of each agent beyond Most, in each interval
}

// Crowd is what a cap counts.
type Crowd string

// The crowds.
const (
	AtLunch Crowd = "lunch" // those who have lunch
	Seated  Crowd = "seats" // those who have a seat: all of the shift but absences, lunch among it
)

// crowd counts those in the place of a cap while the search moves them.
type crowd struct {
	Cap
	members []int
	has     []bool // by agent: whether the cap counts it
	pinned  []int  // by interval: those who have lunch there whatever the search does
	heads   []int  // room for a count
}

// newCrowds gives a crowd for each cap; what is pinned must be settled.
func (m *model) newCrowds() []crowd {
	crowds := make([]crowd, len(m.Caps))
	for i, limit := range m.Caps {
		c := &crowds[i]
		*c = crowd{Cap: limit, members: limit.Agents, has: make([]bool, len(m.Agents)), pinned: make([]int, m.Grid.N), heads: make([]int, m.Grid.N+1)}
		if c.members == nil {
			for a := range m.Agents {
				c.members = append(c.members, a)
			}
		}
		for _, a := range c.members {
			c.has[a] = true
			for t, pin := range m.pins[a] {
				if pin != nil && pin.Kind == Lunch {
					c.pinned[t]++ // seated too: a pinned lunch is no part of a frame
				}
			}
		}
	}
	return crowds
}

// count gives by interval how many are there; agent but is left out, but for
// pinned lunches.
func (c *crowd) count(days []day, but int) []int {
	clear(c.heads)
	for _, a := range c.members {
		if d := &days[a]; a != but && d.frame != nil {
			for i, p := range d.frame.parts {
				at := p.Span
				if c.Crowd == AtLunch {
					at = d.rests[i].lunchOf(p)
				}
				c.heads[at.From]++
				c.heads[at.To]--
			}
		}
	}
	sum := 0
	for t, pinned := range c.pinned {
		sum += c.heads[t]
		c.heads[t] = sum + pinned
	}
	return c.heads[:len(c.pinned)]
}

// lunchOf gives the lunch in a part of the day; the zero Span: none.
func (r rest) lunchOf(p part) Span {
	if r.lunch < 0 {
		return Span{}
	}
	return Span{r.lunch, r.lunch + p.lunch}
}

// crowded is what those beyond the caps cost.
func (s *state) crowded() Money {
	sum := Money(0)
	for i := range s.crowds {
		c := &s.crowds[i]
		for _, n := range c.count(s.days, -1) {
			sum += Money(max(0, n-c.Most)) * c.Cost
		}
	}
	return sum
}

// crowding is what it costs one agent to be where others are, summed over the
// intervals before each; nil: nothing.
type crowding struct{ lunch, seat []Money }

// crowding gives what agent a meets if all others keep their days.
func (s *state) crowding(a int) crowding {
	var k crowding
	for i := range s.crowds {
		c := &s.crowds[i]
		if !c.has[a] {
			continue
		}
		sums := &k.lunch
		if c.Crowd == Seated {
			sums = &k.seat
		}
		if *sums == nil {
			*sums = make([]Money, s.Grid.N+1)
		}
		price := Money(0)
		for t, n := range c.count(s.days, a) {
			if n >= c.Most {
				price += c.Cost
			}
			(*sums)[t+1] += price
		}
	}
	return k
}

// ofLunch is what lunch costs at a time.
func (k *crowding) ofLunch(at Span) Money {
	if k.lunch == nil {
		return 0
	}
	return k.lunch[at.To] - k.lunch[at.From]
}

// ofFrame is what presence in a frame costs.
func (k *crowding) ofFrame(f frame) Money {
	sum := Money(0)
	if k.seat != nil {
		for _, p := range f.parts {
			sum += k.seat[p.To] - k.seat[p.From]
		}
	}
	return sum
}

// of is what a day costs.
func (k *crowding) of(d day) Money {
	sum := k.ofFrame(*d.frame)
	for i, p := range d.frame.parts {
		sum += k.ofLunch(d.rests[i].lunchOf(p))
	}
	return sum
}
