package board

import (
	"slices"
	"strconv"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// breaksView is the fourth step of the meeting.
type breaksView struct {
	Tables []breakRow
	Text   string // what the picture shows
	Height string
	Base   string
	Ticks  []tick
	Bars   []bar
}

// breakRow is when a table has coffee and lunch.
type breakRow struct{ Name, Coffee, Lunch string }

// The height of the picture of those on a break, and of its bars.
const (
	breaksHeight = 74.0
	breaksBase   = 54.0
	breaksBars   = 38.0
)

func breaks(d *plan.Day, w *i18n.Words) breaksView {
	s := working(d.Agents)
	v := breaksView{Height: pixels(breaksHeight), Base: pixels(breaksBase), Ticks: s.ticks()}
	for _, t := range append(append([]plan.Table{}, d.Tables...), plan.Table{Name: w.Say("board.no_table")}) {
		coffee, lunch := starts(d, t.ID, "break"), starts(d, t.ID, "lunch")
		if len(coffee)+len(lunch) > 0 {
			v.Tables = append(v.Tables, breakRow{t.Name, counted(coffee), counted(lunch)})
		}
	}
	if s.from.IsZero() || d.IntervalSeconds == 0 {
		return v
	}
	step := time.Duration(d.IntervalSeconds) * time.Second
	var counts []int
	for t := s.from; t.Before(s.to); t = t.Add(step) {
		counts = append(counts, onBreak(d, t))
	}
	most := slices.Max(counts)
	first := s.from.Add(time.Duration(slices.Index(counts, most)) * step)
	v.Text = w.Say("board.breaks_text", i18n.Args{"Most": most, "At": civil.ClockOf(first)})
	v.Bars = breakBars(counts, most)
	return v
}

// breakBars draws how many are on a break, interval by interval; the greatest
// has its number.
func breakBars(counts []int, most int) []bar {
	a, sc := axis{len(counts)}, scale{float64(max(most, 1)), breaksBase, breaksBars}
	var out []bar
	told := false
	for i, n := range counts {
		if n == 0 {
			continue
		}
		y := sc.y(float64(n))
		b := bar{
			X: percent(a.from(i) + 0.1*a.step()), Width: percent(0.8 * a.step()), Mid: percent(a.from(i) + a.step()/2),
			Y: pixels(y), Height: pixels(sc.base - y),
		}
		if n == most && !told {
			b.Value, b.Above, told = strconv.Itoa(n), pixels(y-3), true
		}
		out = append(out, b)
	}
	return out
}

// onBreak counts those who have coffee or lunch at an instant.
func onBreak(d *plan.Day, t time.Time) int {
	n := 0
	for _, a := range d.Agents {
		if act, ok := doing(a, t); ok && (act.Kind == "break" || act.Kind == "lunch") {
			n++
		}
	}
	return n
}

// doing gives what somebody does at an instant.
func doing(a plan.Agent, t time.Time) (plan.Activity, bool) {
	i := slices.IndexFunc(a.Activities, func(x plan.Activity) bool { return !t.Before(x.Start) && t.Before(x.End) })
	if i < 0 {
		return plan.Activity{}, false
	}
	return a.Activities[i], true
}

// starts gives the times at which a kind of activity begins at a table, rising.
func starts(d *plan.Day, table, kind string) []civil.Clock {
	var out []civil.Clock
	for _, a := range d.Agents {
		for _, act := range a.Activities {
			if a.Table == table && act.Kind == kind {
				out = append(out, civil.ClockOf(act.Start))
			}
		}
	}
	slices.Sort(out)
	return out
}

// counted lists rising times, each once, with how often it occurs: 09:15 ×2.
func counted(all []civil.Clock) string {
	var parts []string
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j] == all[i] {
			j++
		}
		part := all[i].String()
		if j-i > 1 {
			part += "\u00a0×" + strconv.Itoa(j-i)
		}
		parts = append(parts, part)
		i = j
	}
	if len(parts) == 0 {
		return "–"
	}
	return joined(parts)
}
