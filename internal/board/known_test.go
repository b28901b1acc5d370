package board

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

func (k known) kinds() []troubleKind {
	var out []troubleKind
	for _, t := range k.troubles {
		out = append(out, t.Kind)
	}
	return out
}

// TestKnown: a page shows the best that there is, and says what is wrong with
// it.
func TestKnown(t *testing.T) {
	loc := stockholm(t)
	run := func(status store.RunStatus, at time.Time) func(*testing.T, *store.Store) {
		return func(t *testing.T, s *store.Store) {
			t.Helper()
			id, err := s.BeginRun(t.Context(), store.Run{Job: "plan", Due: at, Started: at})
			if err == nil && status != store.RunRunning {
				err = s.FinishRun(t.Context(), id, at.Add(time.Minute), status, "")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	today := madeDay(monday, loc, 8, 16)
	yesterdays := madeDay(monday, loc, 8, 16)
	yesterdays.Made = (monday - 1).At(6*60, loc)
	for _, c := range []struct {
		name   string
		stored []*plan.Day
		run    func(*testing.T, *store.Store)
		date   int // days after Monday
		shows  int // days after Monday; 99: nothing
		want   []troubleKind
	}{
		{"all well", []*plan.Day{today}, run(store.RunOK, today.Made), 0, 0, nil},
		{"no plan", nil, nil, 0, 99, []troubleKind{troubleNone}},
		{"that of last week", []*plan.Day{madeDay(monday-7, loc, 8, 16)}, nil, 0, -7, []troubleKind{troubleInstead}},
		{"that of another weekday says nothing", []*plan.Day{madeDay(monday-3, loc, 8, 16)}, nil, 0, 99, []troubleKind{troubleNone}},
		{"a closed day", []*plan.Day{madeDay(monday-2, loc, 8, 16)}, nil, 5, 99, nil},
		{"planning", []*plan.Day{today}, run(store.RunRunning, today.Made.Add(time.Hour)), 0, 0, []troubleKind{troublePlanning}},
		{"planning the first", nil, run(store.RunRunning, today.Made), 0, 99, []troubleKind{troubleNone, troublePlanning}},
		{"a run that failed", []*plan.Day{today}, run(store.RunFailed, today.Made.Add(time.Hour)), 0, 0, []troubleKind{troubleFailed}},
		{"one that failed before", []*plan.Day{today}, run(store.RunFailed, today.Made.Add(-time.Hour)), 0, 0, nil},
		{"an old plan", []*plan.Day{yesterdays}, nil, 0, 0, []troubleKind{troubleOld}},
		{"a day that is over", []*plan.Day{madeDay(monday-3, loc, 8, 16)}, run(store.RunFailed, today.Made), -3, -3, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t)
			s := f.store(t)
			for _, d := range c.stored {
				save(t, s, d)
			}
			if c.run != nil {
				c.run(t, s)
			}
			k, err := f.source.day(t.Context(), f.c, monday+civil.Date(c.date))
			if err != nil {
				t.Fatal(err)
			}
			if got := k.kinds(); !slices.Equal(got, c.want) {
				t.Errorf("troubles %v, want %v", got, c.want)
			}
			switch {
			case c.shows == 99 && k.day != nil:
				t.Errorf("shows %v, want nothing", k.day.Date)
			case c.shows != 99 && (k.day == nil || k.day.Date != monday+civil.Date(c.shows)):
				t.Errorf("shows %+v, want the plan of %v", k.day, monday+civil.Date(c.shows))
			}
		})
	}
}

// TestWithoutStore: a store that is not there or cannot be read leaves what was
// published; when it comes, it is used.
func TestWithoutStore(t *testing.T) {
	f := newFixture(t)
	if page := f.page(t, "/?lang=en"); !strings.Contains(page, "The store cannot be read since Mon 23 Nov 09:20") {
		t.Errorf("no store:\n%s", page)
	}
	if w := f.ask("GET", "/health"); w.Code != 503 {
		t.Errorf("health without a store: %d", w.Code)
	}
	publish(t, f, madeDay(monday, f.c.Location, 8, 16))
	if page := f.page(t, "/?lang=en"); !strings.Contains(page, "cannot be read") || !strings.Contains(page, "Ann Alm") {
		t.Errorf("a published plan:\n%s", page)
	}
	publish(t, f, madeDay(monday-3, f.c.Location, 8, 16))
	if page := f.page(t, "/?lang=en"); !strings.Contains(page, "This is the plan of Fri 20 Nov 2026") {
		t.Errorf("one of another day:\n%s", page)
	}
	if w := f.ask("GET", "/forecast"); w.Code != 503 || !strings.Contains(w.Body.String(), "20 nov") {
		t.Errorf("forecasts without a store: %d\n%s", w.Code, w.Body)
	}
	save(t, f.store(t), madeDay(monday, f.c.Location, 8, 16))
	if page := f.page(t, "/?lang=en"); strings.Contains(page, "cannot be read") {
		t.Errorf("the store has come:\n%s", page)
	}
}

func publish(t *testing.T, f *fixture, d *plan.Day) {
	t.Helper()
	if err := os.MkdirAll(f.c.Publish.Dir, 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(f.c.Publish.Dir, "plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := export.JSON(file, d); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestCentreFileChanges: a centre file is read anew when it has changed, and the
// last good one holds while it is faulty.
func TestCentreFileChanges(t *testing.T) {
	f := newFixture(t)
	f.store(t)
	name := filepath.Join(f.dir, "centre.yaml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	later := f.now
	for _, c := range []struct{ text, want string }{
		{string(text), "Litet kontaktcenter"},
		{strings.Replace(string(text), "Litet", "Mindre", 1), "Mindre kontaktcenter"},
		{"name: [", "Mindre kontaktcenter"},
		{strings.Replace(string(text), "Litet", "Nytt", 1), "Nytt kontaktcenter"},
	} {
		later = later.Add(time.Hour)
		if err := os.WriteFile(name, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, later, later); err != nil {
			t.Fatal(err)
		}
		if page := f.page(t, "/"); !strings.Contains(page, c.want) {
			t.Errorf("after %.20q: want %s in\n%s", c.text, c.want, page)
		}
	}
}
