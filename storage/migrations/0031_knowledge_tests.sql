-- Questions that must keep their answer; an empty entry_id: none may be answered directly.
CREATE TABLE golden_questions (
    id {identity},
    text TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    retired_by TEXT NOT NULL DEFAULT '',
    retired_at TEXT
);

CREATE UNIQUE INDEX golden_questions_asked ON golden_questions (text)
WHERE retired_at IS NULL;

-- Work that takes longer than a page: evaluations, imports. `looked_at` moves while it runs.
CREATE TABLE jobs (
    id {identity},
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    actor TEXT NOT NULL,
    started_at TEXT NOT NULL,
    looked_at TEXT NOT NULL,
    state TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    result TEXT NOT NULL DEFAULT 'null',
    file_name TEXT NOT NULL DEFAULT '',
    file {bytes}
);

CREATE INDEX jobs_of_kind ON jobs (kind, id);
