package plan_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/demo"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// lastDay is the last day of the demo's history in these tests: a Sunday.
var lastDay = civil.NewDate(2026, 11, 22)

var demoDir string

// demoCentre writes and imports the invented centre once for all tests.
var demoCentre = sync.OnceValues(func() (dir string, err error) {
	if dir, err = os.MkdirTemp("", "bemanna-demo"); err != nil {
		return "", err
	}
	demoDir = dir
	if _, err = demo.Write(context.Background(), dir, demo.Options{Until: lastDay, Seed: 1}); err != nil {
		return "", err
	}
	c, err := centre.Load(dir)
	if err != nil {
		return "", err
	}
	s, err := store.Open(context.Background(), c.Store, store.Options{Create: true})
	if err != nil {
		return "", err
	}
	files, err := filepath.Glob(filepath.Join(dir, "history", "*"))
	if err != nil {
		return "", err
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		if _, err := plan.Import(context.Background(), c, s, plan.File{Name: name, Content: content}, time.Unix(0, 0)); err != nil {
			return "", err
		}
	}
	return dir, s.Close()
})

func TestMain(m *testing.M) {
	code := m.Run()
	if demoDir != "" {
		if err := os.RemoveAll(demoDir); err != nil {
			panic(err)
		}
	}
	os.Exit(code)
}

// openDemo opens the invented centre. Tests share its store: each plans days
// of its own.
func openDemo(tb testing.TB) (*centre.Centre, *store.Store) {
	tb.Helper()
	dir, err := demoCentre()
	if err != nil {
		tb.Fatal(err)
	}
	c, err := centre.Load(dir)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := store.Open(tb.Context(), c.Store, store.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return c, s
}

// slow skips a test that plans whole days or weeks where time is short: with
// the race detector, which has the days of smaller centres.
func slow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("plans whole days: left out with -short")
	}
}

// plans are those that planned has made: they take a while.
var plans = map[centreDay]*plan.Day{}

type centreDay struct {
	centre string
	day    civil.Date
}

// planned gives the plan of a day, made on the morning after the last day of
// the history.
func planned(tb testing.TB, c *centre.Centre, s plan.Store, day civil.Date) *plan.Day {
	tb.Helper()
	key := centreDay{c.Name, day}
	if plans[key] == nil {
		plans[key] = makePlan(tb, c, s, day)
	}
	return plans[key]
}

func makePlan(tb testing.TB, c *centre.Centre, s plan.Store, day civil.Date) *plan.Day {
	tb.Helper()
	d, err := plan.Make(tb.Context(), c, s, plan.Query{
		Date: day, Now: (lastDay + 1).At(2*60+40, c.Location), Seed: 1, Model: forecast.DayLevel{}, Iterations: 400,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return d
}
