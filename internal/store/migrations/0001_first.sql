PRAGMA application_id = 1650814305; -- 'bema': tells our files from others

-- A file that was taken in.
CREATE TABLE import (
  id         INTEGER PRIMARY KEY,
  source     TEXT NOT NULL,
  file       TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  at         INTEGER NOT NULL,
  rows_read  INTEGER NOT NULL,
  added      INTEGER NOT NULL,
  changed    INTEGER NOT NULL,
  same       INTEGER NOT NULL,
  set_aside  INTEGER NOT NULL,
  cut        INTEGER NOT NULL -- 1: the file broke off
) STRICT;

-- The first rows of a file that were set aside, for each reason.
CREATE TABLE reject (
  import     INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  n          INTEGER NOT NULL,
  line       INTEGER NOT NULL,
  field      TEXT NOT NULL,
  reason     TEXT NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (import, n)
) STRICT, WITHOUT ROWID;

-- A name under which telephony knows an answer group.
CREATE TABLE queue (
  id         INTEGER PRIMARY KEY,
  source     TEXT NOT NULL,
  name       TEXT NOT NULL,
  channel    TEXT NOT NULL,
  UNIQUE (source, name, channel)
) STRICT;

-- History. NULL is unknown. A step of 23 hours or more is a daily total.
CREATE TABLE interval (
  queue      INTEGER NOT NULL REFERENCES queue,
  step       INTEGER NOT NULL,
  start      INTEGER NOT NULL,
  offered    REAL,
  answered   REAL,
  in_time    REAL,    -- answered within
  within_s   INTEGER NOT NULL,
  abandoned  REAL,
  handled_s  REAL,    -- talk, hold and after-call work
  after_s    REAL,    -- of which after-call work
  wait_s     REAL,
  PRIMARY KEY (queue, step, start)
) STRICT, WITHOUT ROWID;

-- The civil days on which a source has intervals, from the start of the first
-- to the end of the last.
CREATE TABLE covered (
  source     TEXT NOT NULL,
  date       INTEGER NOT NULL, -- days since 1970-01-01
  first      INTEGER NOT NULL,
  until      INTEGER NOT NULL,
  PRIMARY KEY (source, date)
) STRICT, WITHOUT ROWID;

-- Every version of the plan of a day.
CREATE TABLE plan (
  date       INTEGER NOT NULL, -- days since 1970-01-01
  version    INTEGER NOT NULL,
  doc        BLOB NOT NULL,
  by         TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (date, version)
) STRICT;

-- Who leads which table in which week.
CREATE TABLE duty (
  week       INTEGER NOT NULL, -- its Monday, days since 1970-01-01
  desk       TEXT NOT NULL,
  lead       TEXT NOT NULL,
  deputy     TEXT NOT NULL,
  PRIMARY KEY (week, desk)
) STRICT, WITHOUT ROWID;

-- The ledger of the jobs.
CREATE TABLE run (
  id         INTEGER PRIMARY KEY,
  job        TEXT NOT NULL,
  due        INTEGER NOT NULL,
  started    INTEGER NOT NULL,
  finished   INTEGER,
  status     TEXT NOT NULL CHECK (status IN ('running', 'ok', 'warned', 'failed', 'interrupted')),
  message    TEXT NOT NULL,
  host       TEXT NOT NULL,
  pid        INTEGER NOT NULL
) STRICT;
CREATE INDEX run_of_job ON run (job, due);
