-- name: empty_search(erasure)!
DELETE FROM case_search
WHERE case_number IN (SELECT number FROM cases WHERE erased = :erasure)
