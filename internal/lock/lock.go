// Package lock keeps two processes from working on one store at the same time,
// and tells who has it.
package lock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// Holder tells who holds a lock.
type Holder struct {
	Command string    `json:"command"`
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Since   time.Time `json:"since"`
}

// String gives: "bemanna daemon" (process 4711 on kc01) since 2026-11-24 05:45:00 +0100.
// For the zero Holder it is "another process".
func (h Holder) String() string {
	if h == (Holder{}) {
		return "another process"
	}
	return fmt.Sprintf("%q (process %d on %s) since %s",
		h.Command, h.PID, h.Host, h.Since.Format("2006-01-02 15:04:05 -0700"))
}

// HeldError says that somebody else holds the lock.
type HeldError struct {
	Path   string // the lock file
	Holder Holder // zero when the holder has not written its name yet
}

func (e *HeldError) Error() string { return e.Path + ": held by " + e.Holder.String() }

// Lock is a lock that is held.
type Lock struct{ file *flock.Flock }

// Acquire takes the lock of a store, which is the file store+".lock", for a
// command that starts at now. It does not wait: when the lock is taken, by
// another process or by this one, the error is a *HeldError.
//
// The system frees the lock of a process that ends, however it ends; the lock
// file stays, and must not be removed while somebody may hold it.
func Acquire(store, command string, now time.Time) (*Lock, error) {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	file := flock.New(store+".lock", flock.SetPermissions(0o644))
	taken, err := file.TryLock()
	if err != nil {
		return nil, err
	}
	if !taken {
		return nil, &HeldError{file.Path(), readHolder(file.Path())}
	}
	text, err := json.Marshal(Holder{command, os.Getpid(), host, now})
	if err == nil {
		err = writeHolder(file.Path(), text)
	}
	if err != nil {
		return nil, errors.Join(err, file.Unlock())
	}
	return &Lock{file}, nil
}

// Release gives the lock up. A second call does nothing.
func (l *Lock) Release() error {
	if !l.file.Locked() {
		return nil
	}
	// Nobody shall be taken for the holder until the next one has written its name.
	err := writeHolder(l.file.Path(), nil)
	return errors.Join(err, l.file.Unlock())
}

// The name of the holder is one line that starts at the second byte: Windows
// lets nobody read or write the first, which is the one that is locked. The
// file is not truncated, for the same reason; what follows the line is what is
// left of a longer one.
const lineStart = 1

func writeHolder(path string, line []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0) //nolint:gosec // the path is the user's choice
	if err != nil {
		return err
	}
	_, err = f.WriteAt(append(line, '\n'), lineStart)
	return errors.Join(err, f.Close())
}

// readHolder gives the zero Holder when the file does not say, or is just being
// written.
func readHolder(path string) Holder {
	f, err := os.Open(path) //nolint:gosec // the path is the user's choice
	if err != nil {
		return Holder{}
	}
	defer f.Close() //nolint:errcheck // nothing was written
	text, err := io.ReadAll(io.NewSectionReader(f, lineStart, 4096))
	if err != nil {
		return Holder{}
	}
	return parseHolder(text)
}

// parseHolder reads the first line; anything but a whole holder is the zero
// Holder.
func parseHolder(text []byte) Holder {
	line, _, whole := bytes.Cut(text, []byte("\n"))
	var h Holder
	if err := json.Unmarshal(line, &h); err != nil || !whole {
		return Holder{}
	}
	return h
}
