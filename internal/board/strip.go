package board

import (
	"math"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// span is a stretch of real time that a picture shows.
type span struct{ from, to time.Time }

// at places an instant across the picture, in per cent.
func (s span) at(t time.Time) float64 {
	x := 100 * float64(t.Sub(s.from)) / float64(s.to.Sub(s.from))
	return math.Min(math.Max(x, 0), 100)
}

// working is the span of whole hours that holds all shifts; zero without any.
func working(agents []plan.Agent) span {
	var s span
	for _, a := range agents {
		if a.Shift == nil {
			continue
		}
		if from := a.Shift.Start.Truncate(time.Hour); s.from.IsZero() || from.Before(s.from) {
			s.from = from
		}
		if to := a.Shift.End.Add(time.Hour - time.Nanosecond).Truncate(time.Hour); to.After(s.to) {
			s.to = to
		}
	}
	return s
}

// tick is an hour on the axis above the strips.
type tick struct{ X, Label string }

// mostNumbered is how many hours have their number on a narrow screen.
const mostNumbered = 14

// crowded tells whether a day has so many hours that not all have room for writing.
func crowded(hours int) bool { return hours > mostNumbered }

// numbered tells whether the i-th of n hours has its number: all, or every second.
func numbered(i, n int) bool { return !crowded(n) || i%2 == 0 }

// hours is how many whole hours there are in a span.
func (s span) hours() int { return int(s.to.Sub(s.from) / time.Hour) }

func (s span) ticks() []tick {
	var out []tick
	n := s.hours()
	for i := range n {
		t := s.from.Add(time.Duration(i) * time.Hour)
		label := ""
		if numbered(i, n) {
			label = t.Format("15")
		}
		out = append(out, tick{percent(s.at(t)), label})
	}
	return out
}

// stripView is a stretch of a person's day as a picture: the telephone fills
// the height, e-mail half of it, coffee is a line, lunch a low hollow box, and
// what is booked is hollow and high.
type stripView struct {
	Text   string // the same in words
	Blocks []block
}

type block struct{ X, Width, Kind, Y, Height string }

// kinds are the kinds of activities in the order of the legend.
var kinds = []string{"phone", "email", "break", "lunch", "meeting", "training", "coaching", "lead", "other"}

// sample shows how a kind of activity looks.
func sample(kind string) block {
	d := 100 * depth(kind)
	return block{X: "0", Width: "100%", Kind: kind, Y: percent(100 - d), Height: percent(d)}
}

// depth is how much of a strip's height an activity fills.
func depth(kind string) float64 {
	switch kind {
	case "email":
		return 0.55
	case "break":
		return 0.12
	case "lunch":
		return 0.34
	case "other":
		return 0.3
	default:
		return 1
	}
}

func strip(a plan.Agent, s span, w *i18n.Words) stripView {
	var v stripView
	var said []string
	for _, act := range a.Activities {
		if !act.End.After(s.from) || !act.Start.Before(s.to) {
			continue
		}
		x := s.at(act.Start)
		b := sample(act.Kind)
		b.X, b.Width = percent(x), percent(s.at(act.End)-x)
		v.Blocks = append(v.Blocks, b)
		said = append(said, clocks(act.Start, act.End)+" "+w.Say("kind."+act.Kind))
	}
	v.Text = a.Name + ": " + joined(said)
	return v
}

func clocks(from, to time.Time) string {
	return civil.ClockOf(from).String() + "–" + civil.EndClock(to).String()
}
