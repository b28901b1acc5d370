package schedule

import (
	"math/rand/v2"
	"testing"
)

// yearOfTables makes 66 agents at 16 fixed tables for 26 weeks: nine of ten
// eligible, absent one week of ten, some in part time.
func yearOfTables(seed uint64) RotaProblem {
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

func BenchmarkRota(b *testing.B) {
	p := yearOfTables(3)
	for b.Loop() {
		if _, err := Rota(p); err != nil {
			b.Fatal(err)
		}
	}
}
