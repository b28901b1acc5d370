//go:build unix

package forecast_test

import (
	"fmt"
	"math"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"bemanna/forecast"
)

// cell is a series and a horizon.
type cell struct {
	series string
	days   int // calendar days
}

// peer is another method with its score.
type peer struct {
	name         string
	wape         float64 // %
	pinball, cpu float64 // calls, s
}

// peers gives the prototype of this model, and of all other methods the one with
// the least WAPE and the one with the least pinball loss, which is known only
// afterwards.
type peers struct{ prototype, byWAPE, byPinball peer }

func readPeers(tb testing.TB) map[cell]peers {
	tb.Helper()
	all := map[cell]peers{}
	none := peer{wape: math.NaN(), pinball: math.NaN(), cpu: math.NaN()}
	for _, row := range records(tb, "peers.csv") {
		c := cell{row[0], int(number(row[2]))}
		if strings.HasPrefix(c.series, "bank") { // business days
			c.days = map[int]int{1: 1, 5: 7, 20: 28}[c.days]
		}
		this := peer{row[1], number(row[4]), number(row[9]), number(row[10])}
		best, ok := all[c]
		if !ok {
			best = peers{none, none, none}
		}
		switch {
		case this.name == "prototype":
			best.prototype = this
		case this.name == "prototype_longdaily":
			all[cell{c.series + "+totals", c.days}] = peers{this, none, none}
		case strings.HasPrefix(this.name, "proto"): // its variants
		default:
			if !(this.wape >= best.byWAPE.wape) {
				best.byWAPE = this
			}
			if !(this.pinball >= best.byPinball.pinball) && !math.IsNaN(this.pinball) {
				best.byPinball = this
			}
		}
		all[c] = best
	}
	return all
}

// everyInterval gives the score as if the intervals in which a group is closed
// counted too, as they do for the peers. They are forecast without a fault.
func everyInterval(s forecast.Score, runs []forecast.BacktestRun) forecast.Score {
	known := 0
	for _, r := range runs {
		end := r.Origin.AddDate(0, 0, s.Days)
		for _, row := range r.Rows {
			if row.Start.Before(end) && !math.IsNaN(row.Actual) {
				known++
			}
		}
	}
	part := float64(s.Intervals) / float64(known)
	s.Intervals = known
	s.Pinball *= part
	s.Cover80, s.Cover95 = 1-(1-s.Cover80)*part, 1-(1-s.Cover95)*part
	return s
}

// cpuTime gives the processor time that this process has used, on all cores.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// pool is a number of intervals or days and how many of them lay within.
type pool struct{ n, in80, in95 float64 }

func (p *pool) add(n int, cover80, cover95 float64) {
	if n > 0 {
		p.n, p.in80, p.in95 = p.n+float64(n), p.in80+float64(n)*cover80, p.in95+float64(n)*cover95
	}
}

func (p pool) String() string {
	return fmt.Sprintf("%.1f and %.1f %% of %.0f", 100*p.in80/p.n, 100*p.in95/p.n, p.n)
}

// measured is a cell of the tables.
type measured struct {
	cell
	own, eight, weekday forecast.Score
	peers               peers
	cpu                 time.Duration
}

// TestMeasure prints the tables of docs/benchmarks.md: on every public series the
// scores of the model beside those of others, the geometric mean of their ratios to
// the best of others, chosen for each series and horizon, and how many outcomes lay
// within the intervals. Run it with BEMANNA_MEASURE=1.
func TestMeasure(t *testing.T) {
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("prints scores: set BEMANNA_MEASURE=1 to measure")
	}
	best := readPeers(t)
	var all []measured
	var sums []forecast.Score
	var intervals, days, sumIntervals, sumDays pool
	for _, centre := range [][]dataset{datasets[:1], datasets[1:2], datasets[2:11], datasets[11:], withTotals} {
		o := options(t, centre, forecast.DayLevel{}, forecast.EightWeeks{}, forecast.SameWeekday{})
		o.Clock = cpuTime
		r := backtest(t, o)
		perModel := len(o.Horizons)
		for g, d := range centre {
			scores := r.Scores[g*3*perModel:]
			runs := r.Runs[g*3*len(o.Origins):][:len(o.Origins)]
			for h, days := range o.Horizons {
				m := measured{cell: cell{d.series, days}, own: scores[h], eight: scores[perModel+h], weekday: scores[2*perModel+h]}
				m.peers = best[m.cell]
				m.cpu = runs[len(runs)-1].Elapsed
				if d.daily == "" {
					intervals.add(m.own.Intervals, m.own.Cover80, m.own.Cover95)
				}
				if !strings.HasPrefix(d.series, "bank") {
					for _, s := range []*forecast.Score{&m.own, &m.eight, &m.weekday} {
						*s = everyInterval(*s, runs)
					}
				}
				all = append(all, m)
			}
			if longest := scores[perModel-1].Totals; d.daily == "" {
				days.add(longest.Days, longest.Cover80, longest.Cover95)
			}
		}
		for _, s := range r.SumScores[:min(perModel, len(r.SumScores))] {
			s.Group = strings.TrimSuffix(centre[0].file, "_30min.csv.gz")
			if centre[0].daily != "" {
				s.Group += "+totals"
			}
			sums = append(sums, s)
			if centre[0].daily != "" {
				continue
			}
			sumIntervals.add(s.Intervals, s.Cover80, s.Cover95)
			if s.Days == o.Days {
				sumDays.add(s.Totals.Days, s.Totals.Cover80, s.Totals.Cover95)
			}
		}
	}
	printErrors(all)
	printIntervals(all, sums)
	printRatios(all)
	fmt.Printf("\nwithin the 80 and 95 %% intervals: intervals %v, days %v; of sums of groups: intervals %v, days %v\n",
		intervals, days, sumIntervals, sumDays)
}

// printErrors prints a row for each cell: WAPE, then pinball loss.
func printErrors(all []measured) {
	fmt.Print("\n| series | days | WAPE % | floor | prototype | best other | mean of 8 weeks | last week |\n|---|---|---|---|---|---|---|---|\n")
	for _, m := range all {
		fmt.Printf("| %s | %d | **%.2f** | %.2f | %s | %s | %.2f | %.2f |\n", m.series, m.days, 100*m.own.WAPE, 100*m.own.Floor,
			figure(m.peers.prototype.wape, 2), m.peers.byWAPE.with(m.peers.byWAPE.wape, 2), 100*m.eight.WAPE, 100*m.weekday.WAPE)
	}
	fmt.Print("\n| series | days | pinball | prototype | best other | mean of 8 weeks | last week |\n|---|---|---|---|---|---|---|\n")
	for _, m := range all {
		fmt.Printf("| %s | %d | **%.3f** | %s | %s | %.3f | %.3f |\n", m.series, m.days, m.own.Pinball,
			figure(m.peers.prototype.pinball, 3), m.peers.byPinball.with(m.peers.byPinball.pinball, 3), m.eight.Pinball, m.weekday.Pinball)
	}
}

// with gives a figure of the peer and its name.
func (p peer) with(x float64, decimals int) string {
	return strings.TrimSpace(figure(x, decimals) + " " + p.name)
}

// figure writes a number, and a dash where there is none.
func figure(x float64, decimals int) string {
	if math.IsNaN(x) || x == 0 {
		return "–"
	}
	return fmt.Sprintf("%.*f", decimals, x)
}

// printIntervals prints a row for each series: coverage, the errors of day totals,
// and processor time. A series has three cells.
func printIntervals(all []measured, sums []forecast.Score) {
	fmt.Print("\n| series | in 80 % | in 95 % | day totals: error % | in 80 % | in 95 % | CPU s | prototype | best other |\n|---|---|---|---|---|---|---|---|---|\n")
	three := func(of func(k int) float64) string {
		return fmt.Sprintf("%.0f / %.0f / %.0f", 100*of(0), 100*of(1), 100*of(2))
	}
	row := func(name string, s []forecast.Score, cpu string) {
		fmt.Printf("| %s | %s | %s | %.1f / %.1f / %.1f | %s | %s | %s |\n", name,
			three(func(k int) float64 { return s[k].Cover80 }), three(func(k int) float64 { return s[k].Cover95 }),
			100*s[0].Totals.WAPE, 100*s[1].Totals.WAPE, 100*s[2].Totals.WAPE,
			three(func(k int) float64 { return s[k].Totals.Cover80 }), three(func(k int) float64 { return s[k].Totals.Cover95 }), cpu)
	}
	for k := 0; k < len(all); k += 3 {
		last := all[k+2]
		row(last.series, []forecast.Score{all[k].own, all[k+1].own, last.own},
			fmt.Sprintf("%.3f | %s | %s", last.cpu.Seconds(), figure(last.peers.prototype.cpu, 3), figure(last.peers.byWAPE.cpu, 3)))
	}
	for k := 0; k < len(sums); k += 3 {
		row("all of "+sums[k].Group, sums[k:k+3], "| |")
	}
}

// printRatios prints the geometric means of the ratios to the best of others.
func printRatios(all []measured) {
	var wape, pinball, cells, less float64
	for _, m := range all {
		if !(m.peers.byWAPE.wape > 0) {
			continue
		}
		cells++
		wape += math.Log(100 * m.own.WAPE / m.peers.byWAPE.wape)
		pinball += math.Log(m.own.Pinball / m.peers.byPinball.pinball)
		if 100*m.own.WAPE < m.peers.byWAPE.wape {
			less++
		}
	}
	fmt.Printf("\nto the best of others in %v cells: WAPE × %.4f (less in %v), pinball × %.4f\n",
		cells, math.Exp(wape/cells), less, math.Exp(pinball/cells))
}
