package plan

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/erlang"
	"bemanna/internal/civil"
)

// handMade is a plan of one group whose truth is known: calls by the
// quarter-hour, which take five minutes, of callers who wait for four, and
// people who come and go.
func handMade(calls []float64, staff []int) *Day {
	start := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	at := func(t int) time.Time { return start.Add(time.Duration(t) * 15 * time.Minute) }
	d := &Day{
		Date: civil.NewDate(2026, 11, 24), Centre: "Hand", IntervalSeconds: 900,
		Target: DayTarget{Share: 0.85, Within: 60},
		Groups: []Group{{ID: "g", Name: "G", PatienceSeconds: 240}},
	}
	for t, c := range calls {
		d.Groups[0].Intervals = append(d.Groups[0].Intervals, Interval{Start: at(t), Offered: c, HandleTime: 300})
	}
	// The last come is the first to go.
	var since []int
	for t := range len(staff) + 1 {
		want := 0
		if t < len(staff) {
			want = staff[t]
		}
		for len(since) < want {
			since = append(since, t)
		}
		for len(since) > want {
			from := since[len(since)-1]
			since = since[:len(since)-1]
			d.Agents = append(d.Agents, Agent{
				ID:         fmt.Sprintf("a%02d", len(d.Agents)),
				Activities: []Activity{{Start: at(from), End: at(t), Kind: "phone", Groups: []string{"g"}}},
			})
		}
	}
	return d
}

// The simulated day of a plan is that of the exact solution of its queue, hour
// by hour: with a rush at nine that the hours after it pay for, and in its
// middle a cut in staff, in which those who leave finish their calls. Everybody
// is busy then: the formula's agents are numbers, of which the free ones go
// first, and those of a plan have names.
func TestSimulateAgainstTheExactDay(t *testing.T) {
	const days = 4000
	calls := []float64{6, 8, 10, 12, 40, 44, 40, 36, 20, 14, 12, 12, 10, 9, 8, 7}
	staff := []int{4, 4, 5, 5, 7, 7, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6}
	got, err := Simulate(context.Background(), handMade(calls, staff), SimulateOptions{Days: days, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	exact := make([]erlang.Interval, len(staff))
	for i := range exact {
		exact[i] = erlang.Interval{Duration: 900, ServiceRate: 1. / 300, AbandonRate: 1. / 240, Agents: staff[i]}
		if i < len(calls) {
			exact[i].ArrivalRate = calls[i] / 900
		}
	}
	want, err := erlang.Transient(exact, 60, erlang.TransientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	offered, inTime, abandoned := 0.0, 0.0, 0.0
	for h, hour := range got.Hours {
		all, well := 0.0, 0.0
		for q := 4 * h; q < 4*h+4; q++ {
			all += calls[q]
			well += calls[q] * want[q].AnsweredWithin
			abandoned += calls[q] * want[q].Abandonment
		}
		offered, inTime = offered+all, inTime+well
		near(t, hour.Start.Format("15:04"), hour.ServiceLevel.Estimate, well/all)
	}
	near(t, "the day", got.ServiceLevel.Estimate, inTime/offered)
	if math.Abs(got.Calls.Abandoned/abandoned-1) > 0.02 {
		t.Errorf("abandoned %.2f a day, want %.2f", got.Calls.Abandoned, abandoned)
	}
	if got.ServiceLevel.P5 >= got.ServiceLevel.Mean || got.ServiceLevel.P95 <= got.ServiceLevel.Mean {
		t.Errorf("nine days of ten from %v to %v around %v", got.ServiceLevel.P5, got.ServiceLevel.P95, got.ServiceLevel.Mean)
	}
}

// near holds an estimate against the truth with three and a half standard
// errors: seventeen comparisons fail by chance once in a hundred seeds.
func near(t *testing.T, what string, e Estimate, want float64) {
	t.Helper()
	if se := (e.High - e.Low) / (2 * 1.96); math.Abs(e.Mean-want) > 3.5*se+5e-5 {
		t.Errorf("%s: simulated %.4f (%.4f to %.4f), exact %.4f", what, e.Mean, e.Low, e.High, want)
	}
}

// What the forecast leaves open lowers the chance of the target and widens the
// days, and an hour on the telephone costs its part of the time not logged in.
func TestSimulateWhatThePlanLeavesOpen(t *testing.T) {
	calls := []float64{20, 20, 20, 20, 20, 20, 20, 20}
	run := func(change func(*Day)) *Simulation {
		d := handMade(calls, []int{10, 10, 10, 10, 10, 10, 10, 10})
		change(d)
		s, err := Simulate(context.Background(), d, SimulateOptions{Days: 1000, Seed: 5})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	sure := run(func(*Day) {})
	unsure := run(func(d *Day) {
		d.Groups[0].DayShare = 0.5
		for i := range d.Groups[0].Intervals {
			d.Groups[0].Intervals[i].Spread = 0.25
		}
	})
	if sure.ServiceLevel.P5 <= unsure.ServiceLevel.P5 || sure.Probability.Mean <= unsure.Probability.Mean {
		t.Errorf("with an unsure forecast P5 %.3f and chance %.3f, with a sure one %.3f and %.3f",
			unsure.ServiceLevel.P5, unsure.Probability.Mean, sure.ServiceLevel.P5, sure.Probability.Mean)
	}
	out := run(func(d *Day) { d.LoginRate = 0.85 })
	if out.ServiceLevel.High >= sure.ServiceLevel.Low || *out.Occupancy <= *sure.Occupancy {
		t.Errorf("logged in for 85 %% of the time: %.3f in time and %.3f busy; always: %.3f and %.3f",
			out.ServiceLevel.Mean, *out.Occupancy, sure.ServiceLevel.Mean, *sure.Occupancy)
	}
}

// E-mail is answered by those who have it in the plan, and what nobody has the
// time for is left.
func TestSimulateEmail(t *testing.T) {
	d := handMade([]float64{5, 5, 5, 5, 5, 5, 5, 5}, []int{4, 4, 4, 4, 4, 4, 4, 4})
	start := d.Groups[0].Intervals[0].Start
	d.Email = []EmailDay{{
		ID: "e", Name: "E", Due: 1, Deadline: 86400, HandleTime: 600,
		Arrivals: []Arrival{{Start: start, Messages: 3}},
	}}
	share := func(hours float64) *SimulatedEmail {
		p := *d
		if hours > 0 {
			p.Agents = append(slices.Clip(p.Agents), Agent{ID: "w", Activities: []Activity{{
				Start: start, End: start.Add(time.Duration(hours * float64(time.Hour))), Kind: "email", Groups: []string{"e"},
			}}})
		}
		s, err := Simulate(context.Background(), &p, SimulateOptions{Days: 200, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		return &s.Email[0]
	}
	if none := share(0); none.InTime.Mean != 0 || math.Abs(none.LeftOver-9) > 0.5 || none.Due != 6 {
		t.Errorf("nobody answers: %+v, in time %v; want none of 6 due in time and 9 left", none, none.InTime)
	}
	half, all := share(0.5), share(2)
	if half.InTime.Mean < 0.3 || half.InTime.Mean > 0.75 || all.InTime.Mean < 0.97 {
		t.Errorf("half an hour for an hour of e-mail: %.2f in time; two hours: %.2f", half.InTime.Mean, all.InTime.Mean)
	}
}

// The same seed gives the same bits on any number of cores, and a plan that
// has been written and read again gives the same days.
func TestSimulateIsDeterministic(t *testing.T) {
	d := handMade([]float64{9, 9, 9, 9}, []int{4, 4, 4, 4})
	d.LoginRate = 0.9
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var first *Simulation
	for _, cores := range []int{1, 2, 3} {
		old := runtime.GOMAXPROCS(cores)
		again, err := ReadDay(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		s, err := Simulate(context.Background(), again, SimulateOptions{Days: 50, Seed: 9})
		runtime.GOMAXPROCS(old)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = s
		} else if diff := cmp.Diff(first, s); diff != "" {
			t.Errorf("with %d cores:\n%s", cores, diff)
		}
	}
}

func TestReadDayRefuses(t *testing.T) {
	good := `{"interval_s":900,"target":{"share":0.85,"within_s":60},` +
		`"groups":[{"id":"g","patience_s":60,"intervals":[{"start":"2026-11-24T08:00:00Z","offered":5,"aht_s":300}]}],` +
		`"agents":[{"id":"a","activities":[{"start":"2026-11-24T08:00:00Z","end":"2026-11-24T08:15:00Z","kind":"phone","groups":["g"]}]}]}`
	if _, err := ReadDay(strings.NewReader(good)); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ old, new, want string }{
		{`{"interval`, `[{"interval`, "not a plan in JSON"},
		{`"interval_s":900`, `"interval_s":0`, "interval_s: 0, want"},
		{`"share":0.85`, `"share":1`, "target: share: 1, want"},
		{`"within_s":60`, `"within_s":60,"definition":"best"`, `definition: "best", want offered`},
		{`"offered":5`, `"offered":-5`, `group "g": interval 2026-11-24T08:00:00Z: offered: -5, want 0 or more`},
		{`"aht_s":300`, `"aht_s":0`, "aht_s: 0, want seconds above 0"},
		{`"patience_s":60`, `"patience_s":-1`, `group "g": patience_s: -1`},
		{`"start":"2026-11-24T08:00:00Z","offered"`, `"offered"`, `group "g": start: missing`},
		{`"agents"`, `"email":[{"id":"e","due_hours":1}],"agents"`, `email "e": aht_s: 0, want 1 second or more`},
		{`"agents"`, `"email":[{"id":"e","due_hours":1e9,"aht_s":60}],"agents"`, `email "e": due_hours: 1e+09, want at most 10000`},
		{`["g"]`, `["x"]`, `agent "a": activity 2026-11-24T08:00:00Z: group "x" is not in groups or email`},
		{`"end":"2026-11-24T08:15:00Z"`, `"end":"2026-11-24T07:15:00Z"`, `agent "a": activity`},
	} {
		_, err := ReadDay(strings.NewReader(strings.Replace(good, x.old, x.new, 1)))
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: error %v, want %q", x.new, err, x.want)
		}
	}
}

// A plan that says nothing is a day without calls.
func TestSimulateNothing(t *testing.T) {
	s, err := Simulate(context.Background(), &Day{IntervalSeconds: 900}, SimulateOptions{Days: 2, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if s.ServiceLevel != nil || s.Missed() || len(s.Hours) != 0 {
		t.Errorf("%+v, want no calls", s)
	}
}

// Those who are on the telephone when everything closes answer those who wait;
// those who go home before do not.
func TestSimulateStaysUntilNobodyWaits(t *testing.T) {
	d := handMade([]float64{12, 12, 12, 12}, []int{5, 5, 5, 5})
	d.Groups[0].PatienceSeconds = 0 // nobody hangs up: who is not answered waits for ever
	s, err := Simulate(context.Background(), d, SimulateOptions{Days: 200, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if s.Calls.Abandoned != 0 {
		t.Errorf("%v calls of %v are never answered though everybody stays", s.Calls.Abandoned, s.Calls.Offered)
	}
	// A second group is open for longer, and nobody stays for it.
	late := d.Groups[0]
	late.ID, late.Intervals = "late", []Interval{{Start: late.Intervals[3].Start.Add(15 * time.Minute), Offered: 0.01, HandleTime: 300}}
	d.Groups = append(d.Groups, late)
	for i := range d.Agents {
		d.Agents[i].Activities[0].Groups = []string{"g", "late"}
	}
	if s, err = Simulate(context.Background(), d, SimulateOptions{Days: 200, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if s.Calls.Abandoned == 0 {
		t.Error("all calls are answered though everybody goes home before the last group closes")
	}
}

// FuzzReadDay reads plans from anywhere, and plays those that pass.
func FuzzReadDay(f *testing.F) {
	d := handMade([]float64{9, 0, 3}, []int{2, 1, 1})
	d.Email = []EmailDay{{ID: "e", Due: 1, HandleTime: 300, Deadline: 3600, Arrivals: []Arrival{{Start: d.Groups[0].Intervals[0].Start, Messages: 2}}}}
	text, err := json.Marshal(d)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"interval_s":900,"groups":[{"id":"g","overflow":"g","intervals":[{}]}],"agents":[{"activities":[]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := ReadDay(bytes.NewReader(text))
		if err != nil {
			return
		}
		calls := 0.0
		for _, g := range d.Groups {
			for _, x := range g.Intervals {
				calls += x.Offered * (1 + x.Spread)
			}
		}
		for _, e := range d.Email {
			calls += e.Due * 3600 / max(1, e.HandleTime)
			for _, a := range e.Arrivals {
				calls += a.Messages
			}
		}
		if calls > 1000 {
			return // long, not wrong
		}
		s, err := Simulate(context.Background(), d, SimulateOptions{Days: 2, Seed: 1})
		if err != nil {
			return
		}
		if _, err := json.Marshal(s); err != nil {
			t.Errorf("the simulation cannot be written: %v", err)
		}
	})
}
