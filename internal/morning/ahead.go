package morning

import (
	"context"
	"fmt"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/daemon"
	"bemanna/internal/plan"
)

// WorkAhead works out what the pages of the coming weeks will ask, so that they open
// at once. It follows a run that has published its plan, and changes nothing that is
// published: what fails here is worked out by whoever asks.
func (m Morning) WorkAhead(ctx context.Context, due time.Time) daemon.Outcome {
	began := m.Clock()
	r := &run{Morning: m, due: due}
	out, err := r.workAhead(ctx)
	if err != nil {
		out = daemon.Outcome{Status: daemon.Failed, Message: err.Error()}
		if ctx.Err() != nil {
			out.Status = daemon.Interrupted
		}
	}
	r.step(ctx, "weeks ahead", out, m.Clock().Sub(began))
	return out
}

func (r *run) workAhead(ctx context.Context) (daemon.Outcome, error) {
	if _, err := r.readCentre(ctx); err != nil {
		return daemon.Outcome{}, err
	}
	today := civil.DateOf(r.Clock().In(r.centre.Location))
	days, err := plan.WorkAhead(ctx, r.centre, r.Store, today, plan.WeeksAhead)
	return done(fmt.Sprintf("%d days from %s", days, plan.ComingWeeks(today, plan.WeeksAhead).From)), err
}
