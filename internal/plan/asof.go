package plan

import (
	"context"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// asOf is a store as it was at a moment: of the history it tells nothing from
// then on, and what is worked out is not kept.
type asOf struct {
	Store
	until time.Time
}

// DataUntil implements History.
func (p asOf) DataUntil(ctx context.Context, source string) (time.Time, error) {
	until, err := p.Store.DataUntil(ctx, source)
	if until.After(p.until) {
		until = p.until
	}
	return until, err
}

// Series implements History.
func (p asOf) Series(ctx context.Context, sel Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	if o.To.IsZero() || o.To.After(p.until) {
		o.To = p.until
	}
	return p.Store.Series(ctx, sel, o)
}

// SaveDuties implements Duties.
func (asOf) SaveDuties(context.Context, []Duty) error { return nil }

// Rostered implements Rosters: what a day was like is asked without a roster.
func (asOf) Rostered(context.Context, civil.Date, civil.Date) ([]Rostered, error) { return nil, nil }

// KeepLearnt implements Memory.
func (asOf) KeepLearnt(context.Context, []Learnt) error { return nil }
