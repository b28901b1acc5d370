package export

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"bemanna/forecast"
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
	Notes     []string           `json:"notes"`
}

// ForecastDay is a day of a forecast.
type ForecastDay struct {
	Date  civil.Date  `json:"date"`
	Total float64     `json:"total"`
	P10   float64     `json:"p10"`
	P90   float64     `json:"p90"`
	Terms []plan.Term `json:"terms,omitempty"` // why the day differs
}

// ForecastInterval is an interval in which calls are expected.
type ForecastInterval struct {
	Start      time.Time `json:"start"`
	Mean       float64   `json:"mean"`
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
			Days: []ForecastDay{}, Intervals: []ForecastInterval{}, Notes: []string{},
		}
		for _, d := range f.Forecast.Days {
			day := ForecastDay{
				Date: civil.DateOf(d.Date), Total: plan.Round(d.Total, 1),
				P10: plan.Round(d.Quantile(0.1), 1), P90: plan.Round(d.Quantile(0.9), 1),
			}
			for _, t := range d.Terms {
				day.Terms = append(day.Terms, plan.Term{Reason: string(t.Reason), Name: t.Name, Factor: plan.Round(t.Factor, 3)})
			}
			g.Days = append(g.Days, day)
		}
		for i, m := range f.Forecast.Mean {
			if m == 0 {
				continue
			}
			g.Intervals = append(g.Intervals, ForecastInterval{
				Start: f.Forecast.Start.Add(time.Duration(i) * f.Forecast.Step), Mean: plan.Round(m, 3),
				P10: plan.Round(f.Forecast.Quantile(i, 0.1), 2), P50: plan.Round(f.Forecast.Quantile(i, 0.5), 2),
				P90: plan.Round(f.Forecast.Quantile(i, 0.9), 2), HandleTime: plan.Round(f.Forecast.HandleTime[i], 1),
			})
		}
		for _, n := range f.Forecast.Notes {
			g.Notes = append(g.Notes, remark(plan.DataRemark(f.Group, n), words))
		}
		out = append(out, g)
	}
	return out
}

// daysAcross is how many days fit beside the names of the groups.
const daysAcross = 7

// ForecastTable writes the calls of each group by day, and below why days
// differ.
func ForecastTable(w io.Writer, groups []ForecastGroup, words *i18n.Words) error {
	if len(groups) == 0 {
		return nil
	}
	days := len(groups[0].Days)
	for from := 0; from < days; from += daysAcross {
		to := min(from+daysAcross, days)
		_, m, _ := groups[0].Days[from].Date.Civil()
		header := []string{words.Month(m)}
		for _, d := range groups[0].Days[from:to] {
			_, _, day := d.Date.Civil()
			header = append(header, words.Weekday(d.Date)+" "+strconv.Itoa(day))
		}
		var rows [][]string
		sums := make([]float64, to-from)
		for _, g := range groups {
			row := []string{clip(g.Name, 26)}
			for i, d := range g.Days[from:to] {
				row = append(row, words.Number(d.Total, 0))
				sums[i] += d.Total
			}
			rows = append(rows, row)
		}
		total := []string{words.Say("col.total")}
		for _, s := range sums {
			total = append(total, words.Number(s, 0))
		}
		if err := writeTable(w, header, append(rows, total)); err != nil {
			return err
		}
	}
	return reasons(w, groups, words)
}

// reasons writes why days differ: for each day the groups with the reasons
// that move them most.
func reasons(w io.Writer, groups []ForecastGroup, words *i18n.Words) error {
	var lines []string
	for i, day := range groups[0].Days {
		byText := map[string][]string{}
		var order []string
		for _, g := range groups {
			for _, t := range g.Days[i].Terms[:min(1, len(g.Days[i].Terms))] {
				if slow := t.Reason == string(forecast.ReasonLevel) || t.Reason == string(forecast.ReasonSeason); slow && i > 0 {
					continue // as on the first day
				}
				text := reason(t, words)
				if byText[text] == nil {
					order = append(order, text)
				}
				byText[text] = append(byText[text], g.Name)
			}
		}
		for _, text := range order {
			lines = append(lines, words.Day(day.Date)+": "+text+" ("+strings.Join(byText[text], ", ")+")")
		}
	}
	if len(lines) == 0 {
		return nil
	}
	var out strings.Builder
	out.WriteString("\n" + strings.ToUpper(words.Say("col.why")) + "\n")
	for _, l := range slices.Compact(lines) {
		out.WriteString(strings.Join(wrap(l, pageWidth), "\n  ") + "\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}
