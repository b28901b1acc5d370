package board

import (
	"bytes"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// house is a board with a login at a provider, at an address with https.
type house struct {
	*fixture
	*OIDC
	provider *testProvider
	at       *httptest.Server
	log      *safeBuffer
}

// safeBuffer is a log that is written to while it is read.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

const testRoles = "users: {anna.berg: lead}\ngroups: {'cn=chefer,ou=kc': manager}\n"

// newHouse makes a board with plans, and a provider that knows it. Change may
// alter the options of the login.
func newHouse(t *testing.T, change func(*OIDCOptions)) *house {
	t.Helper()
	h := &house{fixture: newFixture(t), log: new(safeBuffer)}
	save(t, h.store(t), madeDay(monday, h.c.Location, 8, 16))
	h.provider = newProvider(t, func() time.Time { return h.now })
	h.at = httptest.NewUnstartedServer(nil)
	roles, err := ParseRoles([]byte(testRoles))
	if err != nil {
		t.Fatal(err)
	}
	o := OIDCOptions{
		Issuer: h.provider.URL, ClientID: testClient, ClientSecret: testSecret, URL: "https://" + h.at.Listener.Addr().String(),
		RoleClaim: "groups", Roles: roles, Clock: func() time.Time { return h.now },
	}
	if change != nil {
		change(&o)
	}
	h.loginBy(t, o)
	h.Board.log = slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h.at.Config.Handler = http.HandlerFunc(h.answer)
	h.at.StartTLS()
	t.Cleanup(h.at.Close)
	return h
}

// answer sends an answer when nothing is done for it any more, so that a test that
// has it may set the clock.
func (h *house) answer(w http.ResponseWriter, r *http.Request) {
	whole := httptest.NewRecorder()
	h.Handler().ServeHTTP(whole, r)
	maps.Copy(w.Header(), whole.Header())
	w.WriteHeader(whole.Code)
	_, _ = w.Write(whole.Body.Bytes())
}

// loginBy puts another login in the place of the one that the board has.
func (h *house) loginBy(t *testing.T, o OIDCOptions) {
	t.Helper()
	login, err := NewOIDC(o)
	if err != nil {
		t.Fatal(err)
	}
	h.OIDC = login
	h.useLogin(login)
}

// browser is somebody's browser. It keeps cookies, and follows where it is sent,
// unless it has to be led step by step.
type browser struct {
	*http.Client
	t    *testing.T
	home string
}

func (h *house) browser(t *testing.T) browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := *h.at.Client()
	client.Jar, client.Timeout = jar, 20*time.Second
	return browser{&client, t, h.at.URL}
}

// page is an answer with its text read.
type page struct {
	*http.Response
	text string
}

func (b browser) get(address string) page {
	b.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.home + address
	}
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(r)
}

func (b browser) post(path string, form url.Values, header ...string) page {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.home+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return b.do(r)
}

func (b browser) do(r *http.Request) page {
	b.t.Helper()
	r.Header.Set("Accept-Language", "en")
	answer, err := b.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	_ = answer.Body.Close()
	return page{answer, string(text)}
}

// step asks for a page and tells where it would lead.
func (b browser) step(address string) (page, string) {
	b.t.Helper()
	slow := *b.Client
	slow.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	p := browser{&slow, b.t, b.home}.get(address)
	return p, p.Header.Get("Location")
}

// cookieOf is a cookie that the browser would send to the board.
func (b browser) cookieOf(name string) string {
	home, _ := url.Parse(b.home)
	for _, c := range b.Jar.Cookies(home) {
		if c.Name == "__Host-"+name {
			return c.Value
		}
	}
	return ""
}
