-- The link by which somebody sees the own day without a password. Only the hash
-- of its token is kept; a new link takes the place of the old one.
CREATE TABLE link (
  person     TEXT PRIMARY KEY,
  hash       BLOB NOT NULL UNIQUE, -- SHA-256 of the token
  made       INTEGER NOT NULL,
  by         TEXT NOT NULL
) STRICT, WITHOUT ROWID;
