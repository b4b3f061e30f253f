-- Who took which step with which version of an entry, when and why; earlier steps stand in the
-- audit log.
CREATE TABLE entry_steps (
    id {identity},
    entry_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL
);

CREATE INDEX entry_steps_of_entry ON entry_steps (entry_id, id);

INSERT INTO entry_steps (entry_id, version, at, actor, status, reason)
SELECT
    json_extract(details, '$.entry'),
    CAST(json_extract(details, '$.version') AS INTEGER),
    at,
    actor,
    substr(action, 7),
    COALESCE(json_extract(details, '$.reason'), '')
FROM audit_log
WHERE action IN ('entry draft', 'entry in_review', 'entry published', 'entry withdrawn')
ORDER BY number;

CREATE INDEX given_of_entry ON given (entry_id, version);

CREATE TRIGGER entry_steps_kept BEFORE UPDATE ON entry_steps
BEGIN
    SELECT RAISE(ABORT, 'the log of entries is append-only');
END;

CREATE TRIGGER entry_steps_whole BEFORE DELETE ON entry_steps
BEGIN
    SELECT RAISE(ABORT, 'the log of entries is append-only');
END;
