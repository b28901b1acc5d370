package export

import (
	"strings"

	"bemanna/internal/calculator"
)

// ErlangDayAnswer is a day as JSON: the plan that its file gives, or those that
// it needs. Figures that do not exist are null.
type ErlangDayAnswer struct {
	Target  ErlangTarget `json:"target"`
	CV      float64      `json:"cv,omitempty"`
	Floor   float64      `json:"floor"`
	Plans   []ErlangPlan `json:"plans"`
	Assumed []string     `json:"assumed"` // flags that were left out and taken as usual
}

// ErlangPlan is a day with people: given, or by interval or day for the target.
type ErlangPlan struct {
	Basis        string           `json:"basis"`
	Hours        float64          `json:"phone_hours"`
	ServiceLevel *float64         `json:"service_level"`
	Alone        *float64         `json:"service_level_alone"`
	Outlook      *ErlangOutlook   `json:"outlook,omitempty"`
	Left         float64          `json:"left"`
	Emptying     *float64         `json:"emptying_s"`
	Intervals    []ErlangInterval `json:"intervals"`
}

// ErlangOutlook is what may come of a single day: the share that is expected,
// those that it falls below on 5 and on 95 of 100 days, and the chance of the
// target.
type ErlangOutlook struct {
	Share  float64 `json:"share"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Chance float64 `json:"chance"`
}

// ErlangInterval is an interval of a day; alone is what it would be by itself.
type ErlangInterval struct {
	Start        string   `json:"start,omitempty"`
	Duration     float64  `json:"duration_s"`
	Calls        float64  `json:"calls"`
	HandleTime   float64  `json:"aht_s"`
	Agents       int      `json:"agents"`
	ServiceLevel *float64 `json:"service_level"`
	Alone        *float64 `json:"service_level_alone"`
	ASA          *float64 `json:"asa_s"`
	Wait         *float64 `json:"wait_s"`
	Abandonment  *float64 `json:"abandonment"`
	Occupancy    *float64 `json:"occupancy"`
	Left         float64  `json:"left"`
}

// ErlangDay turns a day into its document.
func ErlangDay(a calculator.DayAnswer) ErlangDayAnswer {
	c := a.Day.Case
	doc := ErlangDayAnswer{
		Target: erlangTarget(c), CV: c.CV, Floor: a.Day.Settings.Floor, Plans: []ErlangPlan{}, Assumed: append([]string{}, c.Assumed...),
	}
	for _, p := range a.Plans {
		doc.Plans = append(doc.Plans, erlangPlan(a.Day, p))
	}
	return doc
}

func erlangPlan(d *calculator.Day, p calculator.DayPlan) ErlangPlan {
	doc := ErlangPlan{
		Basis: string(p.Basis), Hours: p.Hours, ServiceLevel: existing(p.ServiceLevel), Alone: existing(p.Alone),
		Left: p.Left, Emptying: existing(p.Emptying), Intervals: []ErlangInterval{},
	}
	if o := p.Outlook; o != nil {
		doc.Outlook = &ErlangOutlook{Share: o.Share, Low: o.Low, High: o.High, Chance: o.Chance}
	}
	for i, r := range p.Rows {
		in := d.Intervals[i]
		doc.Intervals = append(doc.Intervals, ErlangInterval{
			Start: in.Start, Duration: in.Duration, Calls: in.Calls, HandleTime: 1 / in.ServiceRate, Agents: r.Agents,
			ServiceLevel: existing(r.ServiceLevel), Alone: existing(r.Alone), ASA: existing(r.SpeedOfAnswer), Wait: existing(r.AverageWait),
			Abandonment: existing(r.Abandonment), Occupancy: existing(r.Occupancy), Left: r.Waiting,
		})
	}
	return doc
}

func erlangTarget(c calculator.Case) ErlangTarget {
	t := c.Target
	return ErlangTarget{
		Share: t.Share, Within: t.Threshold, Definition: strings.ReplaceAll(t.Definition.String(), "-", "_"),
		MaxOccupancy: t.MaxOccupancy, MaxAbandonment: t.MaxAbandonment, MaxASA: t.MaxSpeedOfAnswer,
	}
}
