-- A department's alarms (路桥区 二四六机制): `number` counts those of one department in one year.
CREATE TABLE alarms (
    id {identity},
    key TEXT NOT NULL UNIQUE,
    department TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    case_number TEXT NOT NULL,
    at TEXT NOT NULL,
    noticed_at TEXT NOT NULL,
    noticed_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    revoked_at TEXT,
    revoked_by TEXT NOT NULL,
    revoked_why TEXT NOT NULL
);

CREATE INDEX alarms_of_department ON alarms (department, year, number);

CREATE INDEX alarms_of_case ON alarms (case_number, kind);

CREATE INDEX cases_answered_late ON cases (replied_at) WHERE cases.replied_at >= cases.due_at;

-- The talk an alarm leads to; `version` guards each step of it.
CREATE TABLE interviews (
    id {identity},
    department TEXT NOT NULL,
    year INTEGER NOT NULL,
    alarm INTEGER NOT NULL,
    talk_with TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    answer_due TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT,
    answered_by TEXT NOT NULL,
    remark TEXT NOT NULL,
    closed_at TEXT,
    closed_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (department, year, alarm)
);

INSERT INTO counters (name, number) VALUES ('alarms', 0);

CREATE INDEX case_events_returned ON case_events (at) WHERE case_events.step = 'return';
