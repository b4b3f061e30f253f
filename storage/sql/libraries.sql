-- name: claim_library(name, now, due, until)^
-- Of several workers one gets the row. One that dies while it looks is followed after `until`.
INSERT INTO library_runs (name, looked_at, next_look_at, digest) VALUES (:name, :now, :until, '')
ON CONFLICT (name)
DO UPDATE SET looked_at = excluded.looked_at, next_look_at = excluded.next_look_at
WHERE library_runs.next_look_at <= :now OR library_runs.looked_at <= :due
RETURNING *

-- name: end_library_look(name, looked_at, next_look_at, read_at, digest, tried, source, etag, modified, failures, reason)!
-- Whoever was followed meanwhile leaves nothing.
UPDATE library_runs
SET
    next_look_at = :next_look_at, read_at = :read_at, digest = :digest, tried = :tried,
    source = :source, etag = :etag, modified = :modified, failures = :failures, reason = :reason
WHERE name = :name AND looked_at = :looked_at

-- name: library_runs()
SELECT * FROM library_runs ORDER BY name

-- name: look_at_library_soon(name, now, before)!
-- Not while somebody may be looking at it.
UPDATE library_runs SET next_look_at = :now WHERE name = :name AND looked_at <= :before

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
