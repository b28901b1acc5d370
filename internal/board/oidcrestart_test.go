package board

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// in tells whether the browser is logged in.
func (b browser) in() bool {
	b.t.Helper()
	p, _ := b.step("/")
	return p.StatusCode == http.StatusOK
}

// restart makes the login anew, as a server does that starts on the same store.
func (h *house) restart(t *testing.T, change func(*OIDCOptions)) {
	t.Helper()
	if err := h.sessions.tidy(t.Context(), h.now); err != nil {
		t.Fatal(err)
	}
	o := h.OIDCOptions
	if change != nil {
		change(&o)
	}
	h.loginBy(t, o)
}

// TestRestart: who has logged in stays so when the server starts anew, with the
// role that the roles file gives then, and no longer than without that.
func TestRestart(t *testing.T) {
	h := newHouse(t, nil)
	usual := h.OIDCOptions
	fewer, err := ParseRoles([]byte("users: {it.drift: admin}"))
	if err != nil {
		t.Fatal(err)
	}
	h.provider.spoil(func() { h.provider.claims = map[string]any{"groups": []string{"cn=chefer,ou=kc"}} })
	b := h.browser(t)
	b.get("/")
	for _, c := range []struct {
		name   string
		after  time.Duration
		change func(*OIDCOptions)
		links  int // the status of a page for managers
	}{
		{"the same again", time.Hour, nil, http.StatusOK},
		{"used within the limit each time", 7 * time.Hour, nil, http.StatusOK},
		{"another roles file", 0, func(o *OIDCOptions) { o.Roles = fewer }, http.StatusForbidden},
		{"the first roles file again", 0, nil, http.StatusOK},
		{"a shorter limit", 0, func(o *OIDCOptions) { o.Idle, o.Most = time.Hour, 2*time.Hour }, http.StatusSeeOther},
		{"what was over is deleted", 0, nil, http.StatusSeeOther},
	} {
		h.now = h.now.Add(c.after)
		h.OIDCOptions = usual
		h.restart(t, c.change)
		if p, _ := b.step("/links"); p.StatusCode != c.links {
			t.Errorf("%s: %d, want %d", c.name, p.StatusCode, c.links)
		}
	}
	b.get("/")
	h.restart(t, func(o *OIDCOptions) { o.ClientID = "payroll" })
	if b.in() {
		t.Error("a session of another client holds")
	}
}

// TestLogoutLasts: who has logged out has done so for the server that starts anew
// too, also if that has not read the sessions yet.
func TestLogoutLasts(t *testing.T) {
	h := newHouse(t, nil)
	b, other := h.browser(t), h.browser(t)
	b.get("/")
	other.get("/")
	cookie := "__Host-" + sessionCookie + "=" + b.cookieOf(sessionCookie)
	h.restart(t, nil)
	b.post("/logout", nil)
	h.restart(t, nil)
	if w := h.ask(http.MethodGet, "/", "Cookie", cookie); w.Code != http.StatusSeeOther {
		t.Errorf("after the logout: %d", w.Code)
	}
	if !other.in() {
		t.Error("the session of another browser has ended too")
	}
	all, err := h.fixture.store(t).Sessions(t.Context())
	if err != nil || len(all) != 1 {
		t.Errorf("sessions of the store: %v, %v, want one", all, err)
	}
}

// TestFirstAfterRestart: who logs in before the sessions of the store are read is
// known to the provider all the same when he leaves.
func TestFirstAfterRestart(t *testing.T) {
	h := newHouse(t, nil)
	b, first := h.browser(t), h.browser(t)
	b.get("/")
	h.restart(t, nil)
	_, to := first.step("/login")
	_, back := first.step(to)
	first.step(back)
	if !b.in() {
		t.Error("the session of before the start does not hold")
	}
	if to := first.post("/logout", nil).Header.Get("Refresh"); !strings.Contains(to, "id_token_hint=") {
		t.Errorf("the logout leads to %q, without the token of the login", to)
	}
}

// TestSessionsAtRest: whoever reads the store can log in nowhere.
func TestSessionsAtRest(t *testing.T) {
	h := newHouse(t, nil)
	b := h.browser(t)
	b.get("/")
	secrets := []string{b.cookieOf(sessionCookie), "eyJ"} // the cookie, and any token
	files, err := filepath.Glob(h.c.Store + "*")
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, content...)
	}
	if !bytes.Contains(all, []byte("anna.berg")) {
		t.Error("the session is not in the store")
	}
	if i := slices.IndexFunc(secrets, func(s string) bool { return bytes.Contains(all, []byte(s)) }); i >= 0 {
		t.Errorf("%q stands in the store", secrets[i])
	}
}

// TestSessionsWithoutStore: while there is no store people log in and out all the
// same, and what they did is written down when it is there.
func TestSessionsWithoutStore(t *testing.T) {
	h := newHouse(t, nil)
	aside := h.c.Store + ".aside"
	if err := os.Rename(h.c.Store, aside); err != nil {
		t.Fatal(err)
	}
	b, gone := h.browser(t), h.browser(t)
	for _, x := range []browser{b, gone} {
		x.get("/login?to=/logout")
		if u := h.sessions.user(t.Context(), x.cookieOf(sessionCookie), h.now); u.Role != Lead {
			t.Fatalf("logged in as %+v\n%s", u, h.log)
		}
	}
	gone.post("/logout", nil)
	if err := os.Rename(aside, h.c.Store); err != nil {
		t.Fatal(err)
	}
	h.restart(t, nil)
	if !b.in() || gone.in() {
		t.Errorf("in: %v and %v, want the first alone", b.in(), gone.in())
	}
}
