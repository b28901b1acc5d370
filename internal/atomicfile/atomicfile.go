// Package atomicfile replaces a file, or a set of files that belong together,
// so that a reader sees the old content or the new, never half.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// Write calls write with a temporary file beside name, syncs it to the disk,
// gives it exactly the permissions perm (the umask is not applied), and renames
// it to name, which may exist.
//
// Whenever the process or the machine stops, name holds all of the old content
// or all of the new; a temporary file ".name.*.tmp" may be left beside it. On
// an error name is as it was, except when only the last sync of the folder
// failed: then name is new, but may be old again after a power failure.
//
// On Windows the renaming fails while another program keeps name open for
// itself.
func Write(name string, perm os.FileMode, write func(io.Writer) error) error {
	dir, base := filepath.Split(filepath.Clean(name))
	folder, err := os.OpenRoot(filepath.Clean(dir))
	if err != nil {
		return err
	}
	temp := "." + base + "." + rand.Text() + ".tmp" // others may be writing the same file
	return errors.Join(replace(folder, temp, base, perm, write), folder.Close())
}

// replace writes the file temp of a folder, and renames it to name.
func replace(folder *os.Root, temp, name string, perm os.FileMode, write func(io.Writer) error) error {
	if err := stage(folder, temp, perm, write); err != nil {
		return err
	}
	if err := folder.Rename(temp, name); err != nil {
		return errors.Join(err, folder.Remove(temp))
	}
	return syncFolder(folder)
}

// stage writes the file temp of a folder and syncs its content. On an error it
// leaves no file.
func stage(folder *os.Root, temp string, perm os.FileMode, write func(io.Writer) error) error {
	if err := removeAny(folder, temp); err != nil { // what a stopped writer left may be read-only, or a link
		return err
	}
	f, err := folder.Create(temp)
	if err != nil {
		return err
	}
	if err := errors.Join(fill(f, perm, write), f.Close()); err != nil {
		return errors.Join(err, folder.Remove(temp))
	}
	return nil
}

// removeAny removes a file, if there is one.
func removeAny(folder *os.Root, name string) error {
	if err := folder.Remove(name); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func fill(f *os.File, perm os.FileMode, write func(io.Writer) error) error {
	if err := f.Chmod(perm); err != nil {
		return err
	}
	if err := write(f); err != nil {
		return err
	}
	return f.Sync()
}

// syncFolder makes the renamings in a folder survive a power failure, where the
// file system can do that.
func syncFolder(folder *os.Root) error {
	if runtime.GOOS == "windows" {
		return nil // has no sync of folders
	}
	d, err := folder.Open(".")
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil // some network file systems have none either
	}
	return errors.Join(err, d.Close())
}
