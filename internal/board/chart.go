package board

import (
	"math"
	"strconv"
)

// Charts have a height in pixels and widths in per cent of the page, so that
// they fit any screen and their letters stay as large as others.

// percent is a place or a width across a chart, as SVG reads it.
func percent(x float64) string {
	return strconv.FormatFloat(math.Round(100*x)/100, 'f', -1, 64) + "%"
}

// pixels is a place or a length down a chart.
func pixels(y float64) string { return strconv.FormatFloat(math.Round(10*y)/10, 'f', -1, 64) }

// bar is an upright bar with what marks it.
type bar struct {
	X, Width, Mid string // across
	Y, Height     string // down
	Tick          string // height of the line across it; "": none
	From, To      string // of that line
	Flag          string // height of the sign above it; "": none
	Label, Value  string
	Short         bool
	Above         string // height of Value
}

// axis places n columns side by side.
type axis struct{ n int }

func (a axis) from(i int) float64 { return 100 * float64(i) / float64(a.n) }
func (a axis) step() float64      { return 100 / float64(a.n) }

// scale turns amounts of at most top into heights over the base line.
type scale struct{ top, base, height float64 }

func (s scale) y(v float64) float64 {
	if s.top <= 0 {
		return s.base
	}
	return s.base - s.height*math.Min(v, s.top)/s.top
}
