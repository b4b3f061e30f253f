-- name: add_order(comment_id, step, text, case_number, proposed_by, proposed_at, decided_by, decided_at, state, send_at)^
INSERT INTO comment_orders (
    comment_id, step, text, case_number, proposed_by, proposed_at, decided_by, decided_at, state,
    send_at
)
VALUES (
    :comment_id, :step, :text, :case_number, :proposed_by, :proposed_at, :decided_by, :decided_at,
    :state, :send_at
)
ON CONFLICT DO NOTHING
RETURNING id

-- name: supersede_orders(comment_id, step, now)!
UPDATE comment_orders SET state = 'undone', reason = 'superseded', ended_at = :now
WHERE comment_id = :comment_id AND step = :step AND state IN ('proposed', 'approved')

-- name: order_row(id)^
SELECT * FROM comment_orders WHERE id = :id

-- name: orders_of(comment_id)
SELECT * FROM comment_orders WHERE comment_id = :comment_id ORDER BY id DESC

-- name: orders_in(scope, states, limit)
SELECT comment_orders.*, comment_orders.id AS order_id FROM comment_orders
INNER JOIN comments ON comment_orders.comment_id = comments.id
WHERE CAST(:states AS TEXT) LIKE '%|' || comment_orders.state || '|%'
    AND comment_orders.state IN ('proposed', 'failed') AND {visible_comment}
ORDER BY comment_orders.id DESC
LIMIT :limit

-- name: change_order(id, before, state, decided_by, decided_at, send_at, reason, ended_at)^
-- The state it was read in: whoever comes second changes nothing.
UPDATE comment_orders
SET
    state = :state,
    decided_by = :decided_by,
    decided_at = :decided_at,
    send_at = :send_at,
    reason = :reason,
    ended_at = :ended_at
WHERE id = :id AND state = :before
RETURNING id

-- name: send_order(id, claim_until)^
UPDATE comment_orders SET state = 'sending', attempts = attempts + 1, claim_until = :claim_until
WHERE id = :id
RETURNING *

-- name: order_done(id, now)^
UPDATE comment_orders SET state = 'done', ended_at = :now, code = 0, reason = ''
WHERE id = :id AND state = 'sending'
RETURNING comment_id, step, text

-- name: comment_done(id, elected, reply, replied_at, gone_at)!
-- What the platform shows now, ahead of the next look; NULL leaves it as it is.
UPDATE comments
SET
    elected = COALESCE(CAST(:elected AS INTEGER), elected),
    reply = COALESCE(CAST(:reply AS TEXT), reply),
    replied_at = CASE
        WHEN CAST(:reply AS TEXT) IS NULL THEN replied_at ELSE CAST(:replied_at AS TEXT)
    END,
    gone_at = COALESCE(CAST(:gone_at AS TEXT), gone_at)
WHERE id = :id

-- name: order_failed(id, code, reason, now)!
UPDATE comment_orders SET state = 'failed', code = :code, reason = :reason, ended_at = :now
WHERE id = :id AND state = 'sending'

-- name: order_postponed(id, code, reason, look_at)!
UPDATE comment_orders SET state = 'approved', code = :code, reason = :reason, send_at = :look_at
WHERE id = :id AND state = 'sending'
