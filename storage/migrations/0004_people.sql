CREATE TABLE people (
    name TEXT PRIMARY KEY NOT NULL,
    role TEXT NOT NULL,
    department TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    failures INTEGER NOT NULL,
    locked_until TEXT,
    must_change INTEGER NOT NULL,
    disabled INTEGER NOT NULL
);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL REFERENCES people (name),
    csrf TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);

CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- WeChat's access tokens, shared by all workers.
CREATE TABLE tokens (
    account TEXT PRIMARY KEY NOT NULL,
    token TEXT NOT NULL,
    expires_at TEXT NOT NULL
);

CREATE TABLE secrets (
    name TEXT PRIMARY KEY NOT NULL,
    value {bytes} NOT NULL
);

-- One chain for the whole desk, numbered without gaps.
CREATE TABLE audit_log (
    number BIGINT PRIMARY KEY NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    details TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
