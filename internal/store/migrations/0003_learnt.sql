-- What the forecasts of an answer group have learnt, for the next one.
CREATE TABLE learnt (
  grp        TEXT PRIMARY KEY,
  stamp      TEXT NOT NULL, -- tells the group as it was
  doc        TEXT NOT NULL  -- JSON
) STRICT, WITHOUT ROWID;
