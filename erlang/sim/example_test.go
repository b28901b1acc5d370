package sim_test

import (
	"context"
	"fmt"

	"bemanna/erlang"
	"bemanna/erlang/sim"
)

// Two groups of calls from eight to ten, with two agents each and one who
// takes both and answers e-mail between the calls.
func Example() {
	const hour = 3600
	calls := sim.Group{
		ArrivalRate: []float64{20. / hour, 30. / hour},
		HandleTime:  []float64{200, 200},
		Service:     sim.Service{Shape: sim.Lognormal, CV: 0.8},
		Patience:    erlang.Exponential{Mean: 240},
		Threshold:   60,
	}
	m := sim.Model{
		Step: hour, N: 2,
		Groups: []sim.Group{calls, calls},
		Email:  []sim.Email{{Backlog: []float64{4 * hour, 2 * hour, hour}, HandleTime: 300, Deadline: 5 * hour}},
		DayCV:  0.1,
		Agents: []sim.Agent{
			{Count: 2, Duties: []sim.Duty{{From: 0, To: 2 * hour, Groups: []int{0}}}},
			{Count: 2, Duties: []sim.Duty{{From: 0, To: 2 * hour, Groups: []int{1}}}},
			{Duties: []sim.Duty{{From: 0, To: 2 * hour, Groups: []int{0, 1}, Email: []int{0}}}},
		},
	}
	r, err := sim.Run(context.Background(), m, sim.Options{Replications: 2000, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	level := r.Day().ServiceLevel(erlang.OfOffered)
	fmt.Printf("answered within a minute: %.0f %%\n", 100*level.Mean)
	fmt.Printf("chance of 80 %% on a day: %.0f %%\n", 100*r.Day().Chance(erlang.OfOffered, 0.8).Mean)
	fmt.Printf("second hour: %.0f %% of the time on calls\n", 100*r.WorkAt(1).Occupancy().Mean)
	fmt.Printf("e-mail in time: %.0f %%\n", 100*r.Email(0).InTime().Mean)
	// Output:
	// answered within a minute: 85 %
	// chance of 80 % on a day: 78 %
	// second hour: 60 % of the time on calls
	// e-mail in time: 100 %
}
