package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

func TestRota(t *testing.T) {
	s := create(t)
	week := civil.NewDate(2026, time.November, 23) // a Monday
	duty := func(week civil.Date, table, lead, deputy string) plan.Duty {
		return plan.Duty{Week: week, Table: table, Lead: lead, Deputy: deputy}
	}
	if err := s.SaveDuties(t.Context(), []plan.Duty{
		duty(week+7, "b1", "bo", "anna"), duty(week+14, "b1", "anna", "bo"),
		duty(week, "b2", "cem", ""), duty(week, "b1", "anna", "bo"),
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveDuties(t.Context(), []plan.Duty{duty(week, "b2", "disa", "cem")}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Duties(t.Context(), week, week+14)
	want := []plan.Duty{duty(week, "b1", "anna", "bo"), duty(week, "b2", "disa", "cem"), duty(week+7, "b1", "bo", "anna")}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	if err := s.SaveDuties(t.Context(), []plan.Duty{duty(week+21, "b1", "x", ""), duty(week+1, "b1", "x", "")}); err == nil {
		t.Error("a week that begins on a Tuesday was saved")
	}
	if got, err := s.Duties(t.Context(), week+21, week+28); len(got) > 0 || err != nil {
		t.Errorf("half of it was: %v, %v", got, err)
	}
}
