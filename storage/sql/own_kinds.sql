-- name: own_kinds()
SELECT * FROM own_kinds ORDER BY in_use DESC, line

-- name: save_kinds(line, in_use, changed_by, changed_at)!
INSERT INTO own_kinds (line, in_use, changed_by, changed_at)
VALUES (:line, :in_use, :changed_by, :changed_at)
ON CONFLICT (line) DO UPDATE
SET in_use = excluded.in_use, changed_by = excluded.changed_by, changed_at = excluded.changed_at

-- name: drop_kinds(line)!
DELETE FROM own_kinds WHERE line = :line
