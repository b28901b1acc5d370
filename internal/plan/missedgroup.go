package plan

import (
	"context"
	"fmt"
	"math"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// measuresOf reads what telephony tells of the telephone groups of a day, by id;
// nil where it tells of no calls.
func measuresOf(ctx context.Context, c *centre.Centre, h History, date civil.Date) (map[string]ingest.Measures, error) {
	out, calls := map[string]ingest.Measures{}, 0.0
	for _, g := range c.Groups {
		if g.Channel != centre.Phone || !assigned(g, date) {
			continue
		}
		m, err := h.Series(ctx, selection(c, g), ingest.SeriesOptions{
			Step: c.Interval, Location: c.Location, From: date.Start(c.Location), To: (date + 1).Start(c.Location),
		})
		if err != nil {
			return nil, fmt.Errorf("answer group %q: %w", g.ID, err)
		}
		out[g.ID] = m
		for _, v := range m.Offered.Values {
			calls += orZero(v)
		}
	}
	if calls == 0 {
		return nil, nil //nolint:nilnil // nothing to explain
	}
	return out, nil
}

// tally is what telephony tells of some calls, in the intervals in which the plan has
// their groups open.
type tally struct {
	Expected, Offered float64
	InTime            float64 // of those offered; NaN: not known
	Unknown           int     // intervals of which nothing is known: no calls
	// The seconds that the answered calls took, those that they were expected to
	// take, and their number, over the intervals in which all are known.
	Handled, Foreseen, Answered float64
}

func (t *tally) add(o tally) {
	t.Expected, t.Offered, t.InTime = t.Expected+o.Expected, t.Offered+o.Offered, t.InTime+o.InTime
	t.Unknown += o.Unknown
	t.Handled, t.Foreseen, t.Answered = t.Handled+o.Handled, t.Foreseen+o.Foreseen, t.Answered+o.Answered
}

// pastGroup is the calls of an answer group that came.
type pastGroup struct {
	calls []int // by interval of the stage
	tally
}

func newPastGroup(s *stage, g *Group, m ingest.Measures) pastGroup {
	out := pastGroup{calls: make([]int, s.n)}
	for _, x := range g.Intervals {
		t := int(x.Start.Sub(m.Offered.Start) / s.step) // a group that the centre has no more has no calls
		calls := at(m.Offered, t)
		out.Expected += x.Offered
		if math.IsNaN(calls) {
			out.Unknown++
			continue
		}
		calls = math.Round(calls) // a share of a queue may be half a call
		out.calls[s.index(x.Start)] += int(calls)
		out.Offered += calls
		if calls > 0 {
			out.InTime += at(m.AnsweredWithin, t)
		}
		if handled, answered := at(m.Handled, t), at(m.Answered, t); handled > 0 && answered > 0 {
			out.Handled, out.Answered = out.Handled+handled, out.Answered+answered
			out.Foreseen += answered * x.HandleTime
		}
	}
	if g.Target.Definition != "offered" {
		out.InTime = math.NaN()
	}
	return out
}

// handleFactor is how many times as long as expected the calls took; 1 where that
// is not known.
func (t *tally) handleFactor() float64 {
	if t.Foreseen == 0 {
		return 1
	}
	return t.Handled / t.Foreseen
}
