-- What each library run by others sent last, by its own key: which entry that became, and the
-- sha256 of the row. `gone_at` is when it was missing from its files, "" while it is there.
CREATE TABLE library_rows (
    library TEXT NOT NULL,
    own_key TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    gone_at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (library, own_key)
);
