-- `published_at` stays once it is set: from then on the text is frozen.
CREATE TABLE entry_versions (
    entry_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    variants TEXT NOT NULL,
    negatives TEXT NOT NULL,
    department TEXT NOT NULL,
    topic TEXT NOT NULL,
    region TEXT NOT NULL,
    audience TEXT NOT NULL,
    source_title TEXT NOT NULL,
    source_number TEXT NOT NULL,
    source_url TEXT NOT NULL,
    checked_on TEXT,
    valid_from TEXT,
    valid_until TEXT,
    author TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    status TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    published_at TEXT,
    withdrawn_at TEXT,
    PRIMARY KEY (entry_id, version)
);

CREATE UNIQUE INDEX entry_versions_published ON entry_versions (entry_id)
WHERE status = 'published';

CREATE TABLE vectors (
    encoder TEXT NOT NULL,
    kind TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    vector {bytes} NOT NULL,
    PRIMARY KEY (encoder, kind, text_hash)
);

-- Counters that change in the transaction they count: the index version, the audit log's length.
CREATE TABLE counters (
    name TEXT PRIMARY KEY NOT NULL,
    number BIGINT NOT NULL
);

INSERT INTO counters (name, number) VALUES ('index', 0), ('audit', 0);
