package erlang_test

import (
	"fmt"

	"bemanna/erlang"
)

// Twenty calls in a quarter of an hour, five minutes each: how many people
// answer 85 % of them within a minute, if nobody hangs up?
func ExampleQueue_Agents() {
	q := erlang.Queue{ArrivalRate: 20.0 / 900, ServiceRate: 1.0 / 300}
	n, err := q.Agents(erlang.Target{Share: 0.85, Threshold: 60})
	fmt.Println(n, err)
	// Output: 10 <nil>
}

func ExampleQueue_Performance() {
	q := erlang.Queue{ArrivalRate: 20.0 / 900, ServiceRate: 1.0 / 300}
	for agents := 8.0; agents <= 11; agents++ {
		p, err := q.Performance(agents, 60)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%v people: %.1f %% within 60 s, mean wait %.0f s\n",
			agents, 100*p.ServiceLevel(erlang.OfOffered), p.SpeedOfAnswer)
	}
	// Output:
	// 8 people: 59.2 % within 60 s, mean wait 120 s
	// 9 people: 80.4 % within 60 s, mean wait 40 s
	// 10 people: 91.0 % within 60 s, mean wait 16 s
	// 11 people: 96.1 % within 60 s, mean wait 6 s
}

// The same day looks better or worse by the definition.
func ExamplePerformance_ServiceLevel() {
	q := erlang.Queue{ArrivalRate: 20.0 / 900, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
	p, err := q.Performance(7, 60)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range []erlang.Definition{
		erlang.OfOffered, erlang.OfAnswered, erlang.ExcludingShort, erlang.IncludingAbandoned, erlang.ExcludingBelow(5),
	} {
		fmt.Printf("%-20v %.1f %%\n", d, 100*p.ServiceLevel(d))
	}
	// Output:
	// offered              72.7 %
	// answered             85.3 %
	// excluding-short      80.6 %
	// including-abandoned  82.5 %
	// excluding-below-5s   73.6 %
}

// Fractions of a person add up; people do not. Three groups that need 1.3
// people each are 4 people, not 6.
func ExampleWhole() {
	fmt.Println(erlang.Whole(1.3+1.3+1.3), 3*erlang.Whole(1.3))
	fmt.Println(erlang.Whole(0.1 + 0.2 + 1.7))
	// Output:
	// 4 6
	// 2
}

func ExampleQueue_WithRedials() {
	q := erlang.Queue{ArrivalRate: 60.0 / 900, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 60}
	q, err := q.WithRedials(0.5)
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := q.Performance(19, 60)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.1f attempts for 60 callers, %.1f %% of them answered within a minute\n",
		900*p.OfferedRate, 100*p.ServiceLevel(erlang.OfOffered))
	// Output: 67.0 attempts for 60 callers, 76.8 % of them answered within a minute
}

// Two specialists of billing, three of orders, and four people who do both:
// the four count once, and go where they are needed.
func ExamplePool() {
	queues := []erlang.Queue{
		{ArrivalRate: 12.0 / 900, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}, // billing, 4 erlangs
		{ArrivalRate: 9.0 / 900, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180},  // orders, 3 erlangs
	}
	p, err := erlang.Pool(queues, []erlang.Crew{
		{Agents: 2, Groups: []int{0}},
		{Agents: 3, Groups: []int{1}},
		{Agents: 4, Groups: []int{0, 1}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	performances, err := p.Performance([]float64{60, 20})
	if err != nil {
		fmt.Println(err)
		return
	}
	for g, performance := range performances {
		fmt.Printf("pool %d, %.2f agents, %.1f %%\n", p.Pool[g], p.Capacity[g], 100*performance.ServiceLevel(erlang.OfOffered))
	}
	// Output:
	// pool 0, 5.14 agents, 88.0 %
	// pool 0, 3.86 agents, 80.9 %
}

// Ten small groups need 30 people apart.
func ExamplePooledNeed() {
	queues := make([]erlang.Queue, 10)
	for i := range queues {
		queues[i] = erlang.Queue{ArrivalRate: 4.0 / 900, ServiceRate: 1.0 / 300}
	}
	total, share, err := erlang.PooledNeed(queues, erlang.Target{Share: 0.85, Threshold: 60})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d people together; %.2f for each group\n", erlang.Whole(total), share[0])
	// Output: 17 people together; 1.67 for each group
}

// What the forecast alone promises, and what is to be expected when the
// forecast is off by 20 %.
func ExampleQueue_Mixed() {
	q := erlang.Queue{ArrivalRate: 60.0 / 900, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
	for _, cv := range []float64{0, 0.2} {
		p, err := q.Mixed(21, 60, cv)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%.1f %%\n", 100*p.ServiceLevel(erlang.OfOffered))
	}
	// Output:
	// 86.2 %
	// 79.9 %
}

// The same calls and the same mean patience, of five minutes: what counts is
// how many hang up early.
func ExampleQueue_Performance_generalPatience() {
	q := erlang.Queue{ArrivalRate: 98.0 / 240, ServiceRate: 1.0 / 240}
	for _, patience := range []erlang.Patience{
		erlang.Exponential{Mean: 300},
		erlang.Deterministic{Seconds: 300},
		erlang.Weibull{Shape: 0.6, Mean: 300},
		erlang.Balking{Share: 0.1, Then: erlang.Exponential{Mean: 1000.0 / 3}},
	} {
		q.Patience = patience
		p, err := q.Performance(100, 20)
		if err != nil {
			fmt.Println(err)
			return
		}
		n, err := q.Agents(erlang.Target{Share: 0.8, Threshold: 20})
		fmt.Printf("%T: %.1f %% within 20 s, %.1f %% hang up; %d people for 80 %% (%v)\n",
			patience, 100*p.ServiceLevel(erlang.OfOffered), 100*p.Abandonment, n, err)
	}
	// Output:
	// erlang.Exponential: 80.1 % within 20 s, 2.9 % hang up; 100 people for 80 % (<nil>)
	// erlang.Deterministic: 36.7 % within 20 s, 0.1 % hang up; 106 people for 80 % (<nil>)
	// erlang.Weibull: 92.3 % within 20 s, 4.3 % hang up; 92 people for 80 % (<nil>)
	// erlang.Balking: 89.8 % within 20 s, 4.2 % hang up; 95 people for 80 % (<nil>)
}

// Six calls that had to wait. The two that were answered after 40 s and 90 s
// would have waited longer.
func ExampleEstimatePatience() {
	e, err := erlang.EstimatePatience([]erlang.Wait{
		{Seconds: 10, Abandoned: true},
		{Seconds: 20, Abandoned: true},
		{Seconds: 20},
		{Seconds: 40},
		{Seconds: 60, Abandoned: true},
		{Seconds: 90},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range e.Steps {
		fmt.Printf("after %2.0f s %.0f %% still wait, ± %.0f\n", step.Seconds, 100*step.Survival, 100*step.StandardError)
	}
	fmt.Printf("mean patience %.0f s\n", erlang.MeanPatience(e))
	// Output:
	// after 10 s 83 % still wait, ± 15
	// after 20 s 67 % still wait, ± 19
	// after 60 s 33 % still wait, ± 25
	// after 90 s 33 % still wait, ± 25
	// mean patience 82 s
}

// Three hung up while all calls of a small group waited 5 minutes together.
// Ten imagined ones at the rate of the whole centre keep the estimate sane.
func ExampleAbandonEvidence_Shrunk() {
	few := erlang.AbandonEvidence{Abandoned: 3, Waited: 300}
	for _, e := range []erlang.AbandonEvidence{few, few.Shrunk(1.0/240, 10)} {
		r, err := e.Estimate()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("mean patience %.0f s, between %.0f s and %.0f s\n", 1/r.Rate, 1/r.High, 1/r.Low)
	}
	// Output:
	// mean patience 100 s, between 34 s and 485 s
	// mean patience 208 s, between 121 s and 390 s
}
