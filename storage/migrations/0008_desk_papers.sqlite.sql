-- A word among colleagues; append-only, like everything that was said.
CREATE TABLE case_notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_number TEXT NOT NULL REFERENCES cases (number),
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    mentions TEXT NOT NULL
);

CREATE INDEX case_notes_of_case ON case_notes (case_number);

CREATE TRIGGER case_notes_kept BEFORE UPDATE ON case_notes
BEGIN
    SELECT RAISE(ABORT, 'notes are append-only');
END;

-- What a person is still writing: replaced as they go on, gone when they submit it.
CREATE TABLE drafts (
    case_number TEXT NOT NULL REFERENCES cases (number),
    person TEXT NOT NULL,
    text TEXT NOT NULL,
    purpose TEXT NOT NULL,
    sources TEXT NOT NULL,
    version INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (case_number, person)
);

CREATE INDEX drafts_of_person ON drafts (person, saved_at);

CREATE TABLE presences (
    case_number TEXT NOT NULL REFERENCES cases (number),
    person TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    writing INTEGER NOT NULL,
    PRIMARY KEY (case_number, person)
);

-- A question to the list of cases that a person wants to ask again.
CREATE TABLE saved_views (
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (person, name)
);

-- Replies with fields to fill in; those of "" are every department's.
CREATE TABLE reply_templates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    department TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    author TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0
);
