-- A talk that was called off does not keep its rung: the next alarm that reaches it opens another.
CREATE TABLE talks (
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
    version INTEGER NOT NULL
);

INSERT INTO talks (
    id, department, year, alarm, talk_with, state, opened_at, answer_due, answer, answered_at,
    answered_by, remark, closed_at, closed_by, version
)
SELECT id, department, year, alarm, talk_with, state, opened_at, answer_due, answer, answered_at,
    answered_by, remark, closed_at, closed_by, version
FROM interviews;

DROP TABLE interviews;

ALTER TABLE talks RENAME TO interviews;

CREATE UNIQUE INDEX talks_of_rungs ON interviews (department, year, alarm)
    WHERE interviews.state <> 'cancelled';
