-- Where a case stands in every list: open ones by due time (seconds since 1970), then the rest by
-- the time they ended, newest first (20000000000 minus that). `helpers` is "|one||two|".
ALTER TABLE cases ADD COLUMN place BIGINT NOT NULL DEFAULT 0;

ALTER TABLE cases ADD COLUMN topic TEXT NOT NULL DEFAULT '';

ALTER TABLE cases ADD COLUMN helpers TEXT NOT NULL DEFAULT '';

UPDATE cases
SET place = CASE
    WHEN state NOT IN ('replied', 'closed', 'out_of_scope', 'merged')
        THEN CAST(strftime('%s', due_at) AS INTEGER)
    ELSE 20000000000
        - CAST(strftime('%s', COALESCE(closed_at, replied_at, changed_at)) AS INTEGER)
END;

-- All that lists and counts filter by, so that they need not read the texts.
CREATE INDEX cases_by_place ON cases (
    place, number, state, department, helpers, kind, account, topic, officer
);

-- Pairs of characters (storage.rows.wordings); one row for each text of a case.
CREATE VIRTUAL TABLE case_search USING fts5 (
    words, case_number UNINDEXED, tokenize = 'unicode61 remove_diacritics 0'
);

INSERT INTO counters (name, number) VALUES ('case search', 0);
