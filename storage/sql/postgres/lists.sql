-- Sets come as one JSON array; ANY(ARRAY …) takes the index, also before the first ANALYZE.
-- name: versions_of(entry_ids)
SELECT * FROM entry_versions
WHERE entry_id = ANY(ARRAY(SELECT json_array_elements_text(CAST(:entry_ids AS JSON))))

-- name: vectors_of(encoder, kind, hashes)
SELECT text_hash, vector FROM vectors
WHERE encoder = :encoder AND kind = :kind
    AND text_hash = ANY(ARRAY(SELECT json_array_elements_text(CAST(:hashes AS JSON))))

-- name: routings_of(numbers, scope)
-- What was suggested for each of these cases when it came, and who gave it back since.
SELECT case_events.case_number, case_events.step, case_events.details FROM case_events
INNER JOIN cases ON case_events.case_number = cases.number
WHERE case_events.case_number = ANY(ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON))))
    AND case_events.step IN ('open', 'return') AND {visible}
ORDER BY case_events.case_number, case_events.version

-- name: hashes_of(numbers)
SELECT case_number, version, hash FROM case_events
WHERE case_number = ANY(ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON))))
