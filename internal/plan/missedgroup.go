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

// pastGroup is what telephony tells of an answer group in the intervals in which
// its plan has it open.
type pastGroup struct {
	calls             []int // by interval of the stage
	expected, offered float64
	inTime            float64 // of the calls offered; NaN: not known
	unknown           int     // intervals of which nothing is known: no calls
	// The seconds that the answered calls took, those that they were expected to
	// take, and their number, over the intervals in which all are known.
	handled, foreseen, answered float64
}

func newPastGroup(s *stage, g *Group, m ingest.Measures) pastGroup {
	out := pastGroup{calls: make([]int, s.n)}
	for _, x := range g.Intervals {
		t := int(x.Start.Sub(m.Offered.Start) / s.step) // a group that the centre has no more has no calls
		calls := at(m.Offered, t)
		out.expected += x.Offered
		if math.IsNaN(calls) {
			out.unknown++
			continue
		}
		calls = math.Round(calls) // a share of a queue may be half a call
		out.calls[s.index(x.Start)] += int(calls)
		out.offered += calls
		if calls > 0 {
			out.inTime += at(m.AnsweredWithin, t)
		}
		if handled, answered := at(m.Handled, t), at(m.Answered, t); handled > 0 && answered > 0 {
			out.handled, out.answered = out.handled+handled, out.answered+answered
			out.foreseen += answered * x.HandleTime
		}
	}
	if g.Target.Definition != "offered" {
		out.inTime = math.NaN()
	}
	return out
}

// handleFactor is how many times as long as expected the calls took; 1 where that
// is not known.
func (g *pastGroup) handleFactor() float64 {
	if g.foreseen == 0 {
		return 1
	}
	return g.handled / g.foreseen
}
