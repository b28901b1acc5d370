package sim_test

import (
	"math"
	"os"
	"testing"

	"bemanna/erlang"
	"bemanna/erlang/sim"
)

// What the examples of ContactCenters (Buist and L'Ecuyer, "A Java library for
// simulating contact centers", Winter Simulation Conference 2005; results of
// doc/examples in github.com/umontreal-simul/contactcenters) say of the same
// centres, mostly from 1000 days. A result agrees when the confidence
// intervals of the two simulations overlap.
//
// BEMANNA_MEASURE=1 go test -run Measure -v ./erlang/sim
// simulates 50 times as many days and prints the table.

// A published is a number with its 95 % confidence interval.
type published struct {
	name            string
	mean, low, high float64
	ours            func(*sim.Result) sim.Estimate
}

func plusMinus(name string, mean, half float64, ours func(*sim.Result) sim.Estimate) published {
	return published{name, mean, mean - half, mean + half, ours}
}

type example struct {
	name  string
	days  int // in the test
	model sim.Model
	rows  []published
}

func TestPublished(t *testing.T) {
	manyDays(t)
	comparePublished(t, 1)
}

func TestMeasurePublished(t *testing.T) {
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("takes two minutes; BEMANNA_MEASURE=1 runs it")
	}
	comparePublished(t, 50)
}

func comparePublished(t *testing.T, longer int) {
	t.Helper()
	for _, e := range []example{queueMMC(), queueMMCAb(), simpleMSK(), rerouting(), telethon(), bilingual(), callCC(), singleQueue(), blend()} {
		t.Run(e.name, func(t *testing.T) {
			r := run(t, e.model, sim.Options{Replications: longer * e.days, Seed: 7})
			for _, row := range e.rows {
				ours := row.ours(r)
				agrees := ours.Low <= row.high && row.low <= ours.High
				t.Logf("%-28s published %.5g [%.5g, %.5g], ours %.5g [%.5g, %.5g]",
					row.name, row.mean, row.low, row.high, ours.Mean, ours.Low, ours.High)
				if !agrees {
					t.Errorf("%s: the intervals do not overlap", row.name)
				}
			}
		})
	}
}

func perMinute(rates ...float64) []float64 { return scaled(1./60, rates) }
func perHour(rates ...float64) []float64   { return scaled(1./3600, rates) }
func minutes(times ...float64) []float64   { return scaled(60, times) }

func scaled(unit float64, x []float64) []float64 {
	scaled := make([]float64, len(x))
	for i := range x {
		scaled[i] = unit * x[i]
	}
	return scaled
}

func repeat(n int, x float64) []float64 {
	s := make([]float64, n)
	for i := range s {
		s[i] = x
	}
	return s
}

// staff is as many agents in each interval as counts says, who take the same
// groups. The last number stays until the last caller has gone.
func staff(step float64, counts []int, groups ...int) []sim.Agent {
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	agents := make([]sim.Agent, most)
	for i := range agents {
		for t, n := range counts {
			to := float64(t+1) * step
			if t == len(counts)-1 {
				to = math.Inf(1)
			}
			if n > i {
				agents[i].Duties = append(agents[i].Duties, sim.Duty{From: float64(t) * step, To: to, Groups: groups})
			}
		}
	}
	return agents
}

func times(k float64, f func(*sim.Result) sim.Estimate) func(*sim.Result) sim.Estimate {
	return func(r *sim.Result) sim.Estimate {
		e := f(r)
		return sim.Estimate{Mean: k * e.Mean, Low: k * e.Low, High: k * e.High}
	}
}

func level(d erlang.Definition) func(*sim.Result) sim.Estimate {
	return func(r *sim.Result) sim.Estimate { return r.Day().ServiceLevel(d) }
}

func served(r *sim.Result) sim.Estimate      { return r.Day().Answered() }
func abandoned(r *sim.Result) sim.Estimate   { return r.Day().Abandoned() }
func offered(r *sim.Result) sim.Estimate     { return r.Day().Offered() }
func blocked(r *sim.Result) sim.Estimate     { return r.Day().Blocked() }
func retrials(r *sim.Result) sim.Estimate    { return r.Day().Redialled() }
func good(r *sim.Result) sim.Estimate        { return r.Day().AnsweredWithin() }
func occupancy(r *sim.Result) sim.Estimate   { return r.Work().Occupancy() }
func waits(r *sim.Result) sim.Estimate       { return r.Day().AverageWait() }
func answerSpeed(r *sim.Result) sim.Estimate { return r.Day().SpeedOfAnswer() }

// queueMMC is a day of eight hours without abandonment. Occupancy there is of
// the eight hours, as here.
func queueMMC() example {
	m := sim.Model{
		Step: 3600, N: 8,
		Groups: []sim.Group{{
			ArrivalRate: perMinute(repeat(8, 4.2)...), HandleTime: minutes(repeat(8, 2)...), Threshold: 20,
		}},
		Agents: []sim.Agent{{Duties: always(0), Count: 12}},
	}
	return example{"MMC", 1000, m, []published{
		plusMinus("good", 1816.158, 3.54, good),
		{"service level", .902, .900, .904, level(erlang.OfOffered)},
		{"wait, min", .099, .097, .102, times(1./60, waits)},
		{"occupancy", .695, .694, .697, occupancy},
	}}
}

// queueMMCAb is queueMMC with patience of a minute.
func queueMMCAb() example {
	e := queueMMC()
	e.model.Groups[0].AbandonRate = repeat(8, 1./60)
	return example{"MMCAb", 1000, e.model, []published{
		plusMinus("abandoned", 58.609, .95, abandoned),
		plusMinus("good", 1906.008, 2.2, good),
		{"service level of served", .975, .974, .975, level(erlang.OfAnswered)},
		{"service level", .968, .968, .969, level(erlang.ExcludingShort)},
		{"speed of answer, min", .024, .023, .024, times(1./60, answerSpeed)},
		{"occupancy", .675, .674, .677, occupancy},
	}}
}

func mskModel() sim.Model {
	m := sim.Model{Step: 7200, N: 3, DayCV: 1 / math.Sqrt(28.7), Departure: erlang.FirstToFinish}
	for _, rates := range [][]float64{{4.2, 5.3, 3.2}, {5.1, 4.3, 4.8}, {6.3, 5.2, 4.8}} {
		m.Groups = append(m.Groups, sim.Group{
			ArrivalRate: perMinute(rates...), HandleTime: minutes(1/.5, 1/.6, 1/.4),
			AbandonRate: perMinute(.3, .4, .2), Threshold: 20,
		})
	}
	return m
}

func at(group, interval int) func(*sim.Result) sim.Estimate {
	return func(r *sim.Result) sim.Estimate { return r.At(group, interval).AnsweredWithin() }
}

// simpleMSK has three groups of calls and two of agents.
func simpleMSK() example {
	m := mskModel()
	m.Agents = append(staff(m.Step, []int{12, 18, 9}, 1, 0), staff(m.Step, []int{15, 20, 11}, 2, 1)...)
	return example{"SimpleMSK", 400, m, []published{
		{"served", 4297.305, 4270.15, 4324.46, served},
		{"abandoned", 910.335, 876.133, 944.537, abandoned},
		{"service level", .501, .494, .509, level(erlang.ExcludingShort)},
		{"good 0, first two hours", 170.154, 164.338, 175.970, at(0, 0)},
		{"good 0, second", 599.334, 594.159, 604.509, at(0, 1)},
		{"good 0, third", 15.490, 13.782, 17.198, at(0, 2)},
		{"good 1, first", 262.936, 254.597, 271.275, at(1, 0)},
		{"good 1, second", 511.648, 506.276, 517.020, at(1, 1)},
		{"good 1, third", 34.697, 31.270, 38.124, at(1, 2)},
		{"good 2, first", 259.806, 250.178, 269.434, at(2, 0)},
		{"good 2, second", 613.732, 607.586, 619.878, at(2, 1)},
		{"good 2, third", 24.888, 22.137, 27.639, at(2, 2)},
	}}
}

// rerouting is simpleMSK with calls of group 1 going to the other agents only
// after 12 s. Its agents do not take the call that has waited longest, as its
// comments say, but that of the last of their groups with a call in line: its
// selectContact never updates the time that it compares with. Priorities say
// the same here.
func rerouting() example {
	m := mskModel()
	for g := range m.Groups {
		m.Groups[g].Priority = g
	}
	m.Groups[1].Overflow = sim.Overflow{To: 2, After: 12}
	m.Agents = append(staff(m.Step, []int{12, 18, 9}, 1, 0), staff(m.Step, []int{15, 20, 11}, 2)...)
	return example{"SimpleMSKWithRerouting", 400, m, []published{
		{"served", 4274.426, 4247.5, 4301.3, served},
		{"abandoned", 933.214, 898.8, 967.6, abandoned},
		{"service level", .579, .572, .587, level(erlang.ExcludingShort)},
	}}
}

// shortOf cuts the waits of exponential patience: callers leave a message
// when they have waited for so long.
type shortOf struct{ mean, longest float64 }

func (p shortOf) Survival(t float64) float64 {
	if t >= p.longest {
		return 0
	}
	return math.Exp(-t / p.mean)
}

func (p shortOf) Quantile(u float64) float64 { return min(p.longest, -p.mean*math.Log1p(-u)) }

// telethon gives numbers of weeks of five days. Those who leave a message and
// those who are cut off at ten o'clock have hung up here.
func telethon() example {
	m := sim.Model{
		Step: 3600, N: 4, Lines: 24,
		Groups: []sim.Group{{
			ArrivalRate: perHour(50, 50, 50, 50), HandleTime: repeat(4, 600), Patience: shortOf{120, 120}, Threshold: 60,
		}},
		Agents: []sim.Agent{{Duties: []sim.Duty{{To: 4 * 3600, Groups: []int{0}}}, Count: 12}},
	}
	return example{"Telethon", 2000, m, []published{
		{"arrived", 1000.169, 998.111, 1002.227, times(5, offered)},
		{"served", 963.109, 961.372, 964.846, times(5, served)},
		{"hung up, message, cut off", 31.820 + 4.960 + .280, 31.172 + 4.776 + .235, 32.468 + 5.144 + .325, times(5, abandoned)},
		{"blocked", 0, 0, 0, times(5, blocked)},
		{"good", 950.265, 948.579, 951.951, times(5, good)},
	}}
}

// bilingual gives numbers of weeks of five days. Its number of calls in target
// is left out: it is of the waits of all attempts of a caller together.
func bilingual() example {
	const day = 9 * 3600
	english := sim.Group{
		ArrivalRate: perHour(100, 50, 50, 50, 50, 50, 50, 50, 50),
		HandleTime:  repeat(9, 300), Service: sim.Service{Shape: sim.Uniform, CV: 120 / 300. / math.Sqrt(3)},
		AbandonRate: repeat(9, 1./120), Threshold: 60,
		Redial: sim.Redial{Share: .75, Delay: 1200, Shape: sim.Service{Shape: sim.Deterministic}, SamePatience: true},
	}
	spanish := english
	spanish.Service.CV = 60 / 300. / math.Sqrt(3)
	m := sim.Model{
		Step: 3600, N: 9, Lines: 40, Selection: sim.RandomFree,
		Groups: []sim.Group{english, spanish},
		Agents: []sim.Agent{
			{Duties: []sim.Duty{{To: day, Groups: []int{0}}}, Count: 7},
			{Duties: []sim.Duty{{To: day, Groups: []int{1}}}, Count: 7},
			{Duties: []sim.Duty{{To: day, Groups: []int{0, 1}}}, Count: 4},
		},
	}
	return example{"Bilingual", 1500, m, []published{
		{"arrived", 5110.161, 5105.009, 5115.313, times(5, offered)},
		{"retrials", 107.168, 105.841, 108.495, times(5, retrials)},
		{"served", 4967.235, 4962.946, 4971.524, times(5, served)},
		{"abandoned", 142.868, 141.209, 144.527, times(5, abandoned)},
	}}
}

// hours is the day of singleQueue and callCC: 13 hours, a tenth of those who
// must wait balk.
func hours() sim.Model {
	return sim.Model{
		Step: 3600, N: 13, Departure: erlang.FirstToFinish,
		Groups: []sim.Group{{
			ArrivalRate: perHour(100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60),
			HandleTime:  repeat(13, 100), Threshold: 20,
			Patience: erlang.Balking{Share: .1, Then: erlang.Exponential{Mean: 1000}},
		}},
		Agents: staff(3600, []int{4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4}, 0),
	}
}

// callCC shares out all by the expected 1660 calls, with intervals of 90 %.
func callCC() example {
	m := hours()
	m.DayCV = 1 / math.Sqrt(10)
	per := func(f func(*sim.Result) sim.Estimate) func(*sim.Result) sim.Estimate { return times(1./1660, f) }
	return example{"CallCC", 1000, m, []published{
		{"arrived", 1639.5, 1612.8, 1666.2, offered},
		{"mean wait, s", 11.834, 10.06, 13.61, per(func(r *sim.Result) sim.Estimate { return r.Day().Waited() })},
		{"short waits", .853, .844, .862, per(func(r *sim.Result) sim.Estimate { return r.Day().WaitedShort() })},
		{"lost", .0342, .0311, .0374, per(abandoned)},
	}}
}

// singleQueue gives shares of calls answered within 20 s, from 300 days.
func singleQueue() example {
	return example{"singleQueue", 1000, hours(), []published{
		{"service level", .925, .922, .927, level(erlang.ExcludingShort)},
		{"occupancy", .558, .557, .56, occupancy},
	}}
}

// blend has a dialler that calls customers when at least four agents are free,
// for the second half of the day. E-mail with a reserve of three stands in for
// it here, which takes about as much of the agents' time, so that only what
// became of the calls that come in is compared.
func blend() example {
	m := sim.Model{
		Step: 7200, N: 3, DayCV: 1 / math.Sqrt(29.7), Departure: erlang.FirstToFinish,
		Groups: []sim.Group{{
			ArrivalRate: perMinute(68.45/30, 72.93/30, 71.92/30), HandleTime: repeat(3, .755*753.8),
			Service: sim.Service{Shape: sim.Gamma, CV: 1 / math.Sqrt(.755)}, Threshold: 20,
			Patience: erlang.Balking{Share: .005, Then: erlang.Exponential{Mean: 500}},
		}},
		Email: []sim.Email{{Backlog: make([]float64, 1000), HandleTime: 440.2, Reserve: 3}},
	}
	m.Agents = staff(m.Step, []int{23, 23, 21}, 0)
	const start = 3 * 3600
	for _, a := range staff(m.Step, []int{16, 18, 16}, 0) {
		var duties []sim.Duty
		for _, d := range a.Duties {
			if d.From < start && start < d.To {
				duties = append(duties, sim.Duty{From: d.From, To: start, Groups: d.Groups})
				d.From = start
			}
			if d.From >= start {
				d.Email = []int{0}
			}
			duties = append(duties, d)
		}
		m.Agents = append(m.Agents, sim.Agent{Duties: duties})
	}
	return example{"Blend", 1000, m, []published{
		{"arrived", 848.592, 838.899, 858.285, offered},
		{"served", 843.477, 834.193, 852.761, served},
		{"abandoned", 5.115, 4.495, 5.735, abandoned},
	}}
}
