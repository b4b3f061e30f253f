-- Taking work; here one writer at a time needs no row locks.
-- name: claim_unsettled(now, claim_until, limit)
UPDATE messages SET claim_until = :claim_until, claims = claims + 1
WHERE id IN (
    SELECT id FROM messages
    WHERE outcome IS NULL AND claim_until <= :now
    ORDER BY claim_until, id
    LIMIT :limit
)
RETURNING *

-- name: due_deliveries(now, limit, accounts)
SELECT deliveries.key, deliveries.account, deliveries.citizen
FROM deliveries
INNER JOIN citizens
    ON deliveries.account = citizens.account AND deliveries.citizen = citizens.openid
WHERE deliveries.state = 'waiting' AND deliveries.look_at <= :now
    AND CAST(:accounts AS TEXT) LIKE '%|' || deliveries.account || '|%'
    AND (deliveries.held_until IS NULL OR deliveries.held_until <= :now)
    AND citizens.subscribed = 1 AND {window_open}
ORDER BY deliveries.look_at, deliveries.created_at, deliveries.key
LIMIT :limit

-- name: add_search_words*!
INSERT INTO case_words (case_number, words) VALUES (:case_number, :words)

-- name: similar_cases_for(scope, number, found, limit)
-- The rarer the shared words, the better (BM25).
SELECT cases.* FROM (
    SELECT rowid AS id, rank AS score FROM case_search
    WHERE case_search MATCH :found ORDER BY rank LIMIT 300
) AS near
INNER JOIN case_texts ON near.id = case_texts.id
INNER JOIN cases ON case_texts.case_number = cases.number
WHERE cases.number <> :number AND {visible}
GROUP BY cases.number
ORDER BY MIN(near.score), cases.number
LIMIT :limit
