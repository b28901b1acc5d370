package schedule

import (
	"context"
	"fmt"
	"testing"
)

func TestSmoke(t *testing.T) {
	p := centre{seed: 1, agents: 66, units: 3, groups: 14, load: 0.68}.day(3)
	for _, it := range []int{1, 300, 3000, 10000} {
		plan, err := Solve(context.Background(), p, Options{Seed: 1, Iterations: it})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(plan.Cost, plan.Unplaced)
	}
}
