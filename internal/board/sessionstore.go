package board

import (
	"context"
	"maps"
	"slices"
	"time"

	"bemanna/internal/store"
)

const (
	// savedEvery is how often it is written down which sessions were used.
	savedEvery = time.Minute
	// mostSave is how long a login or logout waits for a store that is locked.
	mostSave = usualPatience
)

// load reads the sessions of the store, once it can be read. Those of another
// provider or client, and those that are over, are to be deleted. Roles are given
// anew: who has lost one in the roles file has lost it.
func (s *sessions) load(ctx context.Context, now time.Time) error {
	if s.loaded() {
		return nil
	}
	ctx, done, err := s.turn(ctx)
	if err != nil {
		return err
	}
	defer done()
	if s.loaded() { // by somebody else meanwhile
		return nil
	}
	db, err := s.open(ctx)
	if err != nil {
		return err
	}
	stored, err := db.Sessions(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range stored {
		hash := string(x.Hash)
		_, begun := s.all[hash] // since the start
		_, ended := s.changed[hash]
		if begun || ended {
			continue
		}
		if x.Login != s.login {
			s.changed[hash] = struct{}{}
			continue
		}
		who := identity{name: x.User, groups: x.Groups, subject: x.Subject, sid: x.SID, issued: x.Issued}
		s.all[hash] = &session{identity: who, user: s.userOf(who), began: x.Began, seen: x.Seen}
	}
	s.read = true
	s.sweep(now)
	return nil
}

func (s *sessions) loaded() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read
}

// save writes to the store what has changed. What cannot be written now is written
// the next time.
func (s *sessions) save(ctx context.Context) error {
	ctx, done, err := s.turn(ctx)
	if err != nil {
		return err
	}
	defer done()
	hashes, all, gone := s.changes()
	if len(hashes) == 0 {
		return nil
	}
	db, err := s.open(ctx)
	if err == nil {
		err = db.SaveSessions(ctx, all, gone)
	}
	if err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, hash := range hashes {
			s.changed[hash] = struct{}{}
		}
	}
	return err
}

// changes takes out what is to be written and deleted.
func (s *sessions) changes() (hashes []string, all []store.Session, gone [][]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hashes = slices.Sorted(maps.Keys(s.changed))
	for _, hash := range hashes {
		x, ok := s.all[hash]
		if !ok {
			gone = append(gone, []byte(hash))
			continue
		}
		all = append(all, store.Session{
			Hash: []byte(hash), Login: s.login, User: x.name, Groups: x.groups, Subject: x.subject, SID: x.sid,
			Issued: x.issued, Began: x.began, Seen: x.seen,
		})
	}
	clear(s.changed)
	return hashes, all, gone
}

// turn waits until nobody else reads or writes the sessions of the store. What is
// done then goes on when the reader is gone, but no longer than mostSave.
func (s *sessions) turn(ctx context.Context) (_ context.Context, done func(), err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), mostSave)
	select {
	case s.saving <- struct{}{}:
		return ctx, func() { <-s.saving; cancel() }, nil
	case <-ctx.Done():
		cancel()
		return nil, nil, ctx.Err()
	}
}

// keepSessions writes down now and then who was here, and at the end.
func (b *Board) keepSessions(ctx context.Context, s *sessions) {
	tick := time.NewTicker(savedEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
		if err := s.tidy(ctx, b.clock()); err != nil {
			b.log.WarnContext(ctx, "sessions: not written down, which is tried again", "error", err)
		}
	}
}

// tidy ends what is over, and writes down what has changed.
func (s *sessions) tidy(ctx context.Context, now time.Time) error {
	s.mu.Lock()
	s.sweep(now)
	s.mu.Unlock()
	return s.save(ctx)
}
