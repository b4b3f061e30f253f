-- name: published_entries()
SELECT * FROM entry_versions WHERE status = 'published' ORDER BY entry_id

-- name: entry_versions(entry_id)
SELECT * FROM entry_versions WHERE entry_id = :entry_id ORDER BY version DESC

-- name: newest_entries(department, pattern)
SELECT entry_versions.* FROM entry_versions
INNER JOIN (
    SELECT entry_id, MAX(version) AS version FROM entry_versions GROUP BY entry_id
) AS newest
    ON entry_versions.entry_id = newest.entry_id AND entry_versions.version = newest.version
WHERE (CAST(:department AS TEXT) = '' OR entry_versions.department = CAST(:department AS TEXT))
    AND LOWER(
        entry_versions.entry_id || ' ' || question || ' ' || answer || ' ' || variants || ' '
        || topic
    ) LIKE CAST(:pattern AS TEXT) ESCAPE '!'
ORDER BY entry_versions.entry_id

-- name: add_version*!
INSERT INTO entry_versions (
    entry_id, version, question, answer, variants, negatives, department, topic, region, audience,
    source_title, source_number, source_url, checked_on, valid_from, valid_until, author, reviewer,
    status, saved_at, published_at, withdrawn_at
)
VALUES (
    :entry_id, :version, :question, :answer, :variants, :negatives, :department, :topic, :region,
    :audience, :source_title, :source_number, :source_url, :checked_on, :valid_from, :valid_until,
    :author, :reviewer, :status, :saved_at, :published_at, :withdrawn_at
)

-- name: change_version*!
-- Only a version that was never published.
UPDATE entry_versions
SET
    question = :question,
    answer = :answer,
    variants = :variants,
    negatives = :negatives,
    department = :department,
    topic = :topic,
    region = :region,
    audience = :audience,
    source_title = :source_title,
    source_number = :source_number,
    source_url = :source_url,
    checked_on = :checked_on,
    valid_from = :valid_from,
    valid_until = :valid_until,
    author = :author,
    reviewer = :reviewer,
    status = :status,
    saved_at = :saved_at,
    published_at = :published_at,
    withdrawn_at = :withdrawn_at
WHERE entry_id = :entry_id AND version = :version AND published_at IS NULL

-- name: move_version*!
-- A published text keeps; only whether it stands changes.
UPDATE entry_versions
SET
    status = :status,
    published_at = COALESCE(published_at, :published_at),
    withdrawn_at = :withdrawn_at,
    saved_at = :saved_at
WHERE entry_id = :entry_id AND version = :version

-- name: add_entry_step*!
INSERT INTO entry_steps (entry_id, version, at, actor, status, reason)
VALUES (:entry_id, :version, :at, :actor, :status, :reason)

-- name: approved_entries()
SELECT waiting.* FROM entry_versions AS waiting
WHERE waiting.status = 'in_review' AND waiting.reviewer <> '' AND NOT EXISTS (
    SELECT 1 FROM entry_versions AS newer
    WHERE newer.entry_id = waiting.entry_id AND newer.version > waiting.version
        AND (newer.status = 'published' OR newer.reviewer <> '')
)
ORDER BY waiting.entry_id

-- name: entry_history(entry_id)
SELECT * FROM entry_steps WHERE entry_id = :entry_id ORDER BY id DESC

-- name: given_entries(since, until)
-- A message answered with several entries counts for the first of them.
SELECT first.entry_id, COUNT(*) AS amount
FROM (
    SELECT MIN(given.entry_id) AS entry_id FROM messages
    INNER JOIN given ON messages.id = given.message_id
    WHERE messages.outcome = 'answered' AND messages.kind <> 'event'
        AND messages.accepted_at >= :since AND messages.accepted_at < :until
    GROUP BY messages.id
) AS first
GROUP BY first.entry_id
ORDER BY COUNT(*) DESC, first.entry_id

-- name: times_given(entry_id)
SELECT version, COUNT(*) AS amount FROM given WHERE entry_id = :entry_id GROUP BY version

-- name: counter(name)^
SELECT number FROM counters WHERE name = :name

-- name: hold_counter(name)!
-- Whoever changes what it counts holds its row first: such changes come one after another.
UPDATE counters SET number = number WHERE name = :name

-- name: count_up(name)^
UPDATE counters SET number = number + 1 WHERE name = :name RETURNING number

-- name: keep_vector*!
INSERT INTO vectors (encoder, kind, text_hash, vector)
VALUES (:encoder, :kind, :text_hash, :vector)
ON CONFLICT (encoder, kind, text_hash) DO NOTHING
