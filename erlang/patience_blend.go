package erlang

import (
	"math"
	"reflect"
)

// A Mixture is callers of several kinds: P(R > t) is the mean of the parts'
// by their shares.
type Mixture struct {
	Parts []Part
}

// A Part is a kind of callers.
type Part struct {
	Share    float64 // above 0; in proportion, so that calls will do as well as shares
	Patience Patience
}

// Balking is callers of whom a share hang up at once when they must wait, and
// the rest wait as another patience says.
type Balking struct {
	Share float64  // from 0 to 1; with 1 nobody waits: Erlang B
	Then  Patience // nil: the rest never hang up
}

// Survival is P(R > t).
func (m *Mixture) Survival(seconds float64) float64 {
	waiting, _ := m.split(seconds)
	return waiting
}

func (m *Mixture) split(seconds float64) (waiting, lost float64) {
	for _, part := range m.Parts {
		w, l := split(part.Patience, seconds)
		waiting += part.Share * w
		lost += part.Share * l
	}
	total := m.total()
	return waiting / total, lost / total
}

// Quantile is the inverse of 1 − Survival.
func (m *Mixture) Quantile(p float64) float64 {
	if p <= 0 {
		return 0
	}
	lo, hi := math.Inf(1), 0.0
	for _, part := range m.Parts {
		t := part.Patience.Quantile(p)
		lo, hi = min(lo, t), max(hi, t)
	}
	return firstLost(m, p, lo, hi)
}

func (m *Mixture) piece(seconds float64) stretch {
	all := stretch{until: math.Inf(1), flat: true}
	for _, part := range m.Parts {
		s := piece(part.Patience, seconds)
		all = stretch{until: min(all.until, s.until), flat: all.flat && s.flat}
	}
	return all
}

func (m *Mixture) average() float64 {
	sum := 0.0
	for _, part := range m.Parts {
		sum += part.Share * MeanPatience(part.Patience)
	}
	return sum / m.total()
}

func (m *Mixture) total() (shares float64) {
	for _, part := range m.Parts {
		shares += part.Share
	}
	return shares
}

func (m *Mixture) check() error {
	if m == nil || len(m.Parts) == 0 {
		return &InputError{"Mixture.Parts", 0, "one or more parts"}
	}
	for _, part := range m.Parts {
		if !(part.Share > 0 && part.Share <= math.MaxFloat64) {
			return &InputError{"Part.Share", part.Share, "a share above 0"}
		}
		if part.Patience == nil {
			return &InputError{"Part.Patience", math.NaN(), "a patience"}
		}
		if err := checkPatience(part.Patience); err != nil {
			return err
		}
	}
	return nil
}

// then is the patience of those who do not balk.
func (b Balking) then() Patience {
	if b.Then == nil {
		return Exponential{Mean: math.Inf(1)}
	}
	return b.Then
}

// Survival is P(R > t).
func (b Balking) Survival(seconds float64) float64 {
	return (1 - b.Share) * b.then().Survival(seconds)
}

func (b Balking) split(seconds float64) (waiting, lost float64) {
	waiting, lost = split(b.then(), seconds)
	return (1 - b.Share) * waiting, b.Share + (1-b.Share)*lost
}

// Quantile is the inverse of 1 − Survival.
func (b Balking) Quantile(p float64) float64 {
	if p <= b.Share {
		return 0
	}
	return b.then().Quantile((p - b.Share) / (1 - b.Share))
}

func (b Balking) piece(seconds float64) stretch {
	if b.Share == 1 {
		return stretch{until: math.Inf(1), flat: true}
	}
	return piece(b.then(), seconds)
}

func (b Balking) average() float64 {
	if b.Share == 1 {
		return 0
	}
	return (1 - b.Share) * MeanPatience(b.then())
}

func (b Balking) check() error {
	if err := checkBetween("Balking.Share", b.Share, 0, 1); err != nil {
		return err
	}
	return checkPatience(b.then())
}

// joinedPatience is the patience of the calls of two queues: the mixture by
// calls, or nil when both queues have an AbandonRate alone.
func joinedPatience(q, other Queue) Patience {
	if q.Patience == nil && other.Patience == nil || same(q.Patience, other.Patience) {
		return q.Patience
	}
	m := &Mixture{}
	m.add(q.ArrivalRate, q.patience())
	m.add(other.ArrivalRate, other.patience())
	return m
}

// patience is the distribution of patience, also when there is only a rate.
func (q Queue) patience() Patience {
	if q.Patience == nil {
		return Exponential{Mean: 1 / q.AbandonRate}
	}
	return q.Patience
}

// add adds callers, each kind to its like.
func (m *Mixture) add(share float64, p Patience) {
	if parts, ok := p.(*Mixture); ok {
		total := parts.total()
		for _, part := range parts.Parts {
			m.add(share*part.Share/total, part.Patience)
		}
		return
	}
	for i := range m.Parts {
		if same(m.Parts[i].Patience, p) {
			m.Parts[i].Share += share
			return
		}
	}
	m.Parts = append(m.Parts, Part{share, p})
}

// same reports whether two patiences are known to be one.
func same(p, q Patience) bool {
	return p != nil && q != nil && reflect.ValueOf(p).Comparable() && reflect.ValueOf(q).Comparable() && p == q
}
