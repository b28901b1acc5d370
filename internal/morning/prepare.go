package morning

import (
	"context"
	"fmt"
	"time"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/daemon"
	"bemanna/internal/plan"
)

// explainWithin is how long the days that are over may take: a day is some seconds,
// and two weeks at most are new.
const explainWithin = 10 * time.Minute

// Prepare works out what the pages will ask, so that they open at once: why the days
// since the Monday of last week went as they did, and the coming weeks. It follows a
// run that has published its plan, and changes nothing that is published: what fails
// here is in the log, and worked out by whoever asks.
func (m Morning) Prepare(ctx context.Context, due time.Time) daemon.Outcome {
	r := &run{Morning: m, due: due}
	if r.do(ctx, "centre", r.readCentre) {
		r.do(ctx, "days past", r.explain)
		r.do(ctx, "weeks ahead", r.workAhead)
	}
	return r.outcome()
}

func (r *run) explain(ctx context.Context) (daemon.Outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, explainWithin)
	defer cancel()
	today := r.today()
	days, err := plan.KeepExplained(ctx, r.centre, r.Store, plan.ExplainQuery{
		From: today.Monday() - 7, To: today - 1, Seed: r.Seed, Model: forecast.DayLevel{},
	})
	return done(fmt.Sprintf("%d days explained", days)), err
}

func (r *run) workAhead(ctx context.Context) (daemon.Outcome, error) {
	today := r.today()
	days, err := plan.WorkAhead(ctx, r.centre, r.Store, today, plan.WeeksAhead)
	return done(fmt.Sprintf("%d days from %s", days, plan.ComingWeeks(today, plan.WeeksAhead).From)), err
}

func (r *run) today() civil.Date { return civil.DateOf(r.Clock().In(r.centre.Location)) }
