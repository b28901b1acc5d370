package board

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// TestHeaders: every answer, faults too, carries what keeps it safe.
func TestHeaders(t *testing.T) {
	f := newFixture(t)
	f.store(t)
	for _, path := range []string{"/", "/nowhere", "/health", "/p/x", f.assets.url("board.css")} {
		h := f.ask("GET", path).Header()
		if h.Get("Content-Security-Policy") != policy || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
	h := f.ask("GET", "/p/AAAAAAAAAAAAAAAAAAAAAA").Header()
	if h.Get("Referrer-Policy") != "no-referrer" || !strings.Contains(h.Get("X-Robots-Tag"), "noindex") || h.Get("Cache-Control") != "no-store" {
		t.Errorf("a person's page: %v", h)
	}
}

// TestFaults: whatever is wrong with a request is answered by a page of its own.
func TestFaults(t *testing.T) {
	f := newFixture(t)
	save(t, f.store(t), madeDay(monday, f.c.Location, 8, 16))
	for _, c := range []struct {
		method, path, header, value string
		status                      int
	}{
		{"GET", "/day/2026-11-31", "", "", 400},
		{"GET", "/day/", "", "", 404},
		{"GET", "/?unit=nosuch", "", "", 404},
		{"GET", "/?table=nosuch", "", "", 404},
		{"GET", "/?lang=fi", "", "", 400},
		{"GET", "/p/short", "", "", 404},
		{"GET", "/p/AAAAAAAAAAAAAAAAAAAAAA", "", "", 404},
		{"GET", "/static/nosuch.css", "", "", 404},
		{"GET", "/storybook/nosuch", "", "", 404},
		{"POST", "/", "", "", 405},
		{"POST", "/", "Origin", "https://evil.example", 403},
		{"POST", "/", "Sec-Fetch-Site", "cross-site", 403},
		{"GET", "/", "X-Forwarded-For", "192.0.2.1", 403},
	} {
		w := f.ask(c.method, c.path, c.header, c.value)
		if w.Code != c.status || !strings.Contains(w.Body.String(), "<h1>") {
			t.Errorf("%s %s %s: %d, want %d\n%s", c.method, c.path, c.header, w.Code, c.status, w.Body)
		}
	}
}

// TestSecretsStayOutOfTheLog: no line has the token of a link, however wrong its
// address is.
func TestSecretsStayOutOfTheLog(t *testing.T) {
	f := newFixture(t)
	s := f.store(t)
	token, hash := NewToken()
	if _, err := s.SaveLink(t.Context(), "p1", hash, "test", f.now); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/p/" + token, "/p/" + token + "/x", "/p/" + token + "?day=x", "/p/" + token + ".ics"} {
		f.ask("GET", path)
	}
	if !strings.Contains(f.log.String(), "/p/{token}") || strings.Contains(f.log.String(), token) {
		t.Errorf("log:\n%s", f.log)
	}
}

// TestPanic: a fault of ours becomes a page that says what is known, and a line
// in the log.
func TestPanic(t *testing.T) {
	f := newFixture(t)
	w := httptest.NewRecorder()
	f.secured(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(errTest) })).
		ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), errTest.Error()) {
		t.Errorf("%d\n%s", w.Code, w.Body)
	}
	if !strings.Contains(f.log.String(), errTest.Error()) {
		t.Errorf("log:\n%s", f.log)
	}
}

// TestRoles: who has not logged in sees the public pages alone, and an agent
// not those of the leads.
func TestRoles(t *testing.T) {
	f := newFixture(t)
	save(t, f.store(t), madeDay(monday, f.c.Location, 8, 16))
	f.login = Proxy{Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, UserHeader: "X-User", RoleHeader: "X-Role"}
	for _, c := range []struct {
		path, role string
		status     int
	}{
		{"/", "", 401},
		{"/now", "", 401},
		{"/forecast", "", 401},
		{"/storybook", "", 401},
		{"/p/x", "", 404},
		{"/health", "", 200},
		{"/nowhere", "", 404},
		{"/", "agent", 200},
		{"/now", "agent", 200},
		{"/forecast", "agent", 403},
		{"/forecast", "lead", 200},
	} {
		header := []string{}
		if c.role != "" {
			header = []string{"X-User", "anna", "X-Role", c.role}
		}
		if w := f.ask("GET", c.path, header...); w.Code != c.status {
			t.Errorf("%s as %q: %d, want %d", c.path, c.role, w.Code, c.status)
		}
	}
	f.login = Proxy{Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, UserHeader: "X-User"}
	if w := f.ask("GET", "/", "X-User", "anna"); w.Code != http.StatusForbidden {
		t.Errorf("a forged header: %d", w.Code)
	}
	if !strings.Contains(f.log.String(), "which is not the proxy") {
		t.Errorf("a forged header is not logged:\n%s", f.log)
	}
}

// TestServe: a server answers until its context ends, and then stops by itself.
func TestServe(t *testing.T) {
	f := newFixture(t)
	f.Board.log = slog.New(slog.DiscardHandler)
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.Serve(ctx, l) }()
	client := http.Client{Timeout: 10 * time.Second}
	answer, err := client.Get("http://" + l.Addr().String() + f.assets.url("icon.svg"))
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("status %d", answer.StatusCode)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopped with %v", err)
	}
}
