package plan

import (
	"math"
	"testing"
)

// TestScaledNeed holds the need that is scaled by its elasticities against the
// need that is worked out anew, on days with other volumes: of all groups, and of
// one of two that share their people.
func TestScaledNeed(t *testing.T) {
	for _, skills := range [][][]int{{{0}, {1}}, {{0, 1}, {0, 1}}} {
		c, d, _ := littleDay(t, [2]float64{6, 9}, skills, []float64{200, 200})
		a := d.aheadDay
		var err error
		if a.elastic, err = a.elasticities(c, a.r); err != nil {
			t.Fatal(err)
		}
		for _, w := range []VolumeChange{{"", 0.8}, {"", 0.95}, {"", 1.1}, {"", 1.3}, {"b", 1.4}} {
			forecasts := WhatIf{Volume: []VolumeChange{w}}.recast(c, a.date, a.forecasts)
			scaled, sized := a.requirement(c, forecasts), a.requirement(c, forecasts)
			if err := scaled.scale(a.r, a.elastic); err != nil {
				t.Fatal(err)
			}
			if err := sized.size(c); err != nil {
				t.Fatal(err)
			}
			off := scaled.Hours()/sized.Hours() - 1
			t.Logf("%d pools, %+v: %.2f h, %.2f %% off", len(a.r.Pools), w, sized.Hours(), 100*off)
			if math.Abs(off) > 0.01 {
				t.Errorf("%+v: %v h, want %v within 1 %%", w, scaled.Hours(), sized.Hours())
			}
		}
	}
}
