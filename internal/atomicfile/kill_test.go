package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// publishVariable names the folder in which this test binary, started once
// more, writes sets until it is killed.
const publishVariable = "ATOMICFILE_TEST_PUBLISH"

func TestMain(m *testing.M) {
	if dir := os.Getenv(publishVariable); dir != "" {
		publishForever(dir)
	}
	os.Exit(m.Run())
}

func publishForever(dir string) {
	for version := 0; ; version++ {
		if err := WriteSet(dir, versionSet(version)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// versionSet is a set of which every line of every file tells the version; odd
// and even versions differ in one file.
func versionSet(version int) []File {
	lines := bytes.Repeat(fmt.Appendf(nil, "version %d\n", version), 2000)
	write := func(w io.Writer) error {
		for part := range slices.Chunk(lines, 4096) {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
		return nil
	}
	files := []File{{Name: "plan.csv", Write: write}, {Name: "plan.html", Write: write}, {Name: "plan.ics", Write: write}}
	if version%2 == 1 {
		files = append(files, File{Name: "odd.txt", Write: write})
	}
	return files
}

// versionOf gives the one version that all lines of data tell.
func versionOf(t *testing.T, name string, data []byte) int {
	t.Helper()
	var version int
	if _, err := fmt.Sscanf(string(data), "version %d\n", &version); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if want := bytes.Repeat(fmt.Appendf(nil, "version %d\n", version), 2000); !bytes.Equal(data, want) {
		t.Fatalf("%s is not whole", name)
	}
	return version
}

// checkNoMix reads the set in dir; when it claims to be whole it must be of one
// version. It tells whether it was whole.
func checkNoMix(t *testing.T, dir string) bool {
	t.Helper()
	got, err := ReadSet(dir)
	if errors.Is(err, ErrMixed) || errors.Is(err, os.ErrNotExist) {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	version := versionOf(t, "plan.csv", got["plan.csv"])
	files := versionSet(version)
	if len(got) != len(files) {
		t.Fatalf("version %d has %d files, want %v", version, len(got), names(files))
	}
	for name, data := range got {
		if v := versionOf(t, name, data); v != version {
			t.Fatalf("%s is of version %d, plan.csv of version %d, and the set claims to be whole", name, v, version)
		}
	}
	return true
}

func TestKilledWriterLeavesNoMixThatClaimsToBeWhole(t *testing.T) {
	const kills = 50
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(1, 2))
	whole := 0
	for range kills {
		child := exec.CommandContext(t.Context(), os.Args[0])
		child.Env = append(os.Environ(), publishVariable+"="+dir)
		child.Stderr = os.Stderr
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		for range rng.IntN(20) { // and read while it writes
			checkNoMix(t, dir)
			time.Sleep(time.Duration(rng.IntN(3000)) * time.Microsecond)
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := child.Wait(); child.ProcessState.ExitCode() == 1 {
			t.Fatal("the writer failed by itself:", err)
		}
		if checkNoMix(t, dir) {
			whole++
		}
		for name, data := range folder(t, dir) {
			if filepath.Ext(name) != ".tmp" && name != Manifest {
				versionOf(t, name, []byte(data))
			}
		}
	}
	if whole == 0 {
		t.Errorf("no set of %d was whole: the writer never got through one", kills)
	}
	t.Logf("%d of %d sets were whole after the kill", whole, kills)

	// The next writer heals the set, and takes over the temporary files.
	if err := WriteSet(dir, versionSet(1)); err != nil {
		t.Fatal(err)
	}
	if !checkNoMix(t, dir) {
		t.Error("the set is not whole")
	}
	if left := folder(t, dir); len(left) != len(versionSet(1))+1 {
		t.Errorf("%d files in the folder, want %v and %s", len(left), names(versionSet(1)), Manifest)
	}
}
