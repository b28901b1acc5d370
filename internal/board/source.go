package board

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// source is the centre and its store as they are now. Either may be missing or
// wrong at the start and come later; what was read last is kept until then.
type source struct {
	path  string
	clock func() time.Time
	log   *slog.Logger

	plans plans

	mu     sync.Mutex
	last   *centre.Centre
	stamp  string // of the files that last was read from
	opened *store.Store
	broken time.Time // since when the store cannot be read; zero: it can
	// outside is the plan that was published last, as it was read by this stamp.
	outside      *plan.Day
	outsideStamp string
}

// centre gives the centre file, read anew when a file of it has changed. While
// the new one is faulty the last good one holds.
func (s *source) centre() (*centre.Centre, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil && stampOf(s.last.Files) == s.stamp {
		return s.last, nil
	}
	c, err := centre.Load(s.path)
	switch {
	case err == nil:
		s.last, s.stamp = c, stampOf(c.Files)
	case s.last != nil:
		s.stamp = stampOf(s.last.Files) // do not read it again until it has changed again
		s.log.Error("centre file", "error", err)
	default:
		return nil, fault{Status: http.StatusServiceUnavailable, Key: "board.fault_centre", Cause: err}
	}
	return s.last, nil
}

// stampOf tells whether files have changed.
func stampOf(files []string) string {
	var all strings.Builder
	for _, name := range files {
		if info, err := os.Stat(name); err == nil {
			fmt.Fprintf(&all, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
		}
	}
	return all.String()
}

// open gives the store. It is opened for writing, so that one of an older
// program is brought up to date.
func (s *source) open(ctx context.Context) (*store.Store, error) {
	c, err := s.centre()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opened != nil {
		return s.opened, nil
	}
	opened, err := store.Open(ctx, c.Store, store.Options{})
	if err != nil {
		return nil, err
	}
	s.opened = opened
	return opened, nil
}

// health notes whether the store could be read, and gives since when it cannot;
// the zero time: it can.
func (s *source) health(ctx context.Context, err error) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err == nil:
		s.broken = time.Time{}
	case s.broken.IsZero():
		s.broken = s.clock()
		s.log.ErrorContext(ctx, "store", "error", err)
	}
	return s.broken
}

func (s *source) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opened == nil {
		return nil
	}
	return s.opened.Close()
}

// published gives the plan that was published last, which is there when the
// store is not. It is read anew when it has changed, and shared by all readers.
func (s *source) published() (*plan.Day, error) {
	c, err := s.centre()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	name := filepath.Join(c.Publish.Dir, "plan.json")
	stamp := stampOf([]string{name})
	if s.outside != nil && stamp == s.outsideStamp {
		return s.outside, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	d, err := plan.ReadDay(io.LimitReader(f, 64<<20))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	s.outside, s.outsideStamp = d, stamp
	return d, nil
}
