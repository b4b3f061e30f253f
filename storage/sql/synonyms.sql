-- name: synonyms()
SELECT * FROM synonyms ORDER BY official

-- name: save_synonym(official, words, changed_by, changed_at)!
INSERT INTO synonyms (official, words, changed_by, changed_at)
VALUES (:official, :words, :changed_by, :changed_at)
ON CONFLICT (official) DO UPDATE
SET words = excluded.words, changed_by = excluded.changed_by, changed_at = excluded.changed_at

-- name: drop_synonym(official)!
DELETE FROM synonyms WHERE official = :official
