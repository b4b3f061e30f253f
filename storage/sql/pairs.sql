-- name: settled_pairs()
SELECT mark FROM settled_pairs WHERE reopened_at IS NULL

-- name: settle_pair(mark, one, other, actor, now)!
INSERT INTO settled_pairs (mark, one, other, actor, at)
VALUES (:mark, :one, :other, :actor, :now)
ON CONFLICT (mark) WHERE reopened_at IS NULL DO NOTHING

-- name: reopen_pair(mark, actor, now)!
UPDATE settled_pairs SET reopened_by = :actor, reopened_at = :now
WHERE mark = :mark AND reopened_at IS NULL
