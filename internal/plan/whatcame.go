package plan

import (
	"context"
	"math"
	"slices"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/ingest"
)

// whatCame is what telephony tells of a day that is over.
type whatCame struct {
	forecasts []GroupForecast // the day's calls as a forecast that is sure of them
	offered   float64         // calls that came while their groups were open
	inTime    float64         // of them answered in time; NaN: not known
	unknown   int             // open intervals of groups of which nothing is known
	outside   float64         // calls that came while their groups were closed
}

// happened reads the calls of a day in the open intervals of the requirement r.
// Handle times are the day's mean of each group, or as forecast where nobody
// was answered. What is not known counts as no calls. E-mail stays as forecast.
func happened(ctx context.Context, c *centre.Centre, h History, r *Requirement) (*whatCame, error) {
	w := &whatCame{}
	for i := range r.Groups {
		n := &r.Groups[i]
		m, err := h.Series(ctx,
			selection(c, n.Group),
			ingest.SeriesOptions{Step: c.Interval, Location: c.Location, From: r.Grid.Start, To: (r.Date + 1).Start(c.Location)})
		if err != nil {
			return nil, err
		}
		f := n.Forecast
		f.Mean, f.Spread = make([]float64, r.Grid.N), make([]float64, r.Grid.N)
		f.HandleTime, f.DayShare = handleTimeOf(m, f), 0
		for t := range f.Mean {
			calls := at(m.Offered, t)
			switch {
			case !n.Open[t]:
				w.outside += orZero(calls)
			case math.IsNaN(calls):
				w.unknown++
			default:
				f.Mean[t] = math.Round(calls)
				w.offered += f.Mean[t]
				w.inTime += at(m.AnsweredWithin, t)
			}
		}
		w.forecasts = append(w.forecasts, GroupForecast{Group: n.Group, Forecast: f, Machine: f, Usual: n.Usual, Patience: n.Patience})
	}
	w.forecasts = append(w.forecasts, r.Email...)
	return w, nil
}

func orZero(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// handleTimeOf gives the mean handle time of a day for each interval of it, or
// that of the forecast.
func handleTimeOf(m ingest.Measures, f forecast.Forecast) []float64 {
	seconds, calls := 0.0, 0.0
	for t := range m.Handled.Values {
		if s, n := m.Handled.Values[t], at(m.Answered, t); !math.IsNaN(s + n) {
			seconds, calls = seconds+s, calls+n
		}
	}
	if calls == 0 || seconds == 0 {
		return f.HandleTime
	}
	return slices.Repeat([]float64{seconds / calls}, len(f.Mean))
}

// knowing gives the requirement with the calls that came in place of those
// that were expected; the need stays.
func (r *Requirement) knowing(w *whatCame) *Requirement {
	out := *r
	out.Groups = slices.Clone(r.Groups)
	for g := range out.Groups {
		out.Groups[g].Forecast = w.forecasts[g].Forecast
	}
	return &out
}

// share is the share answered in time, where telephony tells and the target is
// a share of the calls offered; nil elsewhere.
func (w *whatCame) share(definition string) *float64 {
	out := w.inTime / w.offered
	if definition != "offered" || math.IsNaN(out) {
		return nil
	}
	return &out
}
