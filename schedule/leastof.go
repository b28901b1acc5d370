package schedule

import "math/bits"

// leastOf finds the least of some values in any range at once, from the least of
// all ranges whose length is a power of two (Bender & Farach-Colton 2000, The LCA
// problem revisited, LATIN 2000, pp. 88–94: the sparse table).
type leastOf struct {
	levels [][]Money // [k][t]: the least of [t, t+2^k)
}

// fill takes the values of all intervals of a span.
func (l *leastOf) fill(s Span, value func(t int) Money) {
	for k := 0; 1<<k <= s.Len(); k++ {
		if k == len(l.levels) {
			l.levels = append(l.levels, nil)
		}
		if len(l.levels[k]) < s.To {
			l.levels[k] = make([]Money, s.To)
		}
		row := l.levels[k]
		if k == 0 {
			for t := s.From; t < s.To; t++ {
				row[t] = value(t)
			}
			continue
		}
		half, below := 1<<(k-1), l.levels[k-1]
		for t := s.From; t+2*half <= s.To; t++ {
			row[t] = min(below[t], below[t+half])
		}
	}
}

// least gives the least value of the intervals from first to last, which must be
// within the span.
func (l *leastOf) least(first, last int) Money {
	k := bits.Len(uint(last-first+1)) - 1
	return min(l.levels[k][first], l.levels[k][last+1-1<<k])
}
