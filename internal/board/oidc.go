package board

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// OIDCOptions say at which OpenID Connect provider people log in, and how long
// that holds.
type OIDCOptions struct {
	Issuer       string   // address of the provider: https, or http on this machine
	ClientID     string   // by which the provider knows the board
	ClientSecret string   // "": a public client; the login is bound to the browser by PKCE in any case
	URL          string   // at which browsers reach the board: https://plan.example.se, or http on this machine
	Scopes       []string // asked for besides openid and profile
	UserClaim    string   // of the ID token, that names the user; "": preferred_username
	RoleClaim    string   // of the ID token, that has roles or groups; "": none
	Roles        Roles
	Idle, Most   time.Duration // a session ends without a request, and in any case; 0: 8 and 12 hours
	Patience     time.Duration // with each answer of the provider; 0: 10 seconds
	Clock        func() time.Time
}

// OIDC is the login at a provider, by the code flow of OpenID Connect Core 1.0
// (section 3.1) with PKCE, state and nonce. The provider is found when it is first
// needed, so that one that is down keeps nobody from the public pages.
type OIDC struct {
	OIDCOptions
	secure   bool // the cookies go by https alone
	finding  finding
	attempts *attempts
	sessions *sessions
}

// The names of the cookies, without what a secure one begins with.
const (
	sessionCookie = "bemanna-session"
	browserCookie = "bemanna-login"
)

// NewOIDC checks the options; it does not ask the provider yet.
func NewOIDC(o OIDCOptions) (*OIDC, error) {
	setDefault(&o.UserClaim, "preferred_username")
	setDefault(&o.Idle, 8*time.Hour)
	setDefault(&o.Most, 12*time.Hour)
	setDefault(&o.Patience, 10*time.Second)
	if _, err := safeURL(o.Issuer); err != nil {
		return nil, fmt.Errorf("issuer %q: %w", o.Issuer, err)
	}
	at, err := safeURL(o.URL)
	switch {
	case err != nil:
		return nil, fmt.Errorf("url %q: %w", o.URL, err)
	case at.Path != "" && at.Path != "/":
		return nil, fmt.Errorf("url %q: has a path, want the board at the root of its host", o.URL)
	case o.ClientID == "":
		return nil, errors.New("client id: empty, want that by which the provider knows the board")
	case o.Idle < 0 || o.Most < o.Idle:
		return nil, fmt.Errorf("sessions of %v, idle %v: want the second above zero and no longer than the first", o.Most, o.Idle)
	case o.Clock == nil:
		return nil, errors.New("clock: none")
	}
	at.Path = ""
	o.URL = at.String()
	return &OIDC{OIDCOptions: o, secure: at.Scheme == "https", attempts: newAttempts(), sessions: newSessions(o)}, nil
}

func setDefault[T comparable](v *T, usual T) {
	if *v == *new(T) {
		*v = usual
	}
}

// safeURL reads an address over which secrets may go: https, or http that does
// not leave this machine.
func safeURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		u.Scheme != "https" && (u.Scheme != "http" || !loopbackHost(u.Host)) {
		return nil, errors.New("want https://HOST, or http on this machine such as http://localhost:8480")
	}
	return u, nil
}

// User is the one of the session, and nobody where there is none. No header says
// who asks.
func (o *OIDC) User(r *http.Request) (User, error) {
	return o.sessions.user(r.Context(), o.cookie(r, sessionCookie), o.Clock()), nil
}

// cookieName begins with __Host- where it can: then no other host and no page
// without https can have set the cookie (RFC 6265bis, section 4.1.3.2).
func (o *OIDC) cookieName(name string) string {
	if o.secure {
		return "__Host-" + name
	}
	return name
}

// cookie is the value of a cookie; "" where there is none.
func (o *OIDC) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(o.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// setCookie sets a cookie that no script sees and no other site sends along with
// a form; maxAge in seconds, 0: until the browser closes, negative: not any more.
func (o *OIDC) setCookie(w http.ResponseWriter, name, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the board is reached by https
		Name: o.cookieName(name), Value: value, Path: "/", MaxAge: maxAge,
		Secure: o.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}
