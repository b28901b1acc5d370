package plan_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// PlanVersions lists the versions of a day, the newest first, without the plans.
func (s *shelf) PlanVersions(_ context.Context, day civil.Date) ([]plan.Saved, error) {
	all := slices.Clone(s.plans[day])
	for i := range all {
		all[i].Doc = nil
	}
	slices.Reverse(all)
	return all, nil
}

// TestRevisions: the versions of a day tell who made them, what was reported with
// each and what was taken back; of a plan that was made while somebody reported,
// nothing is stored.
func TestRevisions(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	at := newsDay.At(7*60, c.Location)
	accept := func(person string) {
		t.Helper()
		r := checkIn(t, c, s, newsDay, absent(person)...)
		if _, err := plan.Accept(t.Context(), c, s, r, plan.Acceptance{All: true, By: "ann", At: at}); err != nil {
			t.Fatal(err)
		}
	}
	stored(t, c, s, newsDay)
	accept("p1")
	reports, read, err := plan.Reported(t.Context(), c, s, newsDay)
	if err != nil || len(reports) != 1 || read != 2 {
		t.Fatalf("reported %v in version %d, %v", reports, read, err)
	}
	accept("p3")
	late, err := plan.Stored(t.Context(), c, s, newsDay)
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.SaveAfter(t.Context(), s, late, read, "daemon"); !errors.Is(err, plan.ErrOvertaken) {
		t.Errorf("a plan without the last report: %v, want %v", err, plan.ErrOvertaken)
	}
	if _, err := plan.Undo(t.Context(), c, s, newsDay, 3, "bo", at.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	var told []string
	all, err := plan.Revisions(t.Context(), c, s, newsDay, 0)
	for _, r := range all {
		var who strings.Builder
		for _, n := range r.Reports {
			who.WriteString(" " + n.Person)
		}
		line := fmt.Sprintf("v%d %s by %s%s", r.Version, r.Kind, r.By, who.String())
		if r.To > 0 {
			line += fmt.Sprintf(" to v%d", r.To)
		}
		told = append(told, line)
	}
	want := "v4 undone by bo to v2, v3 changed by ann p3, v2 changed by ann p1, v1 made by test"
	if err != nil || strings.Join(told, ", ") != want {
		t.Errorf("%q, %v; want %q", strings.Join(told, ", "), err, want)
	}
	if some, err := plan.Revisions(t.Context(), c, s, newsDay, 2); len(some) != 2 || some[1].Reports[0].Person != "p3" || err != nil {
		t.Errorf("after version 2: %v, %v", some, err)
	}
}
