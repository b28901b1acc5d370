package schedule

// runCosts are the costs of the soft rules for a run of one mode, by length:
// on its own between pauses, fixed blocks and closed times, or beside a run of
// the other mode.
type runCosts struct{ alone, beside []Money }

func (r Rules) runCosts(md mode, n int) runCosts {
	c := runCosts{make([]Money, n+1), make([]Money, n+1)}
	for length := range n + 1 {
		if md == onPhone && r.LongestPhone > 0 {
			c.alone[length] = r.PhoneCost * Money(max(0, length-r.LongestPhone))
		}
		c.beside[length] = c.alone[length]
		if length < r.MinBlock {
			c.beside[length] += r.SwitchCost
		}
	}
	return c
}

// hasSoft tells whether any soft rule can cost anything.
func (r Rules) hasSoft() bool {
	return r.SwitchCost > 0 && r.MinBlock > 1 || r.PhoneCost > 0 && r.LongestPhone > 0
}
