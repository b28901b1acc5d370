package export

import (
	"math"

	"bemanna/internal/calculator"
)

// ErlangAnswer is the answer to a case as JSON. Figures that do not exist, and
// waits in a queue that grows without end, are null.
type ErlangAnswer struct {
	Calls           float64        `json:"calls"`
	PerSeconds      float64        `json:"per_s"`
	HandleTime      float64        `json:"aht_s"`
	PatienceSeconds *float64       `json:"patience_s"`
	Records         *ErlangRecords `json:"patience_records,omitempty"`
	Load            float64        `json:"load_erl"`
	Model           string         `json:"model"`
	Redial          float64        `json:"redial,omitempty"`
	CV              float64        `json:"cv,omitempty"`
	Target          ErlangTarget   `json:"target"`
	Agents          int            `json:"agents"`
	AgentsReal      float64        `json:"agents_real"`
	Heads           int            `json:"heads"`
	Rows            []ErlangRow    `json:"rows"`
	Assumed         []string       `json:"assumed"` // flags that were left out and taken as usual
}

// ErlangRecords is the patience that records show: of so many calls that
// waited, so many hung up. The mean is that of exponential patience, with the
// limits between which it lies in 95 of 100 cases; null without limit.
type ErlangRecords struct {
	Waited      int      `json:"waited"`
	Abandoned   int      `json:"abandoned"`
	Aside       int      `json:"set_aside"`
	MeanSeconds *float64 `json:"mean_s"`
	LowSeconds  *float64 `json:"low_s"`
	HighSeconds *float64 `json:"high_s"`
}

// ErlangTarget is what is asked of the calls; parts that are left out ask for
// nothing.
type ErlangTarget struct {
	Share          float64 `json:"share,omitempty"`
	Within         float64 `json:"within_s"`
	Definition     string  `json:"definition"`
	MaxOccupancy   float64 `json:"max_occupancy,omitempty"`
	MaxAbandonment float64 `json:"max_abandonment,omitempty"`
	MaxASA         float64 `json:"max_asa_s,omitempty"`
}

// ErlangRow is what a number of agents does.
type ErlangRow struct {
	Agents        float64  `json:"agents"`
	Heads         int      `json:"heads"`
	ServiceLevel  *float64 `json:"service_level"`
	ExpectedLevel *float64 `json:"expected_level,omitempty"`
	ASA           *float64 `json:"asa_s"`
	Wait          *float64 `json:"wait_s"`
	Delay         *float64 `json:"delay"`
	Abandonment   *float64 `json:"abandonment"`
	Occupancy     *float64 `json:"occupancy"`
	Met           bool     `json:"target_met"`
}

// Erlang turns an answer into its document.
func Erlang(a calculator.Answer) ErlangAnswer {
	c := a.Case
	d := ErlangAnswer{
		Calls: c.Calls, PerSeconds: c.Per, HandleTime: c.HandleTime, Load: c.Load(), Model: string(c.Model()),
		Redial: c.Redial, CV: c.CV,
		Target: erlangTarget(c),
		Agents: a.Need.Agents, AgentsReal: a.Need.Real, Heads: a.Need.Heads,
		Rows: []ErlangRow{}, Assumed: append([]string{}, c.Assumed...),
	}
	if c.Patience > 0 {
		d.PatienceSeconds = &c.Patience
	}
	if r := c.Records; r != nil {
		d.Records = &ErlangRecords{
			Waited: r.Waited, Abandoned: r.Abandoned, Aside: r.Aside,
			MeanSeconds: existing(1 / r.Rate.Rate), LowSeconds: existing(1 / r.Rate.High), HighSeconds: existing(1 / r.Rate.Low),
		}
	}
	for _, r := range a.Rows {
		d.Rows = append(d.Rows, erlangRow(r))
	}
	return d
}

func erlangRow(r calculator.Row) ErlangRow {
	return ErlangRow{
		Agents: r.Agents, Heads: r.Heads, ServiceLevel: existing(r.ServiceLevel), ExpectedLevel: existing(r.Expected),
		ASA: existing(r.SpeedOfAnswer), Wait: existing(r.AverageWait), Delay: existing(r.Delay),
		Abandonment: existing(r.Abandonment), Occupancy: existing(r.Occupancy), Met: r.Met,
	}
}

// existing is null for what is not a number or without end.
func existing(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// ErlangBatchRow is a row of a batch as JSON: its figures, or its error.
type ErlangBatchRow struct {
	Line  int               `json:"line"`
	Input map[string]string `json:"input"`
	*ErlangRow
	AgentsReal *float64 `json:"agents_real,omitempty"`
	Error      string   `json:"error,omitempty"`
}

// ErlangBatch turns a batch into its rows.
func ErlangBatch(b *calculator.Batch) []ErlangBatchRow {
	out := []ErlangBatchRow{}
	for i, r := range b.Rows {
		d := ErlangBatchRow{Line: b.Sheet.Lines[i], Input: map[string]string{}}
		for j, name := range b.Sheet.Header {
			d.Input[name] = b.Sheet.Rows[i][j]
		}
		if r.Err != nil {
			d.Error = r.Err.Error()
		} else {
			row := erlangRow(r.Row)
			d.ErlangRow, d.AgentsReal = &row, &r.NeedReal
		}
		out = append(out, d)
	}
	return out
}
