package calculator

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// refused stands for a text that is not read.
const refused = -1

func TestQuantities(t *testing.T) {
	for _, c := range []struct {
		kind string
		read func(string) (float64, bool)
		want map[string]float64
	}{
		{"number", number, map[string]float64{
			"0": 0, "12": 12, "12.5": 12.5, "12,5": 12.5, "1e3": 1000, ".5": 0.5,
			"-1": refused, "1,205.5": refused, "1 205": refused, "": refused, "NaN": refused, "inf": refused,
			"Infinity": refused, "1e999": refused, "0x10": refused, "1_0": refused, "12 st": refused,
		}},
		{"share", Share, map[string]float64{
			"85%": 0.85, "85 %": 0.85, "85": 0.85, "0.85": 0.85, "0,85": 0.85, "99.5": 0.995, "1": 1, "1%": 0.01, "0.5%": 0.005, "180%": 1.8,
			"-5%": refused, "%": refused, "85%%": refused,
		}},
		{"seconds", seconds, map[string]float64{
			"300": 300, "300s": 300, "5m": 300, "1h30m": 5400, "1.5m": 90, "1,5m": 90, "5:00": 300, "00:05:00": 300, "0": 0, "0.25": 0.25,
			"-5m": refused, "-5": refused, "5 min": refused, "5:60": refused, "1:2:3:4": refused, ":30": refused, "5d": refused, "5:1.5": refused,
		}},
	} {
		for text, want := range c.want {
			got, ok := c.read(text)
			if !ok {
				got = refused
			}
			if got != want {
				t.Errorf("%s %q: %v, want %v", c.kind, text, got, want)
			}
		}
	}
}

func TestAgents(t *testing.T) {
	for text, want := range map[string][]float64{
		"7": {7}, "6.5": {6.5}, "5..8": {5, 6, 7, 8}, "5,7, 9": {5, 7, 9}, "9,1..3": {9, 1, 2, 3}, "5..5": {5}, "0": {0},
		"": nil, "5..": nil, "..5": nil, "8..5": nil, "5,,7": nil, "5-8": nil, "0.5..3": nil, "1..1001": nil, "1..1000,5": nil, "1e13": nil, "1..1e300": nil,
	} {
		got, ok := agents(text)
		if diff := cmp.Diff(want, got); diff != "" || ok != (want != nil) {
			t.Errorf("%q: %v (-want +got):\n%s", text, ok, diff)
		}
	}
}

// TestSharesRoundTrip: a share in per cent, with and without its sign, is the
// share.
func TestSharesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := float64(rapid.IntRange(101, 9999).Draw(t, "hundredths of a per cent")) / 1e4
		percent := strconv.FormatFloat(x*100, 'f', 2, 64)
		for _, text := range []string{percent + "%", percent, strconv.FormatFloat(x, 'f', -1, 64)} {
			got, ok := Share(text)
			if !ok || got-x > 1e-15 || x-got > 1e-15 {
				t.Fatalf("%q: %v, want %v", text, got, x)
			}
		}
	})
}
