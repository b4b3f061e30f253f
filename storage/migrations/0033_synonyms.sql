-- The desk's own synonyms, over those of the release; no words: the release's line is not used.
CREATE TABLE synonyms (
    official TEXT PRIMARY KEY NOT NULL,
    words TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
