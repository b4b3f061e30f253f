-- name: claim_library(name, now, due)^
-- Of several workers one gets the row.
INSERT INTO library_runs (name, looked_at, digest) VALUES (:name, :now, '')
ON CONFLICT (name) DO UPDATE SET looked_at = excluded.looked_at
WHERE library_runs.looked_at <= :due
RETURNING digest

-- name: keep_library_digest(name, digest)!
UPDATE library_runs SET digest = :digest WHERE name = :name
