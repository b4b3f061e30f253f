-- An entry on its way into another: when version `version` of `kept` is published, version
-- `gone_version` of `gone` is withdrawn in the same transaction.
-- Outcome: '' (waiting), done, cancelled.
CREATE TABLE entry_merges (
    id {identity},
    kept TEXT NOT NULL,
    version INTEGER NOT NULL,
    gone TEXT NOT NULL,
    gone_version INTEGER NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT '',
    ended_by TEXT NOT NULL DEFAULT '',
    ended_at TEXT
);

CREATE UNIQUE INDEX entry_merges_waiting ON entry_merges (kept, version) WHERE outcome = '';

CREATE INDEX entry_merges_into ON entry_merges (kept);

CREATE INDEX entry_merges_from ON entry_merges (gone);
