package board

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

const (
	testClient = "bemanna"
	testSecret = "the secret of the client"
)

// testProvider is an OpenID Connect provider that lets everybody in as Anna. What
// it says can be spoilt.
type testProvider struct {
	*httptest.Server
	clock func() time.Time

	mu       sync.Mutex
	claims   map[string]any // beside those that every token has, or instead of them; nil: left out
	keys     map[string]*ecdsa.PrivateKey
	signing  string                          // the id of the key that signs
	forge    func(claims map[string]any) any // the ID token instead of a signed one
	refuse   string                          // the error with which people are sent back
	silent   bool                            // gives no answer until the asker gives up
	down     bool
	codes    map[string]url.Values // what each code was given for
	logouts  []url.Values
	fetched  map[string]int // how often each path was asked for
	document map[string]any // of the discovery, beside or instead of what it has; nil: left out
	byForm   bool           // the client says its secret in the form
}

func newProvider(t *testing.T, clock func() time.Time) *testProvider {
	t.Helper()
	p := &testProvider{clock: clock, keys: map[string]*ecdsa.PrivateKey{}, codes: map[string]url.Values{}, fetched: map[string]int{}}
	p.rotate(t, "key 1")
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /keys", p.jwks)
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /end", func(w http.ResponseWriter, r *http.Request) {
		asked := r.URL.Query()
		p.logouts = append(p.logouts, asked)
		http.Redirect(w, r, asked.Get("post_logout_redirect_uri")+"?"+url.Values{"state": asked["state"]}.Encode(), http.StatusFound)
	})
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.fetched[r.URL.Path]++
		silent := p.silent
		p.mu.Unlock()
		if silent {
			_ = r.ParseForm() // the server sees that the asker is gone when all is read
			<-r.Context().Done()
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.down {
			http.Error(w, "closed for the night", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// spoil changes what the provider says from now on.
func (p *testProvider) spoil(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

// rotate makes a new key in the place of all others.
func (p *testProvider) rotate(t *testing.T, id string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p.spoil(func() {
		clear(p.keys)
		p.keys[id], p.signing = key, id
	})
}

func (p *testProvider) discovery(w http.ResponseWriter, _ *http.Request) {
	doc := map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"ES256", "none"}, "end_session_endpoint": p.URL + "/end",
	}
	if p.byForm {
		doc["token_endpoint_auth_methods_supported"] = []string{"client_secret_post"}
	}
	sendJSON(w, changed(doc, p.document))
}

func (p *testProvider) jwks(w http.ResponseWriter, _ *http.Request) {
	var set jose.JSONWebKeySet
	for id, key := range p.keys {
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: key.Public(), KeyID: id, Algorithm: "ES256", Use: "sig"})
	}
	sendJSON(w, set)
}

// authorize sends everybody back with a code, as if they had said who they are.
func (p *testProvider) authorize(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	back := url.Values{"state": asked["state"]}
	switch {
	case p.refuse != "":
		back.Set("error", p.refuse)
	case asked.Get("response_type") != "code" || asked.Get("client_id") != testClient || asked.Get("code_challenge_method") != "S256" ||
		!strings.Contains(asked.Get("scope"), "openid"):
		back.Set("error", "invalid_request")
	default:
		code := rand.Text()
		p.codes[code] = asked
		back.Set("code", code)
	}
	http.Redirect(w, r, asked.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

// token gives an ID token for a code, once, to the client that has the secret and
// the verifier of the code.
func (p *testProvider) token(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	if p.byForm {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	} else {
		secret, _ = url.QueryUnescape(secret)
	}
	code := r.PostFormValue("code")
	asked, ok := p.codes[code]
	delete(p.codes, code)
	challenge := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !ok || id != testClient || secret != testSecret || r.PostFormValue("redirect_uri") != asked.Get("redirect_uri") ||
		base64.RawURLEncoding.EncodeToString(challenge[:]) != asked.Get("code_challenge") {
		w.WriteHeader(http.StatusBadRequest)
		sendJSON(w, map[string]any{"error": "invalid_grant", "sent": secret + code})
		return
	}
	now := p.clock()
	claims := map[string]any{
		"iss": p.URL, "aud": testClient, "sub": "4711", "nonce": asked.Get("nonce"), "preferred_username": "anna.berg",
		"iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	}
	claims = changed(claims, p.claims)
	var token any
	if p.forge != nil {
		token = p.forge(claims)
	} else {
		token = sign(p.keys[p.signing], p.signing, claims)
	}
	sendJSON(w, map[string]any{"access_token": "the access token", "token_type": "Bearer", "id_token": token})
}

// changed puts values in the place of others; nil: of none.
func changed(all, by map[string]any) map[string]any {
	maps.Copy(all, by)
	maps.DeleteFunc(all, func(_ string, value any) bool { return value == nil })
	return all
}

// sign makes a token of claims (RFC 7515).
func sign(key any, id string, claims map[string]any) string {
	alg := jose.ES256
	if _, is := key.([]byte); is {
		alg = jose.HS256
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: key, KeyID: id}}, nil)
	if err != nil {
		panic(err)
	}
	text, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(text)
	if err != nil {
		panic(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return token
}

// unsigned is a token whose header says that it has no signature.
func unsigned(claims map[string]any) any {
	text, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	part := base64.RawURLEncoding.EncodeToString
	return part([]byte(`{"alg":"none"}`)) + "." + part(text) + "."
}

func sendJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
