package plan

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// Revision is how a version of the plan of a day came about: who did what when.
// Why somebody is away is not known, and so not told.
type Revision struct {
	Date    civil.Date
	Version int
	Kind    RevisionKind
	To      int // of RevisionUndone: the version that holds again
	By      string
	At      time.Time
	Reports []Report // of RevisionChanged: what was reported with it
}

// RevisionKind is how a version came about.
type RevisionKind string

// The kinds of revisions.
const (
	RevisionMade    RevisionKind = "made"    // from a forecast
	RevisionChanged RevisionKind = "changed" // a check-in was accepted
	RevisionUndone  RevisionKind = "undone"  // and taken back
)

// Revisable is what the spine wants of a store to tell how plans came about.
type Revisable interface {
	Plans
	// PlanVersions lists the versions of a day, the newest first, without the plans.
	PlanVersions(ctx context.Context, day civil.Date) ([]Saved, error)
}

// Revisions tells how the versions of the plan of a day came about that are
// later than one, 0 for all; the newest first.
func Revisions(ctx context.Context, c *centre.Centre, s Revisable, date civil.Date, after int) ([]Revision, error) {
	all, err := s.PlanVersions(ctx, date)
	if err != nil {
		return nil, err
	}
	var out []Revision
	var before []Report
	for _, v := range slices.Backward(all) {
		if v.Version < after {
			continue
		}
		saved, err := s.Plan(ctx, date, v.Version)
		if err != nil {
			return nil, err
		}
		var d struct {
			Version, Basis int
			Reports        []Report
		}
		if err := json.Unmarshal(saved.Doc, &d); err != nil {
			return nil, fmt.Errorf("stored plan of %s, version %d: %w", date, v.Version, err)
		}
		for i := range d.Reports { // so that they can be compared
			d.Reports[i].At = d.Reports[i].At.In(c.Location)
		}
		r := Revision{Date: date, Version: v.Version, Kind: RevisionMade, By: v.By, At: v.At.In(c.Location)}
		switch {
		case d.Basis > 0 && d.Basis == v.Version-1:
			r.Kind = RevisionChanged
			r.Reports = slices.DeleteFunc(slices.Clone(d.Reports), func(x Report) bool { return slices.Contains(before, x) })
		case d.Version > 0:
			r.Kind, r.To = RevisionUndone, d.Version
		}
		before = d.Reports
		if v.Version > after {
			out = append(out, r)
		}
	}
	slices.Reverse(out)
	return out, nil
}
