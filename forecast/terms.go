package forecast

import (
	"cmp"
	"math"
	"slices"

	"bemanna/internal/civil"
)

// tellingTerm is the size, in logarithms, from which a reason is worth telling:
// about 3 %.
const tellingTerm = 0.03

// newLevel is for how many open days a shift of the level is a reason; later it
// is the level of the group.
const newLevel = 40

// terms gives the reasons why day d differs, the greatest first.
func (m *fitted) terms(d int, a at) []Term {
	reasons := []Reason{
		ReasonHoliday, ReasonAfterHoliday, ReasonBefore, ReasonMonthStart, ReasonMonth, ReasonSeason, ReasonLevel,
	}
	sums := map[Reason]float64{ReasonLevel: a.drift}
	for i, f := range m.features {
		sums[f.reason] += a.features[i]
	}
	for i, part := range m.alike(d) {
		sums[m.features[i].reason] += part
	}
	for k, from := range m.shifts {
		if m.time[d]-m.time[from] < newLevel {
			sums[ReasonLevel] += a.features[len(m.features)+k]
		}
	}
	terms := m.eventTerms(d, a.features)
	for _, r := range reasons {
		terms = append(terms, Term{Reason: r, Name: m.dates.nameFor(r, m.date(d)), Factor: math.Exp(sums[r])})
	}
	size := func(t Term) float64 { return math.Abs(math.Log(t.Factor)) }
	terms = slices.DeleteFunc(terms, func(t Term) bool { return size(t) < tellingTerm })
	slices.SortStableFunc(terms, func(a, b Term) int { return cmp.Compare(size(b), size(a)) })
	return terms
}

// nameFor gives the name of the holiday that a reason speaks of on day d.
func (a *almanac) nameFor(r Reason, d civil.Date) string {
	switch r {
	case ReasonHoliday:
		return a.on(d).name
	case ReasonBefore:
		return a.on(d + 1).name
	case ReasonAfterHoliday:
		for e := d - 1; d-e <= longestBreak; e-- {
			if a.free(e) {
				return a.on(e).name
			}
		}
	default: // nothing that has a name
	}
	return ""
}
