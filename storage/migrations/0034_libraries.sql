-- When each library run by others was last looked at, and what it held then (sha256 of its files).
CREATE TABLE library_runs (
    name TEXT PRIMARY KEY NOT NULL,
    looked_at TEXT NOT NULL,
    digest TEXT NOT NULL
);
