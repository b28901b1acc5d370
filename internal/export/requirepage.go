package export

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"bemanna/erlang"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
)

// NeedPage writes the need of the day of a centre: hours and the busiest interval,
// then each interval with a column for each pool, or for one group alone all that
// is known of it.
func NeedPage(w io.Writer, d NeedDay, centre string, words *i18n.Words) error {
	p := needPage{page{w: bufio.NewWriter(w), words: words}, d, needTimes(d)}
	_, week := d.Date.ISOWeek()
	name := centre
	if len(d.Groups) == 1 {
		name = d.Groups[0].Name + ", " + centre
	}
	p.wrapped(words.Say("need.title", i18n.Args{"Day": words.Day(d.Date), "Week": week, "Centre": name}), 2)
	p.line(strings.Repeat("-", pageWidth))
	if len(p.times) == 0 {
		p.line(words.Say("remark.closed"))
		return p.w.Flush()
	}
	p.answer()
	p.line()
	if len(d.Groups) == 1 {
		p.group(d.Groups[0])
	} else {
		p.pools()
	}
	p.wrapped(words.Say("need.turnout", i18n.Args{"Login": words.Share(d.LoginRate, 1), "Absence": words.Share(d.AbsenceRate, 1)}), 2)
	if p.err != nil {
		return p.err
	}
	return p.w.Flush()
}

type needPage struct {
	page
	d     NeedDay
	times []needTime
}

// needTime is what an interval asks for, over all pools.
type needTime struct {
	start              time.Time
	calls, need, heads float64
	pools              []*NeedInterval // nil where the pool is closed
}

// needTimes gives the intervals in which any pool is open.
func needTimes(d NeedDay) []needTime {
	var out []needTime
	for i, pool := range d.Pools {
		for _, x := range pool.Intervals {
			at, found := slices.BinarySearchFunc(out, x.Start, func(n needTime, t time.Time) int { return n.start.Compare(t) })
			if !found {
				out = slices.Insert(out, at, needTime{start: x.Start, pools: make([]*NeedInterval, len(d.Pools))})
			}
			n := &out[at]
			n.calls, n.need, n.heads = n.calls+x.Offered, n.need+x.Need, n.heads+x.Heads
			n.pools[i] = &x
		}
	}
	return out
}

// whole writes people who are rounded up.
func (p *needPage) whole(people float64) string {
	return p.words.Number(float64(erlang.Whole(people)), 0)
}

// hours gives people in an interval as hours.
func (p *needPage) hours(people float64) float64 {
	return people * float64(p.d.IntervalSeconds) / time.Hour.Seconds()
}

// answer says how many hours the day asks for, and when most people are needed.
func (p *needPage) answer() {
	var calls, heads float64
	most := p.times[0]
	for _, n := range p.times {
		calls, heads = calls+n.calls, heads+n.heads
		if n.need > most.need {
			most = n
		}
	}
	p.wrapped(p.words.Say("need.answer", i18n.Args{
		"Hours": p.words.Number(p.d.NeedHours, 0), "Planned": p.words.Number(p.hours(heads), 0), "Calls": p.words.Number(calls, 0),
		"At": civil.ClockOf(most.start).String(), "Need": p.whole(most.need), "Heads": p.whole(most.heads),
	}), 2)
}

// pools writes a column for each pool. Names that would be cut beyond knowing are
// told above, and the columns are numbered.
func (p *needPage) pools() {
	header := []string{p.words.Say("col.clock"), p.words.Say("col.calls")}
	names, legend := p.names()
	if legend != "" {
		p.wrapped(legend, 2)
		p.line()
	}
	header = append(append(header, names...), p.words.Say("need.logged_in"), p.words.Say("col.heads"))
	sums := make([]float64, len(p.d.Pools))
	var rows [][]string
	var calls, need, heads float64
	for _, n := range p.times {
		row := []string{civil.ClockOf(n.start).String(), p.words.Number(n.calls, 0)}
		for i, x := range n.pools {
			cell := ""
			if x != nil {
				cell = p.words.Number(x.Need, 1)
				sums[i] += x.Need
			}
			row = append(row, cell)
		}
		rows = append(rows, append(row, p.whole(n.need), p.whole(n.heads)))
		calls, need, heads = calls+n.calls, need+n.need, heads+n.heads
	}
	total := []string{p.words.Say("need.hours"), p.words.Number(calls, 0)}
	for _, s := range slices.Concat(sums, []float64{need, heads}) {
		total = append(total, p.words.Number(p.hours(s), 0))
	}
	p.table(header, append(rows, total))
}

// names heads the columns of the pools; where they are too many for their names,
// by numbers and a legend.
func (p *needPage) names() (names []string, legend string) {
	const (
		others   = 32 // the columns of the clock, the calls and the totals
		readable = 8
		most     = 12
	)
	width := min((pageWidth-others)/len(p.d.Pools)-1, most)
	var numbered []string
	for i, pool := range p.d.Pools {
		if width >= readable {
			names = append(names, clip(pool.Name, width))
			continue
		}
		number := strconv.Itoa(i + 1)
		names, numbered = append(names, number), append(numbered, number+"\u00a0"+strings.ReplaceAll(pool.Name, " ", "\u00a0"))
	}
	return names, strings.Join(numbered, " · ")
}

// group writes all that is known of one group, and how patient its callers are.
func (p *needPage) group(g NeedGroup) {
	header := []string{
		p.words.Say("col.clock"), p.words.Say("col.calls"), p.words.Say("col.low"), p.words.Say("col.high"),
		p.words.Say("col.aht"), p.words.Say("need.logged_in"), p.words.Say("col.heads"),
	}
	var rows [][]string
	var calls, need, heads float64
	for _, x := range g.Intervals {
		rows = append(rows, []string{
			civil.ClockOf(x.Start).String(), p.words.Number(x.Offered, 1), p.words.Number(*x.P10, 0), p.words.Number(*x.P90, 0),
			p.words.Number(x.HandleTime, 0), p.words.Number(x.Need, 1), p.whole(x.Heads),
		})
		calls, need, heads = calls+x.Offered, need+x.Need, heads+x.Heads
	}
	total := []string{
		p.words.Say("need.hours"), p.words.Number(calls, 0), "", "", "",
		p.words.Number(p.hours(need), 0), p.words.Number(p.hours(heads), 0),
	}
	p.table(header, append(rows, total))
	p.wrapped(patience(g, p.words), 2)
}

// patience says how long the callers of a group wait before they hang up.
func patience(g NeedGroup, words *i18n.Words) string {
	args := i18n.Args{
		"Mean": words.Number(g.PatienceSeconds, 0),
		"Low":  words.Number(g.PatienceLow, 0), "High": words.Number(g.PatienceHigh, 0),
	}
	switch {
	case g.PatienceSeconds == 0:
		return words.Say("patience.endless")
	case g.PatienceHigh == 0:
		return words.Say("patience.assumed", args)
	default:
		return words.Say("patience.seen", args)
	}
}
