-- What was raised once is never raised again: a warning's rung, a morning's digest, an alarm.
CREATE TABLE raised (
    key TEXT PRIMARY KEY NOT NULL,
    at TEXT NOT NULL
);

-- One row for one recipient and one way out: `person` reads it in the console, and `way` takes it
-- to `address` ('' stays in the console). No citizen's words or name stand in it.
CREATE TABLE reminders (
    id {identity},
    raised TEXT NOT NULL REFERENCES raised (key),
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    department TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    link TEXT NOT NULL,
    at TEXT NOT NULL,
    read_at TEXT,
    way TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    send_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    claim_until TEXT,
    reason TEXT NOT NULL
);

CREATE INDEX reminders_of_person ON reminders (person, id);

CREATE INDEX reminders_to_send ON reminders (state, send_at);

-- Where a person reads what leaves the console.
CREATE TABLE mailboxes (
    person TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL
);
