package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bemanna/internal/civil"
)

// ErrNoLink says that nobody has such a link, or that it was revoked.
var ErrNoLink = errors.New("no link")

// SaveLink gives a person a link by the hash of its token. A link that the
// person had is revoked, which it tells.
func (s *Store) SaveLink(ctx context.Context, person string, hash []byte, by string, at time.Time) (replaced bool, err error) {
	err = s.write(ctx, "save a link", func(tx *sql.Tx) error {
		var err error
		if replaced, err = removeLink(ctx, tx, person); err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `INSERT INTO link (person, hash, made, by) VALUES (?, ?, ?, ?)`, person, hash, at.Unix(), by); err != nil {
			return err
		}
		return enter(ctx, tx, Entry{Date: civil.DateOf(at), At: at, By: by, Kind: EntryLink, Text: person})
	})
	return replaced, err
}

// RevokeLink takes the link of a person away. The error is ErrNoLink when there
// is none.
func (s *Store) RevokeLink(ctx context.Context, person, by string, at time.Time) error {
	return s.write(ctx, "revoke a link", func(tx *sql.Tx) error {
		found, err := removeLink(ctx, tx, person)
		switch {
		case err != nil:
			return err
		case !found:
			return ErrNoLink
		}
		return enter(ctx, tx, Entry{Date: civil.DateOf(at), At: at, By: by, Kind: EntryRevoked, Text: person})
	})
}

func removeLink(ctx context.Context, tx *sql.Tx, person string) (found bool, err error) {
	result, err := tx.ExecContext(ctx, `DELETE FROM link WHERE person = ?`, person)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// Link tells whose a link is and who made it when; the token is nowhere.
type Link struct {
	Person, By string
	Made       time.Time
}

// Links lists the links that hold, by the ids of the persons. Times are in UTC.
func (s *Store) Links(ctx context.Context) ([]Link, error) {
	all, err := collect(ctx, s.reader, func(columns func(...any) error) (l Link, err error) {
		var made int64
		err = columns(&l.Person, &l.By, &made)
		l.Made = time.Unix(made, 0).UTC()
		return l, err
	}, `SELECT person, by, made FROM link ORDER BY person`)
	return all, s.fault("list links", err)
}

// LinkHolder gives the person whose link has the hash. The error is ErrNoLink
// when there is none.
func (s *Store) LinkHolder(ctx context.Context, hash []byte) (person string, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT person FROM link WHERE hash = ?`, hash).Scan(&person)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNoLink
	}
	return person, s.fault("find a link", err)
}
