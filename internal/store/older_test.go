package store

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// older makes a store of the first schema with two intervals of a group, of
// which one has the waits of the answered calls.
func older(t *testing.T) (path string) {
	t.Helper()
	first, err := fs.ReadFile(migrations(), "0001_first.sql")
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "older.db")
	db := plain(t, path)
	if err := migrate(t.Context(), db, fstest.MapFS{"0001_first.sql": {Data: first}}); err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), `
		INSERT INTO queue VALUES (1, 'telephony', 'A', 'phone');
		INSERT INTO interval VALUES (1, 900, ?1, 5, 4, 4, 60, 1, 1000, 100, 80), (1, 900, ?1 + 900, 6, 6, 6, 60, 0, 1500, NULL, NULL);
		INSERT INTO covered VALUES ('telephony', ?1 / 86400, ?1, ?1 + 1800);`, eight.Unix())
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var eight = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// A store from before the waits of those who gave up opens with all that it has,
// and takes the waits in when its files are imported again.
func TestOlderStore(t *testing.T) {
	path := older(t)
	s := open(t, path, Options{})
	o := ingest.SeriesOptions{Step: 15 * time.Minute, From: eight, To: eight.Add(30 * time.Minute)}
	series := func(s *Store) ingest.Measures {
		t.Helper()
		m, err := s.Series(t.Context(), plan.Selection{Queues: []plan.Queue{{Name: "A"}}}, o)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	m := series(s)
	if d := cmp.Diff([]float64{5, 6}, m.Offered.Values); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]float64{1000, 1500}, m.Handled.Values); d != "" {
		t.Error(d)
	}
	if m.WaitAnswered.Values[0] != 80 || m.WaitAbandoned.Values != nil {
		t.Errorf("waits %v, %v", m.WaitAnswered, m.WaitAbandoned)
	}

	const known = "start,group,channel,offered,answered,answered_within_60,abandoned,talk_s,acw_s,wait_s"
	text := known + "\n2026-11-23T08:00Z,A,phone,5,4,4,1,900,100,80\n2026-11-23T08:15Z,A,phone,6,6,6,0,1500,,\n"
	if got := counts(t, s, text); got != [3]int{0, 0, 2} {
		t.Errorf("the file it has, without the new waits: new, changed, same = %v", got)
	}
	text = strings.NewReplacer(known, known+",wait_abandoned_s", ",80\n", ",80,33\n", "1500,,\n", "1500,,25,0\n").Replace(text)
	if got := counts(t, s, text); got != [3]int{0, 2, 0} {
		t.Errorf("with the new waits: new, changed, same = %v", got)
	}
	check := func(name string, m ingest.Measures) {
		t.Helper()
		if d := cmp.Diff([]float64{80, 25}, m.WaitAnswered.Values); d != "" {
			t.Errorf("%s: answered: %s", name, d)
		}
		if d := cmp.Diff([]float64{33, 0}, m.WaitAbandoned.Values); d != "" {
			t.Errorf("%s: abandoned: %s", name, d)
		}
	}
	check("store", series(s))
	dest := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), dest); err != nil {
		t.Fatal(err)
	}
	check("backup", series(open(t, dest, Options{ReadOnly: true})))
}
