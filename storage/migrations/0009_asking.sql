-- What a department asks a supervisor for: '' or 'extension'.
ALTER TABLE cases ADD COLUMN asks TEXT NOT NULL DEFAULT '';

DROP INDEX cases_by_place;

CREATE INDEX cases_by_place ON cases (
    place, number, state, department, helpers, kind, account, topic, officer, asks
);

CREATE INDEX cases_by_lead ON cases (lead) WHERE lead <> '';
