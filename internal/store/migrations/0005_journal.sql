-- What people did that no plan tells: notes on a day, links given and revoked.
CREATE TABLE journal (
  id         INTEGER PRIMARY KEY,
  date       INTEGER NOT NULL, -- the day that it is about, days since 1970-01-01
  at         INTEGER NOT NULL,
  by         TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('note', 'link', 'revoked')),
  text       TEXT NOT NULL     -- of a note; of a link whose it is
) STRICT;
CREATE INDEX journal_of_day ON journal (date);
