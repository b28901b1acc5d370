package forecast_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"bemanna/forecast"
)

func TestDayQuantileSpecialCases(t *testing.T) {
	for _, test := range []struct{ total, sigma, far, p, want float64 }{
		{0, .1, .15, .9, 0},
		{300, .1, .15, 0, 0},
		{300, .1, .15, 1, math.Inf(1)},
		{300, .1, .15, -.1, math.NaN()},
		{300, .1, .15, math.NaN(), math.NaN()},
		{300, .1, 0, .9, single(300, .1).Quantile(0, .9)},
	} {
		got := forecast.Day{Total: test.total, Sigma: test.sigma, Far: test.far}.Quantile(test.p)
		if got != test.want && !(math.IsNaN(got) && math.IsNaN(test.want)) {
			t.Errorf("%v-quantile of %+v: %v, want %v", test.p, test, got, test.want)
		}
	}
}

// TestDayQuantile checks that quantiles grow with p and with the total, and that
// days that are far off leave an 80 % interval nearly as it is and widen one of
// 99 %.
func TestDayQuantile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := forecast.Day{
			Total: math.Exp(rapid.Float64Range(2, 10).Draw(t, "log total")),
			Sigma: rapid.Float64Range(0, .3).Draw(t, "sigma"), Far: .15,
		}
		p, q := rapid.Float64Range(.001, .999).Draw(t, "p"), rapid.Float64Range(.001, .999).Draw(t, "q")
		const slack = .01 // of a call: quantiles have an error
		if p < q && d.Quantile(p) > d.Quantile(q)*(1+1e-5)+slack {
			t.Fatalf("%v-quantile %v, greater than the %v-quantile %v", p, d.Quantile(p), q, d.Quantile(q))
		}
		more := d
		more.Total *= 1.2
		if d.Quantile(p) > more.Quantile(p)*(1+1e-5)+slack {
			t.Fatalf("%v-quantile %v of %v, %v of %v", p, d.Quantile(p), d.Total, more.Quantile(p), more.Total)
		}
		one := d
		one.Far = 0
		width := func(d forecast.Day, p float64) float64 { return d.Quantile(1-p) - d.Quantile(p) }
		if a, b := width(d, .1), width(one, .1); math.Abs(a-b) > .1*b+slack {
			t.Fatalf("80%% interval of width %v, with one spread %v", a, b)
		}
		if a, b := width(d, .005), width(one, .005); a < b-slack-.01*b {
			t.Fatalf("99%% interval of width %v, with one spread %v", a, b)
		}
	})
}
