package board

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestLogin: somebody asks for a page, is led to the provider and back to that
// page, does what the role allows, and logs out here and there.
func TestLogin(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(p *testProvider)
	}{
		{"the secret in the header", func(*testProvider) {}},
		{"the secret in the form", func(p *testProvider) { p.byForm = true }},
	} {
		h := newHouse(t, nil)
		h.provider.spoil(func() { c.make(h.provider) })
		b := h.browser(t)
		p := b.get("/forecast?unit=&lang=sv")
		if p.StatusCode != http.StatusOK || p.Request.URL.RequestURI() != "/forecast?lang=sv&unit=" || !strings.Contains(p.text, "anna.berg") {
			t.Fatalf("%s: %d at %s\n%s\n%s", c.name, p.StatusCode, p.Request.URL, p.text, h.log)
		}
		checkPage(t, "/forecast", p.text)
		if p := b.get("/links"); p.StatusCode != http.StatusForbidden || !strings.Contains(p.text, `href="/logout"`) {
			t.Errorf("%s: a lead at the links: %d\n%s", c.name, p.StatusCode, p.text)
		}
		session := b.cookieOf(sessionCookie)
		p = b.post("/logout", nil)
		_, onward, _ := strings.Cut(p.Header.Get("Refresh"), "0; url=")
		if p.StatusCode != http.StatusOK || !strings.HasPrefix(onward, h.provider.URL) || b.cookieOf(sessionCookie) != "" {
			t.Errorf("%s: logout: %d, on to %q\n%s", c.name, p.StatusCode, onward, p.text)
		}
		checkPage(t, "/logout", p.text)
		if _, to := b.step("/"); to != "/login?to=%2F" {
			t.Errorf("%s: after the logout / leads to %q", c.name, to)
		}
		if w := h.ask(http.MethodGet, "/", "Cookie", "__Host-"+sessionCookie+"="+session); w.Code != http.StatusSeeOther {
			t.Errorf("%s: the cookie of before the logout: %d", c.name, w.Code)
		}
		p = b.get(onward)
		if p.Request.URL.Path != "/logout" || len(h.provider.logouts) != 1 || strings.Contains(p.text, "/logout/provider") {
			t.Fatalf("%s: logout at the provider: at %s, %v\n%s", c.name, p.Request.URL, h.provider.logouts, p.text)
		}
		if said := h.provider.logouts[0]; said.Get("client_id") != testClient || strings.Count(said.Get("id_token_hint"), ".") != 2 {
			t.Errorf("%s: logout at the provider: %v", c.name, said)
		}
		if p := b.get("/logout/provider"); p.Request.URL.Path != "/logout" || len(h.provider.logouts) != 2 || h.provider.logouts[1].Has("id_token_hint") {
			t.Errorf("%s: logout at the provider without a session: at %s, %v", c.name, p.Request.URL, h.provider.logouts)
		}
	}
}

// TestCookies: no script sees them, no other site sends them along with a form,
// and with https no other host can have set them.
func TestCookies(t *testing.T) {
	h := newHouse(t, nil)
	b := h.browser(t)
	first, to := b.step("/login")
	_, back := b.step(to)
	last, _ := b.step(back)
	for _, c := range slices.Concat(first.Cookies(), last.Cookies()) {
		if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("cookie %v", c)
		}
	}
	if len(first.Cookies()) != 1 || len(last.Cookies()) != 1 || last.Cookies()[0].MaxAge != 0 {
		t.Errorf("cookies %v and %v, want one each", first.Cookies(), last.Cookies())
	}
	plain := newHouse(t, func(o *OIDCOptions) { o.URL = "http://localhost:8480" })
	w := httptest.NewRecorder()
	plain.setCookie(w, sessionCookie, "x", 0)
	if got := w.Header().Get("Set-Cookie"); got != "bemanna-session=x; Path=/; HttpOnly; SameSite=Lax" {
		t.Errorf("without https: %s", got)
	}
}

// TestOpenPages: what needs no login needs none when the provider is down, and
// nobody is sent to it.
func TestOpenPages(t *testing.T) {
	h := newHouse(t, nil)
	h.provider.spoil(func() { h.provider.down = true })
	b := h.browser(t)
	for path, status := range map[string]int{
		"/health": 200, "/public/busy": 200, h.assets.url("board.css"): 200, "/p/AAAAAAAAAAAAAAAAAAAAAA": 404, "/logout": 200, "/nowhere": 404,
	} {
		if p, to := b.step(path); p.StatusCode != status || to != "" {
			t.Errorf("%s: %d to %q, want %d", path, p.StatusCode, to, status)
		}
	}
	if n := len(h.provider.fetched); n > 0 {
		t.Errorf("the provider was asked %v", h.provider.fetched)
	}
	if p := b.get("/"); p.StatusCode != http.StatusServiceUnavailable || !strings.Contains(p.text, "does not answer") ||
		!strings.Contains(p.text, `href="/login?to=%2F"`) || strings.Contains(p.text, "closed for the night") {
		t.Errorf("the day: %d\n%s", p.StatusCode, p.text)
	}
	h.provider.spoil(func() { h.provider.down = false })
	if p := b.get("/"); p.StatusCode != http.StatusOK {
		t.Errorf("when the provider is there again: %d\n%s", p.StatusCode, p.text)
	}
}

// TestOtherProviders: one that has no page to log out at, and one whose document
// leads to places that the secret must not go to or that is not its own.
func TestOtherProviders(t *testing.T) {
	h := newHouse(t, nil)
	h.provider.document = map[string]any{"end_session_endpoint": nil}
	b := h.browser(t)
	b.get("/")
	if p := b.post("/logout", nil); p.StatusCode != http.StatusOK || strings.Contains(p.text, "/logout/provider") {
		t.Errorf("logout: %d\n%s", p.StatusCode, p.text)
	}
	if p := b.get("/logout/provider"); p.StatusCode != http.StatusNotFound {
		t.Errorf("logout at a provider without one: %d", p.StatusCode)
	}
	for name, value := range map[string]string{
		"token_endpoint": "http://login.example.se/token", "authorization_endpoint": "javascript:x", "end_session_endpoint": "http://login.example.se",
		"issuer": "https://evil.example",
	} {
		h.loginBy(t, h.OIDCOptions)
		h.provider.spoil(func() { h.provider.document = map[string]any{name: value} })
		if p, to := h.browser(t).step("/login"); p.StatusCode != http.StatusServiceUnavailable || to != "" {
			t.Errorf("%s %s: %d to %q", name, value, p.StatusCode, to)
		}
	}
}

// TestSlowProvider: who logs in at a provider that does not answer is told so
// after a while, and those who asked meanwhile at once.
func TestSlowProvider(t *testing.T) {
	const patience = 100 * time.Millisecond
	h := newHouse(t, func(o *OIDCOptions) { o.Patience = patience })
	usual := h.OIDCOptions
	h.provider.spoil(func() { h.provider.silent = true })
	var all sync.WaitGroup
	for range 8 {
		b := h.browser(t)
		all.Go(func() {
			if p, _ := b.step("/login"); p.StatusCode != http.StatusServiceUnavailable {
				t.Errorf("login: %d", p.StatusCode)
			}
		})
	}
	all.Wait()
	h.provider.spoil(func() {
		h.provider.silent = false
		if n := h.provider.fetched["/.well-known/openid-configuration"]; n == 8 {
			t.Errorf("the provider was asked %d times by 8 at once, want fewer", n)
		}
	})
	usual.Patience = 0
	h.loginBy(t, usual)
	b := h.browser(t)
	_, to := b.step("/login")
	_, back := b.step(to)
	h.finding.found.Load().http.Timeout = patience
	h.provider.spoil(func() { h.provider.silent = true })
	if p, _ := b.step(back); p.StatusCode != http.StatusServiceUnavailable || b.cookieOf(sessionCookie) != "" {
		t.Errorf("a code that is not redeemed in time: %d\n%s", p.StatusCode, h.log)
	}
}

// TestKeyRotation: a token by a key that the provider has since made is believed,
// one by a key that it has given up is not.
func TestKeyRotation(t *testing.T) {
	h := newHouse(t, nil)
	if p := h.browser(t).get("/"); p.StatusCode != http.StatusOK {
		t.Fatalf("first key: %d\n%s", p.StatusCode, h.log)
	}
	old := h.provider.keys["key 1"]
	h.provider.rotate(t, "key 2")
	if p := h.browser(t).get("/"); p.StatusCode != http.StatusOK {
		t.Errorf("second key: %d\n%s", p.StatusCode, h.log)
	}
	h.provider.spoil(func() { h.provider.forge = func(claims map[string]any) any { return sign(old, "key 1", claims) } })
	if p := h.browser(t).get("/"); p.StatusCode != http.StatusForbidden {
		t.Errorf("the key that was given up: %d", p.StatusCode)
	}
}

// TestSessionsEnd: without a request after the one limit, and in any case after
// the other; a page that renews itself keeps the session until then.
func TestSessionsEnd(t *testing.T) {
	h := newHouse(t, func(o *OIDCOptions) { o.Idle, o.Most = time.Hour, 3*time.Hour })
	b := h.browser(t)
	for _, c := range []struct {
		after time.Duration
		in    bool
	}{{0, true}, {59 * time.Minute, true}, {59 * time.Minute, true}, {59 * time.Minute, true}, {3 * time.Minute, false}} {
		h.now = h.now.Add(c.after)
		if c.after == 0 {
			b.get("/")
		}
		if p, _ := b.step("/"); (p.StatusCode == http.StatusOK) != c.in {
			t.Errorf("at %v: %d, want in: %v", h.now, p.StatusCode, c.in)
		}
	}
	b.get("/")
	h.now = h.now.Add(time.Hour)
	if p, _ := b.step("/"); p.StatusCode != http.StatusSeeOther {
		t.Errorf("after an hour without a request: %d", p.StatusCode)
	}
}

var sentAgain = regexp.MustCompile(`name="note" value="Talsvar"`)

// TestFormAfterTheSession: what was filled in when the session ended is not lost.
func TestFormAfterTheSession(t *testing.T) {
	h := newHouse(t, nil)
	b := h.browser(t)
	form := url.Values{"version": {"1"}, "note": {"Talsvar"}}
	p := b.post(mondayPath+"/note", form)
	if p.StatusCode != http.StatusUnauthorized || !sentAgain.MatchString(p.text) || !strings.Contains(p.text, `href="/login?to=%2F" target="_blank"`) {
		t.Fatalf("%d\n%s", p.StatusCode, p.text)
	}
	checkPage(t, "form", p.text)
	b.get("/login")
	if p := b.post(mondayPath+"/note", form); p.StatusCode != http.StatusOK || !strings.Contains(p.text, "Talsvar (anna.berg") {
		t.Errorf("the same again: %d\n%s", p.StatusCode, p.text)
	}
}

// TestIdentity: who somebody is and may do comes from the claims of the token
// alone, and by the roles file as for a proxy.
func TestIdentity(t *testing.T) {
	h := newHouse(t, nil)
	usual := h.OIDCOptions
	for _, c := range []struct {
		name   string
		change func(*OIDCOptions)
		claims map[string]any
		want   User // the zero User: refused
	}{
		{"a listed user", nil, nil, User{"anna.berg", Lead}},
		{"a listed group", nil, map[string]any{"groups": []string{"x", "cn=chefer,ou=kc"}}, User{"anna.berg", Manager}},
		{"a single group", nil, map[string]any{"groups": "cn=chefer,ou=kc"}, User{"anna.berg", Manager}},
		{"the name of a role", nil, map[string]any{"groups": []string{"admin"}}, User{"anna.berg", Admin}},
		{"not listed", nil, map[string]any{"preferred_username": "eva"}, User{"eva", Nobody}},
		{"no roles file", func(o *OIDCOptions) { o.Roles = Roles{} }, nil, User{"anna.berg", Agent}},
		{"no claim of roles is asked for", func(o *OIDCOptions) { o.RoleClaim = "" }, map[string]any{"groups": "admin", "": "admin"}, User{"anna.berg", Lead}},
		{"groups of another kind", nil, map[string]any{"groups": map[string]any{"admin": true}}, User{}},
		{"a group that is no text", nil, map[string]any{"groups": []any{"x", 1}}, User{}},
		{"no name", nil, map[string]any{"preferred_username": nil}, User{}},
		{"a name that is no text", nil, map[string]any{"preferred_username": 1}, User{}},
		{"a name with a line in it", nil, map[string]any{"preferred_username": "anna\nlevel=INFO"}, User{}},
		{"a name with space around it", nil, map[string]any{"preferred_username": "anna.berg "}, User{}},
		{"a long name", nil, map[string]any{"preferred_username": strings.Repeat("x", mostUserName+1)}, User{}},
		{"another claim", func(o *OIDCOptions) { o.UserClaim = "sub" }, nil, User{"4711", Nobody}},
		{"an address", func(o *OIDCOptions) { o.UserClaim = "email" }, map[string]any{"email": "a@example.se", "email_verified": true}, User{"a@example.se", Nobody}},
		{"an address that nobody has verified", func(o *OIDCOptions) { o.UserClaim = "email" }, map[string]any{"email": "a@example.se"}, User{}},
	} {
		o := usual
		if c.change != nil {
			c.change(&o)
		}
		h.loginBy(t, o)
		h.provider.spoil(func() { h.provider.claims = c.claims })
		b := h.browser(t)
		p := b.get("/login?to=/logout") // a page that needs no role
		got := h.sessions.user(t.Context(), b.cookieOf(sessionCookie), h.now)
		if got != c.want || (p.StatusCode == http.StatusForbidden) != (c.want.Name == "") {
			t.Errorf("%s: %+v with %d, want %+v\n%s", c.name, got, p.StatusCode, c.want, h.log)
		}
	}
}
