-- What the last look at each library came to: when it is looked at next, when it was last read
-- well, what its site said the file is (for a conditional request), how often it failed since.
ALTER TABLE library_runs ADD COLUMN next_look_at TEXT NOT NULL DEFAULT '';
ALTER TABLE library_runs ADD COLUMN read_at TEXT NOT NULL DEFAULT '';
ALTER TABLE library_runs ADD COLUMN tried TEXT NOT NULL DEFAULT '';
ALTER TABLE library_runs ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE library_runs ADD COLUMN etag TEXT NOT NULL DEFAULT '';
ALTER TABLE library_runs ADD COLUMN modified TEXT NOT NULL DEFAULT '';
ALTER TABLE library_runs ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE library_runs ADD COLUMN reason TEXT NOT NULL DEFAULT '';
