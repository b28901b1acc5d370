package store

import (
	"context"
	"database/sql"
	"time"

	"bemanna/internal/civil"
)

// Entry is something that somebody did and no plan tells.
type Entry struct {
	Date civil.Date // the day that it is about
	At   time.Time
	By   string
	Kind EntryKind
	Text string // of a note; of a link the id of the person whose it is
}

// EntryKind is a kind of entry.
type EntryKind string

// The kinds of entries.
const (
	EntryNote    EntryKind = "note"    // to be said at the meeting
	EntryLink    EntryKind = "link"    // somebody got a link
	EntryRevoked EntryKind = "revoked" // and lost it again
)

// SaveNote keeps a note with a day.
func (s *Store) SaveNote(ctx context.Context, date civil.Date, text, by string, at time.Time) error {
	return s.write(ctx, "save a note", func(tx *sql.Tx) error {
		return enter(ctx, tx, Entry{Date: date, At: at, By: by, Kind: EntryNote, Text: text})
	})
}

func enter(ctx context.Context, tx *sql.Tx, e Entry) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO journal (date, at, by, kind, text) VALUES (?, ?, ?, ?, ?)`,
		int64(e.Date), e.At.Unix(), e.By, string(e.Kind), e.Text)
	return err
}

// Journal lists the entries of the days from one to another, in the order in
// which they were made. Times are in UTC.
func (s *Store) Journal(ctx context.Context, from, until civil.Date) ([]Entry, error) {
	all, err := collect(ctx, s.reader, func(columns func(...any) error) (e Entry, err error) {
		var at int64
		err = columns(&e.Date, &at, &e.By, &e.Kind, &e.Text)
		e.At = time.Unix(at, 0).UTC()
		return e, err
	}, `SELECT date, at, by, kind, text FROM journal WHERE date BETWEEN ? AND ? ORDER BY id`, int64(from), int64(until))
	return all, s.fault("read the journal", err)
}
