package erlang_test

import (
	"fmt"

	"bemanna/erlang"
)

// morning is three hours: one too thin, then one with more people, then a
// quiet one.
func morning() []erlang.Interval {
	day := make([]erlang.Interval, 3)
	for i := range day {
		day[i] = erlang.Interval{Duration: 3600, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
		day[i].ArrivalRate = []float64{120, 130, 70}[i] / 3600
		day[i].Agents = []int{7, 12, 8}[i]
	}
	return day
}

// The second hour begins with what the first has left waiting, and the third
// with calls that are still in progress.
func ExampleTransient() {
	performances, err := erlang.Transient(morning(), 60, erlang.TransientOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, p := range performances {
		fmt.Printf("%d:00  %.1f %% within 60 s, %.1f %% hang up, %.1f wait on average\n",
			8+i, 100*p.AnsweredWithin, 100*p.Abandonment, p.QueueLength)
	}
	// Output:
	// 8:00  46.6 % within 60 s, 29.6 % hang up, 1.8 wait on average
	// 9:00  84.1 % within 60 s, 8.5 % hang up, 0.5 wait on average
	// 10:00  87.7 % within 60 s, 6.6 % hang up, 0.2 wait on average
}

// The target in every hour, over the whole day, over the day when the forecast
// may be 20 % off, and in every hour with carry-over.
func ExampleStaffDay() {
	target := erlang.Target{Share: 0.85, Threshold: 60}
	for _, o := range []erlang.StaffOptions{{}, {WholeDay: true}, {WholeDay: true, CV: 0.2}, {CarryOver: true}} {
		agents, err := erlang.StaffDay(morning(), target, o)
		fmt.Println(agents, err)
	}
	// Output:
	// [12 13 8] <nil>
	// [12 13 7] <nil>
	// [13 14 7] <nil>
	// [12 13 8] <nil>
}

func ExampleExpect() {
	for _, cv := range []float64{0, 0.2} {
		o, err := erlang.Expect(morning(), erlang.Target{Share: 0.75, Threshold: 60}, cv, erlang.TransientOptions{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("expected %.0f %%, from %.0f to %.0f %% on nine days of ten; reaches 75 %% on %.0f %% of days\n",
			100*o.Share, 100*o.Low, 100*o.High, 100*o.Chance)
	}
	// Output:
	// expected 71 %, from 60 to 81 % on nine days of ten; reaches 75 % on 26 % of days
	// expected 68 %, from 45 to 91 % on nine days of ten; reaches 75 % on 41 % of days
}

func ExampleQueue_Luck() {
	q := erlang.Queue{ArrivalRate: 20.0 / 900, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
	variance, err := q.Luck(9, 60, 900)
	fmt.Printf("%.1f calls², %v\n", variance, err)
	// Output: 10.6 calls², <nil>
}
