-- How long those who gave up had waited; wait_s is of those who were answered.
ALTER TABLE interval ADD COLUMN abandoned_wait_s REAL;
