package board

import (
	"context"
	"math"

	"bemanna/forecast"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// eventDays is how far the page of forecasts looks back and ahead for events.
const eventDays = 28

// eventsView is what events were expected to do, and what they did.
type eventsView struct {
	Waiting string     // what is said while it is worked out; "": the rest is there
	Rows    []eventRow // by event and group
	Days    []eventRow // the same, day by day
}

// eventRow is an event, or a day of it.
type eventRow struct {
	Day, Name, Group string
	Expected, Came   string // changes in per cent
	Calls            string // expected and came
	Apart            bool   // Came is further from Expected than chance explains
}

// events gives the events around today, worked out once a day and when data or the
// centre file have changed; not ready: it is being worked out.
func (b *Board) events(ctx context.Context, x basis) (all []plan.EventEffect, ready bool, err error) {
	known, err := b.effects.ask(ctx, "", x.stamp, func(ctx context.Context) ([]plan.EventEffect, error) {
		return plan.EventEffects(ctx, x.c, x.db, plan.EventQuery{Today: x.today, Back: eventDays, Ahead: eventDays, Model: forecast.DayLevel{}})
	})
	return known.Answer, !known.Pending, err
}

func viewEvents(all []plan.EventEffect, w *i18n.Words) *eventsView {
	if len(all) == 0 {
		return nil
	}
	v := &eventsView{}
	for _, e := range all {
		whole := e.Sum(false)
		row := eventRow{Day: w.Day(e.Date), Name: eventName(e, w), Group: e.Group, Expected: w.Change(whole.Expected), Came: "–"}
		if known := e.Sum(true); known.Days > 0 {
			row.Expected = w.Change(known.Expected)
			row.Came = w.Say("board.event_came", i18n.Args{"Change": w.Change(known.Came), "Margin": w.Number(100*known.Margin, 0)})
			row.Apart = math.Abs(known.Came-known.Expected) > known.Margin
		}
		row.Calls = w.Say("board.event_days", i18n.Args{"Known": e.Sum(true).Days, "Days": whole.Days})
		v.Rows = append(v.Rows, row)
		for _, d := range e.Days {
			day := eventRow{
				Day: w.Day(d.Date), Name: e.Name, Group: e.Group, Expected: w.Change(d.Expected / d.Without), Came: "–",
				Calls: w.Say("board.event_calls", i18n.Args{"Expected": w.Number(d.Expected, 0), "Came": w.Number(d.Came, 0)}),
			}
			if !math.IsNaN(d.Came) {
				day.Came = w.Change(d.Came / d.Without)
			}
			v.Days = append(v.Days, day)
		}
	}
	return v
}

// eventName names an event with those that tell on the same days.
func eventName(e plan.EventEffect, w *i18n.Words) string {
	if len(e.With) == 0 {
		return e.Name
	}
	return w.Say("board.event_with", i18n.Args{"Name": e.Name, "Others": joined(e.With)})
}
