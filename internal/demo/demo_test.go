package demo

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// sunday is the last day of the history in these tests: the whole year before
// it is 2025, and four changes of the clocks lie in its 26 months.
var sunday = civil.NewDate(2026, 11, 22)

// folder is a demo that the tests share.
type folder struct {
	dir  string
	sum  Summary
	read map[string][]row
}

var shared struct {
	sync.Once
	folder
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.dir != "" {
		_ = os.RemoveAll(shared.dir)
	}
	os.Exit(code)
}

// made gives the demo of sunday and seed 1.
func made(t *testing.T) folder {
	t.Helper()
	shared.Do(func() {
		dir, err := os.MkdirTemp("", "demo") //nolint:usetesting // the folder outlives the test that asks first
		if err != nil {
			t.Fatal(err)
		}
		sum, err := Write(t.Context(), dir, Options{Until: sunday, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		shared.folder = folder{dir: dir, sum: sum, read: map[string][]row{}}
	})
	return shared.folder
}

// row is a line of a CSV file; number and text find cells by their column.
type row struct {
	columns map[string]int
	cells   []string
}

func (r row) text(column string) string { return r.cells[r.columns[column]] }

func (r row) number(t *testing.T, column string) int {
	t.Helper()
	n, err := strconv.Atoi(r.text(column))
	if err != nil || n < 0 {
		t.Fatalf("%v: %s is %q, want a whole number from 0 on", r.cells, column, r.text(column))
	}
	return n
}

// rows reads all files of the demo whose names contain a word, once.
func (f folder) rows(t *testing.T, word string) (rows []row) {
	t.Helper()
	if rows, ok := f.read[word]; ok {
		return rows
	}
	for _, name := range f.sum.Files {
		if !strings.Contains(name, word) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(f.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		var in io.Reader = bytes.NewReader(data)
		if strings.HasSuffix(name, ".gz") {
			if in, err = gzip.NewReader(in); err != nil {
				t.Fatal(err)
			}
		}
		lines, err := csv.NewReader(in).ReadAll() // wants the same number of cells in every row
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		columns := map[string]int{}
		for i, column := range lines[0] {
			columns[column] = i
		}
		for _, cells := range lines[1:] {
			rows = append(rows, row{columns, cells})
		}
	}
	f.read[word] = rows
	return rows
}

func TestSummary(t *testing.T) {
	sum := made(t).sum
	if sum.Groups != 15 || sum.Employees != 66 || sum.Temps != 14 {
		t.Errorf("%d groups, %d employees, %d temps; want 15, 66, 14", sum.Groups, sum.Employees, sum.Temps)
	}
	if sum.From != civil.NewDate(2024, 9, 23) || sum.Until != sunday {
		t.Errorf("history %v to %v, want 2024-09-23 to %v", sum.From, sum.Until, sunday)
	}
	if n := len(made(t).rows(t, "phone")); n != sum.PhoneRows {
		t.Errorf("%d rows of calls in the files, %d in the summary", n, sum.PhoneRows)
	}
	if n := len(made(t).rows(t, "email")); n != sum.EmailRows {
		t.Errorf("%d rows of e-mails in the files, %d in the summary", n, sum.EmailRows)
	}
	if n := len(made(t).rows(t, "bookings")); n != sum.Bookings {
		t.Errorf("%d bookings in the file, %d in the summary", n, sum.Bookings)
	}
}

// The figures of the model centre: 422,000 cases a year, and in a bad year 67 %
// of the calls answered within one minute and 83 % within three.
func TestCalibration(t *testing.T) {
	year := made(t).sum.LastYear
	if year.Year != 2025 {
		t.Fatalf("last whole year %d, want 2025", year.Year)
	}
	near := func(what string, got, want, tolerance float64) {
		t.Helper()
		if math.Abs(got-want) > tolerance {
			t.Errorf("%s %.4g, want %.4g ± %.2g", what, got, want, tolerance)
		}
	}
	near("cases", float64(year.Cases()), 422000, 6000)
	near("share of calls", float64(year.Calls)/float64(year.Cases()), .765, .025)
	near("answered within 60 s", year.Within60(), .67, .015)
	near("answered within 180 s", year.Within180(), .83, .015)
}

// Another seed and a year that has the new assignment all through: nothing is
// tuned to one year or seed.
func TestAnotherYear(t *testing.T) {
	o := Options{Until: civil.NewDate(2027, 6, 30), Seed: 2}
	w, err := newWorld(o)
	if err != nil {
		t.Fatal(err)
	}
	year := Year{Year: o.lastYear()}
	for d := civil.NewDate(year.Year, 1, 1); d < civil.NewDate(year.Year+1, 1, 1); d++ {
		year.add(w.live(d))
	}
	if s := year.Within60(); math.Abs(s-.67) > .03 {
		t.Errorf("%d: %.3f answered within 60 s, want .67 ± .03", year.Year, s)
	}
	if n := year.Cases(); n < 400000 || n > 455000 {
		t.Errorf("%d: %d cases, want 400,000 to 455,000", year.Year, n)
	}
}

// A run that ends four weeks later, a world of its own, tells the same of the
// days that the two share: a day in each week and all outages, row by row.
func TestDaysAgreeBetweenRuns(t *testing.T) {
	w, err := newWorld(Options{Until: sunday + 28, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	drawn := map[string]bool{}
	for d := made(t).sum.From; d <= sunday; d++ {
		if d%8 != 0 && w.outage(d) == (outage{}) {
			continue
		}
		drawn[d.String()] = true
		day := w.live(d)
		for i := range w.groups {
			if w.groups[i].Email {
				w.writeEmails(out, i, day)
			} else {
				w.writeCalls(out, i, day)
			}
		}
	}
	out.Flush()
	got := map[string]int{}
	for line := range strings.Lines(text.String()) {
		got[strings.TrimSpace(line)]++
	}
	want := 0
	for _, row := range slices.Concat(made(t).rows(t, "phone"), made(t).rows(t, "email")) {
		line := strings.Join(row.cells, ",")
		if !drawn[row.cells[0][:len(time.DateOnly)]] {
			continue
		}
		want++
		if got[line] != 1 {
			t.Fatalf("the later run does not have the row %s", line)
		}
	}
	if want == 0 || want != len(got) {
		t.Errorf("%d rows in the first run, %d in the later", want, len(got))
	}
}

// Across a 1 October the story of the new assignment changes; the calls of the
// other units do not.
func TestCallsAgreeAcrossAssignments(t *testing.T) {
	old, err := newWorld(Options{Until: civil.NewDate(2026, 9, 30), Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	current, err := newWorld(Options{Until: civil.NewDate(2026, 10, 1), Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if old.assigned == current.assigned {
		t.Fatalf("the assignment begins on %v in both", old.assigned)
	}
	day := civil.NewDate(2026, 9, 28)
	a, b := old.live(day), current.live(day)
	for i, g := range old.groups {
		if g.From != 0 {
			continue
		}
		for slot := range a.tally[i] {
			if x, y := a.tally[i][slot].offered, b.tally[i][slot].offered; x != y {
				t.Errorf("%s, slot %d: %d calls and %d", g.ID, slot, x, y)
			}
		}
	}
}

func TestSeedsDiffer(t *testing.T) {
	one, err := newWorld(Options{Until: sunday, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	two, err := newWorld(Options{Until: sunday, Seed: 2})
	if err != nil {
		t.Fatal(err)
	}
	if cmp.Equal(one.live(sunday-2).emails, two.live(sunday-2).emails) {
		t.Error("two seeds drew the same e-mails")
	}
}

func TestExistingFilesStay(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "centre.yaml")
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(t.Context(), dir, Options{Until: sunday}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v, want fs.ErrExist", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "mine" {
		t.Errorf("the file says %q (%v), want it untouched", data, err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Write(ctx, t.TempDir(), Options{Until: sunday}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

// What is written loads without faults, and says what the summary says.
func TestCentreLoads(t *testing.T) {
	c, err := centre.Load(made(t).dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Groups) != made(t).sum.Groups || len(c.Bookings) != made(t).sum.Bookings {
		t.Errorf("%d groups and %d bookings, want %d and %d",
			len(c.Groups), len(c.Bookings), made(t).sum.Groups, made(t).sum.Bookings)
	}
}

// The history can be imported: the reader finds the columns by itself and sets
// no row aside.
func TestHistoryCanBeRead(t *testing.T) {
	for _, name := range made(t).sum.Files {
		if filepath.Dir(name) != "history" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(made(t).dir, name))
		if err != nil {
			t.Fatal(err)
		}
		rows, report, err := ingest.ReadAll(bytes.NewReader(data), ingest.Options{File: name})
		if err != nil || len(rows) == 0 || len(report.SetAside) > 0 {
			t.Errorf("%s: %d rows read, set aside: %v, error %v", name, len(rows), report.SetAside, err)
			continue
		}
		if strings.Contains(name, "phone") && rows[0].Within != time.Minute {
			t.Errorf("%s: answered within %v, want 1m", name, rows[0].Within)
		}
	}
}

func TestEveryGroupHasItsTruth(t *testing.T) {
	w, err := newWorld(Options{Until: sunday, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	left := maps.Clone(truths)
	for _, g := range w.groups {
		if g.perDay == 0 || g.spread == 0 || g.Handle == 0 || !g.Email && (g.talk == 0 || g.Patience == 0) {
			t.Errorf("%s: %+v, want volume, spread and handle time, and for calls talk and patience", g.ID, g)
		}
		delete(left, g.ID)
	}
	if len(left) > 0 {
		t.Errorf("facts of groups that the centre does not have: %v", slices.Sorted(maps.Keys(left)))
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		if _, err := Write(b.Context(), filepath.Join(b.TempDir(), "demo"), Options{Until: sunday, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
