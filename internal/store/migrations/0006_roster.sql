-- The shifts that people have been told, in all versions: the newest of a person
-- and day counts.
CREATE TABLE roster (
  date       INTEGER NOT NULL, -- days since 1970-01-01
  person     TEXT NOT NULL,
  version    INTEGER NOT NULL, -- of the roster that says so
  starts     INTEGER,          -- NULL: off
  ends       INTEGER,
  by         TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (date, person, version)
) STRICT, WITHOUT ROWID;
