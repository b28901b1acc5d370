package board

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// provider is what the discovery document of the provider tells.
type provider struct {
	client     oauth2.Config
	verifier   *oidc.IDTokenVerifier // fetches the keys, anew when a token has one that it does not know
	endSession string                // where people log out; "": nowhere
	http       *http.Client
}

// finding is the search for the provider.
type finding struct {
	found  atomic.Pointer[provider]
	tries  atomic.Int64
	mu     sync.Mutex // held while the provider is asked
	failed error      // of the newest try
}

// provider asks the provider for its addresses, if that has not been done yet.
// Where it fails it is tried again the next time; of those who ask at once only
// the first does, and the others share what it learns.
func (o *OIDC) provider(ctx context.Context) (*provider, error) {
	f := &o.finding
	before := f.tries.Load()
	if p := f.found.Load(); p != nil {
		return p, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tries.Load() != before { // somebody has tried while we waited
		return f.found.Load(), f.failed
	}
	p, err := o.discover(context.WithoutCancel(ctx)) // others wait for it too
	f.found.Store(p)
	f.failed = err
	f.tries.Add(1)
	return p, err
}

func (o *OIDC) discover(ctx context.Context) (*provider, error) {
	p := &provider{http: &http.Client{Timeout: o.Patience}}
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, p.http), o.Issuer)
	if err != nil {
		return nil, fmt.Errorf("provider %s: %s", o.Issuer, reason(err))
	}
	var more struct {
		EndSession  string   `json:"end_session_endpoint"`
		AuthMethods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := found.Claims(&more); err != nil {
		return nil, fmt.Errorf("provider %s: %w", o.Issuer, err)
	}
	for _, address := range []string{found.Endpoint().AuthURL, found.Endpoint().TokenURL, more.EndSession} {
		if u, err := url.Parse(address); err != nil || address != "" && u.Scheme != "https" && !loopbackHost(u.Host) {
			return nil, fmt.Errorf("provider %s: address %q, want https", o.Issuer, address)
		}
	}
	endpoint := found.Endpoint()
	// Without a list the method is client_secret_basic (Discovery 1.0, section 3).
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if o.ClientSecret == "" || len(more.AuthMethods) > 0 && !slices.Contains(more.AuthMethods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	p.endSession = more.EndSession
	p.verifier = found.Verifier(&oidc.Config{ClientID: o.ClientID, Now: o.Clock})
	p.client = oauth2.Config{
		ClientID: o.ClientID, ClientSecret: o.ClientSecret, Endpoint: endpoint, RedirectURL: o.URL + "/login/callback",
		Scopes: slices.Concat([]string{oidc.ScopeOpenID, "profile"}, o.Scopes),
	}
	return p, nil
}

// begins is the address at the provider at which an attempt begins.
func (p *provider) begins(state string, a attempt) string {
	return p.client.AuthCodeURL(state, oidc.Nonce(a.nonce), oauth2.S256ChallengeOption(a.verifier))
}

// stateLeft is what the provider brings back from a logout.
const stateLeft = "left"

// ends is the address at which somebody logs out of the provider and comes back
// to a page of ours (RP-Initiated Logout 1.0, section 2). With the ID token of the
// login, which may be "", the provider need not ask whether that is meant.
func (p *provider) ends(back, token string) (string, error) {
	u, err := url.Parse(p.endSession)
	if err != nil {
		return "", err
	}
	values := u.Query()
	values.Set("client_id", p.client.ClientID)
	values.Set("post_logout_redirect_uri", back)
	values.Set("state", stateLeft)
	if token != "" {
		values.Set("id_token_hint", token)
	}
	u.RawQuery = values.Encode()
	return u.String(), nil
}

// errUnreachable says that the provider gave no answer.
var errUnreachable = errors.New("no answer")

// redeem turns the code of an attempt into an ID token that was meant for it, and
// gives it as it was sent as well. No error holds a token, the code or the secret.
func (p *provider) redeem(ctx context.Context, code string, a attempt) (token *oidc.IDToken, raw string, err error) {
	ctx = oidc.ClientContext(ctx, p.http)
	answer, err := p.client.Exchange(ctx, code, oauth2.VerifierOption(a.verifier))
	if refused, is := errors.AsType[*oauth2.RetrieveError](err); is { // its text has all that the provider sent
		err = fmt.Errorf("code refused: status %d, error %.100q", refused.Response.StatusCode, refused.ErrorCode)
		if refused.Response.StatusCode >= http.StatusInternalServerError {
			err = fmt.Errorf("%w: %w", errUnreachable, err)
		}
		return nil, "", err
	}
	if err != nil {
		return nil, "", fmt.Errorf("%w: %s", errUnreachable, reason(err))
	}
	raw, _ = answer.Extra("id_token").(string)
	if raw == "" {
		return nil, "", errors.New("answer without an ID token")
	}
	token, err = p.verifier.Verify(ctx, raw)
	if err != nil {
		return nil, "", fmt.Errorf("ID token: %s", reason(err))
	}
	if token.Nonce != a.nonce {
		return nil, "", errors.New("ID token: its nonce is not that of this login")
	}
	return token, raw, nil
}

// reason is the text of an error, cut short: some hold a whole page that was sent
// instead of an answer.
func reason(err error) string { return fmt.Sprintf("%.300s", err) }
