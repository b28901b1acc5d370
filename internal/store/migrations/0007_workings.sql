-- What took long to work out of the days ahead, for the next time.
CREATE TABLE working (
  name       TEXT PRIMARY KEY,
  until      INTEGER NOT NULL, -- the last day that it is about, days since 1970-01-01
  stamp      TEXT NOT NULL,    -- tells what it was worked out from
  doc        BLOB NOT NULL
) STRICT;
CREATE INDEX working_until ON working (until);
