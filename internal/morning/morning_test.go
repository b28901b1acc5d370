package morning

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/robfig/cron/v3"

	"bemanna/internal/atomicfile"
	"bemanna/internal/civil"
	"bemanna/internal/daemon"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// newCentre copies the small centre of the repository and gives it a history
// of the days up to until; the data of a day are in the folder next, from which
// a test hands them over.
func newCentre(t *testing.T, from, until civil.Date) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/small")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "drop"), 0o755); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	all.WriteString(header)
	for d := from; d <= until; d++ {
		all.WriteString(dayRows(d))
	}
	drop(t, dir, "history.csv", all.String())
	return dir
}

const header = "interval_start,group,offered,answered,abandoned,aht_s\n"

// dayRows has six and three calls a quarter-hour from 08:00 to 16:00 on
// weekdays.
func dayRows(d civil.Date) string {
	var b strings.Builder
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return ""
	}
	for c := civil.Clock(8 * 60); c < 16*60; c += 15 {
		fmt.Fprintf(&b, "%sT%s:00,bygg,6,6,0,300\n%sT%s:00,avfall,3,3,0,240\n", d, c, d, c)
	}
	return b.String()
}

func drop(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, "drop", name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	old := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(path, old, old); err != nil { // written long ago by every clock
		t.Fatal(err)
	}
}

func openStore(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(dir, "bemanna.db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closeStore(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func stockholm(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// work runs the daemon on a centre until stop.
func work(t *testing.T, dir string, s *store.Store, loc *time.Location, stop time.Time) {
	t.Helper()
	ctx, cancel := context.WithDeadline(t.Context(), stop)
	defer cancel()
	schedule, err := daemon.ParseSchedule("40 2 * * *", loc)
	if err != nil {
		t.Fatal(err)
	}
	m := Morning{CentrePath: dir, Store: s, Clock: time.Now, Log: slog.New(slog.DiscardHandler), Seed: 1, Iterations: 20}
	err = daemon.Run(ctx, daemon.Options{
		Jobs:   []daemon.Job{{Name: Job, Schedules: []cron.Schedule{schedule}, Run: m.Run}},
		Ledger: Ledger{Store: s}, Clock: time.Now, Location: loc,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOnePlanEachMorning runs the daemon, with the store and the files, over
// both changes of the clocks of the year 2000 under a fake clock: each civil
// day has one run, due at 02:40 or, where there is no such time, as soon after
// as there is; and each run has taken in the day before.
func TestOnePlanEachMorning(t *testing.T) {
	for _, change := range []civil.Date{civil.NewDate(2000, 3, 26), civil.NewDate(2000, 10, 29)} {
		t.Run(change.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				loc := stockholm(t)
				first, last := change-2, change+3
				dir := newCentre(t, change-70, first-1)
				s := openStore(t, dir)
				defer closeStore(t, s)
				time.Sleep(time.Until(first.At(60, loc)))
				go func() {
					for d := first; d < last; d++ {
						time.Sleep(time.Until(d.At(20*60, loc)))
						if rows := dayRows(d); rows != "" {
							drop(t, dir, d.String()+".csv", header+rows)
						}
					}
				}()
				work(t, dir, s, loc, last.At(12*60, loc))
				runs, err := s.Runs(t.Context(), 100)
				if err != nil {
					t.Fatal(err)
				}
				// the first run catches up the morning before the daemon was there
				if want := int(last-first) + 2; len(runs) != want {
					t.Fatalf("%d runs, want %d", len(runs), want)
				}
				for i, r := range runs[:len(runs)-1] {
					day := last - civil.Date(i)
					if due := day.At(2*60+40, loc); !r.Due.Equal(due) || r.Status != store.RunOK && r.Status != store.RunWarned {
						t.Errorf("run due %v, %s (%s), want %v", r.Due.In(loc), r.Status, r.Message, due)
					}
				}
				checkPublished(t, dir, s, last)
			})
		})
	}
}

// checkPublished holds the published set against the store: the newest plan of
// the day, made from the data of the day before.
func checkPublished(t *testing.T, dir string, s *store.Store, day civil.Date) {
	t.Helper()
	files, err := atomicfile.ReadSet(filepath.Join(dir, "publish"))
	if err != nil {
		t.Fatal(err)
	}
	var published plan.Day
	if err := json.Unmarshal(files["plan.json"], &published); err != nil {
		t.Fatal(err)
	}
	saved, err := s.Plan(t.Context(), published.Date, 0)
	if err != nil {
		t.Fatal(err)
	}
	if published.Date != day || published.Version != saved.Version {
		t.Errorf("published %s version %d, in the store %d, want %s", published.Date, published.Version, saved.Version, day)
	}
	for _, r := range published.Remarks {
		if r.Kind == plan.RemarkStale {
			t.Errorf("made from data until %v", published.DataUntil)
		}
	}
	var m Manifest
	if err := json.Unmarshal(files["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Inputs) < 3 || len(m.Steps) != 5 || m.Version != saved.Version {
		t.Errorf("manifest %+v, want three inputs or more and five steps", m)
	}
	if !bytes.HasPrefix(files["plan.txt"], []byte("DAGSPLAN")) || len(files["chat.txt"]) == 0 {
		t.Errorf("plan.txt begins %.40q", files["plan.txt"])
	}
}

// TestNewestAfterAStop stops the daemon for three days: at the start it makes
// the newest plan, and that one only.
func TestNewestAfterAStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		loc := stockholm(t)
		monday := civil.NewDate(2000, 5, 15)
		dir := newCentre(t, monday-70, monday+3)
		s := openStore(t, dir)
		defer closeStore(t, s)
		time.Sleep(time.Until(monday.At(60, loc)))
		work(t, dir, s, loc, monday.At(6*60, loc))
		before, err := s.Runs(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Until((monday + 3).At(9*60, loc)))
		work(t, dir, s, loc, (monday+3).At(10*60, loc))
		runs, err := s.Runs(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(runs) != len(before)+1 || !runs[0].Due.Equal((monday+3).At(2*60+40, loc)) {
			t.Errorf("%d runs after %d, the newest due %v, want one more, due on %v", len(runs), len(before), runs[0].Due.In(loc), monday+3)
		}
	})
}

// TestFailureKeepsThePlan breaks the centre file, and then takes away the
// folder of the published files: what was published before stays or is not
// replaced by half, and the run says what failed.
func TestFailureKeepsThePlan(t *testing.T) {
	loc := stockholm(t)
	now := civil.NewDate(2026, 11, 24).At(2*60+40, loc)
	dir := newCentre(t, civil.DateOf(now)-70, civil.DateOf(now)-1)
	s := openStore(t, dir)
	defer closeStore(t, s)
	m := Morning{
		CentrePath: dir, Store: s, Clock: func() time.Time { return now },
		Log: slog.New(slog.DiscardHandler), Seed: 1, Iterations: 20,
	}
	if out := m.Run(t.Context(), now); out.Status == daemon.Failed {
		t.Fatal(out.Message)
	}
	before, err := atomicfile.ReadSet(filepath.Join(dir, "publish"))
	if err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(filepath.Join(dir, "centre.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "centre.yaml"), []byte("name: ["))
	if out := m.Run(t.Context(), now); out.Status != daemon.Failed || !strings.Contains(out.Message, "centre.yaml") {
		t.Errorf("broken centre file: %+v", out)
	}
	write(t, filepath.Join(dir, "centre.yaml"), good)
	after, err := atomicfile.ReadSet(filepath.Join(dir, "publish"))
	if err != nil || !bytes.Equal(before["plan.json"], after["plan.json"]) {
		t.Errorf("the plan changed: %v", err)
	}

	publish := filepath.Join(dir, "publish")
	if err := errors.Join(os.RemoveAll(publish), os.WriteFile(publish, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	out := m.Run(t.Context(), now)
	if out.Status != daemon.Failed || !strings.Contains(out.Message, "the plan is in the store") {
		t.Errorf("no folder to publish to: %+v", out)
	}
}

func write(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
