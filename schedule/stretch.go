package schedule

// stretches knows what every stretch of work between two pauses is worth at
// best, and how it is then spent. Where changing between telephone and e-mail
// has a cost, it finds the best sequence of blocks by dynamic programming over
// their ends.
type stretches struct {
	m     *model
	tied  bool // telephone and e-mail are blocks; else either, as it comes
	width int  // of a row of best
	worth *[modes][]Money
	best  []Money // [from·width+to], where modes are tied
	sum   []Money // else the worth of all work before an interval
	end   []int   // and where a stretch from an interval on must end at the latest

	// For the stretches from one start, by end:
	first []int         // the run of work up to here, without fixed blocks and closed times, begins here
	last  []block       // the last block of the best way
	ends  [modes][]link // the best way whose last block, of this mode, has another block beside it
}

// block is a run of one mode, from an interval on.
type block struct {
	mode mode
	from int
}

// link is the end of a chain of blocks.
type link struct {
	value Money
	from  int // where its last block begins
}

func newStretches(m *model, worth *[modes][]Money, tied bool) stretches {
	n := m.Grid.N
	s := stretches{m: m, tied: tied, width: n + 1, worth: worth}
	if !tied {
		s.sum, s.end = make([]Money, n+1), make([]int, n+1)
		return s
	}
	s.best, s.first, s.last = make([]Money, (n+1)*(n+1)), make([]int, n+1), make([]block, n+1)
	s.ends[onPhone], s.ends[onEmail] = make([]link, n+1), make([]link, n+1)
	return s
}

// value gives the worth of a stretch, never if it is too long.
func (s *stretches) value(w Span) Money {
	switch {
	case s.tied:
		return s.best[w.From*s.width+w.To]
	case w.To > s.end[w.From]:
		return never
	}
	return s.sum[w.To] - s.sum[w.From]
}

// fill computes the worth of all stretches of agent a within reach.
func (s *stretches) fill(a int, reach Span, longest int) {
	if !s.tied {
		s.add(a, reach, longest)
		return
	}
	for from := reach.From; from <= reach.To; from++ {
		best := s.best[from*s.width:][:s.width]
		end := s.farthest(a, Span{from, reach.To}, longest)
		for to := end + 1; to <= reach.To; to++ {
			best[to] = never
		}
		s.start(best, from, end)
	}
}

// add is fill where modes are not tied.
func (s *stretches) add(a int, reach Span, longest int) {
	s.sum[reach.From] = 0
	for t := reach.From; t <= reach.To; t++ {
		s.end[t] = s.farthest(a, Span{t, reach.To}, longest)
		if t == reach.To {
			return
		}
		s.sum[t+1] = s.sum[t]
		if w := s.worth[either][t]; w != never {
			s.sum[t+1] += w
		}
	}
}

// farthest gives the last end of a stretch from the start of a span on: work is
// at most so long without a pause, of which there may be pinned ones.
func (s *stretches) farthest(a int, w Span, longest int) int {
	if len(s.m.pins[a]) == 0 {
		return min(w.To, w.From+longest)
	}
	work := 0
	for t := w.From; t < w.To; t++ {
		if work++; s.m.pause(a, t) {
			work = 0
		}
		if work > longest {
			return t
		}
	}
	return w.To
}

// start computes the worth of the stretches from one start to all ends.
func (s *stretches) start(best []Money, from, end int) {
	best[from] = 0
	s.first[from] = from
	open := [modes]int{onPhone: from, onEmail: from} // since when the mode has been possible
	for t := from; t < end; t++ {
		for _, md := range []mode{onPhone, onEmail} {
			if s.worth[md][t] == never {
				open[md] = t + 1
			}
		}
		to := t + 1
		if open[onPhone] == to && open[onEmail] == to { // bound or closed: work begins anew
			best[to], s.first[to], s.last[to] = best[t], to, block{away, t}
			continue
		}
		s.first[to] = s.first[t]
		best[to] = never
		for _, md := range []mode{onPhone, onEmail} {
			s.endWith(md, best, open[md], to)
		}
	}
}

// endWith finds the best ways to end a stretch at an interval with a block of
// the mode, which has been possible since open.
func (s *stretches) endWith(md mode, best []Money, open, to int) {
	soft, first := &s.m.soft[md], s.first[to]
	before, worth := s.ends[onPhone+onEmail-md], s.worth[md]
	end := link{value: never}
	sum := Money(0)
	for from := to - 1; from >= max(open, first+1); from-- {
		sum += worth[from]
		if v := before[from].value + sum - soft.beside[to-from]; v > end.value {
			end = link{v, from}
		}
	}
	if end.value > best[to] {
		best[to], s.last[to] = end.value, block{md, end.from}
	}
	if open <= first { // the run may be one block, or this the first of several
		sum += best[first] + worth[first]
		if v := sum - soft.alone[to-first]; v > best[to] {
			best[to], s.last[to] = v, block{md, first}
		}
		if v := sum - soft.beside[to-first]; v > end.value {
			end = link{v, first}
		}
	}
	s.ends[md][to] = end
}

// trace writes down how the best way spends a stretch.
func (s *stretches) trace(w Span, modes []mode) {
	if !s.tied {
		for t := w.From; t < w.To; t++ {
			if s.worth[either][t] != never {
				modes[t] = either
			}
		}
		return
	}
	s.start(s.best[w.From*s.width:], w.From, w.To)
	for to := w.To; to > w.From; {
		b := s.last[to]
		first := s.first[to]
		for {
			for t := b.from; t < to; t++ {
				modes[t] = b.mode
			}
			to = b.from
			if b.mode == away || to == first {
				break
			}
			b.mode = onPhone + onEmail - b.mode
			b.from = s.ends[b.mode][to].from
		}
	}
}
