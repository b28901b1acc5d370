package plan

import (
	"math"
	"math/bits"
)

// Factor is something that can come otherwise than planned.
type Factor string

// The factors.
const (
	FactorVolume     Factor = "volume"      // calls
	FactorHandleTime Factor = "handle_time" // s, mean
	FactorLoginRate  Factor = "login_rate"  // share of their time on the telephone in which people are logged in
	FactorStaffing   Factor = "staffing"    // hours of people on the telephone
)

// factors are all of them, in the order in which they are spoken of. Each is a bit
// of a combination: set, where the factor is as it came.
var factors = [...]Factor{FactorVolume, FactorHandleTime, FactorLoginRate, FactorStaffing}

// A combination says which factors are as they came.
type combination uint

const (
	cameVolume combination = 1 << iota
	cameHandleTime
	cameLoginRate
	cameStaffing
	combinations

	asPlanned combination = 0
	asItCame              = combinations - 1
)

// Split leads from the share that was expected to be answered in time to the one
// that was measured. Shares are from 0 to 1, to four decimals: Expected and the
// effects add up to Modelled, and that with Untold and Unexplained to Measured.
type Split struct {
	Expected float64  `json:"expected"`
	Effects  []Effect `json:"effects"`  // of the factors
	Modelled float64  `json:"modelled"` // what a simulation makes of all that came, as far as it is known
	// Untold is what is not explained on days without attendance, with the factors that
	// are not told there: log-in rate, and staffing as a rule. Nil: there are no such
	// days, or Measured is not known.
	Untold *float64 `json:"untold"`
	// Unexplained is what is left on the other days.
	Unexplained *float64 `json:"unexplained"`
	Measured    *float64 `json:"measured"` // nil: telephony does not say, or counts otherwise than the target
}

// Effect is what a factor did.
type Effect struct {
	Factor Factor   `json:"factor"`
	Share  *float64 `json:"effect"` // of the share answered in time; nil: not known
	// Expected and Came are the factor itself: calls, mean seconds for the groups
	// whose calls came, a share, hours. Nil: not known of this part.
	Expected *float64 `json:"expected"`
	Came     *float64 `json:"came"`
}

// account is what becomes of some calls in each combination of the factors, and
// what was measured. Accounts add up.
type account struct {
	courses [combinations]course
	tally
	untold  float64     // of InTime, how many more than the simulation says, on days of which not all factors are told
	told    combination // factors that are told on some day
	whole   bool        // on some day all are
	lacking bool        // on some day not all are
	// hours are those on the telephone, and rates what log-in rates are taken from,
	// where they are told of those who answer these calls: as planned and as they came.
	hours [2]float64
	rates [2]phoneTime
}

func (a *account) add(o account) {
	for s := range a.courses {
		a.courses[s].add(o.courses[s])
	}
	a.tally.add(o.tally)
	a.untold += o.untold
	a.told |= o.told
	a.whole = a.whole || o.whole
	a.lacking = a.lacking || o.lacking
	for i := range a.rates {
		a.hours[i] += o.hours[i]
		a.rates[i].add(o.rates[i])
	}
}

// split parts the way from what was expected to what was measured.
func (a *account) split() Split {
	var worth [combinations]float64
	for s := range worth {
		worth[s] = a.courses[s].share()
	}
	effects := shapley(worth)
	const decimals = 4
	exact := worth[asPlanned]
	level := Round(exact, decimals)
	out := Split{Expected: level}
	for i, f := range factors {
		e := Effect{Factor: f}
		if exact += effects[i]; a.told>>i&1 != 0 {
			next := Round(exact, decimals)
			e.Share, level = new(Round(next-level, decimals)), next
		}
		out.Effects = append(out.Effects, e)
	}
	out.Modelled = level
	a.tell(out.Effects)
	if a.Offered == 0 || math.IsNaN(a.InTime) {
		return out
	}
	out.Measured = new(Round(a.InTime/a.Offered, decimals))
	rest := *out.Measured - level
	if a.lacking {
		out.Untold = new(Round(a.untold/a.Offered, decimals))
		if !a.whole {
			out.Untold = new(Round(rest, decimals))
		}
		rest -= *out.Untold
	}
	if a.whole {
		out.Unexplained = new(Round(rest, decimals))
	}
	return out
}

// tell fills in the factors themselves.
func (a *account) tell(effects []Effect) {
	set := func(i int, expected, came float64, decimals int) {
		if !math.IsNaN(expected + came) {
			effects[i].Expected, effects[i].Came = new(Round(expected, decimals)), new(Round(came, decimals))
		}
	}
	set(0, a.Expected, a.Offered, 1)
	set(1, a.Foreseen/a.Answered, a.Handled/a.Answered, 1)
	set(2, a.rates[0].rate(math.NaN()), a.rates[1].rate(math.NaN()), 4)
	if a.hours[0]+a.hours[1] > 0 {
		set(3, a.hours[0], a.hours[1], 2)
	}
}

// shapley gives each factor its mean effect over all orders in which the factors
// can be exchanged, where worth is what each combination is worth (Shapley,
// Contributions to the Theory of Games II, 1953, pp. 307–317). The effects add up
// to the difference between all and none.
func shapley(worth [combinations]float64) (effects [len(factors)]float64) {
	// Of the 4! orders, this share has just the others of a combination of k
	// factors before a given one: k!(3-k)!/4!.
	orders := [len(factors)]float64{1. / 4, 1. / 12, 1. / 12, 1. / 4}
	for i := range factors {
		own := combination(1) << i
		for s := range combinations {
			if s&own == 0 {
				effects[i] += orders[bits.OnesCount(uint(s))] * (worth[s|own] - worth[s])
			}
		}
	}
	return effects
}
