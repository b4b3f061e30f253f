-- name: questions_of_cases(since, limit)
-- Questions that people had to answer, and what became of them.
SELECT number, text, received_at, department, rating,
    CASE WHEN state IN ('replied', 'closed') THEN reply ELSE '' END AS reply
FROM cases
WHERE kind = 'question' AND erased IS NULL AND state NOT IN ('out_of_scope', 'merged') AND received_at >= :since
ORDER BY received_at DESC
LIMIT :limit

-- name: suggested_messages(since, limit)
SELECT account, citizen, text, accepted_at FROM messages
WHERE outcome = 'suggested' AND erased IS NULL AND accepted_at >= :since
ORDER BY accepted_at DESC
LIMIT :limit

-- name: ended_messages(since)
-- When a citizen got an answer, or a person, after all.
SELECT account, citizen, accepted_at FROM messages
WHERE outcome IN ('answered', 'cased', 'added') AND accepted_at >= :since

-- name: dismiss_cluster(wordings, actor, at, reason, department)!
INSERT INTO dismissed_clusters (wordings, actor, at, reason, department)
VALUES (:wordings, :actor, :at, :reason, :department)

-- name: restore_cluster(id, actor, at)!
UPDATE dismissed_clusters SET restored_by = :actor, restored_at = :at
WHERE id = :id AND restored_at IS NULL

-- name: all_dismissed()
-- Also those taken up again: their wordings are kept as well.
SELECT id, wordings FROM dismissed_clusters ORDER BY id

-- name: keep_wordings(id, wordings)!
UPDATE dismissed_clusters SET wordings = :wordings WHERE id = :id

-- name: drop_dismissed(id)!
DELETE FROM dismissed_clusters WHERE id = :id

-- name: dismissed_clusters()
SELECT * FROM dismissed_clusters WHERE restored_at IS NULL ORDER BY id DESC
