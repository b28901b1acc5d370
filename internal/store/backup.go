package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a copy of the store to dest while it is in use. The copy is
// complete or dest is untouched. It refuses to write over the store itself.
func (s *Store) Backup(ctx context.Context, dest string) error {
	if err := s.backup(ctx, dest); err != nil {
		return s.fault("backup to "+dest, err)
	}
	return nil
}

func (s *Store) backup(ctx context.Context, dest string) error {
	if err := s.notItself(dest); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(dest), ".backup-*.db")
	if err != nil {
		return err
	}
	tmp := f.Name()
	err = errors.Join(s.vacuumInto(ctx, tmp), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(tmp, dest)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(tmp))
	}
	return err
}

func (s *Store) vacuumInto(ctx context.Context, path string) error {
	_, err := s.reader.ExecContext(ctx, `VACUUM INTO ?`, path) // SQLite takes an empty file for a new one
	return err
}

// notItself refuses the store and the files beside it that belong to it.
func (s *Store) notItself(dest string) error {
	target, err := os.Stat(dest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		own, err := os.Stat(s.path + suffix)
		if err == nil && os.SameFile(own, target) {
			return fmt.Errorf("%s belongs to the store: want another file", dest)
		}
	}
	return nil
}
