package export

import (
	"bufio"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"bemanna/forecast"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// BacktestPage writes how good forecasts would have been: a conclusion, a line for
// each group and horizon, and all scores of all methods. It fits into 80 columns.
func BacktestPage(w io.Writer, b *plan.Backtested, words *i18n.Words) error {
	out := bufio.NewWriter(w)
	p := &backtestPage{page: page{w: out, words: words}, b: b}
	p.head()
	p.conclusion()
	p.verdicts()
	p.scores()
	if p.err != nil {
		return p.err
	}
	return out.Flush()
}

type backtestPage struct {
	page
	b *plan.Backtested
}

func (p *backtestPage) head() {
	o := p.b.Origins
	p.line(p.words.Say("backtest.title"))
	p.wrapped(p.words.Say("backtest.what", i18n.Args{
		"Groups": p.groups(), "Forecasts": len(o), "From": p.words.Day(o[0]), "To": p.words.Day(o[len(o)-1]), "Days": p.b.Days,
	}), 2)
	p.line(strings.Repeat("-", pageWidth))
}

// groups gives the number of groups that were tried.
func (p *backtestPage) groups() int {
	names := map[string]bool{}
	for _, s := range p.b.Scores {
		names[s.Group] = true
	}
	return len(names)
}

// conclusion says in a few lines what the tables show: of all groups together, or
// of the only one, as far ahead as was looked.
func (p *backtestPage) conclusion() {
	v := p.b.Verdicts[len(p.b.Verdicts)-1]
	s := v.Model
	if math.IsNaN(s.WAPE) {
		p.wrapped(p.words.Say("backtest.nothing"), 2)
		return
	}
	args := i18n.Args{
		"Days": s.Days, "Minutes": p.b.Step.Minutes(), "Miss": p.words.Share(s.WAPE, 1), "Floor": p.words.Share(s.Floor, 1),
		"Day": p.words.Share(s.Totals.WAPE, 1), "Method": p.model(v.Simple), "Simple": p.words.Share(v.Simple.WAPE, 1),
		"Gain": p.words.Change(1 + v.Gain),
	}
	if v.ByPinball {
		p.wrapped(p.words.Say("backtest.miss_tiny", args), 2)
	} else {
		p.wrapped(p.words.Say("backtest.miss", args), 2)
	}
	p.wrapped(p.words.Say("backtest.days_miss", args), 2)
	p.wrapped(p.words.Say("backtest.count", p.counts()), 2)
	p.timing()
	p.mixed()
}

// counts says how many lines of the table were better, and how many intervals held.
func (p *backtestPage) counts() i18n.Args {
	better, held, told := 0, 0, 0
	for _, v := range p.b.Verdicts {
		if v.Gain > 0 {
			better++
		}
		if v.Intervals != plan.HeldNone {
			told++
		}
		if v.Intervals == plan.HeldWell {
			held++
		}
	}
	return i18n.Args{"Better": better, "Lines": len(p.b.Verdicts), "Held": held, "Told": told}
}

// timing says what a forecast of our model cost, in the mean over groups.
func (p *backtestPage) timing() {
	var sum, n float64
	for _, r := range p.b.Runs {
		if r.Model == p.b.Runs[0].Model && r.Elapsed > 0 {
			sum, n = sum+r.Elapsed.Seconds(), n+1
		}
	}
	if n > 0 {
		p.wrapped(p.words.Say("backtest.time", i18n.Args{"Milliseconds": p.words.Number(1000*sum/n, 0)}), 2)
	}
}

// mixed names the groups in whose forecasts a simple method had a part.
func (p *backtestPage) mixed() {
	var groups []string
	for _, v := range p.b.Verdicts {
		if v.Mixed > 0 {
			groups = append(groups, p.words.Say("backtest.mixed_group", i18n.Args{
				"Group": v.Model.Group, "Mixed": v.Mixed, "Forecasts": v.Forecasts,
			}))
		}
	}
	if len(groups) > 0 {
		p.wrapped("! "+p.words.Say("backtest.mixed", i18n.Args{"Groups": strings.Join(slices.Compact(groups), ", ")}), 2)
	}
}

// verdicts writes a line for each group and horizon.
func (p *backtestPage) verdicts() {
	p.line()
	header := []string{p.words.Say("col.group")}
	for _, id := range []string{"days", "miss", "chance", "simple", "method", "gain", "intervals", "lean"} {
		header = append(header, p.words.Say("verdict."+id))
	}
	tiny := slices.ContainsFunc(p.b.Verdicts, func(v plan.Verdict) bool { return v.ByPinball })
	var rows [][]string
	last := "\x00"
	for _, v := range p.b.Verdicts {
		s, name, mark := v.Model, "", ""
		switch {
		case v.ByPinball:
			mark = "*"
		case tiny: // below one another
			mark = " "
		}
		if s.Group != last {
			name, last = clip(p.group(s.Group), 15), s.Group
		}
		rows = append(rows, []string{
			name, strconv.Itoa(s.Days), p.words.Share(s.WAPE, 1), p.words.Share(s.Floor, 1), p.words.Share(v.Simple.WAPE, 1),
			p.model(v.Simple), p.words.Change(1+v.Gain) + mark, p.words.Say("held." + string(v.Intervals)), p.lean(v),
		})
	}
	p.table(header, rows)
	p.wrapped(p.words.Say("verdict.legend"), 0)
	if tiny {
		p.wrapped(p.words.Say("verdict.tiny"), 0)
	}
}

func (p *backtestPage) lean(v plan.Verdict) string {
	return p.words.Say("lean."+string(v.Lean), i18n.Args{"Bias": p.words.Share(math.Abs(v.Model.Bias), 0)})
}

// scores writes all scores, a table for each group.
func (p *backtestPage) scores() {
	spent := timeSpent(p.b.Runs)
	var header []string
	for _, id := range []string{"days", "model", "error", "floor", "bias", "pinball", "cover80", "cover95", "day_error", "cover80", "cover95", "cpu"} {
		header = append(header, p.words.Say("score."+id))
	}
	for of := range slices.Chunk(slices.Concat(p.b.Scores, p.b.SumScores), len(p.b.Scores)/p.groups()) {
		p.line()
		p.line(strings.ToUpper(p.group(of[0].Group)))
		var rows [][]string
		last := 0
		for _, s := range byHorizon(of) {
			days := ""
			if s.Days != last {
				days, last = strconv.Itoa(s.Days), s.Days
			}
			cpu := ""
			if t := spent[method{s.Group, s.Model}]; t > 0 {
				cpu = p.words.Number(1000*t.Seconds(), 0)
			}
			rows = append(rows, []string{
				days, p.model(s), p.words.Share(s.WAPE, 1), p.words.Share(s.Floor, 1), p.words.Share(s.Bias, 1), p.words.Number(s.Pinball, 2),
				p.whole(s.Cover80), p.whole(s.Cover95), p.words.Share(s.Totals.WAPE, 1), p.whole(s.Totals.Cover80), p.whole(s.Totals.Cover95), cpu,
			})
		}
		p.table(header, rows)
	}
	p.line()
	p.wrapped(p.words.Say("score.legend"), 0)
}

// whole writes a share as whole per cent without the sign.
func (p *backtestPage) whole(share float64) string { return p.words.Number(100*share, 0) }

func (p *backtestPage) group(name string) string {
	if name == "" {
		return p.words.Say("backtest.together")
	}
	return name
}

func (p *backtestPage) model(s forecast.Score) string { return p.words.Say("model." + s.Model) }

// byHorizon orders the scores of a group by horizon, the models in their order.
func byHorizon(of []forecast.Score) []forecast.Score {
	ordered := slices.Clone(of)
	slices.SortStableFunc(ordered, func(a, b forecast.Score) int { return a.Days - b.Days })
	return ordered
}
