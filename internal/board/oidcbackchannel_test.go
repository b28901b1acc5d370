package board

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

// says makes the provider say something of a logout, and gives the answer.
func (h *house) says(t *testing.T, token any) int {
	t.Helper()
	text, _ := token.(string)
	p := browser{h.at.Client(), t, h.at.URL}.post("/logout/backchannel", url.Values{"logout_token": {text}})
	if p.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q, want no-store", p.Header.Get("Cache-Control"))
	}
	return p.StatusCode
}

// logoutToken is what the provider signs when Anna logs out there.
func (h *house) logoutToken(by map[string]any) map[string]any {
	return changed(map[string]any{
		"iss": h.provider.URL, "aud": testClient, "sub": "4711", "iat": h.now.Unix(), "exp": h.now.Add(2 * time.Minute).Unix(), "jti": rand.Text(),
		"events": map[string]any{logoutEvent: map[string]any{}},
	}, by)
}

// TestBackchannel: the provider ends all sessions of a user, or those of one
// session there, and of nobody else; saying it again later does nothing.
func TestBackchannel(t *testing.T) {
	h := newHouse(t, nil)
	login := func(claims map[string]any) browser {
		h.provider.spoil(func() { h.provider.claims = claims })
		b := h.browser(t)
		b.get("/")
		return b
	}
	sign := func(by map[string]any) string { return sign(h.provider.keys["key 1"], "key 1", h.logoutToken(by)) }
	anna := map[string]any{"sid": "s1"}
	desk, phone := login(anna), login(map[string]any{"sid": "s2"})
	eva := login(map[string]any{"sub": "12", "groups": []string{"lead"}})
	check := func(when string, want ...bool) {
		t.Helper()
		for i, b := range []browser{desk, phone, eva} {
			if b.in() != want[i] {
				t.Errorf("%s: browser %d in: %v, want %v\n%s", when, i, b.in(), want[i], h.log)
			}
		}
	}
	check("at first", true, true, true)
	one, all := sign(map[string]any{"sub": nil, "sid": "s1"}), sign(nil)
	if status := h.says(t, one); status != http.StatusOK {
		t.Errorf("a session at the provider: %d\n%s", status, h.log)
	}
	check("a session at the provider", false, true, true)
	h.restart(t, nil)
	check("after a restart", false, true, true)
	h.now = h.now.Add(time.Minute)
	desk = login(anna)
	h.restart(t, nil)
	h.says(t, one)
	h.says(t, all)
	check("of all that began before", true, false, true)
	if status := h.says(t, sign(map[string]any{"sid": "s2"})); status != http.StatusOK {
		t.Errorf("a session that is over: %d", status)
	}
	check("a session that is over", true, false, true)
}

// TestForgedLogouts: a word that is not of this provider, for this board and of a
// logout ends no session.
func TestForgedLogouts(t *testing.T) {
	h := newHouse(t, nil)
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := h.browser(t)
	b.get("/")
	own := h.provider.keys["key 1"]
	for _, c := range []struct {
		name, why string
		claims    map[string]any
		sign      func(claims map[string]any) any // nil: as the provider does
	}{
		{"another issuer", "different provider", map[string]any{"iss": "https://evil.example"}, nil},
		{"another audience", "audience", map[string]any{"aud": "payroll"}, nil},
		{"no event", "missing required", map[string]any{"events": nil}, nil},
		{"another event", "missing required", map[string]any{"events": map[string]any{"https://evil.example": map[string]any{}}}, nil},
		{"an ID token", "missing required", map[string]any{"events": nil, "nonce": "n"}, nil},
		{"with a nonce", "nonce", map[string]any{"nonce": "n"}, nil},
		{"of nobody", "'sub' claim", map[string]any{"sub": nil}, nil},
		{"without a name of its own", "jti", map[string]any{"jti": nil}, nil},
		{"expired", "expired", map[string]any{"exp": h.now.Add(-time.Second).Unix()}, nil},
		{"without an end", "exp", map[string]any{"exp": nil}, nil},
		{"without a time", "issued", map[string]any{"iat": nil}, nil},
		{"signed by a stranger", "verify", nil, func(c map[string]any) any { return sign(stranger, "key 1", c) }},
		{"signed with the secret", "HS256", nil, func(c map[string]any) any { return sign([]byte(testSecret+testSecret), "key 1", c) }},
		{"not signed", "none", nil, unsigned},
		{"nothing", "logout token", nil, func(map[string]any) any { return "" }},
	} {
		if c.sign == nil {
			c.sign = func(claims map[string]any) any { return sign(own, "key 1", claims) }
		}
		token := c.sign(h.logoutToken(c.claims))
		if status := h.says(t, token); status != http.StatusBadRequest {
			t.Errorf("%s: %d", c.name, status)
		}
		lines := strings.Split(strings.TrimSpace(h.log.String()), "\n")
		if last := lines[len(lines)-1]; !strings.Contains(last, c.why) || token != "" && strings.Contains(last, token.(string)) {
			t.Errorf("%s: the log does not say %q, or the token: %s", c.name, c.why, last)
		}
	}
	if !b.in() {
		t.Error("a forged word has ended the session")
	}
	h.provider.spoil(func() { h.provider.down = true })
	h.restart(t, nil)
	if status := h.says(t, sign(own, "key 1", h.logoutToken(nil))); status != http.StatusServiceUnavailable {
		t.Errorf("while the provider is down: %d", status)
	}
}
