package atomicfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// failing writes half of what it should, and then fails.
func failing(w io.Writer) error {
	_, err := io.WriteString(w, "ha")
	return errors.Join(err, errDisk)
}

var errDisk = errors.New("disk full")

// folder gives the names and contents of the files in dir.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	content := map[string]string{}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		content[e.Name()] = string(data)
	}
	return content
}

func TestWriteReplaces(t *testing.T) {
	dir := t.TempDir()
	for _, want := range []string{"old", "new"} {
		if err := Write(filepath.Join(dir, "plan.csv"), 0o600, text(want)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]string{"plan.csv": want}, folder(t, dir)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWriteGivesExactPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such permissions")
	}
	name := filepath.Join(t.TempDir(), "plan.csv")
	for _, perm := range []os.FileMode{0o666, 0o640, 0o600} { // 0666 is more than any usual umask leaves
		if err := Write(name, perm, text("x")); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != perm {
			t.Errorf("permissions %v, want %v", info.Mode(), perm)
		}
	}
}

func TestWriteInTheWorkingFolder(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := Write("plan.csv", 0o644, text("x")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"plan.csv": "x"}, folder(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestFailedWriteLeavesTheOldFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "plan.csv")
	if err := Write(name, 0o644, text("old")); err != nil {
		t.Fatal(err)
	}
	if err := Write(name, 0o644, failing); !errors.Is(err, errDisk) {
		t.Errorf("error %v, want %v", err, errDisk)
	}
	if diff := cmp.Diff(map[string]string{"plan.csv": "old"}, folder(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestFailedRenameLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "plan.csv")
	if err := os.Mkdir(name, 0o755); err != nil { // a folder cannot be replaced by a file
		t.Fatal(err)
	}
	if err := Write(name, 0o644, text("new")); err == nil {
		t.Error("a folder was replaced")
	}
	if left := folder(t, dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWriteNeedsTheFolder(t *testing.T) {
	err := Write(filepath.Join(t.TempDir(), "missing", "plan.csv"), 0o644, text("x"))
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v, want %v", err, os.ErrNotExist)
	}
}

func names(files []File) []string {
	var all []string
	for _, f := range files {
		all = append(all, f.Name)
	}
	slices.Sort(all)
	return all
}
