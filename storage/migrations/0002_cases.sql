CREATE TABLE cases (
    number TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL,
    citizen TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    received_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    due_date TEXT NOT NULL,
    provisional INTEGER NOT NULL,
    rule TEXT NOT NULL,
    department TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    officer TEXT NOT NULL,
    draft TEXT NOT NULL,
    drafted_by TEXT NOT NULL,
    draft_hash TEXT NOT NULL,
    reviewed_by TEXT NOT NULL,
    reply TEXT NOT NULL,
    replied_at TEXT,
    closed_at TEXT,
    waiting_since TEXT,
    rating INTEGER,
    lead TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE INDEX cases_of_citizen ON cases (account, citizen, received_at);

CREATE INDEX cases_of_department ON cases (department, due_at);

CREATE INDEX cases_open ON cases (due_at)
WHERE cases.state NOT IN ('replied', 'closed', 'out_of_scope', 'merged');

-- One chain per case: `hash` covers the event and the hash before it, and the text it sent.
CREATE TABLE case_events (
    case_number TEXT NOT NULL REFERENCES cases (number),
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    step TEXT NOT NULL,
    state_before TEXT,
    state_after TEXT NOT NULL,
    details TEXT NOT NULL,
    delivery_key TEXT NOT NULL,
    delivery_hash TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (case_number, version)
);

-- A message belongs to one case at most.
CREATE TABLE case_messages (
    message_id BIGINT PRIMARY KEY NOT NULL REFERENCES messages (id),
    case_number TEXT NOT NULL REFERENCES cases (number)
);

CREATE INDEX case_messages_of_case ON case_messages (case_number);

CREATE TABLE case_numbers (
    day TEXT PRIMARY KEY NOT NULL,
    last INTEGER NOT NULL
);

CREATE TABLE departments (
    name TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    duties TEXT NOT NULL,
    keywords TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    hours TEXT NOT NULL,
    parent TEXT NOT NULL
);

CREATE TABLE notices (
    year INTEGER PRIMARY KEY NOT NULL,
    source TEXT NOT NULL,
    off_days TEXT NOT NULL,
    work_days TEXT NOT NULL
);
