-- Departments that were asked to help with a case and have not said anything yet: "|one||two|".
ALTER TABLE cases ADD COLUMN awaits TEXT NOT NULL DEFAULT '';

UPDATE cases SET awaits = helpers
WHERE helpers <> '' AND state NOT IN ('replied', 'closed', 'out_of_scope', 'merged');

DROP INDEX cases_by_place;

CREATE INDEX cases_by_place ON cases (
    place, number, state, department, helpers, kind, account, topic, officer, asks, awaits
);
