package schedule

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// halfYear makes 66 agents at 16 fixed tables for 26 weeks: nine of ten
// eligible, absent one week of ten, some in part time.
func halfYear(seed uint64) RotaProblem {
	r := rand.New(rand.NewPCG(seed, 0))
	p := RotaProblem{Weeks: 26, Tables: make([]Table, 16), Agents: make([]RotaAgent, 66)}
	for a := range p.Agents {
		t := a * len(p.Tables) / len(p.Agents)
		p.Tables[t].Members = append(p.Tables[t].Members, a)
		share := []float64{1, 1, 1, 1, 0.8, 0.75}[r.IntN(6)]
		p.Agents[a] = RotaAgent{Eligible: r.Float64() < 0.9, Present: make([]float64, p.Weeks), SinceLed: -1}
		for w := range p.Agents[a].Present {
			if r.Float64() >= 0.1 {
				p.Agents[a].Present[w] = share
			}
		}
	}
	return p
}

// fairWeeks is the number of weeks that each agent would lead if each week of
// each table were divided among its eligible members who are there.
func fairWeeks(p RotaProblem) []float64 {
	fair := make([]float64, len(p.Agents))
	for w := range p.Weeks {
		for _, table := range p.Tables {
			sum := 0.0
			here := func(a int) bool { return p.Agents[a].Eligible && p.Agents[a].Present[w] > 0.5 }
			for _, a := range table.Members {
				if here(a) {
					sum += p.Agents[a].Present[w]
				}
			}
			for _, a := range table.Members {
				if here(a) {
					fair[a] += p.Agents[a].Present[w] / sum
				}
			}
		}
	}
	return fair
}

// fairness tells how a rota shares the weeks out: how many of the duties are with
// who led the week before, and how far somebody is from a fair share at most. Where
// a table has only two to choose from they take turns, whatever their presence:
// they are left out of the latter.
func fairness(p RotaProblem, rota [][]Duty) (running, duties int, worst float64) {
	led := make([]float64, len(p.Agents))
	for w, week := range rota {
		for table, d := range week {
			led[d.Lead]++
			duties++
			if w > 0 && rota[w-1][table].Lead == d.Lead {
				running++
			}
		}
	}
	fair := fairWeeks(p)
	for _, table := range p.Tables {
		eligible := slices.DeleteFunc(slices.Clone(table.Members), func(a int) bool { return !p.Agents[a].Eligible })
		for _, a := range eligible {
			if len(eligible) > 2 {
				worst = max(worst, math.Abs(led[a]-fair[a]))
			}
		}
	}
	return running, duties, worst
}

// The targets: at most 1.5 weeks from the fair share, at most 2 % of the weeks
// led by who led the week before.
func TestRotaIsFair(t *testing.T) {
	running, duties := 0, 0
	for seed := range uint64(10) {
		p := halfYear(seed)
		rota, err := Rota(p)
		if err != nil {
			t.Fatal(err)
		}
		again, all, worst := fairness(p, rota)
		if worst > 1.5 {
			t.Errorf("seed %d: somebody leads %.2f weeks more or less than is fair, want at most 1.5", seed, worst)
		}
		running, duties = running+again, duties+all
	}
	if running*50 > duties {
		t.Errorf("%d of %d weeks are led by who led the week before, want at most 2 %%", running, duties)
	}
}

func TestRotaKeepsItsWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := RotaProblem{Weeks: 5, Tables: make([]Table, rapid.IntRange(0, 4).Draw(t, "tables"))}
		for a := range rapid.IntRange(0, 12).Draw(t, "agents") {
			p.Agents = append(p.Agents, RotaAgent{
				Eligible: rapid.Bool().Draw(t, "eligible"),
				Present:  rapid.SliceOfN(rapid.SampledFrom([]float64{0, 0.4, 0.5, 0.6, 1}), 5, 5).Draw(t, "present"),
				Led:      rapid.IntRange(0, 9).Draw(t, "led"),
				SinceLed: rapid.IntRange(-1, 3).Draw(t, "since"),
			})
			if len(p.Tables) > 0 {
				table := &p.Tables[rapid.IntRange(0, len(p.Tables)-1).Draw(t, "table")]
				table.Members = append(table.Members, a)
			}
		}
		rota, err := Rota(p)
		if err != nil {
			t.Fatal(err)
		}
		for w, week := range rota {
			checkWeek(t, p, w, week)
		}
	})
}

func checkWeek(t *rapid.T, p RotaProblem, w int, week []Duty) {
	busy := map[int]bool{}
	for table, d := range week {
		for _, a := range []int{d.Lead, d.Deputy} {
			if a < 0 {
				continue
			}
			if busy[a] {
				t.Fatalf("week %d: agent %d has two duties: %+v", w, a, week)
			}
			if p.Agents[a].Present[w] <= 0.5 {
				t.Fatalf("week %d: agent %d has a duty at a presence of %v", w, a, p.Agents[a].Present[w])
			}
			busy[a] = true
		}
		if d.Deputy >= 0 && !p.Agents[d.Deputy].Eligible {
			t.Fatalf("week %d: deputy %d is not eligible", w, d.Deputy)
		}
		if standIn := d.Lead >= 0 && (!slices.Contains(p.Tables[table].Members, d.Lead) || !p.Agents[d.Lead].Eligible); d.StandIn != standIn {
			t.Fatalf("week %d: stand-in %v for %+v, want %v", w, d.StandIn, d, standIn)
		}
	}
	for table, d := range week {
		for a, agent := range p.Agents {
			idle := agent.Present[w] > 0.5 && !busy[a]
			if idle && d.Lead < 0 {
				t.Fatalf("week %d: table %d has no lead though agent %d is there", w, table, a)
			}
			if idle && agent.Eligible && d.Deputy < 0 {
				t.Fatalf("week %d: table %d has no deputy though agent %d is there", w, table, a)
			}
			if idle && agent.Eligible && d.StandIn && slices.Contains(p.Tables[table].Members, a) {
				t.Fatalf("week %d: table %d has a stand-in though member %d is there", w, table, a)
			}
		}
	}
}

// Who led last week rests, and who has led less before goes first.
func TestRotaRemembers(t *testing.T) {
	present := []float64{1, 1}
	p := RotaProblem{
		Weeks: 2, Tables: []Table{{ID: "b1", Members: []int{0, 1, 2}}},
		Agents: []RotaAgent{
			{Eligible: true, Present: present, Led: 1, SinceLed: 0},
			{Eligible: true, Present: present, Led: 2, SinceLed: 4},
			{Eligible: true, Present: present, Led: 1, SinceLed: 3},
		},
	}
	rota, err := Rota(p)
	if err != nil {
		t.Fatal(err)
	}
	if leads := []int{rota[0][0].Lead, rota[1][0].Lead}; !slices.Equal(leads, []int{2, 0}) {
		t.Errorf("leads %v, want 2 and then 0", leads)
	}
}

func TestRotaRefusesWhatIsWrong(t *testing.T) {
	_, err := Rota(RotaProblem{
		Weeks: 1, Tables: []Table{{ID: "b1", Members: []int{3}}},
		Agents: []RotaAgent{{ID: "a"}, {ID: "b", Present: []float64{math.NaN()}}},
	})
	for _, fault := range []string{
		`table "b1": member 3, want an index below 2`,
		`agent "a": presence in 0 weeks, want 1`,
		`agent "b": presence NaN in week 0`,
	} {
		if err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("error %v, want one with %q", err, fault)
		}
	}
	if _, err := Rota(RotaProblem{Weeks: -1}); err == nil {
		t.Error("no error for -1 weeks")
	}
}

func TestMatchingIsTheCheapest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(0, 4).Draw(t, "rows")
		columns := rapid.IntRange(max(rows, 1), 6).Draw(t, "columns")
		cost := make([][]int64, rows)
		for r := range cost {
			cost[r] = rapid.SliceOfN(rapid.Int64Range(-50, 50), columns, columns).Draw(t, "cost")
		}
		match := cheapestMatching(cost)
		sum := int64(0)
		for r, c := range match {
			if slices.Contains(match[:r], c) {
				t.Fatalf("column %d twice: %v", c, match)
			}
			sum += cost[r][c]
		}
		if want := leastSum(cost, make([]bool, columns)); sum != want {
			t.Fatalf("sum %d, want %d", sum, want)
		}
	})
}

// leastSum tries all ways to give each row a column that is not taken.
func leastSum(cost [][]int64, taken []bool) int64 {
	if len(cost) == 0 {
		return 0
	}
	least := int64(math.MaxInt64)
	for c, x := range cost[0] {
		if !taken[c] {
			taken[c] = true
			least = min(least, x+leastSum(cost[1:], taken))
			taken[c] = false
		}
	}
	return least
}

func TestRotaIsRepeatable(t *testing.T) {
	first, _ := Rota(halfYear(1))
	second, _ := Rota(halfYear(1))
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkRota(b *testing.B) {
	p := halfYear(3)
	for b.Loop() {
		if _, err := Rota(p); err != nil {
			b.Fatal(err)
		}
	}
}
