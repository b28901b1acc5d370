package export

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"bemanna/erlang"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// NeedDay is the need of a day as JSON.
type NeedDay struct {
	Date            civil.Date  `json:"date"`
	IntervalSeconds int         `json:"interval_s"`
	NeedHours       float64     `json:"need_hours"`
	LoginRate       float64     `json:"login_rate"`   // share of planned telephone time in which people are logged in
	AbsenceRate     float64     `json:"absence_rate"` // share of the planned people who are unexpectedly away
	Pools           []NeedPool  `json:"pools"`
	Groups          []NeedGroup `json:"groups"`
}

// NeedPool is a set of groups that are staffed as one.
type NeedPool struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Groups    []string       `json:"groups"`
	Intervals []NeedInterval `json:"intervals"`
}

// NeedGroup is an answer group.
type NeedGroup struct {
	ID              string         `json:"id"`
	Name            string         `json:"name"`
	Unit            string         `json:"unit"`
	Pool            string         `json:"pool"`
	PatienceSeconds float64        `json:"patience_s"`
	PatienceLow     float64        `json:"patience_low_s,omitempty"` // 95 %, where the history tells of waits
	PatienceHigh    float64        `json:"patience_high_s,omitempty"`
	Intervals       []NeedInterval `json:"intervals"`
}

// NeedInterval is an open interval. Need is people logged in, not rounded;
// Required the same rounded up, for the group or pool on its own; Heads the
// people to plan, absence and log-in rate included.
type NeedInterval struct {
	Start      time.Time `json:"start"`
	Offered    float64   `json:"offered"`
	P10        *float64  `json:"p10,omitempty"`
	P90        *float64  `json:"p90,omitempty"`
	HandleTime float64   `json:"aht_s,omitempty"`
	Need       float64   `json:"need"`
	Required   int       `json:"required"`
	Heads      float64   `json:"heads"`
}

// Need turns a requirement into its document.
func Need(r *plan.Requirement) NeedDay {
	d := NeedDay{
		Date: r.Date, IntervalSeconds: int(r.Grid.Step / time.Second), NeedHours: plan.Round(r.Hours(), 2),
		LoginRate: plan.Round(r.Turnout.LoginRate, 4), AbsenceRate: plan.Round(r.Turnout.Absence, 4),
		Pools: []NeedPool{}, Groups: []NeedGroup{},
	}
	for _, p := range r.Pools {
		pool := NeedPool{ID: p.ID, Name: p.Name, Intervals: []NeedInterval{}}
		for _, g := range p.Groups {
			pool.Groups = append(pool.Groups, r.Groups[g].Group.ID)
		}
		for t, need := range p.Need {
			calls, open := 0.0, false
			for _, g := range p.Groups {
				calls += r.Groups[g].Forecast.Mean[t]
				open = open || r.Groups[g].Open[t]
			}
			if open {
				pool.Intervals = append(pool.Intervals, needInterval(r.Grid.Time(t), calls, need, r.Turnout))
			}
		}
		d.Pools = append(d.Pools, pool)
	}
	for _, g := range r.Groups {
		group := NeedGroup{
			ID: g.Group.ID, Name: g.Group.Name, Unit: g.Group.Unit, Pool: r.Pools[g.Pool].ID,
			PatienceSeconds: plan.Round(g.Patience.Mean, 0), PatienceLow: plan.Round(g.Patience.Low, 0), PatienceHigh: plan.Round(g.Patience.High, 0),
			Intervals: []NeedInterval{},
		}
		for t, open := range g.Open {
			if !open {
				continue
			}
			x := needInterval(r.Grid.Time(t), g.Forecast.Mean[t], g.Need[t], r.Turnout)
			low, high := plan.Round(g.Forecast.Quantile(t, 0.1), 1), plan.Round(g.Forecast.Quantile(t, 0.9), 1)
			x.P10, x.P90, x.HandleTime = &low, &high, plan.Round(g.Forecast.HandleTime[t], 0)
			group.Intervals = append(group.Intervals, x)
		}
		d.Groups = append(d.Groups, group)
	}
	return d
}

func needInterval(start time.Time, calls, need float64, t plan.Turnout) NeedInterval {
	return NeedInterval{
		Start: start, Offered: plan.Round(calls, 2), Need: plan.Round(need, 2),
		Required: erlang.Whole(need), Heads: plan.Round(t.Heads(need), 2),
	}
}

// NeedTable writes the need of the day by interval: a column for each pool, or
// for one group alone all that is known of it.
func NeedTable(w io.Writer, d NeedDay, words *i18n.Words) error {
	write := poolNeeds
	if len(d.Groups) == 1 {
		write = groupNeed
	}
	if err := write(w, d, words); err != nil {
		return err
	}
	turnout := words.Say("need.turnout", i18n.Args{"Login": words.Share(d.LoginRate, 1), "Absence": words.Share(d.AbsenceRate, 1)})
	_, err := io.WriteString(w, strings.Join(wrap(turnout, pageWidth), "\n")+"\n")
	return err
}

func poolNeeds(w io.Writer, d NeedDay, words *i18n.Words) error {
	header := []string{words.Say("col.clock"), words.Say("col.calls")}
	var times []time.Time
	for _, p := range d.Pools {
		header = append(header, clip(p.Name, poolWidth(len(d.Pools))))
		for _, x := range p.Intervals {
			times = append(times, x.Start)
		}
	}
	header = append(header, words.Say("col.total"), words.Say("col.heads"))
	slices.SortFunc(times, time.Time.Compare)
	times = slices.CompactFunc(times, time.Time.Equal)
	var rows [][]string
	for _, at := range times {
		row := []string{civil.ClockOf(at).String(), ""}
		calls, need, heads := 0.0, 0.0, 0.0
		for _, p := range d.Pools {
			i := slices.IndexFunc(p.Intervals, func(x NeedInterval) bool { return x.Start.Equal(at) })
			if i < 0 {
				row = append(row, "")
				continue
			}
			x := p.Intervals[i]
			calls, need, heads = calls+x.Offered, need+x.Need, heads+x.Heads
			row = append(row, words.Number(x.Need, 1))
		}
		row[1] = words.Number(calls, 0)
		rows = append(rows, append(row, words.Number(float64(erlang.Whole(need)), 0), words.Number(float64(erlang.Whole(heads)), 0)))
	}
	return writeTable(w, header, rows)
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

// poolWidth is how wide the name of a pool may be so that the table fits the
// page, where it can.
func poolWidth(pools int) int {
	const others = 30 // the columns of the clock, the calls and the totals
	return min(max((pageWidth-others)/pools-1, 4), 12)
}

func groupNeed(w io.Writer, d NeedDay, words *i18n.Words) error {
	g := d.Groups[0]
	header := []string{
		words.Say("col.clock"), words.Say("col.calls"), words.Say("col.low"), words.Say("col.high"),
		words.Say("col.aht"), words.Say("row.need"), words.Say("col.heads"),
	}
	var rows [][]string
	for _, x := range g.Intervals {
		rows = append(rows, []string{
			civil.ClockOf(x.Start).String(), words.Number(x.Offered, 1), words.Number(*x.P10, 0), words.Number(*x.P90, 0),
			words.Number(x.HandleTime, 0), words.Number(float64(x.Required), 0), words.Number(float64(erlang.Whole(x.Heads)), 0),
		})
	}
	if err := writeTable(w, header, rows); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, patience(g, words))
	return err
}
