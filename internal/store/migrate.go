package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed migrations/*.sql
var scripts embed.FS

// applicationID marks our files; the first script sets it.
const applicationID = 0x62656d61

func migrations() fs.FS {
	sub, err := fs.Sub(scripts, "migrations")
	if err != nil {
		panic(err) // a constant name
	}
	return sub
}

// migrate brings a store to the newest of the scripts 0001_x.sql, 0002_y.sql,
// …, each in a transaction of its own. PRAGMA user_version says how far it is.
func migrate(ctx context.Context, db *sql.DB, scripts fs.FS) error {
	have, names, err := versions(ctx, db, scripts)
	if err != nil {
		return err
	}
	for i := have; i < len(names); i++ {
		if err := step(ctx, db, scripts, names[i], i+1); err != nil {
			return fmt.Errorf("migration %s: %w", names[i], err)
		}
	}
	return nil
}

// upToDate checks a store that must not be changed.
func upToDate(ctx context.Context, db *sql.DB, scripts fs.FS) error {
	have, names, err := versions(ctx, db, scripts)
	if err == nil && have < len(names) {
		err = fmt.Errorf("%w (schema %d, wanted %d)", ErrOlder, have, len(names))
	}
	return err
}

// versions gives the schema of the store and the scripts there are.
func versions(ctx context.Context, db *sql.DB, scripts fs.FS) (have int, names []string, err error) {
	names, err = fs.Glob(scripts, "*.sql") // sorted
	if err != nil {
		return 0, nil, err
	}
	for i, name := range names {
		if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(name, want) {
			return 0, nil, fmt.Errorf("migration %s: want a name with %s", name, want)
		}
	}
	var id, tables int
	err = db.QueryRowContext(ctx, `SELECT (SELECT user_version FROM pragma_user_version),
		(SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)`).Scan(&have, &id, &tables)
	switch {
	case err != nil:
		return 0, nil, err
	case id != applicationID && (id != 0 || tables > 0):
		return 0, nil, ErrForeign
	case have > len(names):
		return 0, nil, fmt.Errorf("%w (schema %d, this one knows %d)", ErrNewer, have, len(names))
	}
	return have, names, nil
}

// step runs a script unless another process was faster.
func step(ctx context.Context, db *sql.DB, scripts fs.FS, name string, want int) (err error) {
	tx, err := db.BeginTx(ctx, nil) // BEGIN IMMEDIATE through _txlock
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreDone(tx.Rollback()))
		}
	}()
	var have int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&have); err != nil {
		return err
	}
	if have >= want {
		return tx.Commit()
	}
	script, err := fs.ReadFile(scripts, name)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(script)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, want)); err != nil {
		return err
	}
	return tx.Commit()
}
