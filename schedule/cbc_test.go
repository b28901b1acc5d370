package schedule

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// optimum is the least cost of a day by integer programming with CBC
// (https://github.com/coin-or/Cbc), an oracle that shares nothing with Solve but
// Check: a binary column for each agent and each way to lay the pauses of a
// shift, as Check accepts it, and flows from those present to the demands.
func optimum(t *testing.T, p Problem) Money {
	t.Helper()
	cbc, err := exec.LookPath("cbc")
	if err != nil {
		t.Skip("cbc is not installed (Debian: coinor-cbc): nothing to compare with")
	}
	file := filepath.Join(t.TempDir(), "day.lp")
	if err := os.WriteFile(file, []byte(linearProgram(p)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), cbc, file, "ratio", "0", "solve").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Optimal solution found") {
		t.Fatalf("cbc: %v\n%s", err, out)
	}
	found := regexp.MustCompile(`Objective value:\s+(\S+)`).FindSubmatch(out)
	value, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return Money(math.Round(value))
}

// linearProgram writes a day down in the LP format. Demands say what each agent
// more saves; as tables are convex, the savings need no integers.
func linearProgram(p Problem) string {
	var objective, rows, bounds, binaries strings.Builder
	constant := Money(0)
	saving := map[string]string{} // by demand and interval: the sum of agents who are paid for
	tell := func(name string, costs []Money) {
		constant += costs[0]
		for n := 1; n < len(costs); n++ {
			fmt.Fprintf(&objective, " - %d %s_%d", costs[n-1]-costs[n], name, n)
			fmt.Fprintf(&bounds, " 0 <= %s_%d <= 1\n", name, n)
			saving[name] += fmt.Sprintf(" + %s_%d", name, n)
		}
	}
	work := map[string]string{} // by demand and interval: the sum of those who work there
	for a, agent := range p.Agents {
		present := make([]string, p.Grid.N)
		var chosen strings.Builder
		for i, day := range pausedDays(p, a) {
			column := fmt.Sprintf("x_%d_%d", a, i)
			fmt.Fprintf(&binaries, " %s\n", column)
			chosen.WriteString(" + " + column)
			c := planInspection{problem: &Problem{Grid: p.Grid, Demands: p.Demands, Agents: p.Agents[a : a+1], Rules: p.Rules}, plan: &Plan{Days: []AgentDay{day}}}
			c.inspect(0)
			fmt.Fprintf(&objective, " + %d %s", c.soft, column)
			for _, act := range day.Activities {
				if act.Kind == Other {
					present[act.From] += " - " + column
				}
			}
		}
		if chosen.Len() == 0 {
			continue
		}
		fmt.Fprintf(&rows, " one_%d:%s = 1\n", a, chosen.String())
		for t := range p.Grid.N {
			var row strings.Builder
			for _, g := range agent.Skills {
				if p.Demands[g].open(t) {
					flow := fmt.Sprintf(" + y_%d_%d_%d", a, t, g)
					row.WriteString(flow)
					name := fmt.Sprintf("z_%d_%d", g, t)
					if p.Demands[g].Kind == Email {
						name = fmt.Sprintf("z_%d", g)
					}
					work[name] += strings.Replace(flow, "+", "-", 1)
				}
			}
			if row.Len() > 0 {
				fmt.Fprintf(&rows, " here_%d_%d:%s%s <= 0\n", a, t, row.String(), present[t])
			}
		}
	}
	for g, d := range p.Demands {
		for t, costs := range d.Cost {
			if len(costs) > 0 {
				tell(fmt.Sprintf("z_%d_%d", g, t), costs)
			}
		}
		if len(d.Backlog) > 0 {
			tell(fmt.Sprintf("z_%d", g), d.Backlog)
		}
	}
	for g := range p.Demands {
		for t := -1; t < p.Grid.N; t++ {
			name := fmt.Sprintf("z_%d_%d", g, t)
			if t < 0 {
				name = fmt.Sprintf("z_%d", g)
			}
			if saving[name] != "" {
				fmt.Fprintf(&rows, " cover_%s:%s%s <= 0\n", name, saving[name], work[name])
			}
		}
	}
	return fmt.Sprintf("Minimize\n obj:%s + %d one\nSubject To\n%sBounds\n one = 1\n%sBinaries\n%sEnd\n",
		objective.String(), constant, rows.String(), bounds.String(), binaries.String())
}

// pausedDays gives all ways to lay the pauses of agent a's shifts that Check
// accepts, with work as Other, interval by interval.
func pausedDays(p Problem, a int) []AgentDay {
	agent := p.Agents[a]
	agent.Skills = nil // work is told apart by the flows
	p.Agents = []Agent{agent}
	var days []AgentDay
	r := p.Rules
	for _, s := range agent.Shifts {
		last := s.From // of the places of lunch that are tried, some of them out of bounds
		if s.Lunch > 0 {
			last = min(s.From+r.LunchTo+1, s.To-s.Lunch)
		}
		for lunch := max(s.From, min(last, s.From+r.LunchFrom-1)); lunch <= last; lunch++ {
			for before := s.From; before < s.To; before++ {
				for after := before + r.BreakLength; after <= s.To; after++ {
					if s.Lunch > 0 && (before >= lunch || after < lunch+s.Lunch) {
						continue
					}
					day := AgentDay{Agent: agent.ID, Shift: s.Span}
					for t := s.From; t < s.To; t++ {
						kind := Other
						switch {
						case s.Lunch > 0 && t >= lunch && t < lunch+s.Lunch:
							kind = Lunch
						case t >= before && t < before+r.BreakLength, t >= after && t < after+r.BreakLength:
							kind = Break
						}
						for _, b := range agent.Fixed {
							if b.From <= t && t < b.To {
								kind = b.Kind
							}
						}
						day.Activities = append(day.Activities, Activity{Span{t, t + 1}, kind, nil})
					}
					if broken := Check(p, Plan{Days: []AgentDay{day}}); len(broken) == 1 && broken[0].Rule == RuleCost {
						days = append(days, day)
					}
				}
			}
		}
	}
	return days
}

// Against an integer optimum: the plan costs no less and hardly more, and the
// bound is no higher.
func TestPlansAgainstIntegerOptimum(t *testing.T) {
	for seed := range int64(2) {
		p := centre{seed: seed + 1, agents: 3, units: 1, groups: 3, load: 0.7}.day(2)
		for a := range p.Agents { // a few shifts, to keep the programme small
			own := p.Agents[a].Shifts
			p.Agents[a].Shifts = own[min(3, len(own)):min(5, len(own))]
		}
		best := optimum(t, p)
		plan := solve(t, p, Options{Iterations: 500})
		if len(plan.Unplaced) > 0 {
			t.Fatalf("seed %d: %+v, want a day on which all have room", seed, plan.Unplaced)
		}
		proof := bounded(t, p, plan, 500)
		if plan.Cost < best || plan.Cost > best+best/200 || proof.Bound > best {
			t.Errorf("seed %d: cost %d and bound %d, want the optimum %d between them and the cost at most 0.5 %% above", seed, plan.Cost, proof.Bound, best)
		}
		t.Logf("seed %d: cost %d, optimum %d, bound %d", seed, plan.Cost, best, proof.Bound)
	}
}
