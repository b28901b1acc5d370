package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// TestRoster: the newest that was published of a person and day counts, nothing is
// published over what was not read, and a roster is there as a whole or not at all.
func TestRoster(t *testing.T) {
	s := create(t)
	day := civil.NewDate(2026, time.December, 7)
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	shift := func(day civil.Date, from int) *plan.Period {
		begin := day.Start(time.UTC).Add(time.Duration(from) * time.Hour)
		return &plan.Period{Start: begin, End: begin.Add(8 * time.Hour)}
	}
	publish := func(read int, told ...plan.Rostered) (int, error) {
		return s.PublishRoster(t.Context(), read, told, "eva", at)
	}
	first := []plan.Rostered{{Date: day, Person: "b", Shift: shift(day, 8)}, {Date: day, Person: "a"}, {Date: day + 1, Person: "a", Shift: shift(day+1, 22)}}
	if v, err := publish(0, first...); v != 1 || err != nil {
		t.Fatalf("version %d, %v", v, err)
	}
	if v, err := publish(1, plan.Rostered{Date: day, Person: "b"}); v != 2 || err != nil {
		t.Fatalf("version %d, %v", v, err)
	}
	if _, err := publish(1, plan.Rostered{Date: day + 1, Person: "b"}, plan.Rostered{Date: day, Person: "b"}); !errors.Is(err, plan.ErrOvertaken) {
		t.Errorf("over version 2, of which only 1 was read: %v", err)
	}
	if v, err := publish(0, plan.Rostered{Date: day + 9, Person: "b"}); v != 3 || err != nil {
		t.Errorf("days that nobody has published: version %d, %v", v, err)
	}
	want := []plan.Rostered{
		{Date: day, Person: "a", Version: 1, By: "eva", At: at},
		{Date: day, Person: "b", Version: 2, By: "eva", At: at},
		{Date: day + 1, Person: "a", Shift: shift(day+1, 22), Version: 1, By: "eva", At: at},
	}
	got, err := s.Rostered(t.Context(), day, day+2)
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	if n, err := s.Forget(t.Context(), day+1); n != 3 || err != nil {
		t.Errorf("forgot %d shifts, %v; want 3, in all versions", n, err)
	}
	if got, err := s.Rostered(t.Context(), day, day+2); len(got) != 1 || err != nil {
		t.Errorf("%v, %v; want the day after", got, err)
	}
}
