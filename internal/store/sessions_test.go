package store

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/civil"
)

// TestSessions: what is kept of a session comes back as it was; only when it was
// used last changes; and neither a session that was ended nor one from before the
// time that people are remembered is there any more.
func TestSessions(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "x.db")
	s := open(t, path, Options{Create: true})
	hash := func(b byte) []byte { return bytes.Repeat([]byte{b}, 32) }
	anna := Session{
		Hash: hash(1), Login: "https://login.example.se bemanna", User: "anna", Groups: []string{"cn=chefer,ou=kc", "x"},
		Subject: "4711", SID: "s1", Issued: eight, Began: eight.Add(time.Second), Seen: eight.Add(time.Minute),
	}
	bo := Session{Hash: hash(2), User: "bo", Subject: "12", Issued: eight, Began: eight.Add(2 * time.Second), Seen: eight.Add(time.Hour)}
	check := func(want ...Session) {
		t.Helper()
		got, err := s.Sessions(ctx)
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("%v\n%s", err, d)
		}
	}
	save := func(gone [][]byte, all ...Session) {
		t.Helper()
		if err := s.SaveSessions(ctx, all, gone); err != nil {
			t.Fatal(err)
		}
	}
	save(nil, bo, anna)
	check(anna, bo)
	later, other := anna, anna
	later.Seen = eight.Add(2 * time.Hour)
	other.Seen, other.User, other.Began = later.Seen, "eva", eight.Add(time.Hour)
	save(nil, other)
	check(later, bo)
	save([][]byte{anna.Hash, hash(9)})
	check(bo)
	if _, err := s.Forget(ctx, civil.DateOf(eight)); err != nil {
		t.Error(err)
	}
	check(bo)
	if _, err := s.Forget(ctx, civil.DateOf(eight)+1); err != nil {
		t.Error(err)
	}
	check()
}
