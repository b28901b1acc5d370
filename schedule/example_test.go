package schedule_test

import (
	"context"
	"fmt"
	"time"

	"bemanna/schedule"
)

// twoGroups is a morning of four hours with two answer groups. Each agent more
// saves less than the one before.
func twoGroups() schedule.Problem {
	grid := schedule.Grid{Start: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC), Step: time.Hour, N: 4}
	housing, parking := []schedule.Money{1000, 300, 0}, []schedule.Money{1000, 400, 0}
	return schedule.Problem{
		Grid: grid,
		Demands: []schedule.Demand{
			{ID: "housing", Kind: schedule.Phone, Cost: [][]schedule.Money{housing, housing, housing, housing}},
			{ID: "parking", Kind: schedule.Phone, Cost: [][]schedule.Money{parking, parking, parking, parking}},
		},
		Agents: []schedule.Agent{
			{ID: "Anna", Skills: []int{0}, Shifts: []schedule.Shift{{Span: schedule.Span{From: 0, To: 4}}}},
			{ID: "Bo", Skills: []int{0, 1}, Shifts: []schedule.Shift{{Span: schedule.Span{From: 0, To: 4}}}},
			{ID: "Cia", Skills: []int{1}, Shifts: []schedule.Shift{{Span: schedule.Span{From: 0, To: 4}}}},
		},
	}
}

// A plan, how good it is at the least, and its repair when somebody leaves at
// ten.
func Example() {
	ctx := context.Background()
	p := twoGroups()
	plan, err := schedule.Solve(ctx, p, schedule.Options{Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	proof, err := schedule.Bound(ctx, p, plan, schedule.BoundOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("cost %d, at least %d\n", plan.Cost, proof.Bound)

	p.Agents[0].Fixed = []schedule.Block{{Span: schedule.Span{From: 2, To: 4}, Kind: schedule.Absent}}
	repaired, err := schedule.Repair(ctx, p, plan, schedule.RepairOptions{Now: 2, ChangeCost: 100})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("unrepaired %d, repaired %d\n", repaired.Unrepaired, repaired.Plan.Cost)
	for _, c := range repaired.Changes {
		fmt.Printf("%s takes %s from interval %d to %d, which saves %d\n",
			c.Agent, p.Demands[c.Is.Demands[0]].ID, c.Is.From, c.Is.To, c.Gain)
	}
	fmt.Printf("%d broken rules\n", len(schedule.Check(repaired.Problem, repaired.Plan)))
	// Output:
	// cost 1200, at least 1200
	// unrepaired 2600, repaired 2000
	// Bo takes housing from interval 2 to 4, which saves 600
	// 0 broken rules
}
