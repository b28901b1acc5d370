package board

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// TestLoad measures a board under more than a centre has: 200 readers, each with
// a page every five seconds, and ten leads who check people in, for a minute, while
// the day is planned anew all the time. The leads think for a while between two
// reports, or do not. Whatever was accepted must be in the plan in the end.
func TestLoad(t *testing.T) {
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("takes two minutes: set BEMANNA_MEASURE=1")
	}
	for name, pause := range map[string]time.Duration{"20 s of thought": 20 * time.Second, "no thought": 0} {
		t.Run(name, func(t *testing.T) { measureLoad(t, pause) })
	}
}

func measureLoad(t *testing.T, pause time.Duration) {
	t.Helper()
	f := newFixture(t)
	if err := demoPlan(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	f.Board.log = slog.New(slog.DiscardHandler)
	s := f.store(t)
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	serving, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.Serve(serving, l) }()
	m := &load{t: t, pause: pause, at: "http://" + l.Addr().String(), took: map[string][]time.Duration{}}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for i := range 200 {
		m.do(func() { m.read(ctx, uint64(i)) })
	}
	for i := range 10 {
		m.do(func() { m.lead(ctx, f, i) })
	}
	m.do(func() { m.plan(ctx, f, s) })
	runtime.GC()
	before := heap()
	m.all.Wait()
	runtime.GC()
	after := heap()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	m.report(before, after)
	m.lost(f, s)
}

func heap() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// load is what happens under load.
type load struct {
	t   *testing.T
	at  string
	all sync.WaitGroup
	// pause is how long leads think before a report, on average.
	pause time.Duration

	mu        sync.Mutex
	took      map[string][]time.Duration // by what was asked
	accepted  []string                   // people
	overtaken int
	planned   int
}

func (m *load) do(f func()) { m.all.Go(f) }

// ask sends a request and notes how long the whole answer took.
func (m *load) ask(ctx context.Context, what, path string, form url.Values) (status int, page string) {
	began := time.Now()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var answer *http.Response
	var err error
	if form == nil {
		answer, err = client.Get(m.at + path)
	} else {
		answer, err = client.PostForm(m.at+path, form)
	}
	if err != nil {
		if ctx.Err() == nil {
			m.t.Error(err)
		}
		return 0, ""
	}
	body, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		m.t.Error(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.took[what] = append(m.took[what], time.Since(began))
	if answer.StatusCode >= http.StatusInternalServerError {
		m.t.Errorf("%s: %d", what, answer.StatusCode)
	}
	return answer.StatusCode, string(body)
}

// read looks at pages, one every five seconds.
func (m *load) read(ctx context.Context, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 0))
	pages := []string{"/", "/?unit=stod_omsorg", "/now", "/now?follow=1"}
	for ctx.Err() == nil {
		select {
		case <-time.After(time.Duration(random.Int64N(int64(10 * time.Second)))):
			m.ask(ctx, "read", pages[random.IntN(len(pages))], nil)
		case <-ctx.Done():
		}
	}
}

// lead reports every tenth person away, one after the other, and accepts again
// until it is the plan.
func (m *load) lead(ctx context.Context, f *fixture, i int) {
	random := rand.New(rand.NewPCG(uint64(i), 1))
	for ; i < len(f.c.People) && ctx.Err() == nil; i += 10 {
		select {
		case <-time.After(time.Duration(2 * random.Float64() * float64(m.pause))):
		case <-ctx.Done():
			return
		}
		id := f.c.People[i].ID
		status, page := m.ask(ctx, "propose", mondayPath+"/checkin", url.Values{"version": {"1"}, "mark-" + id: {"absent"}})
		for status == http.StatusOK || status == http.StatusConflict {
			status, page = m.ask(ctx, "accept", mondayPath+"/accept", acceptForm(page))
			m.mu.Lock()
			switch status {
			case http.StatusSeeOther:
				m.accepted = append(m.accepted, id)
			case http.StatusConflict:
				m.overtaken++
			}
			m.mu.Unlock()
			if ctx.Err() != nil {
				return
			}
		}
	}
}

// plan plans the day anew as the daemon does.
func (m *load) plan(ctx context.Context, f *fixture, s *store.Store) {
	for ctx.Err() == nil {
		reports, read, err := plan.Reported(ctx, f.c, s, monday)
		if err != nil {
			break
		}
		d, err := plan.Make(ctx, f.c, s, plan.Query{Date: monday, Now: f.now, Seed: 1, Model: forecast.DayLevel{}, Reports: reports})
		if err != nil {
			break
		}
		if err := plan.SaveAfter(ctx, s, d, read, "daemon"); err == nil {
			m.mu.Lock()
			m.planned++
			m.mu.Unlock()
		}
	}
}

func (m *load) report(before, after uint64) {
	for _, what := range []string{"read", "propose", "accept"} {
		all := m.took[what]
		if len(all) == 0 {
			continue
		}
		slices.Sort(all)
		at := func(p float64) time.Duration { return all[int(p*float64(len(all)-1))].Round(time.Millisecond) }
		m.t.Logf("%-8s %5d requests, p50 %v, p95 %v, p99 %v", what, len(all), at(0.5), at(0.95), at(0.99))
	}
	m.t.Logf("%d accepted, overtaken %d times, planned anew %d times", len(m.accepted), m.overtaken, m.planned)
	m.t.Logf("heap %d MB before, %d MB after", before>>20, after>>20)
}

// lost insists that what was accepted is in the newest plan.
func (m *load) lost(f *fixture, s *store.Store) {
	d, err := plan.Stored(m.t.Context(), f.c, s, monday)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, id := range m.accepted {
		if !slices.ContainsFunc(d.Reports, func(r plan.Report) bool { return r.Person == id }) {
			m.t.Errorf("%s was accepted and is lost", id)
		}
	}
}
