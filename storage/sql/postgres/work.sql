-- Taking work; what another worker is taking just now is passed over.
-- name: claim_unsettled(now, claim_until, limit)
UPDATE messages SET claim_until = :claim_until, claims = claims + 1
WHERE id IN (
    SELECT id FROM messages
    WHERE outcome IS NULL AND claim_until <= :now
    ORDER BY claim_until, id
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
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
FOR UPDATE OF deliveries SKIP LOCKED

-- name: add_search_words*!
-- Pairs keep their places, so that they can be asked for as a phrase.
INSERT INTO case_search (case_number, words)
SELECT
    CAST(:case_number AS TEXT),
    COALESCE(
        CAST(STRING_AGG('''' || word || ''':' || LEAST(place, 16383), ' ') AS TSVECTOR), ''
    )
FROM UNNEST(STRING_TO_ARRAY(CAST(:words AS TEXT), ' ')) WITH ORDINALITY AS parts (word, place)
WHERE word <> ''

-- name: similar_cases_for(scope, number, found, limit)
SELECT cases.* FROM (
    SELECT near.case_number, MAX(near.score) AS score FROM (
        SELECT case_number, TS_RANK(words, {asked}) AS score FROM case_search
        WHERE words @@ {asked} ORDER BY score DESC LIMIT 300
    ) AS near
    GROUP BY near.case_number
) AS best
INNER JOIN cases ON best.case_number = cases.number
WHERE cases.number <> :number AND {visible}
ORDER BY best.score DESC, cases.number
LIMIT :limit
