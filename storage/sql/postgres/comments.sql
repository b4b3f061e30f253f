-- name: take_article(account, free_by, due_by, now)^
UPDATE articles SET taken_at = :now
WHERE id = (
    SELECT id FROM articles
    WHERE account = :account AND taken_at < :free_by AND next_look_at <= :due_by
    ORDER BY next_look_at, id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING *, (
    SELECT COUNT(*) FROM comments
    WHERE comments.article_id = articles.id AND comments.gone_at IS NULL
) AS alive

-- name: due_orders(now, limit, accounts)
SELECT comment_orders.id FROM comment_orders
INNER JOIN comments ON comment_orders.comment_id = comments.id
WHERE CAST(:accounts AS TEXT) LIKE '%|' || comments.account || '|%'
    AND comment_orders.send_at <= :now
    AND (
        comment_orders.state = 'approved'
        OR (comment_orders.state = 'sending' AND comment_orders.claim_until <= :now)
    )
ORDER BY comment_orders.send_at, comment_orders.id
LIMIT :limit
FOR UPDATE OF comment_orders SKIP LOCKED

-- name: own_open_cases(account, citizen, limit)
SELECT * FROM cases
WHERE account = :account AND citizen = :citizen AND {in_work}
ORDER BY received_at DESC, number DESC
LIMIT :limit
FOR UPDATE
