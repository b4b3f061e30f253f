-- name: claim_library(name, now, due)^
-- Of several workers one gets the row.
INSERT INTO library_runs (name, looked_at, digest) VALUES (:name, :now, '')
ON CONFLICT (name) DO UPDATE SET looked_at = excluded.looked_at
WHERE library_runs.looked_at <= :due
RETURNING digest

-- name: keep_library_digest(name, digest)!
UPDATE library_runs SET digest = :digest WHERE name = :name

-- name: library_rows(library)
SELECT * FROM library_rows WHERE library = :library ORDER BY own_key

-- name: keep_library_row*!
INSERT INTO library_rows (library, own_key, entry_id, digest, gone_at)
VALUES (:library, :own_key, :entry_id, :digest, '')
ON CONFLICT (library, own_key)
DO UPDATE SET entry_id = excluded.entry_id, digest = excluded.digest, gone_at = ''

-- name: miss_library_row*!
UPDATE library_rows SET gone_at = :now
WHERE library = :library AND own_key = :own_key AND gone_at = ''
