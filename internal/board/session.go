package board

import (
	"crypto/rand"
	"maps"
	"sync"
	"time"
)

// session is somebody who has logged in, by one browser.
type session struct {
	user        User
	began, seen time.Time
}

// sessions are those who have logged in, under the random names that their
// cookies hold. They are in memory alone: when the server starts anew everybody
// logs in again, which the provider most often does without a question.
type sessions struct {
	idle, most time.Duration // after which one ends: without a request, and in any case

	mu  sync.Mutex
	all map[string]*session
}

func newSessions(idle, most time.Duration) *sessions {
	return &sessions{idle: idle, most: most, all: map[string]*session{}}
}

// begin starts a session under a new name, which nobody can have known before.
func (s *sessions) begin(u User, now time.Time) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.all, func(_ string, x *session) bool { return s.over(x, now) })
	id = rand.Text()
	s.all[id] = &session{user: u, began: now, seen: now}
	return id
}

// user tells whose a session is, and that it is used; the zero User when there is
// none or it is over.
func (s *sessions) user(id string, now time.Time) User {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, ok := s.all[id]
	if !ok || s.over(x, now) {
		return User{}
	}
	x.seen = now
	return x.user
}

func (s *sessions) over(x *session, now time.Time) bool {
	return now.Sub(x.seen) >= s.idle || now.Sub(x.began) >= s.most
}

func (s *sessions) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, id)
}
