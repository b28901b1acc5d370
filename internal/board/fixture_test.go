package board

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

var monday = civil.NewDate(2026, time.November, 23)

// fixture is a board on the small centre of testdata.
type fixture struct {
	*Board
	dir string
	c   *centre.Centre
	now time.Time
	log *bytes.Buffer
}

// newFixture makes a board at 09:20 on a Monday. There is no store yet.
func newFixture(tb testing.TB) *fixture {
	tb.Helper()
	f := &fixture{dir: tb.TempDir(), log: new(bytes.Buffer)}
	if err := os.CopyFS(f.dir, os.DirFS("../../testdata/small")); err != nil {
		tb.Fatal(err)
	}
	var err error
	if f.c, err = centre.Load(f.dir); err != nil {
		tb.Fatal(err)
	}
	f.now = monday.At(9*60+20, f.c.Location)
	f.Board, err = New(Options{
		CentrePath: f.dir, Login: Local{}, Storybook: true,
		Clock: func() time.Time { return f.now }, Log: slog.New(slog.NewTextHandler(f.log, nil)),
	})
	if err != nil {
		tb.Fatal(err)
	}
	f.ahead.weeks = 2
	f.ahead.orders.patience, f.ahead.slots.patience = time.Minute, time.Minute
	tb.Cleanup(func() {
		if err := f.Close(); err != nil {
			tb.Error(err)
		}
	})
	return f
}

// store makes the store, for the test to fill.
func (f *fixture) store(tb testing.TB) *store.Store {
	tb.Helper()
	s, err := store.Open(tb.Context(), f.c.Store, store.Options{Create: true})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// plannedStore is a store with history up to the Friday before and real plans of
// that Friday and of Monday. It is made once, and copied for each test.
var plannedStore struct {
	sync.Mutex
	content []byte
}

// planned gives a board on a copy of plannedStore.
func planned(tb testing.TB) (*fixture, *store.Store) {
	tb.Helper()
	f := newFixture(tb)
	plannedStore.Lock()
	defer plannedStore.Unlock()
	if plannedStore.content == nil {
		s := f.store(tb)
		fill(tb, f, s)
		whole := filepath.Join(tb.TempDir(), "whole.db")
		if err := s.Backup(tb.Context(), whole); err != nil {
			tb.Fatal(err)
		}
		var err error
		if plannedStore.content, err = os.ReadFile(whole); err != nil {
			tb.Fatal(err)
		}
		return f, s
	}
	if err := os.WriteFile(f.c.Store, plannedStore.content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return f, f.store(tb)
}

// fill takes history in and plans the two days.
func fill(tb testing.TB, f *fixture, s *store.Store) {
	tb.Helper()
	for _, part := range []struct{ from, until, plan civil.Date }{
		{monday - 42, monday - 4, monday - 3}, {monday - 3, monday - 1, monday},
	} {
		at := part.plan.At(6*60, f.c.Location)
		takeIn(tb, f, s, part.from, part.until)
		d, err := plan.Make(tb.Context(), f.c, s, plan.Query{Date: part.plan, Now: at, Seed: 1, Model: forecast.DayLevel{}})
		if err != nil {
			tb.Fatal(err)
		}
		if err := plan.Save(tb.Context(), s, d, "test"); err != nil {
			tb.Fatal(err)
		}
	}
}

// takeIn imports made calls of the days from one to another.
func takeIn(tb testing.TB, f *fixture, s *store.Store, from, until civil.Date) {
	tb.Helper()
	if _, err := plan.Import(tb.Context(), f.c, s, plan.File{Name: "x.csv", Content: history(tb, from, until)}, f.now); err != nil {
		tb.Fatal(err)
	}
}

// history is calls on weekdays, more in the morning than in the afternoon.
func history(tb testing.TB, from, until civil.Date) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"interval_start", "group", "offered", "answered", "abandoned", "aht_s"}}
	for d := from; d <= until; d++ {
		if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
			continue
		}
		for at := civil.Clock(8 * 60); at < 16*60; at += 15 {
			calls := 9
			if at >= 12*60 {
				calls = 3
			}
			for _, group := range []string{"bygg", "avfall"} {
				n := strconv.Itoa(calls + int(at/15)%3 - 1)
				rows = append(rows, []string{fmt.Sprintf("%sT%s:00", d, at), group, n, n, "0", "240"})
			}
		}
	}
	if err := w.WriteAll(rows); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// save stores a made day.
func save(tb testing.TB, s *store.Store, d *plan.Day) {
	tb.Helper()
	doc, err := json.Marshal(d)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := s.SavePlan(tb.Context(), d.Date, doc, "test", d.Made); err != nil {
		tb.Fatal(err)
	}
}

// ask sends a request from this machine.
func (f *fixture) ask(method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:8480"+path, nil)
	r.RemoteAddr = "127.0.0.1:40000"
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	f.Handler().ServeHTTP(w, r)
	return w
}

// workedOut asks for a page until all of it has been worked out.
func (f *fixture) workedOut(path string) string {
	for {
		if w := f.ask(http.MethodGet, path); w.Header().Get("Refresh") == "" {
			return w.Body.String()
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// page asks for a page that must be there.
func (f *fixture) page(tb testing.TB, path string) string {
	tb.Helper()
	w := f.ask(http.MethodGet, path)
	if w.Code != http.StatusOK {
		tb.Fatalf("%s: %d\n%s\n%s", path, w.Code, w.Body, f.log)
	}
	return w.Body.String()
}

func speak(tb testing.TB, lang string) *i18n.Words {
	tb.Helper()
	w, err := i18n.New(lang)
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

func stockholm(tb testing.TB) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

var errTest = errors.New("made by the test")
