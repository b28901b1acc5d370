package atomicfile

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func set(content map[string]string) []File {
	var files []File
	for _, name := range slices.Sorted(maps.Keys(content)) {
		files = append(files, File{Name: name, Write: text(content[name])})
	}
	return files
}

func mustWriteSet(t *testing.T, dir string, content map[string]string) {
	t.Helper()
	if err := WriteSet(dir, set(content)); err != nil {
		t.Fatal(err)
	}
}

func checkSet(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	data, err := ReadSet(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for name, b := range data {
		got[name] = string(b)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("set (-want +got)", diff)
	}
}

func TestSetReadsAsWritten(t *testing.T) {
	dir := t.TempDir()
	for _, content := range []map[string]string{
		{"plan.csv": "a;b\n", "plan.html": "<p>"},
		{"plan.csv": "a;c\n", "plan.html": "<p>"},
		{"plan.csv": ""},
		{},
		{"med mellanslag.txt": "å"},
	} {
		mustWriteSet(t, dir, content)
		checkSet(t, dir, content)
	}
}

func TestSetRemovesOnlyWhatItNoLongerHas(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	mustWriteSet(t, dir, map[string]string{"table1.html": "1", "table2.html": "2"})
	mustWriteSet(t, dir, map[string]string{"table1.html": "1"})
	got := slices.Sorted(maps.Keys(folder(t, dir)))
	if diff := cmp.Diff([]string{Manifest, "notes.txt", "table1.html"}, got); diff != "" {
		t.Error("files (-want +got)", diff)
	}
}

func TestFailedSetLeavesTheOldOne(t *testing.T) {
	dir := t.TempDir()
	old := map[string]string{"a": "1", "b": "1"}
	mustWriteSet(t, dir, old)
	before := folder(t, dir)
	err := WriteSet(dir, []File{{Name: "a", Write: text("2")}, {Name: "b", Write: failing}})
	if !errors.Is(err, errDisk) {
		t.Errorf("error %v, want %v", err, errDisk)
	}
	if diff := cmp.Diff(before, folder(t, dir)); diff != "" {
		t.Error("folder (-before +after)", diff)
	}
	checkSet(t, dir, old)
}

// A set that could only be renamed in part must not pass for whole, and the
// next one must heal it.
func TestMixIsSeenAndHealed(t *testing.T) {
	dir := t.TempDir()
	mustWriteSet(t, dir, map[string]string{"a": "1", "b": "1", "c": "1"})
	blocked := filepath.Join(dir, "b")
	if err := errors.Join(os.Remove(blocked), os.Mkdir(blocked, 0o755)); err != nil {
		t.Fatal(err)
	}
	next := map[string]string{"a": "2", "b": "2", "c": "2"}
	if err := WriteSet(dir, set(next)); err == nil {
		t.Fatal("a folder was replaced")
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadSet(dir); !errors.Is(err, ErrMixed) {
		t.Errorf("error %v, want %v", err, ErrMixed)
	}
	mustWriteSet(t, dir, next)
	checkSet(t, dir, next)
}

func TestSetDoesNotWriteThroughALeftoverLink(t *testing.T) {
	dir := t.TempDir()
	notes := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(notes, []byte("ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("notes.txt", filepath.Join(dir, staged("a"))); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	mustWriteSet(t, dir, map[string]string{"a": "1"})
	if got := folder(t, dir)["notes.txt"]; got != "ours" {
		t.Errorf("notes.txt holds %q", got)
	}
}

func TestReadSetSeesAnyChange(t *testing.T) {
	for name, damage := range map[string]func(name string) error{
		"changed":   func(name string) error { return os.WriteFile(name, []byte("1 "), 0o600) },
		"truncated": func(name string) error { return os.Truncate(name, 0) },
		"removed":   os.Remove,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mustWriteSet(t, dir, map[string]string{"a": "1", "b": "1"})
			if err := damage(filepath.Join(dir, "b")); err != nil {
				t.Fatal(err)
			}
			if _, err := ReadSet(dir); !errors.Is(err, ErrMixed) {
				t.Errorf("error %v, want %v", err, ErrMixed)
			}
		})
	}
}

func TestReadSetWithoutManifest(t *testing.T) {
	if _, err := ReadSet(t.TempDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v, want %v", err, os.ErrNotExist)
	}
}

func TestSetNames(t *testing.T) {
	for _, bad := range []string{
		"", ".", "..", "../x", "sub/x", `sub\x`, "/x", "a\nb", Manifest,
	} {
		dir := t.TempDir()
		if err := WriteSet(dir, []File{{Name: bad, Write: text("x")}}); err == nil {
			t.Errorf("name %q was taken", bad)
		}
		if left := folder(t, dir); len(left) != 0 {
			t.Errorf("name %q left %v", bad, left)
		}
	}
	twice := []File{{Name: "a", Write: text("1")}, {Name: "a", Write: text("2")}}
	if err := WriteSet(t.TempDir(), twice); err == nil {
		t.Error("the same name twice was taken")
	}
}

// The manifest promises to be one that the command sha256sum reads.
func TestManifestIsThatOfSha256sum(t *testing.T) {
	command, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("no command sha256sum here")
	}
	dir := t.TempDir()
	mustWriteSet(t, dir, map[string]string{"plan.csv": "1", "med mellanslag.txt": "2"})
	check := exec.CommandContext(t.Context(), command, "--check", "--strict", Manifest)
	check.Dir = dir
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add("6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  plan.csv\n")
	f.Add("6b86  plan.csv")
	f.Add("6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  ../plan.csv\r\n")
	f.Fuzz(func(t *testing.T, manifest string) {
		sums, err := parseManifest(manifest)
		if err != nil {
			return
		}
		var again strings.Builder
		for _, c := range sums {
			if filepath.Base(c.name) != c.name || c.name == ".." {
				t.Errorf("manifest %q names %q, which is not in the folder", manifest, c.name)
			}
			again.WriteString(manifestLine(c.sum, c.name))
		}
		if same, err := parseManifest(again.String()); err != nil || !slices.Equal(sums, same) {
			t.Errorf("manifest %q reads as %v, and when written anew as %v, %v", manifest, sums, same, err)
		}
	})
}
