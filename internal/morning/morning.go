// Package morning is the run that makes a plan before anyone arrives: new
// history is taken in, the day is forecast, sized and planned, and the plan is
// published. What fails is said; the last plan stays where it is.
package morning

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/daemon"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Job is the name of the morning run in the ledger.
const Job = "plan"

// Morning is what the runs of all mornings share.
type Morning struct {
	CentrePath string // read anew by every run: people come and go
	Language   string // of the published texts; "": the centre's
	Store      Store
	Clock      func() time.Time
	Log        *slog.Logger
	Version    string // of the program
	Seed       uint64
	Iterations int // of the search; 0: the engine's own choice
}

// Store is what the runs want of a store.
type Store interface {
	plan.PastStore
	plan.Importer
	// Forget deletes the plans of the days before one and gives their number.
	Forget(ctx context.Context, before civil.Date) (int, error)
}

// Step is one step of a run, for the manifest and the log.
type Step struct {
	Name    string        `json:"name"`
	Status  daemon.Status `json:"status"`
	Message string        `json:"message"`
	Seconds float64       `json:"seconds"`
}

// run is one morning under way.
type run struct {
	Morning
	due    time.Time
	centre *centre.Centre
	words  *i18n.Words
	inputs []Input
	steps  []Step

	query     plan.Query
	forecasts []plan.GroupForecast
	required  *plan.Requirement
	day       *plan.Day
}

// Run does the steps of a morning one by one; the first that fails is the last.
func (m Morning) Run(ctx context.Context, due time.Time) daemon.Outcome {
	r := &run{Morning: m, due: due}
	for _, s := range []struct {
		name string
		do   func(context.Context) (daemon.Outcome, error)
	}{
		{"centre", r.readCentre},
		{"import", r.takeIn},
		{"forecast", r.forecast},
		{"need", r.need},
		{"plan", r.schedule},
		{"publish", r.publish},
	} {
		if !r.do(ctx, s.name, s.do) {
			break
		}
	}
	out := r.outcome()
	if err := r.writeStatus(out); err != nil && r.centre != nil {
		m.Log.ErrorContext(ctx, "status", "error", err)
	}
	return out
}

// do does a step and notes how it ended. It tells whether the next may follow.
func (r *run) do(ctx context.Context, name string, step func(context.Context) (daemon.Outcome, error)) bool {
	began := r.Clock()
	out, err := step(ctx)
	if err != nil {
		out = daemon.Outcome{Status: daemon.Failed, Message: err.Error()}
		if ctx.Err() != nil {
			out.Status = daemon.Interrupted
		}
	}
	took := r.Clock().Sub(began)
	r.steps = append(r.steps, Step{name, out.Status, out.Message, took.Round(time.Millisecond).Seconds()})
	level := slog.LevelInfo
	switch out.Status {
	case daemon.Warned:
		level = slog.LevelWarn
	case daemon.Failed, daemon.Interrupted:
		level = slog.LevelError
	case daemon.OK:
	}
	r.Log.Log(ctx, level, name, "status", out.Status, "message", out.Message, "took", took.Round(time.Millisecond))
	return out.Status == daemon.OK || out.Status == daemon.Warned
}

// outcome sums up the steps: the worst of them, and what they said.
func (r *run) outcome() daemon.Outcome {
	out := daemon.Outcome{Status: daemon.OK}
	var words []string
	for _, s := range r.steps {
		switch s.Status {
		case daemon.OK:
			continue
		case daemon.Warned:
			out.Status = daemon.Warned
		case daemon.Failed, daemon.Interrupted:
			out.Status = s.Status
		}
		words = append(words, s.Name+": "+s.Message)
	}
	if out.Status == daemon.OK {
		words = []string{r.steps[len(r.steps)-1].Message}
	}
	out.Message = strings.Join(words, "; ")
	return out
}

func (r *run) readCentre(context.Context) (daemon.Outcome, error) {
	c, err := centre.Load(r.CentrePath)
	if err != nil {
		return daemon.Outcome{}, err
	}
	lang := c.Language
	if r.Language != "" {
		lang = r.Language
	}
	if r.words, err = i18n.New(lang); err != nil {
		return daemon.Outcome{}, err
	}
	r.centre = c
	if r.inputs, err = centreInputs(c); err != nil {
		return daemon.Outcome{}, err
	}
	return done(fmt.Sprintf("%d groups, %d people", len(c.Groups), len(c.People))), nil
}

// forecast looks at today, or at the next day on which anything is open.
func (r *run) forecast(ctx context.Context) (_ daemon.Outcome, err error) {
	now := r.Clock()
	r.query = plan.Query{
		Date: plan.NextOpen(r.centre, civil.DateOf(now.In(r.centre.Location))), Now: now,
		Seed: r.Seed, Iterations: r.Iterations, Model: forecast.DayLevel{},
	}
	if r.forecasts, err = r.query.Forecasts(ctx, r.centre, r.Store); err != nil {
		return daemon.Outcome{}, err
	}
	return done(fmt.Sprintf("%s, %d groups", r.query.Date, len(r.forecasts))), nil
}

func (r *run) need(context.Context) (_ daemon.Outcome, err error) {
	if r.required, err = plan.Need(r.centre, r.query.Date, r.forecasts); err != nil {
		return daemon.Outcome{}, err
	}
	return done(fmt.Sprintf("%.0f hours on the telephone", r.required.Hours())), nil
}

func (r *run) schedule(ctx context.Context) (_ daemon.Outcome, err error) {
	d, err := r.saved(ctx)
	for tries := 1; errors.Is(err, plan.ErrOvertaken) && tries < mostTries; tries++ {
		d, err = r.saved(ctx)
	}
	if err != nil {
		return daemon.Outcome{}, err
	}
	if _, err := r.Store.Forget(ctx, d.Date.AddMonths(-r.centre.KeepMonths)); err != nil {
		return daemon.Outcome{}, err
	}
	r.day = d
	out := done(fmt.Sprintf("%s version %d: %.1f %% within %d s, target %.0f %%",
		d.Date, d.Version, 100*d.Summary.ServiceLevel, d.Target.Within, 100*d.Target.Share))
	if lacks := d.Wants(); len(lacks) > 0 {
		out.Status = daemon.Warned
		out.Message += fmt.Sprintf("; wanting: %v", lacks)
	}
	return out, nil
}

// mostTries is how often the plan is made anew for what is reported while it is
// being made.
const mostTries = 5

// saved schedules the day with all that is reported of it and stores the plan.
// The error is plan.ErrOvertaken where a check-in was accepted meanwhile: the
// plan does not know of it.
func (r *run) saved(ctx context.Context) (*plan.Day, error) {
	reports, read, err := plan.Reported(ctx, r.centre, r.Store, r.query.Date)
	if err != nil {
		return nil, err
	}
	r.query.Reports = reports
	if r.query.Week, err = plan.WorkAround(ctx, r.centre, r.Store, r.query.Date); err != nil {
		return nil, err
	}
	d, err := plan.Schedule(ctx, r.centre, r.Store, r.query, r.required)
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil { // a plan that was cut short is not the one to publish
		return nil, ctx.Err()
	}
	return d, plan.SaveAfter(ctx, r.Store, d, read, "bemanna "+Job)
}

func done(message string) daemon.Outcome {
	return daemon.Outcome{Status: daemon.OK, Message: message}
}

func warned(message string) daemon.Outcome {
	return daemon.Outcome{Status: daemon.Warned, Message: message}
}
