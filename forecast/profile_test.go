package forecast

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"
)

// drawn gives days of two types, each with a profile of its own, and counts by
// chance.
func drawn(days int, calls float64, of [2][]float64) shapes {
	random := rand.New(rand.NewPCG(5, 6))
	s := shapes{slots: len(of[0])}
	for d := range days {
		kind := d % 2
		var total float64
		for _, p := range of[kind] {
			v := distuv.Poisson{Lambda: calls * p, Src: random}.Rand()
			s.calls = append(s.calls, v)
			total += v
		}
		s.total = append(s.total, total)
		s.age = append(s.age, float64(days-d))
		s.kind = append(s.kind, kind)
	}
	return s
}

func distance(a, b []float64) float64 { return floats.Distance(a, b, 2) }

// TestProfilesAreShrunk checks that profiles of few calls are nearer to the
// truth than the means of their own type, when the types are alike, and that
// those of many calls keep what differs.
func TestProfilesAreShrunk(t *testing.T) {
	alike := [2][]float64{{.1, .2, .3, .2, .1, .1}, {.1, .2, .28, .22, .1, .1}}
	s := drawn(20, 40, alike)
	own := s.mean(s.weights(), func(d int) bool { return s.kind[d] == 0 })
	if got, raw := distance(s.fit().byType[0], alike[0]), distance(own, alike[0]); got >= raw {
		t.Errorf("shrunk profile is %v off, its own mean %v", got, raw)
	}
	unlike := [2][]float64{{.5, .2, .1, .1, .05, .05}, {.05, .05, .1, .1, .2, .5}}
	p := drawn(40, 2000, unlike).fit()
	for kind, want := range unlike {
		if off := distance(p.byType[kind], want); off > .02 {
			t.Errorf("type %d: profile %v, want %v", kind, p.byType[kind], want)
		}
	}
	if p.byType[2] != nil {
		t.Errorf("profile %v of a type that was never seen", p.byType[2])
	}
}

// TestOddDaysWeighLess checks that a day of another shape hardly moves the
// profile.
func TestOddDaysWeighLess(t *testing.T) {
	flat := []float64{.25, .25, .25, .25}
	s := drawn(24, 4000, [2][]float64{flat, flat})
	copy(s.calls[22*4:], []float64{4000, 0, 0, 0})
	s.total[22] = 4000
	if got := s.fit().byType[0][0]; math.Abs(got-.25) > .01 {
		t.Errorf("share %v of the first slot, want about .25", got)
	}
}

func TestNormalised(t *testing.T) {
	nan := math.NaN()
	for _, test := range []struct{ in, want []float64 }{
		{[]float64{1, 3}, []float64{.25, .75}},
		{[]float64{nan, 2, nan, 4, nan}, []float64{2. / 15, 2. / 15, 3. / 15, 4. / 15, 4. / 15}},
		{[]float64{nan, nan}, []float64{.5, .5}},
		{[]float64{0, 0}, []float64{.5, .5}},
	} {
		in := append([]float64(nil), test.in...)
		if got := normalised(in); !floats.EqualApprox(got, test.want, 1e-15) {
			t.Errorf("%v normalised: %v, want %v", test.in, got, test.want)
		}
	}
}
