-- name: own_places()
SELECT * FROM own_places ORDER BY belongs, name

-- name: save_place(name, belongs, changed_by, changed_at)!
INSERT INTO own_places (name, belongs, changed_by, changed_at)
VALUES (:name, :belongs, :changed_by, :changed_at)
ON CONFLICT (name) DO UPDATE
SET belongs = excluded.belongs, changed_by = excluded.changed_by, changed_at = excluded.changed_at

-- name: drop_place(name)!
DELETE FROM own_places WHERE name = :name
