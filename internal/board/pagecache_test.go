package board

import (
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"bemanna/internal/store"
)

// twoBoards are boards of the same centre, of which one forgets every page at once.
// A proxy says who asks.
func twoBoards(t *testing.T) (f *fixture, s *store.Store, fresh *fixture) {
	t.Helper()
	f = newFixture(t)
	s = f.store(t)
	save(t, s, madeDay(monday, f.c.Location, 8, 16))
	f.login = Proxy{Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, UserHeader: "X-User", RoleHeader: "X-Role"}
	b, err := New(Options{
		CentrePath: f.dir, Login: f.login, Clock: func() time.Time { return f.now }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return f, s, &fixture{Board: b, log: f.log}
}

// TestKeptPages: whoever asks, in whichever order and whatever has happened, gets
// the page that would be made for him.
func TestKeptPages(t *testing.T) {
	f, s, fresh := twoBoards(t)
	d := madeDay(monday, f.c.Location, 8, 16)
	for _, step := range []struct {
		name   string
		happen func() error
	}{
		{"at first", func() error { return nil }},
		{"seconds later", func() error { f.now = f.now.Add(5 * time.Second); return nil }},
		{"a note", func() error { return s.SaveNote(t.Context(), monday, "Talsvar", "anna", f.now) }},
		{"a new plan", func() error { missed(d); save(t, s, d); return nil }},
		{"a run", func() error {
			_, err := s.BeginRun(t.Context(), store.Run{Job: "morning", Due: f.now, Started: f.now})
			return err
		}},
		{"a minute later", func() error { f.now = f.now.Add(time.Minute); return nil }},
		{"the day after", func() error { f.now = f.now.Add(24 * time.Hour); return nil }},
	} {
		if err := step.happen(); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/day/2026-11-23?unit=omsorg", "/now?follow=1"} {
			for _, role := range []Role{Agent, Lead, Admin} {
				for _, lang := range []string{"sv", "en"} {
					header := []string{"X-User", "u" + role.String(), "X-Role", role.String(), "Accept-Language", lang}
					fresh.kept = keptPages{}
					got, want := f.ask(http.MethodGet, path, header...), fresh.ask(http.MethodGet, path, header...)
					if got.Code != http.StatusOK || got.Body.String() != want.Body.String() || got.Header().Get("Refresh") != want.Header().Get("Refresh") {
						t.Errorf("%s: %s for the %v in %s: %d, not the page that is made now\n%s", step.name, path, role, lang, got.Code, f.log)
					}
					if forms := strings.Contains(got.Body.String(), "<form"); forms && role < Lead {
						t.Errorf("%s: %s has forms for the %v", step.name, path, role)
					}
				}
			}
		}
	}
}

// TestNotModified: a reader who has a page is not sent it again, but the word when
// to ask again; another page is sent.
func TestNotModified(t *testing.T) {
	f, s, _ := twoBoards(t)
	ask := func(path, role, tag string) (status int, newTag string) {
		t.Helper()
		w := f.ask(http.MethodGet, path, "X-User", "anna", "X-Role", role, "If-None-Match", tag)
		if follows := strings.Contains(path, "follow"); (w.Header().Get("Refresh") == "60") != follows || w.Code == http.StatusNotModified && w.Body.Len() > 0 {
			t.Errorf("%s: %d, Refresh %q, %d bytes", path, w.Code, w.Header().Get("Refresh"), w.Body.Len())
		}
		return w.Code, w.Header().Get("ETag")
	}
	for _, path := range []string{"/", "/now?follow=1"} {
		status, tag := ask(path, "agent", "")
		if status != http.StatusOK || tag == "" {
			t.Fatalf("%s: %d, tag %q", path, status, tag)
		}
		if status, again := ask(path, "agent", tag); status != http.StatusNotModified || again != tag {
			t.Errorf("%s again: %d, tag %s, want %s", path, status, again, tag)
		}
		if status, _ := ask(path, "admin", tag); status != http.StatusOK {
			t.Errorf("%s with another menu: %d", path, status)
		}
	}
	_, tag := ask("/", "agent", "")
	if err := s.SaveNote(t.Context(), monday, "Talsvar", "anna", f.now); err != nil {
		t.Fatal(err)
	}
	if status, _ := ask("/", "agent", tag); status != http.StatusOK {
		t.Errorf("after a note: %d", status)
	}
	if w := f.ask(http.MethodGet, "/nowhere", "X-User", "anna"); w.Header().Get("ETag") != "" {
		t.Error("a page of a fault has a tag")
	}
}

// TestKeptIsBounded: however many pages are asked for, few are kept, and those of
// another minute are gone.
func TestKeptIsBounded(t *testing.T) {
	var k keptPages
	now := monday.At(9*60, time.UTC)
	page := keptPage{"x", template.HTML(strings.Repeat("x", 1<<20))}
	for i := range 2 * mostKept >> 20 {
		k.keep(pageKey{address: strconv.Itoa(i)}, now, page)
	}
	if n := len(k.all); n == 0 || n > mostKept>>20 || k.bytes > mostKept {
		t.Errorf("%d pages of %d bytes", n, k.bytes)
	}
	first := pageKey{address: "0"}
	if _, ok := k.find(first, now.Add(59*time.Second)); !ok {
		t.Error("a page is gone within its minute")
	}
	if _, ok := k.find(first, now.Add(time.Minute)); ok {
		t.Error("a page of another minute is found")
	}
	k.keep(pageKey{address: "new"}, now.Add(time.Minute), page)
	if _, ok := k.find(first, now); ok || len(k.all) != 1 {
		t.Errorf("%d pages after a minute, want one", len(k.all))
	}
}
