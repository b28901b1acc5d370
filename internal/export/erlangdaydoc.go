package export

import (
	"strings"

	"bemanna/internal/calculator"
)

// ErlangDayAnswer is a day as JSON. Figures that do not exist are null.
type ErlangDayAnswer struct {
	Target       ErlangTarget     `json:"target"`
	Hours        float64          `json:"phone_hours"`
	ServiceLevel *float64         `json:"service_level"`
	Alone        *float64         `json:"service_level_alone"`
	Left         float64          `json:"left"`
	Emptying     *float64         `json:"emptying_s"`
	Intervals    []ErlangInterval `json:"intervals"`
	Assumed      []string         `json:"assumed"`
}

// ErlangInterval is an interval of a day. What ends in alone is what the
// interval would be by itself.
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
	c, p := a.Day.Case, a.Given
	doc := ErlangDayAnswer{
		Target: erlangTarget(c), Hours: p.Hours, ServiceLevel: existing(p.ServiceLevel), Alone: existing(p.Alone),
		Left: p.Left, Emptying: existing(p.Emptying), Intervals: []ErlangInterval{}, Assumed: append([]string{}, c.Assumed...),
	}
	for i, r := range p.Rows {
		in := a.Day.Intervals[i]
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
