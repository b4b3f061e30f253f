-- name: golden_questions()
SELECT * FROM golden_questions WHERE retired_at IS NULL ORDER BY id

-- name: add_golden(text, entry_id, actor, now)!
INSERT INTO golden_questions (text, entry_id, added_by, added_at)
VALUES (:text, :entry_id, :actor, :now)
ON CONFLICT (text) WHERE retired_at IS NULL DO NOTHING

-- name: all_golden()
SELECT id, text FROM golden_questions WHERE text <> '' ORDER BY id

-- name: empty_golden(id, actor, now)!
-- In force or not, its words go; one in force is retired with them.
UPDATE golden_questions
SET
    text = '',
    retired_by = CASE WHEN retired_at IS NULL THEN CAST(:actor AS TEXT) ELSE retired_by END,
    retired_at = COALESCE(retired_at, CAST(:now AS TEXT))
WHERE id = :id

-- name: retire_golden(id, actor, now)!
UPDATE golden_questions SET retired_by = :actor, retired_at = :now
WHERE id = :id AND retired_at IS NULL

-- name: add_job(kind, name, actor, now)^
INSERT INTO jobs (kind, name, actor, started_at, looked_at, state)
VALUES (:kind, :name, :actor, :now, :now, 'running')
RETURNING id

-- name: tell_job(id, done, total, now)!
UPDATE jobs SET done = :done, total = :total, looked_at = :now WHERE id = :id AND state = 'running'

-- name: end_job(id, state, result, file_name, file, now)!
UPDATE jobs
SET state = :state, result = :result, file_name = :file_name, file = :file, looked_at = :now
WHERE id = :id AND state = 'running'

-- name: forget_job_files(before)!
-- Uploaded rows are kept for a while only; the figures stay.
UPDATE jobs SET file = NULL, file_name = '' WHERE started_at < :before AND file_name <> ''

-- name: job(id)^
SELECT id, kind, name, actor, started_at, looked_at, state, done, total, result, file_name
FROM jobs WHERE id = :id

-- name: job_file(id)^
SELECT file FROM jobs WHERE id = :id

-- name: jobs(kinds, limit)
SELECT id, kind, name, actor, started_at, looked_at, state, done, total, result, file_name
FROM jobs
WHERE CAST(:kinds AS TEXT) LIKE '%|' || kind || '|%'
ORDER BY id DESC
LIMIT :limit
