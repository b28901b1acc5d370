package board

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestForgedTokens: a token that is not of this provider, for this board and of
// this login lets nobody in.
func TestForgedTokens(t *testing.T) {
	h := newHouse(t, nil)
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	with := func(claims map[string]any) func() { return func() { h.provider.claims = claims } }
	forged := func(forge func(map[string]any) any) func() { return func() { h.provider.forge = forge } }
	for _, c := range []struct {
		name, why string
		spoil     func()
	}{
		{"no nonce", "nonce", with(map[string]any{"nonce": nil})},
		{"the nonce of another login", "nonce", with(map[string]any{"nonce": rand.Text()})},
		{"another audience", "audience", with(map[string]any{"aud": "payroll"})},
		{"no audience", "audience", with(map[string]any{"aud": nil})},
		{"issued to another", "issued to", with(map[string]any{"aud": []string{"payroll", testClient}, "azp": "payroll"})},
		{"of several, issued to nobody", "issued to", with(map[string]any{"aud": []string{"payroll", testClient}})},
		{"another issuer", "issued by a different provider", with(map[string]any{"iss": "https://evil.example"})},
		{"expired", "expired", with(map[string]any{"exp": h.now.Add(-time.Second).Unix()})},
		{"not valid yet", "not before", with(map[string]any{"nbf": h.now.Add(time.Hour).Unix()})},
		{"signed by a stranger", "verify", forged(func(c map[string]any) any { return sign(stranger, "key 1", c) })},
		{"signed by a stranger with a key of his own", "verify", forged(func(c map[string]any) any { return sign(stranger, "his key", c) })},
		{"not signed", "none", forged(unsigned)},
		{"signed with the secret", "HS256", forged(func(c map[string]any) any { return sign([]byte(testSecret+testSecret), "key 1", c) })},
		{"no token", "without an ID token", forged(func(map[string]any) any { return nil })},
		{"something else", "ID token", forged(func(map[string]any) any { return "a.b.c" })},
	} {
		h.provider.spoil(func() { h.provider.claims, h.provider.forge = nil, nil })
		h.provider.spoil(c.spoil)
		b := h.browser(t)
		p := b.get("/login")
		if p.StatusCode != http.StatusForbidden || b.cookieOf(sessionCookie) != "" {
			t.Errorf("%s: %d\n%s", c.name, p.StatusCode, p.text)
		}
		lines := strings.Split(strings.TrimSpace(h.log.String()), "\n")
		if last := lines[len(lines)-1]; !strings.Contains(last, c.why) {
			t.Errorf("%s: the log does not say %q: %s", c.name, c.why, last)
		}
	}
	if len(h.sessions.all) > 0 {
		t.Errorf("sessions %v", h.sessions.all)
	}
}

// TestStates: a browser that comes back is let in once, if it is the one that was
// sent, and not too late.
func TestStates(t *testing.T) {
	h := newHouse(t, nil)
	refused := func(what string, b browser, address string) {
		t.Helper()
		had := b.cookieOf(sessionCookie)
		if p, _ := b.step(address); p.StatusCode != http.StatusBadRequest || b.cookieOf(sessionCookie) != had {
			t.Errorf("%s: %d\n%s", what, p.StatusCode, p.text)
		}
	}
	b := h.browser(t)
	_, to := b.step("/login")
	_, back := b.step(to)
	at, err := url.Parse(back)
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(url.Values){
		"no state":      func(v url.Values) { v.Del("state") },
		"a wrong state": func(v url.Values) { v.Set("state", rand.Text()) },
	} {
		values := at.Query()
		change(values)
		refused(what, b, "/login/callback?"+values.Encode())
	}
	if p, to := b.step(back); p.StatusCode != http.StatusSeeOther || to != "/" {
		t.Fatalf("the right state: %d to %q\n%s", p.StatusCode, to, h.log)
	}
	refused("the same state again", b, back)

	_, to = b.step("/login")
	_, back = b.step(to)
	refused("the browser of another, who was given the address", h.browser(t), back)
	refused("the first browser after that", b, back)

	_, to = b.step("/login")
	_, back = b.step(to)
	h.now = h.now.Add(attemptHolds)
	refused("too late", b, back)

	_, first := b.step("/login?to=/now")
	_, second := b.step("/login?to=/forecast")
	for _, tab := range []struct{ to, want string }{{first, "/now"}, {second, "/forecast"}} {
		_, back := b.step(tab.to)
		if p, to := b.step(back); p.StatusCode != http.StatusSeeOther || to != tab.want {
			t.Errorf("one of two tabs: %d to %q, want %q", p.StatusCode, to, tab.want)
		}
	}
}

// TestStolenCode: a code that was given to one login is of no use in another.
func TestStolenCode(t *testing.T) {
	h := newHouse(t, nil)
	victim, thief := h.browser(t), h.browser(t)
	_, to := victim.step("/login")
	_, stolen := victim.step(to)
	_, to = thief.step("/login")
	_, own := thief.step(to)
	code := func(address string) string {
		u, _ := url.Parse(address)
		return u.Query().Get("code")
	}
	p, _ := thief.step(strings.Replace(own, code(own), code(stolen), 1))
	if p.StatusCode != http.StatusForbidden || thief.cookieOf(sessionCookie) != "" {
		t.Errorf("%d\n%s", p.StatusCode, p.text)
	}
}

// TestRefusal: what the provider says when it lets somebody not in is shown only
// if it is one of the words for that.
func TestRefusal(t *testing.T) {
	h := newHouse(t, nil)
	for said, shown := range map[string]string{"access_denied": "(access_denied)", "call 08-123 now": "(?)", "<b>x</b>": "(?)"} {
		h.provider.spoil(func() { h.provider.refuse = said })
		if p := h.browser(t).get("/"); p.StatusCode != http.StatusForbidden || !strings.Contains(p.text, shown) {
			t.Errorf("%s: %d\n%s", said, p.StatusCode, p.text)
		}
	}
}

// TestSessionFixation: a login begins a session under a new name, whatever the
// browser brought, and ends the one that it had.
func TestSessionFixation(t *testing.T) {
	h := newHouse(t, nil)
	b := h.browser(t)
	home, _ := url.Parse(b.home)
	b.Jar.SetCookies(home, []*http.Cookie{{Name: "__Host-" + sessionCookie, Value: "planted", Path: "/", Secure: true}})
	b.get("/")
	first := b.cookieOf(sessionCookie)
	if first == "planted" || h.sessions.user(t.Context(), "planted", h.now) != (User{}) {
		t.Error("the planted session holds")
	}
	b.get("/login")
	if second := b.cookieOf(sessionCookie); second == first || h.sessions.user(t.Context(), first, h.now) != (User{}) || h.sessions.user(t.Context(), second, h.now).Role != Lead {
		t.Error("the session before the login holds on")
	}
}

// TestOthersWord: neither headers nor cookies of another host or another board
// say who asks.
func TestOthersWord(t *testing.T) {
	h, other := newHouse(t, nil), newHouse(t, nil)
	b := other.browser(t)
	b.get("/")
	foreign := b.cookieOf(sessionCookie)
	in := h.browser(t)
	in.get("/")
	own := in.cookieOf(sessionCookie)
	for what, header := range map[string][2]string{
		"a role header":                              {"X-Forwarded-Groups", "admin"},
		"a user header":                              {"X-Forwarded-User", "anna.berg"},
		"a cookie of another board":                  {"Cookie", "__Host-" + sessionCookie + "=" + foreign},
		"a cookie that a neighbour host may set":     {"Cookie", sessionCookie + "=" + own},
		"an empty cookie":                            {"Cookie", "__Host-" + sessionCookie + "="},
		"a token instead of a session":               {"Authorization", "Bearer " + own},
		"a cookie of the login instead of a session": {"Cookie", "__Host-" + browserCookie + "=" + own},
	} {
		if w := h.ask(http.MethodGet, "/audit", header[0], header[1]); w.Code != http.StatusSeeOther {
			t.Errorf("%s: %d, want the login", what, w.Code)
		}
	}
	w := h.ask(http.MethodGet, "/links", "Cookie", "__Host-"+sessionCookie+"="+own, "X-Forwarded-User", "it", "X-Forwarded-Groups", "admin")
	if w.Code != http.StatusForbidden {
		t.Errorf("a lead with the headers of an admin: %d", w.Code)
	}
}

// TestLogoutOfOthers: no other site logs anybody out.
func TestLogoutOfOthers(t *testing.T) {
	h := newHouse(t, nil)
	b := h.browser(t)
	b.get("/")
	for _, header := range [][2]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}} {
		if p := b.post("/logout", nil, header[0], header[1]); p.StatusCode != http.StatusForbidden {
			t.Errorf("%v: %d", header, p.StatusCode)
		}
	}
	b.get("/logout")
	if p, _ := b.step("/"); p.StatusCode != http.StatusOK {
		t.Errorf("logged out by another site: %d", p.StatusCode)
	}
}

// TestReturnTo: after the login nobody is sent to another site.
func TestReturnTo(t *testing.T) {
	h := newHouse(t, nil)
	for _, to := range []string{
		"https://evil.example", "//evil.example", `/\evil.example`, `\\evil.example`, "/%2fevil.example", "/%5cevil.example", "javascript:alert(1)",
		"/\tevil", "%2f%2fevil.example", "evil.example", "", "/.//evil.example",
	} {
		b := h.browser(t)
		if p := b.get("/login?" + url.Values{"to": {to}}.Encode()); p.Request.URL.Host != strings.TrimPrefix(h.at.URL, "https://") || p.Request.URL.Path == "" {
			t.Errorf("%q leads to %s", to, p.Request.URL)
		}
	}
}

// FuzzOwnPage: whatever a page to go to is made of, it is one of ours as browsers
// read it: they take \ for /, and drop tabs and ends of lines.
func FuzzOwnPage(f *testing.F) {
	for _, s := range []string{"/", "/now?follow=1", "//evil.example", `/\evil.example`, "/%09/evil.example", "/.//x", "///x", "/%5c%5cx", "/a//b"} {
		f.Add(s)
	}
	f.Add("/" + strings.Repeat("x", mostPage))
	home := &url.URL{Scheme: "https", Host: "plan.example.se", Path: "/login"}
	f.Fuzz(func(t *testing.T, s string) {
		got := ownPage(s)
		read := strings.NewReplacer(`\`, "/", "\t", "", "\n", "", "\r", "").Replace(got)
		u, err := home.Parse(read)
		if err != nil || u.Host != home.Host || u.Scheme != home.Scheme || !strings.HasPrefix(got, "/") || strings.HasPrefix(read, "//") || len(s) > mostPage && got != "/" {
			t.Errorf("%q leads to %q, read as %q: %v, %v", s, got, read, u, err)
		}
	})
}

// TestLogHasNoSecrets: of a whole login, and of one that fails at each of its
// steps, the log has neither codes nor states, tokens, cookies or the secret.
func TestLogHasNoSecrets(t *testing.T) {
	h := newHouse(t, nil)
	var secrets []string
	note := func(address string) {
		u, _ := url.Parse(address)
		for _, name := range []string{"code", "state", "nonce", "code_challenge"} {
			secrets = append(secrets, u.Query().Get(name))
		}
	}
	for _, spoil := range []func(){
		func() {},
		func() { clear(h.provider.codes) }, // the answer repeats the secret and the code
		func() { h.provider.claims = map[string]any{"aud": "payroll"} },
		func() { h.provider.forge = unsigned },
		func() { h.provider.forge = func(map[string]any) any { return "the forged token" } },
		func() { h.provider.down = true },
	} {
		b := h.browser(t)
		_, to := b.step("/login")
		note(to)
		_, back := b.step(to)
		note(back)
		h.provider.spoil(spoil)
		b.step(back)
		b.step(back)
		secrets = append(secrets, b.cookieOf(sessionCookie), b.cookieOf(browserCookie))
		h.provider.spoil(func() { h.provider.down, h.provider.claims, h.provider.forge = false, nil, nil })
	}
	secrets = append(secrets, testSecret, url.QueryEscape(testSecret), "the access token", "the forged token", "eyJ")
	for _, s := range secrets {
		if s != "" && strings.Contains(h.log.String(), s) {
			t.Errorf("%q stands in the log:\n%s", s, h.log)
		}
	}
	if !strings.Contains(h.log.String(), "msg=login user=anna.berg role=lead") {
		t.Errorf("the login is not logged:\n%s", h.log)
	}
}

// TestAttemptsAreFew: however many logins are begun, the memory is bounded, and
// those that began last hold.
func TestAttemptsAreFew(t *testing.T) {
	all := newAttempts()
	now := monday.At(9*60, time.UTC)
	first, _ := all.begin("b", "/", now)
	last := ""
	for i := range mostAttempts {
		last, _ = all.begin("b", "/", now.Add(time.Duration(i)*time.Millisecond))
	}
	n := len(all.all)
	if _, ok := all.take(first, now); ok || n != mostAttempts {
		t.Errorf("%d attempts, want %d without the first", n, mostAttempts)
	}
	if _, ok := all.take(last, now); !ok {
		t.Error("the last attempt is gone")
	}
	all.begin("b", "/", now.Add(time.Hour))
	if len(all.all) != 1 {
		t.Errorf("%d attempts after an hour, want 1", len(all.all))
	}
}

// TestServeWithoutProvider: the server starts while the provider is down, says so,
// and serves what needs no login.
func TestServeWithoutProvider(t *testing.T) {
	h := newHouse(t, func(o *OIDCOptions) { o.Issuer = "http://127.0.0.1:1" })
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx, l) }()
	answer, err := (&http.Client{Timeout: 10 * time.Second}).Get("http://" + l.Addr().String() + "/public/busy")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	stop()
	if err := <-ended; err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("%d, %v", answer.StatusCode, err)
	}
	if !strings.Contains(h.log.String(), "nobody can log in until the provider answers") {
		t.Errorf("log:\n%s", h.log)
	}
}

// TestLoginOptions: what would make a login unsafe or useless is refused at the
// start.
func TestLoginOptions(t *testing.T) {
	good := OIDCOptions{Issuer: "https://login.example.se/realms/kc", ClientID: "x", URL: "https://plan.example.se/", Clock: time.Now}
	if _, err := NewOIDC(good); err != nil {
		t.Errorf("good options: %v", err)
	}
	for want, change := range map[string]func(*OIDCOptions){
		`issuer "http://login.example.se": want https`:  func(o *OIDCOptions) { o.Issuer = "http://login.example.se" },
		`issuer "": want https`:                         func(o *OIDCOptions) { o.Issuer = "" },
		`url "": want https`:                            func(o *OIDCOptions) { o.URL = "" },
		`url "http://plan.example.se": want https`:      func(o *OIDCOptions) { o.URL = "http://plan.example.se" },
		`url "https://x:y@plan.example.se": want https`: func(o *OIDCOptions) { o.URL = "https://x:y@plan.example.se" },
		"has a path":     func(o *OIDCOptions) { o.URL = "https://example.se/plan" },
		"client id":      func(o *OIDCOptions) { o.ClientID = "" },
		"no longer than": func(o *OIDCOptions) { o.Idle = 13 * time.Hour },
		"above zero":     func(o *OIDCOptions) { o.Idle = -time.Hour },
		"clock":          func(o *OIDCOptions) { o.Clock = nil },
	} {
		o := good
		change(&o)
		if _, err := NewOIDC(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
