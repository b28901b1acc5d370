package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"bemanna/internal/atomicfile"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/store"
)

// TestKilledRun kills runs at moments spread over their time: every published
// file is whole, a set that is not says so, and the next run is right.
func TestKilledRun(t *testing.T) {
	if testing.Short() {
		t.Skip("kills a run many times: left out with -short")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/small")); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(dir, "history.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(writeHistory(f, civil.NewDate(2026, 9, 7), civil.NewDate(2026, 11, 20), 1), f.Close()); err != nil {
		t.Fatal(err)
	}
	bemanna(t, dir, "import", f.Name()).wait(t, 0)
	bemanna(t, dir, "run").wait(t, 0) // works the weeks out ahead, which the next ones find done
	began := time.Now()
	bemanna(t, dir, "run").wait(t, 0)
	whole := time.Since(began)

	const kills = 16
	killed := 0
	for i := range kills {
		r := bemanna(t, dir, "run")
		time.Sleep(whole * time.Duration(i+1) / (kills + 1))
		if r.kill(t) {
			killed++
		}
		checkFiles(t, filepath.Join(dir, "publish"))
	}
	if killed == 0 {
		t.Error("no run was still running when it was killed: the test says nothing")
	}
	bemanna(t, dir, "run").wait(t, 0)
	if _, err := atomicfile.ReadSet(filepath.Join(dir, "publish")); err != nil {
		t.Error(err)
	}
	checkLedger(t, dir)
}

// process is a bemanna that was started.
type process struct {
	cmd *exec.Cmd
	out *bytes.Buffer
}

func bemanna(t *testing.T, dir string, args ...string) process {
	t.Helper()
	p := process{exec.CommandContext(context.Background(), "bemanna", append([]string{"--centre", dir}, args...)...), new(bytes.Buffer)}
	p.cmd.Env = append(os.Environ(), "BEMANNA_NOW=2026-11-23T02:40:00+01:00")
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.out
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p process) wait(t *testing.T, code int) {
	t.Helper()
	_ = p.cmd.Wait() // the exit code says more
	if got := p.cmd.ProcessState.ExitCode(); got != code {
		t.Fatalf("%v: exit code %d, want %d\n%s", p.cmd.Args, got, code, p.out)
	}
}

// kill tells whether the process was still running.
func (p process) kill(t *testing.T) bool {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	_ = p.cmd.Wait()
	return !p.cmd.ProcessState.Exited()
}

// checkFiles: each file is whole, old or new, and a mix of both is told.
func checkFiles(t *testing.T, dir string) {
	t.Helper()
	plan, err := os.ReadFile(filepath.Join(dir, "plan.json"))
	if err != nil || !json.Valid(plan) {
		t.Errorf("plan.json: %v, %d bytes", err, len(plan))
	}
	page, err := os.ReadFile(filepath.Join(dir, "plan.txt"))
	if err != nil || !bytes.HasPrefix(page, []byte("DAGSPLAN")) || !bytes.HasSuffix(page, []byte("\n")) {
		t.Errorf("plan.txt: %v, %d bytes", err, len(page))
	}
	if _, err := atomicfile.ReadSet(dir); err != nil && !errors.Is(err, atomicfile.ErrMixed) && !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// checkLedger: runs that were killed are known as interrupted, the last as done.
func checkLedger(t *testing.T, dir string) {
	t.Helper()
	c, err := centre.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), c.Store, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	runs, err := s.Runs(t.Context(), 100)
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	if runs[0].Status != store.RunOK {
		t.Errorf("the last run: %s (%s)", runs[0].Status, runs[0].Message)
	}
	for _, r := range runs[1:] {
		if r.Status == store.RunRunning {
			t.Errorf("run %d is still %s", r.ID, r.Status)
		}
	}
}

// TestDaemonStopsCleanly: on SIGTERM the daemon ends by itself, and the lock is
// free.
func TestDaemonStopsCleanly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/small")); err != nil {
		t.Fatal(err)
	}
	d := bemanna(t, dir, "daemon")
	for range 1000 { // until it has made the plan that it found missing
		if _, err := os.Stat(filepath.Join(dir, "publish", "status.json")); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	d.wait(t, 0)
	if !bytes.Contains(d.out.Bytes(), []byte("daemon stopped")) {
		t.Errorf("the daemon said:\n%s", d.out)
	}
	bemanna(t, dir, "run").wait(t, 3) // the lock is free; without history the plan is wanting
}
