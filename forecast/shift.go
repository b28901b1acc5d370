package forecast

import (
	"math"
	"slices"
)

// NoteShift is that the level of a group has shifted on a day, to Value times
// what it was, and has stayed there.
const NoteShift NoteKind = "level_shift"

// A shift of the level is a step that no drift explains: a contract that came or
// left, a number that was moved. It is looked for where leastBefore days come
// before it and leastAfter from it on, leastAfterMany when the level is manyFold
// another, and where it would be certain enough. It is believed when it makes the
// days more likely by a factor of e^shiftProof, the outliers of both explanations
// damped, and when it is large. What is smaller or has less proof is more often a
// surge that ends: to believe it makes the forecasts of public series worse, while
// the drift follows it in a week or two.
const (
	mostShifts     = 4
	leastBefore    = 14
	leastAfter     = 3
	leastAfterMany = 2
	certain        = 5.0 // standard deviations
	shiftProof     = 12.0
	leastShift     = 0.6 // of the logarithm, up or down: × 1.8 or × 0.55
	manyFold       = 1.1 // of the logarithm: × 3 or × ⅓
	shiftSD        = 1.5 // of the logarithm, before anything is known
)

// shift is a step of the logarithm of the level.
type shift struct {
	from int // the first day of the new level
	size float64
}

// shifted gives the days with one more shift than l has, and the level learnt
// from them; a nil level when there is no shift to be believed.
func (d days) shifted(l *level, start *hyper) (days, *level) {
	from := l.likeliestShift()
	if from < 0 {
		return d, nil
	}
	d = d.withShift(from)
	other := d.learn(start)
	other.shifts = append(slices.Clone(l.shifts), shift{from: from})
	for k := range other.shifts {
		other.shifts[k].size = shiftSD * other.beta[len(other.beta)-len(other.shifts)+k]
	}
	size := other.shifts[len(l.shifts)].size
	if l.misfit()-other.misfit() < shiftProof || math.Abs(size) < leastShift ||
		d.n()-from < leastAfter && math.Abs(size) < manyFold {
		return d, nil
	}
	return d, other
}

// likeliestShift gives the first day of the most certain shift, or −1.
func (l *level) likeliestShift() int {
	best, from := certain, -1
	for i := leastBefore; i <= len(l.doubt)-leastAfterMany; i++ {
		if z := math.Abs(l.doubt[i]); z > best {
			best, from = z, i
		}
	}
	return from
}

// withShift gives the days with a feature that is there from a day on.
func (d days) withShift(from int) days {
	m := d.columns()
	d.features = append(slices.Clip(d.features), feature{sd: shiftSD})
	data := make([]float64, 0, d.n()*(m+1))
	for i := range d.n() {
		row := d.data[i*m : (i+1)*m]
		data = append(append(data, row[:m-1]...), shiftSD*indicator(i >= from), row[m-1])
	}
	d.data = data
	return d
}

// seenAfter is how many open days after a shift a forecast may be taken to know
// of it.
const seenAfter = 5

// surprise gives the first day of a shift that a forecast from day d on could
// not know, or the day after the past. What is missed there says nothing of how
// wide intervals are to be: a shift is noted, and not foreseen.
func (m *fitted) surprise(d int) int {
	first := m.days
	for _, from := range m.shifts {
		if m.time[d]-m.time[from] < seenAfter {
			first = min(first, from)
		}
	}
	return first
}

// shiftedSince tells whether the level has shifted on a day from one to before
// another.
func (m *fitted) shiftedSince(from, to int) bool {
	return slices.ContainsFunc(m.shifts, func(d int) bool { return d >= from && d < to })
}
