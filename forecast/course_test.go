package forecast

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// covariance gives that of the deviations of two intervals of a day, as Course
// is documented, Unforeseen apart.
func (c Course) covariance(i, j int, hour []float64) float64 {
	v := c.Whole + c.Wander*math.Exp(-math.Abs(hour[i]-hour[j])/5)
	if i == j {
		v += 1 - c.Whole - c.Wander
	}
	return v
}

// TestOutlookIsTheConditionalNormal compares the filter with the conditional
// distribution of a normal vector, its covariance written out.
func TestOutlookIsTheConditionalNormal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n, seen = 9, 5
		c := Course{Whole: rapid.Float64Range(.05, .7).Draw(t, "whole")}
		c.Wander = rapid.Float64Range(.05, .95-c.Whole).Draw(t, "wander")
		hour := make([]float64, n)
		for i := range hour {
			hour[i] = 8 + float64(i) + rapid.Float64Range(0, .9).Draw(t, "hour")
		}
		o := c.outlook()
		k, x := mat.NewSymDense(seen, nil), mat.NewVecDense(seen, nil)
		for i := range seen {
			const mean, spread = 50, .2
			x.SetVec(i, rapid.Float64Range(-.5, .5).Draw(t, "deviation")) // small enough to count in full
			o.see(hour[i], mean, spread, mean*(1+spread*x.AtVec(i)))
			for j := range i + 1 {
				k.SetSym(i, j, c.covariance(i, j, hour))
			}
			k.SetSym(i, i, k.At(i, i)+1/(mean*spread*spread))
		}
		var chol mat.Cholesky
		if !chol.Factorize(k) {
			t.Fatal("the covariance is not positive definite")
		}
		weight := []float64{1, 4, 2, .5}
		var deviation, variance float64
		for i := seen; i < n; i++ {
			for j := seen; j < n; j++ {
				m, v := conditional(c, &chol, x, hour, i, j)
				variance += weight[i-seen] * weight[j-seen] * v
				if i != j {
					continue
				}
				deviation += weight[i-seen] * m
				if gotM, gotV := o.at(hour[i]); !scalar.EqualWithinAbs(gotM, m, 1e-9) || !scalar.EqualWithinAbs(gotV, v, 1e-9) {
					t.Fatalf("interval %d: %v with variance %v, want %v and %v", i, gotM, gotV, m, v)
				}
			}
		}
		if gotM, gotV := o.sum(hour[seen:], weight); !scalar.EqualWithinAbs(gotM, deviation, 1e-9) || !scalar.EqualWithinAbs(gotV, variance, 1e-9) {
			t.Fatalf("sum: %v with variance %v, want %v and %v", gotM, gotV, deviation, variance)
		}
	})
}

// conditional gives the mean of interval i and its covariance with j, x having
// been seen.
func conditional(c Course, chol *mat.Cholesky, x *mat.VecDense, hour []float64, i, j int) (mean, covariance float64) {
	var ki, kj, solved mat.VecDense
	ki.CloneFromVec(x)
	kj.CloneFromVec(x)
	for s := range x.Len() {
		ki.SetVec(s, c.covariance(i, s, hour))
		kj.SetVec(s, c.covariance(j, s, hour))
	}
	if err := chol.SolveVecTo(&solved, &ki); err != nil {
		panic(err)
	}
	return mat.Dot(&solved, x), c.covariance(i, j, hour) - mat.Dot(&solved, &kj)
}

// TestSurpriseIsCut checks that a burst of any size moves the outlook no more
// than one of surprise standard deviations.
func TestSurpriseIsCut(t *testing.T) {
	c := Course{Whole: .5, Wander: .5}
	const mean, spread = 100, .1
	edge, burst := c.outlook(), c.outlook()
	sd := math.Sqrt(1 + 1/(mean*spread*spread))
	edge.see(9, mean, spread, mean*(1+spread*surprise*sd))
	burst.see(9, mean, spread, 10*mean)
	a, _ := edge.at(10)
	b, _ := burst.at(10)
	if !scalar.EqualWithinAbs(a, b, 1e-12) || !(a > 0) {
		t.Errorf("after a tenfold interval %v, want %v as after one of %v standard deviations", b, a, surprise)
	}
}

// madeDays gives days whose rates stray as a course says.
func madeDays(c Course, n int) []foretold {
	random := rand.New(rand.NewPCG(11, 1))
	days := make([]foretold, n)
	for k := range days {
		d := foretold{spread: .2}
		whole, wander := random.NormFloat64(), random.NormFloat64()
		for i := range 20 {
			const mean, step = 400., .5
			x := math.Sqrt(c.Whole)*whole + math.Sqrt(c.Wander)*wander + math.Sqrt(c.own())*random.NormFloat64()
			wander = fade(step)*wander + math.Sqrt(1-fade(step)*fade(step))*random.NormFloat64()
			d.mean, d.hour = append(d.mean, mean), append(d.hour, 8+step*float64(i))
			d.calls = append(d.calls, mean*(1+d.spread*x)+math.Sqrt(mean)*random.NormFloat64())
		}
		days[k] = d
	}
	return days
}

// TestLearnCourse checks that invented days with a course far from the usual one
// draw what is learnt towards it, and few of them less than many.
func TestLearnCourse(t *testing.T) {
	if c := learnCourse(nil); c != (Course{}) {
		t.Errorf("%+v of no days, want nothing", c)
	}
	for _, test := range []struct {
		name string
		true Course
		off  func(c Course) float64
	}{
		{"every interval for itself", Course{Whole: .05, Wander: .05}, func(c Course) float64 { return .9 - c.own() }},
		{"the whole day", Course{Whole: .75, Wander: .25}, func(c Course) float64 { return .75 - c.Whole }},
	} {
		few, many := test.off(learnCourse(madeDays(test.true, 3))), test.off(learnCourse(madeDays(test.true, 100)))
		if !(many < few) || many > .25 {
			t.Errorf("%s: off by %.2f after 3 days and %.2f after 100, want less and less than .25", test.name, few, many)
		}
	}
}

// TestUnforeseen checks that it makes the 80 % intervals of the rests hold which
// stray more than the course knows.
func TestUnforeseen(t *testing.T) {
	days := madeDays(usualCourse, 200)
	random := rand.New(rand.NewPCG(5, 5))
	for _, d := range days {
		afternoon := .15 * random.NormFloat64()
		for i := 10; i < 20; i++ {
			d.calls[i] *= 1 + afternoon
		}
	}
	c := learnCourse(days)
	var within, n float64
	for _, r := range c.foretell(days) {
		n++
		within += indicator(math.Abs(r.calls-r.expected) < 1.2816*math.Sqrt(r.expected+r.variance))
	}
	if within /= n; math.Abs(within-.8) > .03 {
		t.Errorf("%.3f of the rests lie in their 80 %% intervals", within)
	}
}

// BenchmarkLearnCourse learns from 60 days of half-hours.
func BenchmarkLearnCourse(b *testing.B) {
	days := madeDays(usualCourse, 60)
	for b.Loop() {
		learnCourse(days)
	}
}
