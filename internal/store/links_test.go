package store

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestLinks: a link leads to its person until it is revoked or another takes its
// place.
func TestLinks(t *testing.T) {
	ctx := t.Context()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "x.db"), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	at := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	holds := func(hash, want string) {
		t.Helper()
		got, err := s.LinkHolder(ctx, []byte(hash))
		if got != want || (want == "") != errors.Is(err, ErrNoLink) {
			t.Errorf("holder of %s: %q, %v, want %q", hash, got, err, want)
		}
	}
	save := func(person, hash string, replaces bool) {
		t.Helper()
		if replaced, err := s.SaveLink(ctx, person, []byte(hash), "test", at); err != nil || replaced != replaces {
			t.Errorf("save link of %s: replaced %v, %v, want %v", person, replaced, err, replaces)
		}
	}
	holds("h1", "")
	save("anna", "h1", false)
	save("bo", "h2", false)
	save("anna", "h3", true)
	holds("h1", "")
	holds("h2", "bo")
	holds("h3", "anna")
	all, err := s.Links(ctx)
	if want := []Link{{"anna", "test", at}, {"bo", "test", at}}; err != nil || !slices.Equal(all, want) {
		t.Errorf("links %v, %v, want %v", all, err, want)
	}
	if err := s.RevokeLink(ctx, "anna", "test", at); err != nil {
		t.Error(err)
	}
	holds("h3", "")
	holds("h2", "bo")
	if err := s.RevokeLink(ctx, "anna", "test", at); !errors.Is(err, ErrNoLink) {
		t.Errorf("revoked twice: %v, want %v", err, ErrNoLink)
	}
}
