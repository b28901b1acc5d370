package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/plan"
)

// TestWorkedBefore: what is kept changes nothing. The days and the order are the
// same when they are worked out, when they come out of the store, and after
// somebody is away on one of the days and back again.
func TestWorkedBefore(t *testing.T) {
	slow(t)
	c, s := openDemo(t)
	order := func() *plan.Temps {
		out, err := ahead(t, c, s, 1).TempsBeside(t.Context(), s, plan.WhatIf{}, tempsOptions)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	want := order()
	if diff := cmp.Diff(want, order()); diff != "" {
		t.Errorf("out of the store (-want +got):\n%s", diff)
	}
	kept, err := s.Workings(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	all := c.People
	c.People = all[:len(all)/2]
	if half := order(); half.Total.Own >= want.Total.Own {
		t.Errorf("half of the people work %v h, all of them %v h", half.Total.Own, want.Total.Own)
	}
	c.People = all
	if diff := cmp.Diff(want, order()); diff != "" {
		t.Errorf("after somebody else's days (-want +got):\n%s", diff)
	}
	again, err := s.Workings(t.Context(), "")
	if diff := cmp.Diff(kept, again); err != nil || diff != "" {
		t.Errorf("kept the second time (-want +got):\n%s%v", diff, err)
	}
}
