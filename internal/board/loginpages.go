package board

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"bemanna/internal/i18n"
)

// loginPages are the pages by which people log in at a provider and out again.
type loginPages struct {
	*OIDC
	b *Board
}

// handleLogin adds the pages of a login that has some.
func (b *Board) handleLogin(mux *http.ServeMux) {
	o, ok := b.login.(*OIDC)
	if !ok {
		return
	}
	p := loginPages{o, b}
	b.handle(mux, "GET /login", Nobody, p.begin)
	b.handle(mux, "GET /login/callback", Nobody, p.finish)
	b.handle(mux, "GET /logout", Nobody, p.left)
	b.handle(mux, "POST /logout", Nobody, p.leave)
	b.handle(mux, "GET /logout/provider", Nobody, p.leaveProvider)
	b.handle(mux, "POST /logout/backchannel", Nobody, p.told)
}

// loginURL is where somebody logs in who wants to see a page; "": the login has
// no pages.
func (b *Board) loginURL(page string) string {
	if _, ok := b.login.(*OIDC); !ok {
		return ""
	}
	return address("/login", url.Values{"to": {page}})
}

// sentToLogin sends a reader who has to log in to do so, and tells whether it
// did. Forms are not sent there: what was filled in would be lost.
func (b *Board) sentToLogin(w http.ResponseWriter, r *http.Request, err error) bool {
	var f fault
	login := b.loginURL(r.URL.RequestURI())
	if !errors.As(err, &f) || f.Status != http.StatusUnauthorized || login == "" || r.Method == http.MethodPost {
		return false
	}
	http.Redirect(w, r, login, http.StatusSeeOther)
	return true
}

// loginHelp leads on from a fault that another login may help against.
func (b *Board) loginHelp(r *http.Request, f fault, words *i18n.Words) *link {
	login := b.loginURL(ownPage(r.URL.Query().Get("to")))
	switch {
	case login == "":
		return nil
	case f.Key == "board.fault_role":
		return &link{Text: words.Say("board.login_other"), URL: "/logout"}
	case f.Status == http.StatusUnauthorized, strings.HasPrefix(r.URL.Path, "/login"):
		return &link{Text: words.Say("board.login_again"), URL: login}
	}
	return nil
}

// begin sends a browser to the provider.
func (p loginPages) begin(w http.ResponseWriter, q *request) error {
	w.Header().Set("Cache-Control", "no-store")
	provider, err := p.provider(q.Context())
	if err != nil {
		return fault{Status: http.StatusServiceUnavailable, Key: "board.fault_provider", Cause: err}
	}
	browser := p.cookie(q.Request, browserCookie) // that of another tab that is logging in
	if fresh := rand.Text(); len(browser) != len(fresh) {
		browser = fresh
	}
	state, a := p.attempts.begin(browser, ownPage(q.URL.Query().Get("to")), q.now)
	p.setCookie(w, browserCookie, browser, int(attemptHolds.Seconds()))
	http.Redirect(w, q.Request, provider.begins(state, a), http.StatusSeeOther) //nolint:gosec // the address is that of the discovery document
	return nil
}

// finish takes a browser that comes back from the provider, and logs it in.
func (p loginPages) finish(w http.ResponseWriter, q *request) error {
	w.Header().Set("Cache-Control", "no-store")
	values := q.URL.Query()
	a, ok := p.attempts.take(values.Get("state"), q.now)
	own := subtle.ConstantTimeCompare([]byte(a.browser), []byte(p.cookie(q.Request, browserCookie))) == 1
	if !ok || !own {
		return fault{Status: http.StatusBadRequest, Key: "board.fault_attempt"}
	}
	if values.Get("code") == "" {
		return fault{Status: http.StatusForbidden, Key: "board.fault_refused", Args: i18n.Args{"Value": brief(values.Get("error"))}}
	}
	who, err := p.arrived(q, values.Get("code"), a)
	switch {
	case errors.Is(err, errUnreachable):
		return fault{Status: http.StatusServiceUnavailable, Key: "board.fault_provider", Cause: err}
	case err != nil:
		return fault{Status: http.StatusForbidden, Key: "board.fault_token", Cause: err}
	}
	_, endErr := p.sessions.end(q.Context(), p.cookie(q.Request, sessionCookie))
	session, user, err := p.sessions.begin(q.Context(), who, q.now)
	p.unwritten(q, errors.Join(endErr, err))
	p.setCookie(w, sessionCookie, session, 0)
	p.b.log.InfoContext(q.Context(), "login", "user", user.Name, "role", user.Role.String(), "from", q.RemoteAddr)
	return see(w, q, a.to)
}

// unwritten logs that a session could not be written down: it holds, and is
// forgotten, as long as the server runs, and is written down as soon as it can be.
func (p loginPages) unwritten(q *request, err error) {
	if err != nil {
		p.b.log.ErrorContext(q.Context(), "session: not written down", "error", err)
	}
}

// arrived tells who it is that comes back with a code.
func (p loginPages) arrived(q *request, code string, a attempt) (identity, error) {
	provider, err := p.provider(q.Context())
	if err != nil {
		return identity{}, errors.Join(errUnreachable, err)
	}
	token, raw, err := provider.redeem(q.Context(), code, a)
	if err != nil {
		return identity{}, err
	}
	who, err := p.identityOf(token)
	who.token = raw
	return who, err
}

// brief is the error of a provider as the page and the log show it: RFC 6749,
// section 4.1.2.1 has short words for them.
func brief(s string) string {
	if len(s) > 40 || strings.ContainsFunc(s, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }) {
		return "?"
	}
	return s
}

// mostPage is the longest address to go to after the login, in bytes: it is kept
// for everybody who begins one.
const mostPage = 1000

// ownPage is an address to go to after the login if it is one of a page of ours,
// and else that of the day: nobody is sent to another site by a link to us.
// Browsers read \ as /, so that two of either kind name another host.
func ownPage(s string) string {
	u, err := url.Parse(s)
	if err != nil || len(s) > mostPage || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(u.Path, "//") || strings.Contains(s, `\`) {
		return "/"
	}
	return address(u.Path, u.Query())
}
