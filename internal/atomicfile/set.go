package atomicfile

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrMixed says that the files of a folder are not the set that its manifest
// names: a set is being replaced right now, its writer was stopped in the
// middle, or somebody changed a file.
var ErrMixed = errors.New("not one whole set of files")

// File is a file of a set.
type File struct {
	Name  string      // without a folder
	Perm  os.FileMode // exact permissions; 0 means 0644
	Write func(io.Writer) error
}

// WriteSet replaces the set of files in dir. Files that the old manifest names
// and the new set lacks are removed; other files in dir are left alone. Only
// one process at a time may write sets to dir; any number may read.
//
// All files are written under temporary names and synced before the first is
// renamed, and the manifest is renamed last. So, whenever the process or the
// machine stops, each file is whole, old or new; and the set either agrees with
// the manifest, and then is all old or all new, or it does not agree, and
// ReadSet says so. The next WriteSet makes it whole. What a writer that was
// stopped may leave for good are files, temporary ones among them, that only
// its own set had.
//
// On an error from a File's Write the old set stands untouched.
func WriteSet(dir string, files []File) error {
	if err := checkNames(files); err != nil {
		return err
	}
	folder, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	return errors.Join(publish(folder, files), folder.Close())
}

func publish(folder *os.Root, files []File) error {
	manifest, err := stageSet(folder, files)
	if err != nil {
		return errors.Join(err, unstage(folder, files))
	}
	for i, f := range files {
		if err := folder.Rename(staged(f.Name), f.Name); err != nil {
			return errors.Join(err, unstage(folder, files[i:]))
		}
	}
	if err := retire(folder, files); err != nil {
		return err
	}
	if err := syncFolder(folder); err != nil { // what the manifest vouches for must reach the disk before it
		return err
	}
	return replace(folder, staged(Manifest), Manifest, 0o644, func(w io.Writer) error {
		_, err := io.WriteString(w, manifest)
		return err
	})
}

// staged is the temporary name of a file of a set. It is always the same, so
// that the next writer takes over what a stopped one left.
func staged(name string) string { return "." + name + ".tmp" }

// stageSet writes the files under their temporary names and gives the manifest.
func stageSet(folder *os.Root, files []File) (manifest string, err error) {
	var lines strings.Builder
	for _, f := range files {
		perm := f.Perm
		if perm == 0 {
			perm = 0o644
		}
		sum := sha256.New()
		err := stage(folder, staged(f.Name), perm, func(w io.Writer) error {
			return f.Write(io.MultiWriter(w, sum))
		})
		if err != nil {
			return "", fmt.Errorf("%s: %w", f.Name, err)
		}
		lines.WriteString(manifestLine([sha256.Size]byte(sum.Sum(nil)), f.Name))
	}
	return lines.String(), nil
}

// unstage removes the temporary files.
func unstage(folder *os.Root, files []File) (err error) {
	for _, f := range files {
		err = errors.Join(err, removeAny(folder, staged(f.Name)))
	}
	return err
}

// retire removes the files of the old set that the new one lacks. A manifest
// that cannot be read names no files: it must not stop a publication.
func retire(folder *os.Root, files []File) (err error) {
	old, _ := readManifest(folder)
	for _, c := range old {
		if !slices.ContainsFunc(files, func(f File) bool { return f.Name == c.name }) {
			err = errors.Join(err, removeAny(folder, c.name))
		}
	}
	return err
}

// ReadSet gives the content of each file of the set in dir, by name. The error
// wraps fs.ErrNotExist when dir has no manifest, and ErrMixed when the files
// are not one whole set; a set that is being replaced is whole a moment later.
func ReadSet(dir string) (map[string][]byte, error) {
	folder, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	set, err := verified(folder)
	return set, errors.Join(err, folder.Close())
}

func verified(folder *os.Root) (map[string][]byte, error) {
	sums, err := readManifest(folder)
	if err != nil {
		return nil, err
	}
	set := make(map[string][]byte, len(sums))
	for _, c := range sums {
		path := filepath.Join(folder.Name(), c.name)
		data, err := folder.ReadFile(c.name)
		switch {
		case errors.Is(err, os.ErrNotExist):
			return nil, fmt.Errorf("%s: missing: %w", path, ErrMixed)
		case err != nil:
			return nil, err
		case sha256.Sum256(data) != c.sum:
			return nil, fmt.Errorf("%s: not the file that %s names: %w", path, Manifest, ErrMixed)
		}
		set[c.name] = data
	}
	return set, nil
}
