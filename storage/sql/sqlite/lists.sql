-- name: versions_of(entry_ids)
SELECT * FROM entry_versions WHERE entry_id IN (SELECT value FROM json_each(:entry_ids))

-- name: vectors_of(encoder, kind, hashes)
SELECT text_hash, vector FROM vectors
WHERE encoder = :encoder AND kind = :kind
    AND text_hash IN (SELECT value FROM json_each(:hashes))
