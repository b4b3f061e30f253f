-- name: last_audit_hash()^
SELECT hash FROM audit_log ORDER BY number DESC LIMIT 1

-- name: audit_record(number)^
SELECT number, hash FROM audit_log WHERE number = :number

-- name: add_to_audit_log*!
INSERT INTO audit_log (number, at, actor, action, details, prev_hash, hash)
VALUES (:number, :at, :actor, :action, :details, :prev_hash, :hash)

-- name: set_counter(name, number)!
UPDATE counters SET number = :number WHERE name = :name

-- name: audit_page(after, limit)
SELECT * FROM audit_log WHERE number > :after ORDER BY number LIMIT :limit

-- name: records(actor, actions, about, since, until, limit, offset)
SELECT * FROM audit_log WHERE {recorded}
ORDER BY number DESC
LIMIT :limit OFFSET :offset

-- name: count_records(actor, actions, about, since, until)^
SELECT COUNT(*) AS amount FROM audit_log WHERE {recorded}

-- name: record_hours(since)
-- By the hour in UTC: every hour lies within one day in China.
SELECT SUBSTR(at, 1, 13) AS hour, actor, action, COUNT(*) AS amount FROM audit_log
WHERE at >= :since
GROUP BY SUBSTR(at, 1, 13), actor, action

-- name: recorded_actors()
SELECT DISTINCT actor FROM audit_log ORDER BY actor

-- name: unsealed_cases(limit)
-- Cases with events that no seal covers yet, each with its newest.
SELECT cases.number, cases.version, case_events.hash FROM cases
INNER JOIN case_events
    ON cases.number = case_events.case_number AND cases.version = case_events.version
LEFT JOIN sealed_cases ON cases.number = sealed_cases.case_number
WHERE sealed_cases.version IS NULL OR sealed_cases.version <> cases.version
ORDER BY cases.number
LIMIT :limit

-- name: seal_case*!
INSERT INTO sealed_cases (case_number, version) VALUES (:number, :version)
ON CONFLICT (case_number) DO UPDATE SET version = excluded.version

-- name: seals(after, limit)
SELECT number, details FROM audit_log
WHERE number > :after AND action = 'cases_sealed'
ORDER BY number
LIMIT :limit
