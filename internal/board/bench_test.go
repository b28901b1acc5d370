package board

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/demo"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// BenchmarkWeeksPage is the page of six weeks of the invented centre, whose order
// is known.
func BenchmarkWeeksPage(b *testing.B) {
	f := newFixture(b)
	if err := demoPlan(b.Context(), f); err != nil {
		b.Fatal(err)
	}
	f.ahead.weeks, f.ahead.orders.patience = plan.WeeksAhead, 10*time.Minute
	f.page(b, "/weeks")
	b.ReportAllocs()
	for b.Loop() {
		f.page(b, "/weeks")
	}
}

// demoPlan puts the invented centre in the place of the small one, and plans its
// Monday.
func demoPlan(ctx context.Context, f *fixture) (err error) {
	if err = os.RemoveAll(f.dir); err != nil {
		return err
	}
	if _, err = demo.Write(ctx, f.dir, demo.Options{Until: monday - 1, Seed: 1}); err != nil {
		return err
	}
	if f.c, err = centre.Load(f.dir); err != nil {
		return err
	}
	s, err := store.Open(ctx, f.c.Store, store.Options{Create: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	files, err := filepath.Glob(filepath.Join(f.dir, "history", "*"))
	if err != nil {
		return err
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := plan.Import(ctx, f.c, s, plan.File{Name: name, Content: content}, f.now); err != nil {
			return err
		}
	}
	d, err := plan.Make(ctx, f.c, s, plan.Query{Date: monday, Now: f.now, Seed: 1, Model: forecast.DayLevel{}})
	if err != nil {
		return err
	}
	return plan.Save(ctx, s, d, "benchmark")
}
