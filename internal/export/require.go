package export

import (
	"time"

	"bemanna/erlang"
	"bemanna/internal/civil"
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
