package board

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"bemanna/internal/store"
)

// session is somebody who has logged in, by one browser.
type session struct {
	identity
	user        User
	began, seen time.Time
}

// sessions are those who have logged in, under the hashes of the random names that
// their cookies hold. They are in memory; the store has a copy of them, so that
// they live on when the server starts anew.
type sessions struct {
	idle, most time.Duration // after which one ends: without a request, and in any case
	login      string        // which provider vouches for them, as which client
	roles      Roles
	open       func(context.Context) (*store.Store, error)
	saving     chan struct{} // held while the store is read or written

	mu      sync.Mutex
	all     map[string]*session
	read    bool                // those of the store are in all
	changed map[string]struct{} // since the store was written: begun, used or ended
}

func newSessions(o OIDCOptions) *sessions {
	return &sessions{
		idle: o.Idle, most: o.Most, login: o.vouches(), roles: o.Roles, saving: make(chan struct{}, 1),
		all: map[string]*session{}, changed: map[string]struct{}{},
	}
}

// begin starts a session under a new name, which nobody can have known before.
func (s *sessions) begin(ctx context.Context, who identity, now time.Time) (id string, u User, err error) {
	id, u = rand.Text(), s.userOf(who)
	s.mu.Lock()
	s.sweep(now)
	s.all[key(id)] = &session{identity: who, user: u, began: now, seen: now}
	s.changed[key(id)] = struct{}{}
	s.mu.Unlock()
	return id, u, s.save(ctx)
}

// userOf gives somebody the role that holds since the server started.
func (s *sessions) userOf(who identity) User {
	return User{Name: who.name, Role: s.roles.of(who.name, who.groups)}
}

// user tells whose a session is, and that it is used; the zero User when there is
// none or it is over. While the store cannot be read, only those who have logged in
// since the start are known.
func (s *sessions) user(ctx context.Context, id string, now time.Time) User {
	if id == "" {
		return User{}
	}
	u := s.use(key(id), now)
	if u.Name == "" && s.load(ctx, now) == nil {
		u = s.use(key(id), now)
	}
	return u
}

func (s *sessions) use(hash string, now time.Time) User {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, ok := s.all[hash]
	if !ok || s.over(x, now) {
		return User{}
	}
	x.seen = now
	s.changed[hash] = struct{}{}
	return x.user
}

func (s *sessions) over(x *session, now time.Time) bool {
	return now.Sub(x.seen) >= s.idle || now.Sub(x.began) >= s.most
}

// sweep ends what is over. The caller holds s.mu.
func (s *sessions) sweep(now time.Time) { s.drop(func(x *session) bool { return s.over(x, now) }) }

// drop ends some sessions and gives their number. The caller holds s.mu.
func (s *sessions) drop(ends func(*session) bool) (n int) {
	for hash, x := range s.all {
		if ends(x) {
			n++
			delete(s.all, hash)
			s.changed[hash] = struct{}{}
		}
	}
	return n
}

// end ends a session and gives the ID token by which it began, for the provider;
// "" where that is not known.
func (s *sessions) end(ctx context.Context, id string) (token string, err error) {
	hash := key(id)
	s.mu.Lock()
	x, ok := s.all[hash]
	if ok {
		token = x.token
	}
	if ok || !s.read && id != "" { // it may be in the store
		delete(s.all, hash)
		s.changed[hash] = struct{}{}
	}
	s.mu.Unlock()
	return token, s.save(ctx)
}

// endOf ends the sessions of a user of the provider, or those that began by one
// session there, and gives their number. What was issued after an instant, by the
// provider's clock, goes on: the word that ended others does nothing when it is
// said again.
func (s *sessions) endOf(ctx context.Context, subject, sid string, until, now time.Time) (int, error) {
	if err := s.load(ctx, now); err != nil {
		return 0, err
	}
	s.mu.Lock()
	n := s.drop(func(x *session) bool {
		return (subject == "" || x.subject == subject) && (sid == "" || x.sid == sid) && !x.issued.After(until)
	})
	s.mu.Unlock()
	return n, s.save(ctx)
}

// key is what a session is kept under: whoever reads the store has no cookie.
func key(id string) string { return string(hashOf([]byte(id))) }
