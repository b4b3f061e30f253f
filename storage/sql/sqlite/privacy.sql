-- name: empty_search(erasure)!
DELETE FROM case_search
WHERE rowid IN (
    SELECT case_texts.id FROM case_texts
    INNER JOIN cases ON case_texts.case_number = cases.number
    WHERE cases.erased = :erasure
)
