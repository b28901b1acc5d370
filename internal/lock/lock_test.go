package lock

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var since = time.Date(2026, 11, 24, 5, 45, 0, 0, time.FixedZone("", 3600))

// storeVariable names the store that this test binary, started once more,
// locks until its standard input ends.
const storeVariable = "LOCK_TEST_STORE"

func TestMain(m *testing.M) {
	if store := os.Getenv(storeVariable); store != "" {
		os.Exit(holdUntilTold(store))
	}
	os.Exit(m.Run())
}

func holdUntilTold(store string) int {
	l, err := Acquire(store, "bemanna daemon", since)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("held")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if err := l.Release(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// startHolder starts a process that holds the lock of store, and gives it and
// the function that tells it to release.
func startHolder(t *testing.T, store string) (child *exec.Cmd, release func() error) {
	t.Helper()
	child = exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), storeVariable+"="+store)
	child.Stderr = os.Stderr
	stdin, errIn := child.StdinPipe()
	stdout, errOut := child.StdoutPipe()
	if err := errors.Join(errIn, errOut, child.Start()); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "held\n" {
		t.Fatalf("the holder says %q, %v", line, err)
	}
	return child, func() error { return errors.Join(stdin.Close(), child.Wait()) }
}

func newStore(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "bemanna.db")
}

func mustAcquire(t *testing.T, store, command string) *Lock {
	t.Helper()
	l, err := Acquire(store, command, since)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func mustRelease(t *testing.T, l *Lock) {
	t.Helper()
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
}

// wantHeld checks that the lock is taken, and gives by whom.
func wantHeld(t *testing.T, store string) *HeldError {
	t.Helper()
	l, err := Acquire(store, "bemanna plan", since)
	if err == nil {
		mustRelease(t, l)
		t.Fatal("the lock was free")
	}
	held, ok := errors.AsType[*HeldError](err)
	if !ok {
		t.Fatalf("error %v, want a HeldError", err)
	}
	return held
}

func TestHeldByAnotherProcess(t *testing.T) {
	store := newStore(t)
	child, release := startHolder(t, store)
	held := wantHeld(t, store)
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	want := &HeldError{store + ".lock", Holder{"bemanna daemon", child.Process.Pid, host, since}}
	if diff := cmp.Diff(want, held); diff != "" {
		t.Error("holder (-want +got)", diff)
	}
	text := fmt.Sprintf(`%s.lock: held by "bemanna daemon" (process %d on %s) since 2026-11-24 05:45:00 +0100`,
		store, child.Process.Pid, host)
	if held.Error() != text {
		t.Errorf("error %q, want %q", held, text)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	mustRelease(t, mustAcquire(t, store, "bemanna plan"))
}

func TestKilledHolderDoesNotBlock(t *testing.T) {
	store := newStore(t)
	child, release := startHolder(t, store)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := release(); err == nil {
		t.Fatal("the holder was not killed")
	}
	if text, err := os.ReadFile(store + ".lock"); err != nil || !strings.Contains(string(text), "bemanna daemon") {
		t.Fatalf("the killed holder left %q, %v: nothing to be misled by", text, err)
	}
	mustRelease(t, mustAcquire(t, store, "bemanna plan"))
}

func TestHeldByThisProcess(t *testing.T) {
	store := newStore(t)
	l := mustAcquire(t, store, "bemanna daemon")
	if held := wantHeld(t, store); held.Holder.PID != os.Getpid() {
		t.Errorf("holder %v, want process %d", held.Holder, os.Getpid())
	}
	mustRelease(t, l)
	next := mustAcquire(t, store, "bemanna plan")
	mustRelease(t, l) // a second time: must not free the lock of the next holder, nor blot out its name
	if held := wantHeld(t, store); held.Holder.Command != "bemanna plan" {
		t.Errorf("holder %v, want bemanna plan", held.Holder)
	}
	mustRelease(t, next)
}

func TestStoresDoNotShareALock(t *testing.T) {
	a := mustAcquire(t, newStore(t), "bemanna plan")
	b := mustAcquire(t, newStore(t), "bemanna plan")
	mustRelease(t, a)
	mustRelease(t, b)
}

func TestShortNameAfterALongOne(t *testing.T) {
	store := newStore(t)
	mustRelease(t, mustAcquire(t, store, "bemanna import "+strings.Repeat("x", 500)))
	l := mustAcquire(t, store, "bemanna å")
	if held := wantHeld(t, store); held.Holder.Command != "bemanna å" {
		t.Errorf("holder %v, want bemanna å", held.Holder)
	}
	mustRelease(t, l)
}

// The lock file is not rewritten in one step: whatever a reader finds, it must
// tell that the lock is held, and name nobody when the name is not whole.
func TestHalfWrittenHolder(t *testing.T) {
	store := newStore(t)
	l := mustAcquire(t, store, "bemanna daemon")
	whole, err := os.ReadFile(store + ".lock")
	if err != nil {
		t.Fatal(err)
	}
	texts := [][]byte{[]byte("\x00{}\n"), []byte("\x00null\n"), []byte("\x00garbage\n"), []byte("\x00\xff\xfe\n")}
	for n := range whole {
		texts = append(texts, whole[:n])
	}
	for _, text := range texts {
		if err := os.WriteFile(store+".lock", text, 0o600); err != nil {
			t.Fatal(err)
		}
		held := wantHeld(t, store)
		if want := store + ".lock: held by another process"; held.Error() != want {
			t.Fatalf("lock file %q: error %q, want %q", text, held, want)
		}
	}
	mustRelease(t, l)
}

func TestOneOfManyGetsIt(t *testing.T) {
	store := newStore(t)
	var taken atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			switch _, err := Acquire(store, "bemanna plan", since); {
			case err == nil:
				taken.Add(1)
			case !isHeld(err):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if taken.Load() != 1 {
		t.Errorf("%d got the lock, want 1", taken.Load())
	}
}

func isHeld(err error) bool {
	_, ok := errors.AsType[*HeldError](err)
	return ok
}

func TestFolderMissing(t *testing.T) {
	_, err := Acquire(filepath.Join(t.TempDir(), "missing", "bemanna.db"), "bemanna plan", since)
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v, want %v", err, os.ErrNotExist)
	}
}

func FuzzParseHolder(f *testing.F) {
	f.Add([]byte(`{"command":"bemanna plan","pid":7,"host":"kc01","since":"2026-11-24T05:45:00+01:00"}` + "\n"))
	f.Add([]byte("{}\n"))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, text []byte) {
		h := parseHolder(text)
		again, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		if same := parseHolder(append(again, '\n')); !cmp.Equal(h, same) {
			t.Errorf("lock file %q: holder %v, and when written anew %v", text, h, same)
		}
	})
}
