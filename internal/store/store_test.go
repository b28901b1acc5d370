package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/plan"
)

// create makes a store in a folder of its own.
func create(tb testing.TB) *Store {
	tb.Helper()
	return open(tb, filepath.Join(tb.TempDir(), "s.db"), Options{Create: true})
}

func TestOpen(t *testing.T) {
	// Signs that mean something in an URI must not.
	path := filepath.Join(t.TempDir(), "nämnd #1 50% ?mode=memory&x.db")
	for _, o := range []Options{{}, {ReadOnly: true}, {ReadOnly: true, Create: true}} {
		_, err := Open(t.Context(), path, o)
		if !errors.Is(err, ErrNoStore) || !strings.Contains(err.Error(), path) {
			t.Errorf("%+v: %v, want ErrNoStore with the path", o, err)
		}
	}
	s := open(t, path, Options{Create: true})
	if _, err := os.Stat(path); err != nil || s.Path() != path {
		t.Errorf("path %s: %v", s.Path(), err)
	}
	if _, err := s.SavePlan(t.Context(), 20000, []byte("plan"), "test", time.Unix(0, 0)); err != nil {
		t.Error(err)
	}
	again := open(t, path, Options{})
	if p, err := again.Plan(t.Context(), 20000, 0); err != nil || string(p.Doc) != "plan" {
		t.Errorf("opened again: %q, %v", p.Doc, err)
	}
}

func TestReadOnly(t *testing.T) {
	s := create(t)
	if _, err := s.SavePlan(t.Context(), 20000, []byte("plan"), "test", time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	r := open(t, s.Path(), Options{ReadOnly: true})
	if p, err := r.Plan(t.Context(), 20000, 0); err != nil || string(p.Doc) != "plan" {
		t.Errorf("read: %q, %v", p.Doc, err)
	}
	if _, err := r.SavePlan(t.Context(), 20000, []byte("x"), "test", time.Unix(0, 0)); !errors.Is(err, ErrReadOnly) {
		t.Errorf("write: %v, want ErrReadOnly", err)
	}
}

// plain opens a database without what Open adds. It has one connection.
func plain(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// alter changes a store behind its back.
func alter(t *testing.T, path, statement string) {
	t.Helper()
	if _, err := plain(t, path).ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestOtherSchemas(t *testing.T) {
	newer := filepath.Join(t.TempDir(), "newer.db")
	if err := open(t, newer, Options{Create: true}).Close(); err != nil {
		t.Fatal(err)
	}
	older := filepath.Join(t.TempDir(), "older.db")
	if err := open(t, older, Options{Create: true}).Close(); err != nil {
		t.Fatal(err)
	}
	alter(t, newer, `PRAGMA user_version = 999`)
	alter(t, older, `PRAGMA user_version = 0`)
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	alter(t, foreign, `CREATE TABLE theirs (x)`)
	for _, c := range []struct {
		path string
		o    Options
		want error
	}{
		{newer, Options{}, ErrNewer},
		{newer, Options{ReadOnly: true}, ErrNewer},
		{older, Options{ReadOnly: true}, ErrOlder},
		{foreign, Options{Create: true}, ErrForeign},
	} {
		if _, err := Open(t.Context(), c.path, c.o); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.path, err, c.want)
		}
	}
	text := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), text, Options{}); err == nil {
		t.Error("a text file was opened")
	}
}

func TestMigrate(t *testing.T) {
	db := plain(t, filepath.Join(t.TempDir(), "m.db"))
	scripts := fstest.MapFS{
		"0001_a.sql": {Data: []byte(fmt.Sprintf(`PRAGMA application_id = %d; CREATE TABLE a (x)`, applicationID))},
		"0002_b.sql": {Data: []byte(`CREATE TABLE b (x); INSERT INTO nowhere VALUES (1)`)},
	}
	if err := migrate(t.Context(), db, scripts); err == nil || !strings.Contains(err.Error(), "0002_b.sql") {
		t.Errorf("a broken script: %v", err)
	}
	scripts["0002_b.sql"].Data = []byte(`CREATE TABLE b (x)`) // fails where half of the broken one stayed
	for range 2 {
		if err := migrate(t.Context(), db, scripts); err != nil {
			t.Fatal(err)
		}
	}
	scripts["0004_d.sql"] = &fstest.MapFile{}
	if err := migrate(t.Context(), db, scripts); err == nil {
		t.Error("a gap in the numbers was not seen")
	}
}

// Several stores of one file, as in several processes, write at once: every
// version is given out once.
func TestWritersWait(t *testing.T) {
	const writers, plans = 4, 10
	path := filepath.Join(t.TempDir(), "s.db")
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[int]int{}
	for range writers {
		wg.Go(func() {
			s, err := Open(context.Background(), path, Options{Create: true})
			if err != nil {
				t.Error(err)
				return
			}
			for range plans {
				v, err := s.SavePlan(context.Background(), 20000, []byte("x"), "w", time.Unix(0, 0))
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				seen[v]++
				mu.Unlock()
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for v := 1; v <= writers*plans; v++ {
		if seen[v] != 1 {
			t.Errorf("version %d was given out %d times", v, seen[v])
		}
	}
}

func TestLocked(t *testing.T) {
	s := create(t)
	other := plain(t, s.Path())
	if _, err := other.ExecContext(t.Context(), `BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.writer.ExecContext(t.Context(), `PRAGMA busy_timeout = 10`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SavePlan(t.Context(), 20000, []byte("x"), "w", time.Unix(0, 0)); !errors.Is(err, ErrLocked) {
		t.Errorf("write while another writes: %v, want ErrLocked", err)
	}
	if _, err := s.Plan(t.Context(), 20000, 0); !errors.Is(err, plan.ErrNoPlan) {
		t.Errorf("read while another writes: %v, want ErrNoPlan", err)
	}
}

func TestBackup(t *testing.T) {
	s := create(t)
	fill(t, s, "telephony", quarters(2, 3))
	if _, err := s.SavePlan(t.Context(), 20000, []byte("plan"), "test", time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	dest := filepath.Join(t.TempDir(), "copy.db")
	for range 2 { // over an old copy too
		if err := s.Backup(t.Context(), dest); err != nil {
			t.Fatal(err)
		}
	}
	c := open(t, dest, Options{})
	want, err := s.Groups(t.Context())
	if err != nil || len(want) != 2 {
		t.Fatal(want, err)
	}
	got, err := c.Groups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if p, err := c.Plan(t.Context(), 20000, 1); err != nil || string(p.Doc) != "plan" {
		t.Errorf("plan in the copy: %q, %v", p.Doc, err)
	}

	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(s.Path(), link); err != nil {
		t.Fatal(err)
	}
	for _, dest := range []string{s.Path(), s.Path() + "-wal", link} {
		if err := s.Backup(t.Context(), dest); err == nil || !strings.Contains(err.Error(), "belongs to the store") {
			t.Errorf("backup to %s: %v", dest, err)
		}
	}
	if err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "nowhere", "copy.db")); err == nil {
		t.Error("a backup went into a folder that does not exist")
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(dest), ".backup-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// SQLite is translated C that fits one version of its C library.
func TestLibcFitsSQLite(t *testing.T) {
	list := func(args ...string) string {
		out, err := exec.CommandContext(t.Context(), "go", args...).Output()
		if err != nil {
			t.Skipf("go %s: %v: the module cache is not at hand", strings.Join(args, " "), err)
		}
		return strings.TrimSpace(string(out))
	}
	have := list("list", "-m", "-f", "{{.Version}}", "modernc.org/libc")
	file, err := os.ReadFile(list("list", "-m", "-f", "{{.GoMod}}", "modernc.org/sqlite"))
	if err != nil {
		t.Skipf("go.mod of modernc.org/sqlite: %v", err)
	}
	if !strings.Contains(string(file), "\tmodernc.org/libc "+have+"\n") {
		t.Errorf("modernc.org/libc is %s, which is not what the go.mod of modernc.org/sqlite names:\n%s", have, file)
	}
}
