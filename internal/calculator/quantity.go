package calculator

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// The functions below read what people type and what spreadsheets write. They
// take more than the centre file does, which is written once and kept: there a
// share is 0.85 and a time 300s, here they may be 85 % and 300 or 5:00 too.

// number reads a number of 0 or more, with a decimal point or comma.
func number(s string) (float64, bool) {
	if !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	if strings.ContainsAny(s, "_xXpPnN") { // hexadecimal, Inf, NaN
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil && x >= 0
}

// Share reads 85%, 85 % or 85 as well as 0.85: without a sign a number up to 1
// is a share, and one above 1 per cent. It tells whether s is one; a share may be
// above 1.
func Share(s string) (float64, bool) {
	percent, signed := strings.CutSuffix(s, "%")
	x, ok := number(strings.TrimSpace(percent))
	if signed || x > 1 {
		x /= 100
	}
	return x, ok
}

// seconds reads a time: 300, 300s, 5m or 5:00.
func seconds(s string) (float64, bool) {
	if x, ok := number(s); ok {
		return x, true
	}
	if strings.Contains(s, ":") {
		return clock(s)
	}
	d, err := time.ParseDuration(strings.Replace(s, ",", ".", 1))
	return d.Seconds(), err == nil && d >= 0
}

// clock reads minutes and seconds, or hours, minutes and seconds.
func clock(s string) (float64, bool) {
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return 0, false
	}
	total := 0.0
	for i, part := range parts {
		x, err := strconv.ParseUint(part, 10, 31)
		if err != nil || i > 0 && x >= 60 {
			return 0, false
		}
		total = total*60 + float64(x)
	}
	return total, true
}

const (
	// longestList is how many numbers of agents a list may have: a table that
	// is longer is nothing to look at.
	longestList = 1000
	// mostAgents is the number of agents that the models can size.
	mostAgents = 1e12
)

// agents reads a list such as 5,7,9 or 5..12, or both.
func agents(s string) ([]float64, bool) {
	var list []float64
	for part := range strings.SplitSeq(s, ",") {
		from, to, ranged := strings.Cut(strings.TrimSpace(part), "..")
		first, ok := number(from)
		last := first
		if ranged {
			var okLast bool
			last, okLast = number(to)
			ok = ok && okLast && first <= last && first == math.Trunc(first)
		}
		if !ok || last > mostAgents || last-first >= longestList {
			return nil, false
		}
		for n := first; n <= last; n++ {
			list = append(list, n)
		}
		if len(list) > longestList {
			return nil, false
		}
	}
	return list, true
}
