package schedule

import (
	"iter"
	"math/bits"
)

// set is a set of small whole numbers, one bit each. All sets of a problem
// have the same number of words.
type set []uint64

func setWords(n int) int { return (n + 63) / 64 }

func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) remove(i int)   { s[i/64] &^= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }

// meets tells whether s and o share a member.
func (s set) meets(o set) bool {
	for i, w := range s {
		if w&o[i] != 0 {
			return true
		}
	}
	return false
}

// both gives the members that s and o share, in order.
func (s set) both(o set) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range s {
			for w &= o[i]; w != 0; w &= w - 1 {
				if !yield(i*64 + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}
