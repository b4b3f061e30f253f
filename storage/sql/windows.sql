-- name: closing_windows(now, accounts, limit)
-- Open cases that somebody here is to act on, whose citizen can still be pushed something.
SELECT cases.*, citizens.push_until AS push_until, citizens.push_left AS push_left
FROM cases
INNER JOIN citizens ON cases.account = citizens.account AND cases.citizen = citizens.openid
WHERE {in_work} AND cases.state <> 'waiting'
    AND CAST(:accounts AS TEXT) LIKE '%|' || cases.account || '|%'
    AND citizens.subscribed = 1 AND citizens.push_left > 0 AND citizens.push_until > :now
    AND NOT EXISTS (
        SELECT 1 FROM raised
        WHERE raised.key = 'window/' || cases.number || '/' || citizens.push_until
    )
ORDER BY citizens.push_until, cases.number
LIMIT :limit
