package plan

import (
	"bytes"
	"context"
	"encoding/gob"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// KeepExplained sees to it that the days from q.From to q.To that had a plan stored
// before they opened are explained from what is kept in the store, and gives how many
// days that are. A day is worked out anew where its calls, its attendance or its plan
// have changed since.
func KeepExplained(ctx context.Context, c *centre.Centre, s PastStore, q ExplainQuery) (days int, err error) {
	q.storedOnly = true
	_, accounts, err := accounts(ctx, c, s, &q)
	for _, a := range accounts {
		if a != nil {
			days++
		}
	}
	return days, err
}

// keptAccount accounts for a day with a stored plan, as it was kept from the same
// calls, attendance and plans, else by a simulation; that is to be kept then.
func keptAccount(ctx context.Context, c *centre.Centre, s PastStore, q ExplainQuery, date civil.Date, plans pastPlans, measures map[string]ingest.Measures) (*pastAccount, *Working, error) {
	name := "why " + date.String()
	stamp, err := stampOf(name, plans, c.Interval, q.Draws, q.Seed, attendanceOf(c, date), toldOf(c, measures))
	if err != nil {
		return nil, nil, err
	}
	before, err := s.Workings(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	if w := before[name]; w.Stamp == stamp {
		out := new(pastAccount)
		if gob.NewDecoder(bytes.NewReader(w.Doc)).Decode(out) == nil {
			return out, nil, nil
		}
	}
	out, err := accountFor(ctx, c, s, q, date, plans, measures)
	if err != nil {
		return nil, nil, err
	}
	var doc bytes.Buffer
	err = gob.NewEncoder(&doc).Encode(out)
	return out, &Working{Name: name, Until: date, Stamp: stamp, Doc: doc.Bytes()}, err
}

// toldOf is what telephony tells of a day that its account rests on, in the order of
// the centre file, as numbers that JSON can write: what is not known is below 0.
func toldOf(c *centre.Centre, measures map[string]ingest.Measures) []any {
	var out []any
	for _, g := range c.Groups {
		m, known := measures[g.ID]
		if !known {
			continue
		}
		out = append(out, g.ID)
		for _, values := range [][]float64{m.Offered.Values, m.AnsweredWithin.Values, m.Answered.Values, m.Handled.Values} {
			told := make([]float64, len(values))
			for i, v := range values {
				if told[i] = v; !(v >= 0) {
					told[i] = -1
				}
			}
			out = append(out, told)
		}
	}
	return out
}
