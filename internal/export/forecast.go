package export

import (
	"math"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// ForecastGroup is the forecast of an answer group as JSON.
type ForecastGroup struct {
	ID        string             `json:"id"`
	Name      string             `json:"name"`
	Unit      string             `json:"unit"`
	Channel   string             `json:"channel"`
	Days      []ForecastDay      `json:"days"`
	Intervals []ForecastInterval `json:"intervals"`
	Notes     []string           `json:"notes"`   // Remarks in words
	Remarks   []plan.Remark      `json:"remarks"` // on the history
}

// ForecastDay is a day of a forecast.
type ForecastDay struct {
	Date    civil.Date  `json:"date"`
	Total   float64     `json:"total"`
	Machine *float64    `json:"machine,omitempty"` // where people have set it aside: the total without them
	Came    *float64    `json:"came,omitempty"`    // so far, part of the total
	P10     float64     `json:"p10"`
	P90     float64     `json:"p90"`
	Usual   float64     `json:"usual,omitempty"` // an ordinary day of the weekday of late
	Terms   []plan.Term `json:"terms,omitempty"` // why the day differs
}

// ForecastInterval is an interval in which calls are expected or have come.
type ForecastInterval struct {
	Start      time.Time `json:"start"`
	Mean       float64   `json:"mean"`
	Machine    *float64  `json:"machine,omitempty"` // where people have set it aside
	Came       *float64  `json:"came,omitempty"`    // where the interval is over
	P10        float64   `json:"p10"`
	P50        float64   `json:"p50"`
	P90        float64   `json:"p90"`
	HandleTime float64   `json:"aht_s"`
}

// Forecasts turns forecasts into their documents.
func Forecasts(all []plan.GroupForecast, words *i18n.Words) []ForecastGroup {
	out := []ForecastGroup{}
	for _, f := range all {
		g := ForecastGroup{
			ID: f.Group.ID, Name: f.Group.Name, Unit: f.Group.Unit, Channel: string(f.Group.Channel),
			Days: forecastDays(f), Intervals: forecastIntervals(f), Notes: []string{}, Remarks: []plan.Remark{},
		}
		for _, n := range f.Forecast.Notes {
			r := plan.DataRemark(f.Group, n)
			g.Remarks = append(g.Remarks, r)
			g.Notes = append(g.Notes, Remark(r, words))
		}
		out = append(out, g)
	}
	return out
}

func forecastDays(f plan.GroupForecast) []ForecastDay {
	days := []ForecastDay{}
	for i, d := range f.Forecast.Days {
		out := ForecastDay{
			Date: civil.DateOf(d.Date), Total: plan.Round(d.Total, 1), Terms: f.Terms(d),
			Machine: differing(f.Machine.Days[i].Total, d.Total), Usual: plan.Round(f.Usual[i], 1),
		}
		rest := d
		if i == 0 && len(f.Seen) > 0 {
			came := 0.0
			for _, v := range f.Seen {
				if !math.IsNaN(v) {
					came += v
				}
			}
			out.Came = &came
			rest.Total = max(0, d.Total-came)
			rest.Sigma *= d.Total / max(rest.Total, 1)
			out.P10, out.P90 = came, came
		}
		out.P10 = plan.Round(out.P10+rest.Quantile(0.1), 1)
		out.P90 = plan.Round(out.P90+rest.Quantile(0.9), 1)
		days = append(days, out)
	}
	return days
}

func forecastIntervals(f plan.GroupForecast) []ForecastInterval {
	out := []ForecastInterval{}
	for i, m := range f.Forecast.Mean {
		came := math.NaN()
		if i < len(f.Seen) {
			came = f.Seen[i]
		}
		if m == 0 && !(came > 0) {
			continue
		}
		v := ForecastInterval{
			Start: f.Forecast.Start.Add(time.Duration(i) * f.Forecast.Step), Mean: plan.Round(m, 3),
			Machine: differing(f.Machine.Mean[i], m),
			P10:     plan.Round(f.Forecast.Quantile(i, 0.1), 2), P50: plan.Round(f.Forecast.Quantile(i, 0.5), 2),
			P90: plan.Round(f.Forecast.Quantile(i, 0.9), 2), HandleTime: plan.Round(f.Forecast.HandleTime[i], 1),
		}
		if !math.IsNaN(came) {
			v.Came = &came
		}
		out = append(out, v)
	}
	return out
}

// differing gives x where it is not what is used.
func differing(x, used float64) *float64 {
	if x == used {
		return nil
	}
	x = plan.Round(x, 3)
	return &x
}
