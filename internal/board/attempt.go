package board

import (
	"crypto/rand"
	"sync"
	"time"

	"golang.org/x/oauth2"
)

// attempt is a login that has begun: the browser is at the provider.
type attempt struct {
	browser  string // the cookie of the browser that began
	nonce    string // comes back in the ID token
	verifier string // of PKCE (RFC 7636): whoever steals the code has not got it
	to       string // the page of ours that was asked for
	began    time.Time
}

// attempts are the logins under way by their state, the word that the browser
// brings back. Anybody can begin one: there are mostAttempts at the most, and the
// oldest gives way.
type attempts struct {
	mu    sync.Mutex
	all   map[string]attempt
	order []string // of their states, the oldest first
}

const (
	mostAttempts = 10_000
	attemptHolds = 10 * time.Minute
)

func newAttempts() *attempts { return &attempts{all: map[string]attempt{}} }

// begin keeps an attempt of a browser and gives its state.
func (t *attempts) begin(browser, to string, now time.Time) (state string, a attempt) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.order) >= mostAttempts || len(t.order) > 0 && t.all[t.order[0]].over(now) { // one that was taken is over too
		delete(t.all, t.order[0])
		t.order = t.order[1:]
	}
	state = rand.Text()
	t.order = append(t.order, state)
	a = attempt{browser: browser, nonce: rand.Text(), verifier: oauth2.GenerateVerifier(), to: to, began: now}
	t.all[state] = a
	return state, a
}

// take gives the attempt of a state, once.
func (t *attempts) take(state string, now time.Time) (attempt, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	a, ok := t.all[state]
	delete(t.all, state)
	return a, ok && !a.over(now)
}

func (a attempt) over(now time.Time) bool { return now.Sub(a.began) >= attemptHolds }
