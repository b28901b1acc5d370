package erlang_test

import (
	"fmt"
	"testing"

	"bemanna/erlang"
)

// TestReferenceTransient follows the day of the vectors, which are in minutes.
//
// Those of E2 were computed with an error of up to 2e-5 of their own: the same
// day by uniformisation of the full state differs from them by as much and
// from this package by less than 1e-10 (TestTransientAgainstUniformisation
// has it).
func TestReferenceTransient(t *testing.T) {
	rows := vectors(t, "transient.csv")
	for _, c := range []struct {
		name      string
		departure erlang.Departure
		tolerance float64
	}{{"P", erlang.Preempt, 1e-9}, {"E1", erlang.FirstToFinish, 2e-9}, {"E2", erlang.FinishCall, 2e-5}} {
		var day []erlang.Interval
		var want []row
		calls, inTime, level := 0.0, 0.0, 0.0
		for _, r := range rows {
			if r["convention"] != c.name {
				continue
			}
			if r["interval"] == "day" {
				level = r.number(t, "SL_offered")
				continue
			}
			want = append(want, r)
			day = append(day, erlang.Interval{
				Duration: 15, ArrivalRate: r.number(t, "lambda_per_min"), ServiceRate: r.number(t, "mu"),
				AbandonRate: r.number(t, "theta"), Agents: int(r.number(t, "s")),
			})
		}
		course, err := erlang.Follow(day, 1, erlang.TransientOptions{Departure: c.departure})
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range course.Intervals {
			check := func(column string, got float64) {
				relative(t, fmt.Sprint(c.name, " ", i, " ", column), got, want[i].number(t, column), c.tolerance)
			}
			check("EN_end", course.End[i].Calls)
			check("P_N_ge_s_end", course.End[i].Busy)
			check("mean_Q", p.QueueLength)
			check("P_abandon", day[i].AbandonRate*p.QueueLength/day[i].ArrivalRate) // in the interval
			check("P_wait", p.Delay)
			if want[i]["SL_offered"] != "" {
				check("SL_offered", p.AnsweredWithin)
			}
			calls += day[i].ArrivalRate
			inTime += day[i].ArrivalRate * p.AnsweredWithin
		}
		if level > 0 {
			relative(t, c.name+" day", inTime/calls, level, c.tolerance)
		}
	}
}

// TestPublishedDay has the levels of the example singleQueue.xml of the
// simulator ContactCenters (Université de Montréal, github.com/umontreal-simul/
// contactcenters): 13 hours from 8:00, calls of 100 s, patience of 1000 s, of
// which 10 % balk. Its agents leave at once, and its level is over those who
// are answered and those who hang up after the threshold. The intervals of
// 95 % are from 300 simulated days; hours are published without them.
func TestPublishedDay(t *testing.T) {
	calls := []float64{100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60} // per hour
	agents := []int{4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4}
	day := make([]erlang.Interval, len(calls))
	for i := range day {
		day[i] = erlang.Interval{
			Duration: 3600, ArrivalRate: calls[i] / 3600, ServiceRate: 1.0 / 100, AbandonRate: 1.0 / 1000, Balk: 0.1, Agents: agents[i],
		}
	}
	for _, c := range []struct {
		threshold, least, most float64 // s, %
		hours                  []float64
	}{
		{20, 92.2, 92.7, []float64{78.1, 85.9, 97.5, 93.7, 90.1, 93.0, 97.4, 97.3, 93.5, 97.0, 87.3, 91.8, 94.7}},
		{30, 94.2, 94.6, []float64{81.8, 89.2, 98.4, 95.7, 93.0, 94.9, 98.4, 98.3, 95.4, 97.9, 89.6, 93.5, 95.8}},
	} {
		performances, err := erlang.Transient(day, c.threshold, erlang.TransientOptions{Departure: erlang.Preempt})
		if err != nil {
			t.Fatal(err)
		}
		var sum erlang.Counts
		for i, p := range performances {
			level := 100 * p.ServiceLevel(erlang.ExcludingShort)
			absolute(t, fmt.Sprintf("level at %v s, %d:00", c.threshold, 8+i), level, c.hours[i], 0.9)
			sum = sum.Plus(erlang.Counts{
				Answered: calls[i] * (1 - p.Abandonment), Abandoned: calls[i] * p.Abandonment,
				AnsweredWithin: calls[i] * p.AnsweredWithin, AbandonedWithin: calls[i] * p.AbandonedWithin,
			})
		}
		if level := 100 * sum.ServiceLevel(erlang.ExcludingShort); level < c.least || level > c.most {
			t.Errorf("level of the day at %v s = %.2f %%, want from %v to %v", c.threshold, level, c.least, c.most)
		}
	}
}
