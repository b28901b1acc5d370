// Package store keeps what must outlast a run in one SQLite file: history,
// plans and rosters in all their versions, the rota of the table leads and the
// ledger of the jobs.
//
// Times are stored as Unix seconds, civil days as days since 1970-01-01. One
// connection writes; readers are not held up by it and see what was committed
// (write-ahead log). Every write is one transaction that is on disk when the
// method returns.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What can be wrong with a store besides the disk.
var (
	ErrNoStore  = errors.New("no store")
	ErrNewer    = errors.New("written by a newer program")
	ErrOlder    = errors.New("written by an older program: open it for writing once")
	ErrForeign  = errors.New("a database of another program")
	ErrLocked   = errors.New("locked by another process")
	ErrFull     = errors.New("the disk is full")
	ErrReadOnly = errors.New("open for reading only")
)

// Options are how a store is opened. The zero Options open one that exists.
type Options struct {
	Create   bool // make a new store where there is none
	ReadOnly bool // never write; Create is without effect
}

// Store is an open store. Its methods may be called from several goroutines.
type Store struct {
	path   string
	writer *sql.DB // one connection; nil: read only
	reader *sql.DB
}

// Open opens the store at path and brings its schema up to date. Errors are
// ErrNoStore, ErrNewer, ErrForeign, ErrLocked and, when only reading, ErrOlder,
// wrapped with the path.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	s := &Store{path: path}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && (o.ReadOnly || !o.Create) {
		return nil, s.fault("open", ErrNoStore)
	}
	wait, cancel := context.WithTimeout(ctx, openWait)
	defer cancel()
	for {
		err := s.connect(ctx, o)
		if err == nil {
			return s, nil
		}
		err = errors.Join(s.fault("open", err), s.Close())
		s.reader, s.writer = nil, nil
		if !errors.Is(err, ErrLocked) {
			return nil, err
		}
		select {
		case <-wait.Done():
			return nil, err
		case <-time.After(openPause):
		}
	}
}

// While another process makes a store, SQLite does not wait for it: the change to
// the write-ahead log answers at once that the file is locked. Opening is tried
// again for so long.
const (
	openWait  = 2 * time.Second
	openPause = 50 * time.Millisecond
)

func (s *Store) connect(ctx context.Context, o Options) (err error) {
	if o.ReadOnly {
		if s.reader, err = s.pool("ro"); err != nil {
			return err
		}
		return upToDate(ctx, s.reader, migrations())
	}
	if s.writer, err = s.pool("rwc"); err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	if err := migrate(ctx, s.writer, migrations()); err != nil {
		return err
	}
	s.reader, err = s.pool("ro")
	return err
}

// pool opens connections in a mode of SQLite: ro or rwc.
func (s *Store) pool(mode string) (*sql.DB, error) {
	abs, err := filepath.Abs(s.path)
	if err != nil {
		return nil, err
	}
	abs = "/" + strings.TrimPrefix(filepath.ToSlash(abs), "/") // C:/x is /C:/x in an URI
	dsn := (&url.URL{Scheme: "file", OmitHost: true, Path: abs}).String() +
		"?mode=" + mode + "&_busy_timeout=5000&_foreign_keys=1&_dqs=0"
	if mode != "ro" {
		dsn += "&_txlock=immediate&_journal_mode=WAL&_synchronous=FULL"
	}
	return sql.Open("sqlite", dsn)
}

// Path is where the store is, as it was opened.
func (s *Store) Path() string { return s.path }

// Close closes the store.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// write does something in one transaction.
func (s *Store) write(ctx context.Context, what string, do func(*sql.Tx) error) error {
	if s.writer == nil {
		return s.fault(what, ErrReadOnly)
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return s.fault(what, err)
	}
	if err = do(tx); err == nil {
		err = tx.Commit()
	} else {
		err = errors.Join(err, ignoreDone(tx.Rollback()))
	}
	if err != nil && ctx.Err() != nil {
		err = ctx.Err() // the transaction ended with the context; what its statements say of that is no help
	}
	return s.fault(what, err)
}

// ignoreDone drops the word that a transaction has ended already: it is rolled
// back as soon as its context ends.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// fault says which store an error is about, and that it is ErrLocked where
// SQLite waited in vain, ErrFull where there is no room.
func (s *Store) fault(what string, err error) error {
	if err == nil {
		return nil
	}
	if e, is := errors.AsType[*sqlite.Error](err); is {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_BUSY:
			err = ErrLocked
		case sqlite3.SQLITE_FULL:
			err = ErrFull
		}
	}
	return fmt.Errorf("store %s: %s: %w", s.path, what, err)
}
