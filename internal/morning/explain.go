package morning

import (
	"context"
	"time"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// explainWithin is how long the days that are over may take after the plan has been
// published: a day is some seconds, and two weeks at most are new.
const explainWithin = 10 * time.Minute

// explain works out why the days since the Monday of last week went as they did, as
// far as that is not kept in the store, so that whoever asks has the answer at once. The
// plan is published by now: what fails here is logged, and tried again by the next run.
func (r *run) explain(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, explainWithin)
	defer cancel()
	began := r.Clock()
	today := civil.DateOf(began.In(r.centre.Location))
	days, err := plan.KeepExplained(ctx, r.centre, r.Store, plan.ExplainQuery{
		From: today.Monday() - 7, To: today - 1, Seed: r.Seed, Model: forecast.DayLevel{},
	})
	took := r.Clock().Sub(began).Round(time.Millisecond)
	if err != nil {
		r.Log.WarnContext(ctx, "explain", "error", err, "took", took)
		return
	}
	r.Log.InfoContext(ctx, "explain", "days", days, "took", took)
}
