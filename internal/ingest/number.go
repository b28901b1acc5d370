package ingest

import (
	"strconv"
	"strings"
)

// number reads 205, -3, 205,5 or 1 205,5 with the decimal sign given. Groups
// of three digits may be set apart by a space of any width or by the other one
// of point and comma. Exponents, NaN and infinities are no numbers here.
func number(s string, comma bool) (float64, bool) {
	if n, ok := digits(s); ok {
		return float64(n), true
	}
	decimal, group := ".", ","
	if comma {
		decimal, group = group, decimal
	}
	s = strings.TrimSpace(s)
	whole, frac, hasFrac := strings.Cut(s, decimal)
	sign := ""
	if strings.HasPrefix(whole, "-") || strings.HasPrefix(whole, "−") {
		sign = "-"
		whole = strings.TrimPrefix(strings.TrimPrefix(whole, "-"), "−")
	}
	whole, ok := ungroup(whole, group)
	if !ok || hasFrac && !allDigits(frac) {
		return 0, false
	}
	v, err := strconv.ParseFloat(sign+whole+"."+frac, 64)
	return v, err == nil
}

// ungroup takes the marks out of 1 205 000; it refuses groups that are not of
// three digits.
func ungroup(s, mark string) (string, bool) {
	if allDigits(s) {
		return s, true
	}
	s = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", mark, " ").Replace(s)
	groups := strings.Split(s, " ")
	for i, g := range groups {
		if !allDigits(g) || len(g) > 3 || i > 0 && len(g) < 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// digits reads a number of up to 15 digits and nothing else: most cells.
func digits(s string) (n int, ok bool) {
	if s == "" || len(s) > 15 {
		return 0, false
	}
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return n, true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// seconds reads a duration: 205, 205,5, 3:25 (minutes and seconds) or
// 00:03:25.
func seconds(s string, comma bool) (float64, bool) {
	if strings.IndexByte(s, ':') < 0 {
		return number(s, comma)
	}
	parts := strings.Split(strings.TrimSpace(s), ":")
	if len(parts) > 3 {
		return 0, false
	}
	total := 0.0
	for i, p := range parts {
		v, ok := number(p, comma)
		last := i == len(parts)-1
		if !ok || v < 0 || i > 0 && v >= 60 || !last && !allDigits(p) {
			return 0, false
		}
		total = total*60 + v
	}
	return total, true
}

// share reads 0,85 or 85 %.
func share(s string, comma bool) (float64, bool) {
	if p, ok := strings.CutSuffix(s, "%"); ok {
		v, ok := number(strings.TrimSpace(p), comma)
		return v / 100, ok
	}
	return number(s, comma)
}

// decimalVote tells what one number says of the decimal sign of its file: +1
// for the comma, -1 for the point, 0 when it leaves it open.
func decimalVote(s string) int {
	comma, point := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	last, vote := comma, +1
	if point > comma {
		last, vote = point, -1
	}
	switch {
	case last < 0 || !allDigits(s[last+1:]):
		return 0
	case comma >= 0 && point >= 0: // 1.205,5: the last one is the decimal sign
		return vote
	case len(s)-last-1 == 3: // 1,205 may be one or a thousand
		return 0
	}
	return vote
}
