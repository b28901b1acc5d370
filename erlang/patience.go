package erlang

// Patience is the distribution of R, the time that callers are willing to wait
// before they hang up. It says nothing of callers who are answered at once.
type Patience interface {
	// Survival is P(R > t): the share of callers who would still wait after t
	// seconds if nobody were answered. It falls from at most 1 at 0; less than 1
	// at 0 is balking, those who hang up as soon as they must wait.
	Survival(seconds float64) float64
	// Quantile is the least time in seconds by which a share p of the callers
	// has hung up, for p from 0 to 1: the inverse of 1 − Survival, by which R is
	// drawn from a uniform p. It is +Inf where so many never hang up.
	Quantile(p float64) float64
}
