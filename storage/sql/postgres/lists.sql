-- name: versions_of(entry_ids)
SELECT * FROM entry_versions
WHERE entry_id IN (SELECT json_array_elements_text(CAST(:entry_ids AS JSON)))

-- name: vectors_of(encoder, kind, hashes)
SELECT text_hash, vector FROM vectors
WHERE encoder = :encoder AND kind = :kind
    AND text_hash IN (SELECT json_array_elements_text(CAST(:hashes AS JSON)))
