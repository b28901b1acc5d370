package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRuns(t *testing.T) {
	s := create(t)
	due := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	begin := func(job string, due time.Time) int64 {
		id, err := s.BeginRun(t.Context(), Run{Job: job, Due: due, Started: due.Add(time.Second), Host: "h", PID: 7})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	done := func(job string, due time.Time) bool {
		d, err := s.Done(t.Context(), job, due)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if _, err := s.LastDone(t.Context(), "plan"); !errors.Is(err, ErrNoRun) {
		t.Errorf("never run: %v", err)
	}
	id := begin("plan", due)
	if done("plan", due) {
		t.Error("done while it runs")
	}
	end := due.Add(time.Minute)
	if err := s.FinishRun(t.Context(), id, end, RunWarned, "data until noon"); err != nil {
		t.Fatal(err)
	}
	if !done("plan", due) || done("import", due) || done("plan", due.Add(time.Hour)) {
		t.Error("done means this job at this time")
	}
	if err := s.FinishRun(t.Context(), id, end, RunOK, ""); !errors.Is(err, ErrNoRun) {
		t.Errorf("finished twice: %v", err)
	}
	crashed := begin("plan", due.Add(time.Hour)) // and never finished
	other := begin("import", due)
	last := begin("plan", due.Add(2*time.Hour))
	if err := s.FinishRun(t.Context(), last, end, RunFailed, "no disk"); err != nil {
		t.Fatal(err)
	}
	if done("plan", due.Add(2*time.Hour)) {
		t.Error("a failed run is done")
	}
	run := func(id int64, job string, due time.Time, finished time.Time, status RunStatus, message string) Run {
		return Run{ID: id, Job: job, Due: due, Started: due.Add(time.Second), Finished: finished, Status: status, Message: message, Host: "h", PID: 7}
	}
	want := []Run{
		run(last, "plan", due.Add(2*time.Hour), end, RunFailed, "no disk"),
		run(other, "import", due, time.Time{}, RunRunning, ""),
		run(crashed, "plan", due.Add(time.Hour), time.Time{}, RunInterrupted, ""),
		run(id, "plan", due, end, RunWarned, "data until noon"),
	}
	got, err := s.Runs(t.Context(), 10)
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	if r, err := s.LastDone(t.Context(), "plan"); err != nil || r.ID != id {
		t.Errorf("last run that ended well: %+v, %v", r, err)
	}
	if n, err := s.InterruptRuns(t.Context()); n != 1 || err != nil {
		t.Errorf("interrupted %d, %v", n, err)
	}
}
