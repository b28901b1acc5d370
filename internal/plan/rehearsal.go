package plan

import (
	"context"
	"math"

	"bemanna/erlang/sim"
	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// rehearsal is a day that is over, to be planned in several ways, and what
// these are judged by.
type rehearsal struct {
	c     *centre.Centre
	store Store // as it was when the day began
	day   civil.Date
	q     ReplayQuery
	came  *whatCame
	asked *Requirement // what the calls that came ask for
}

func (e *rehearsal) forecasts(ctx context.Context, m forecast.Model) ([]GroupForecast, error) {
	return Forecasts(ctx, e.c, e.store, ForecastQuery{From: e.day, Days: 1, Today: e.day, Model: m})
}

func (e *rehearsal) draft(ctx context.Context, r *Requirement, phone phoneCosts) (*draft, error) {
	duties, err := Leads(ctx, e.c, e.store, e.day)
	if err != nil {
		return nil, err
	}
	d, err := newDraft(e.c, r, e.c.Available(r.Date), phone)
	if err != nil {
		return nil, err
	}
	d.appoint(duties)
	return d, nil
}

func (e *rehearsal) query() Query { return Query{Seed: e.q.Seed, Iterations: e.q.Iterations} }

// ours judges the plan that Make makes, whose prices of time it gives, and the
// plans at other prices.
func (e *rehearsal) ours(ctx context.Context, need *Requirement, out *playedDay) (timePrices, error) {
	d, err := e.draft(ctx, need, lostCalls)
	if err != nil {
		return nil, err
	}
	settled, err := d.settle(ctx, e.query())
	if err != nil {
		return nil, err
	}
	if out.Bemanna, err = e.judge(ctx, settled, settled.document(newService(need))); err != nil {
		return nil, err
	}
	for _, p := range curvePrices {
		trial := d.priced(everywhere(e.c, p))
		if err := trial.solve(ctx, e.query()); err != nil {
			return nil, err
		}
		score, err := e.judge(ctx, trial, trial.document(newService(need)))
		if err != nil {
			return nil, err
		}
		out.priced = append(out.priced, score)
	}
	return settled.prices, nil
}

// foresight judges the plan for the calls that came.
func (e *rehearsal) foresight(ctx context.Context, prices timePrices, out *playedDay) error {
	d, err := e.draft(ctx, e.asked, lostCalls)
	if err != nil {
		return err
	}
	d = d.priced(prices)
	if err := d.solve(ctx, e.query()); err != nil {
		return err
	}
	out.Foresight, err = e.judge(ctx, d, d.document(newService(d.r)))
	return err
}

// spreadsheet judges the plan of two steps, with the e-mail of the forecasts
// given.
func (e *rehearsal) spreadsheet(ctx context.Context, ours []GroupForecast, out *playedDay) error {
	forecasts, err := e.forecasts(ctx, forecast.EightWeeks{})
	if err != nil {
		return err
	}
	for i := range forecasts {
		if forecasts[i].Group.Channel == centre.Email {
			forecasts[i] = ours[i]
		}
	}
	need, err := spreadsheetNeed(e.c, e.day, forecasts)
	if err != nil {
		return err
	}
	d, err := e.draft(ctx, need, wholeNeed)
	if err != nil {
		return err
	}
	if err := d.solve(ctx, e.query()); err != nil {
		return err
	}
	doc := d.document(newService(need))
	if out.Spreadsheet, err = e.judge(ctx, d, doc); err != nil {
		return err
	}
	for i := range doc.Agents {
		doc.Agents[i].Activities = d.counted(i)
	}
	out.OneGroup, err = e.judge(ctx, d, doc)
	return err
}

// judge lets the calls that came happen to a plan, the activities of which are
// in doc.
func (e *rehearsal) judge(ctx context.Context, d *draft, doc *Day) (WayScore, error) {
	pooled, err := e.asked.evaluate(d.crews())
	if err != nil {
		return WayScore{}, err
	}
	seen := *d
	seen.r = d.r.knowing(e.came)
	doc.Groups = seen.groups(&pooled.service)
	s, err := newStage(doc)
	if err != nil {
		return WayScore{}, err
	}
	r, err := sim.Run(ctx, s.counted(), sim.Options{Replications: e.q.Draws, Seed: e.q.Seed, Workers: 1})
	if err != nil {
		return WayScore{}, err
	}
	o := seen.levels(doc, s, r, pooled.staffed)
	var hours Summary
	seen.sumUp(&hours, o)
	definition := doc.Target.definition()
	share := r.Day().ServiceLevel(definition)
	out := WayScore{
		Share: share.Mean, Low: share.Low, High: share.High, Chance: r.Day().Chance(definition, doc.Target.Share).Mean,
		PhoneHours: hours.PhoneHours, EmailHours: hours.EmailHours, FreeHours: hours.FreeHours,
		GapHours: Round((&draft{c: e.c, r: e.asked}).gapHours(o), 2),
	}
	if out.Share >= doc.Target.Share {
		out.Reached = 1
	}
	return out, nil
}

// counted is the model of a day whose calls are known: as many come.
func (s *stage) counted() sim.Model {
	m := s.model()
	m.DayCV = 0
	for i, g := range s.d.Groups {
		m.Groups[i].Calls = make([]int, s.n)
		for _, x := range g.Intervals {
			m.Groups[i].Calls[s.index(x.Start)] += int(math.Round(x.Offered))
		}
	}
	return m
}
