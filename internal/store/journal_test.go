package store

import (
	"errors"
	"strings"
	"testing"

	"bemanna/internal/civil"
)

// TestJournal: notes and links are told in their order, and forgotten with the
// plans of their days.
func TestJournal(t *testing.T) {
	s := create(t)
	ctx := t.Context()
	day := civil.DateOf(eight)
	if err := s.SaveNote(ctx, day, "talsvar", "ann", eight); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveLink(ctx, "p1", []byte("hash"), "it", eight); err != nil {
		t.Fatal(err)
	}
	if err := s.RevokeLink(ctx, "p1", "it", eight); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveNote(ctx, day+1, "later", "bo", eight); err != nil {
		t.Fatal(err)
	}
	var told []string
	all, err := s.Journal(ctx, day, day)
	for _, e := range all {
		told = append(told, string(e.Kind)+" "+e.By+" "+e.Text)
	}
	if want := "note ann talsvar, link it p1, revoked it p1"; err != nil || strings.Join(told, ", ") != want {
		t.Errorf("%q, %v; want %q", told, err, want)
	}
	if n, err := s.Forget(ctx, day+1); n != 3 || err != nil {
		t.Errorf("forgot %d, %v; want 3", n, err)
	}
	if all, err = s.Journal(ctx, day, day+1); len(all) != 1 || all[0].Text != "later" || err != nil {
		t.Errorf("left %v, %v", all, err)
	}
}

// TestFull: a store without room says so, and keeps what it had.
func TestFull(t *testing.T) {
	s := create(t)
	ctx := t.Context()
	day := civil.DateOf(eight)
	if err := s.SaveNote(ctx, day, "first", "ann", eight); err != nil {
		t.Fatal(err)
	}
	if _, err := s.writer.ExecContext(ctx, `PRAGMA max_page_count = 1`); err != nil { // the pages there are already
		t.Fatal(err)
	}
	if err := s.SaveNote(ctx, day, strings.Repeat("x", 1<<20), "ann", eight); !errors.Is(err, ErrFull) {
		t.Errorf("a full store: %v, want %v", err, ErrFull)
	}
	if all, err := s.Journal(ctx, day, day); len(all) != 1 || err != nil {
		t.Errorf("left %d entries, %v; want 1", len(all), err)
	}
}
