-- Sets come as one JSON array; ANY(ARRAY …) takes the index, also before the first ANALYZE.
-- name: versions_of(entry_ids)
SELECT * FROM entry_versions
WHERE entry_id = ANY(ARRAY(SELECT json_array_elements_text(CAST(:entry_ids AS JSON))))

-- name: vectors_of(encoder, kind, hashes)
SELECT text_hash, vector FROM vectors
WHERE encoder = :encoder AND kind = :kind
    AND text_hash = ANY(ARRAY(SELECT json_array_elements_text(CAST(:hashes AS JSON))))
