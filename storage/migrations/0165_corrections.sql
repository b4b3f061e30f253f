-- 更正: what is told to those who were given a wrong answer, written by one person and released by
-- another. `versions` is |1|2|, the versions that were wrong; `about` what citizens know it by.
-- State: proposed, approved, refused, stopped (those who have not got it yet never will).
CREATE TABLE corrections (
    id {identity},
    entry_id TEXT NOT NULL,
    versions TEXT NOT NULL,
    since TEXT NOT NULL,
    about TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    author TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT NOT NULL DEFAULT '',
    decided_at TEXT,
    stopped_by TEXT NOT NULL DEFAULT '',
    remark TEXT NOT NULL DEFAULT '',
    people INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX corrections_of_entry ON corrections (entry_id);

-- `corrects` is the newest message of its citizen that the wrong answer was given to.
ALTER TABLE deliveries ADD COLUMN correction BIGINT REFERENCES corrections (id);

ALTER TABLE deliveries ADD COLUMN corrects BIGINT REFERENCES messages (id);

CREATE INDEX deliveries_of_correction ON deliveries (correction, state)
WHERE correction IS NOT NULL;

CREATE INDEX corrected_citizens ON deliveries (account, citizen) WHERE correction IS NOT NULL;

CREATE INDEX corrected_messages ON deliveries (corrects) WHERE corrects IS NOT NULL;
