package plan

import (
	"context"
	"time"

	"bemanna/internal/ingest"
)

// past is a store as it was at a moment: of the history it tells nothing from
// then on, and what is worked out about leads is not kept.
type past struct {
	Store
	until time.Time
}

// DataUntil implements History.
func (p past) DataUntil(ctx context.Context, source string) (time.Time, error) {
	until, err := p.Store.DataUntil(ctx, source)
	if until.After(p.until) {
		until = p.until
	}
	return until, err
}

// Series implements History.
func (p past) Series(ctx context.Context, sel Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	if o.To.IsZero() || o.To.After(p.until) {
		o.To = p.until
	}
	return p.Store.Series(ctx, sel, o)
}

// SaveDuties implements Duties.
func (past) SaveDuties(context.Context, []Duty) error { return nil }
