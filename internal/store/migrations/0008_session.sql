-- Who has logged in at the board, by which browser. Only the hash of what the
-- browser's cookie says is kept, and a login that is over is deleted.
CREATE TABLE session (
  hash       BLOB PRIMARY KEY, -- SHA-256 of the cookie's value
  login      TEXT NOT NULL,    -- which provider vouches for it, as which client
  user       TEXT NOT NULL,
  groups     TEXT NOT NULL,    -- what the provider said of roles, a list in JSON
  subject    TEXT NOT NULL,    -- the user at the provider
  sid        TEXT NOT NULL,    -- the session there; '': it has no name
  issued     INTEGER NOT NULL, -- by the provider's clock
  began      INTEGER NOT NULL,
  seen       INTEGER NOT NULL  -- the newest request
) STRICT, WITHOUT ROWID;
