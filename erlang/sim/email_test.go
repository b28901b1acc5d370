package sim_test

import (
	"testing"

	"bemanna/erlang"
	"bemanna/erlang/sim"
)

// inbox is ten minutes with a backlog of messages that take exactly 100 s, and
// nothing else: all can be worked out by hand.
func inbox(agents []sim.Agent, kinds ...sim.Email) sim.Model {
	for k := range kinds {
		kinds[k].HandleTime, kinds[k].Service = 100, sim.Service{Shape: sim.Deterministic}
	}
	return sim.Model{
		Step: 600, N: 1, Agents: agents, Email: kinds,
		Groups: []sim.Group{{ArrivalRate: []float64{0}, HandleTime: []float64{100}}},
	}
}

func writes(from, to float64, kinds ...int) sim.Duty {
	return sim.Duty{From: from, To: to, Email: kinds}
}

func onPhone(kinds ...int) []sim.Duty {
	return []sim.Duty{{From: 0, To: 600, Groups: []int{0}, Email: kinds}}
}

// handled is what is expected of a kind of message.
type handled struct{ answered, inTime, left, overdue, age float64 }

func TestMessages(t *testing.T) {
	now := make([]float64, 3) // three messages that have just come
	alone := []sim.Agent{{Duties: []sim.Duty{writes(0, 600, 0)}}}
	both := []sim.Agent{{Duties: []sim.Duty{writes(0, 600, 0, 1)}}}
	for _, c := range []struct {
		name string
		m    sim.Model
		want []handled
	}{
		{
			"due first, begun first", inbox(both, sim.Email{Backlog: now, Deadline: 600}, sim.Email{Backlog: now, Deadline: 300}),
			[]handled{{3, 1, 0, 0, 500}, {3, 1, 0, 0, 200}},
		},
		{
			"never due is last", inbox(both, sim.Email{Backlog: now}, sim.Email{Backlog: now, Deadline: 500}),
			[]handled{{3, 1, 0, 0, 500}, {3, 1, 0, 0, 200}},
		},
		{
			"oldest first", inbox(alone, sim.Email{Backlog: []float64{0, 1000, 500}, Deadline: 1100}),
			[]handled{{3, 1, 0, 0, (1100 + 700 + 300) / 3.}},
		},
		{
			"overdue", inbox(alone, sim.Email{Backlog: make([]float64, 8), Deadline: 400}),
			[]handled{{6, 4. / 8, 2, 2, 350}},
		},
		{
			"left, not yet due", inbox(alone, sim.Email{Backlog: make([]float64, 8), Deadline: 700}),
			[]handled{{6, 1, 2, 0, 350}},
		},
		{
			"the duty ends meanwhile", inbox([]sim.Agent{{Duties: []sim.Duty{writes(0, 250, 0)}}}, sim.Email{Backlog: make([]float64, 5)}),
			[]handled{{3, 1, 2, 0, 200}},
		},
		{
			"a reserve of two of three", inbox([]sim.Agent{{Duties: onPhone(0), Count: 3}}, sim.Email{Backlog: make([]float64, 20), Reserve: 2}),
			[]handled{{6, 1, 14, 0, 350}},
		},
		{
			"a reserve of all", inbox([]sim.Agent{{Duties: onPhone(0), Count: 3}}, sim.Email{Backlog: now, Reserve: 3}),
			[]handled{{0, 0, 3, 0, 0}},
		},
		{
			"others are the reserve", inbox([]sim.Agent{{Duties: onPhone(0)}, {Duties: onPhone(), Count: 2}}, sim.Email{Backlog: now, Reserve: 2}),
			[]handled{{3, 1, 0, 0, 200}},
		},
		{
			"no reserve on e-mail duty", inbox([]sim.Agent{{Duties: []sim.Duty{writes(0, 600, 0)}}}, sim.Email{Backlog: now, Reserve: 9}),
			[]handled{{3, 1, 0, 0, 200}},
		},
		{
			"only what one can", inbox([]sim.Agent{{Duties: []sim.Duty{writes(0, 600, 1)}}}, sim.Email{Backlog: now}, sim.Email{Backlog: now}),
			[]handled{{0, 0, 3, 0, 0}, {3, 1, 0, 0, 200}},
		},
	} {
		r := run(t, c.m, sim.Options{Replications: 2, Seed: 1})
		for k, want := range c.want {
			got := r.Email(k)
			numbers := handled{got.Answered().Mean, got.InTime().Mean, got.LeftOver().Mean, got.Overdue().Mean, got.AverageAge().Mean}
			if want.answered == 0 {
				numbers.inTime, numbers.age = 0, 0 // NaN: nothing to go by
			}
			if !exact(numbers.answered, want.answered) || !exact(numbers.inTime, want.inTime) || !exact(numbers.left, want.left) ||
				!exact(numbers.overdue, want.overdue) || !exact(numbers.age, want.age) {
				t.Errorf("%s: e-mail %d %+v, want %+v", c.name, k, numbers, want)
			}
		}
	}
}

// A message whose writer leaves goes by Departure: one writer goes at 250 s, in
// the middle of the third message, and another comes.
func TestMessagesOfThoseWhoLeave(t *testing.T) {
	for d, want := range map[erlang.Departure]float64{
		erlang.FinishCall:    (100 + 200 + 300 + 350 + 450 + 550) / 6.,
		erlang.FirstToFinish: (100 + 200 + 300 + 400 + 500 + 600) / 6.,
		erlang.Preempt:       (100 + 200 + 300 + 400 + 500 + 600) / 6.,
	} {
		m := inbox([]sim.Agent{
			{Duties: []sim.Duty{writes(0, 250, 0)}}, {Duties: []sim.Duty{writes(250, 600, 0)}},
		}, sim.Email{Backlog: make([]float64, 6)})
		m.Departure = d
		got := run(t, m, sim.Options{Replications: 1, Seed: 1})
		if age := got.Email(0).AverageAge().Mean; !exact(age, want) {
			t.Errorf("departure %d: mean age %v, want %v", d, age, want)
		}
	}
}

// Messages take nothing from calls but the agents who are at them: with a
// reserve the calls are better off than without, and without e-mail best.
func TestReserveIsForCalls(t *testing.T) {
	manyDays(t)
	level := func(email []sim.Email) sim.Estimate {
		m := steady(8, 11)
		m.Email = email
		m.Agents[0].Duties[0].Email = []int{0}
		if len(email) == 0 {
			m.Agents[0].Duties[0].Email = nil
		}
		return run(t, m, sim.Options{Replications: 100, Seed: 3}).Day().ServiceLevel(erlang.OfOffered)
	}
	many := make([]float64, 3000)
	message := sim.Email{Backlog: many, HandleTime: 120}
	last := sim.Estimate{Low: 1.1}
	for _, email := range [][]sim.Email{
		nil,
		{{Backlog: many, HandleTime: 120, Reserve: 3}},
		{{Backlog: many, HandleTime: 120, Reserve: 1}},
		{message},
	} {
		got := level(email)
		if got.High >= last.Low {
			t.Errorf("service level %v with %+v messages, %v with fewer agents at them", got, len(email), last)
		}
		last = got
	}
}

// Writers and their messages are an Erlang C queue: by Little's law the mean
// age is the wait and the handle time, up to what begins and ends the day.
func TestWritersAreAQueue(t *testing.T) {
	manyDays(t)
	const rate, handle, writers, n = 0.02, 300.0, 7, 40
	m := sim.Model{
		Step: 3600, N: n,
		Email:  []sim.Email{{ArrivalRate: repeat(n, rate), HandleTime: handle}},
		Agents: []sim.Agent{{Count: writers, Duties: []sim.Duty{writes(0, n*3600, 0)}}},
	}
	q := erlang.Queue{ArrivalRate: rate, ServiceRate: 1 / handle}
	p, err := q.Performance(writers, 0)
	if err != nil {
		t.Fatal(err)
	}
	got, want := run(t, m, sim.Options{Replications: 200, Seed: 4}).Email(0).AverageAge(), p.AverageWait+handle
	if off := got.Mean/want - 1; off < -0.03 || off > 0.02 {
		t.Errorf("mean age %v, want about %v", got, want)
	}
}
