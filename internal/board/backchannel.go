package board

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/coreos/go-oidc/v3/oidc"
)

// told ends the sessions of somebody who has logged out at the provider, which
// says so by itself (Back-Channel Logout 1.0, section 2.5). Nothing is believed but
// its signature.
func (p loginPages) told(w http.ResponseWriter, q *request) error {
	w.Header().Set("Cache-Control", "no-store")
	if err := q.readForm(); err != nil {
		return err
	}
	provider, err := p.provider(q.Context())
	if err != nil {
		return fault{Status: http.StatusServiceUnavailable, Key: "board.fault_provider", Cause: err}
	}
	token, err := provider.logout(q.Context(), q.PostForm.Get("logout_token"))
	if err != nil {
		return fault{Status: http.StatusBadRequest, Key: "board.fault_token", Cause: err}
	}
	n, err := p.sessions.endOf(q.Context(), token.Subject, token.SessionID, token.IssuedAt, q.now)
	if err != nil {
		return unsaved(err)
	}
	p.b.log.InfoContext(q.Context(), "logout at the provider", "sessions", n, "from", q.RemoteAddr)
	return nil
}

// logout reads a logout token (section 2.4) that is meant for us. One that says no
// time would end what began after it.
func (p *provider) logout(ctx context.Context, raw string) (*oidc.LogoutToken, error) {
	token, err := p.verifier.VerifyLogout(oidc.ClientContext(ctx, p.http), raw)
	switch {
	case err != nil:
		return nil, fmt.Errorf("logout token: %s", reason(err))
	case token.IssuedAt.Unix() <= 0:
		return nil, errors.New("logout token: without the time at which it was issued")
	}
	return token, nil
}
