-- name: take_article(account, started, due_by, now, lease)^
UPDATE articles SET taken_at = :now, next_look_at = :lease
WHERE id = (
    SELECT id FROM articles
    WHERE account = :account AND taken_at < :started AND next_look_at <= :due_by
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
