package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// Session is somebody who has logged in at the board, by one browser. Times are
// kept to the second.
type Session struct {
	Hash   []byte // SHA-256 of what the browser's cookie says; that itself is nowhere
	Login  string // which provider vouches for it, as which client
	User   string
	Groups []string // what the provider said of roles
	// Subject and SID are the user and the session at the provider (OpenID Connect
	// Core 1.0, section 2; Back-Channel Logout 1.0, section 2.1); SID may be "".
	Subject, SID string
	Issued       time.Time // by the provider's clock
	Began, Seen  time.Time
}

// Sessions lists the sessions that are kept, those that are over among them until
// they are deleted. Times are in UTC.
func (s *Store) Sessions(ctx context.Context) ([]Session, error) {
	all, err := collect(ctx, s.reader, func(columns func(...any) error) (x Session, err error) {
		var groups []byte
		var issued, began, seen int64
		if err = columns(&x.Hash, &x.Login, &x.User, &groups, &x.Subject, &x.SID, &issued, &began, &seen); err != nil {
			return x, err
		}
		x.Issued, x.Began, x.Seen = time.Unix(issued, 0).UTC(), time.Unix(began, 0).UTC(), time.Unix(seen, 0).UTC()
		return x, json.Unmarshal(groups, &x.Groups)
	}, `SELECT hash, login, user, groups, subject, sid, issued, began, seen FROM session ORDER BY began, hash`)
	return all, s.fault("list sessions", err)
}

// SaveSessions writes sessions over what is kept of them, and deletes others by
// their hashes.
func (s *Store) SaveSessions(ctx context.Context, all []Session, gone [][]byte) error {
	const upsert = `INSERT INTO session (hash, login, user, groups, subject, sid, issued, began, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET seen = excluded.seen`
	return s.write(ctx, "save sessions", func(tx *sql.Tx) error {
		for _, x := range all {
			groups, err := json.Marshal(x.Groups)
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, upsert, x.Hash, x.Login, x.User, string(groups), x.Subject, x.SID, x.Issued.Unix(), x.Began.Unix(), x.Seen.Unix())
			if err != nil {
				return err
			}
		}
		for _, hash := range gone {
			if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE hash = ?`, hash); err != nil {
				return err
			}
		}
		return nil
	})
}
