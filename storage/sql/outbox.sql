-- name: add_delivery(key, account, citizen, text, case_number, late_of, created_at, look_at)!
-- Nobody is told by notice, either, before it may be pushed.
INSERT INTO deliveries (
    key, account, citizen, text, case_number, late_of, created_at, state, look_at, notice_at
)
VALUES (
    :key, :account, :citizen, :text, :case_number, :late_of, :created_at, 'waiting', :look_at,
    :look_at
)
ON CONFLICT (key) DO NOTHING

-- name: hold_deliveries(account, citizen, message_id, now, until, reopened)
-- While a message is handled its reply may carry them, so nobody else pushes or carries them.
UPDATE deliveries
SET
    held_by = :message_id,
    held_until = :until,
    attempts = CASE
        WHEN state = 'failed' AND CAST(:reopened AS INTEGER) = 1 THEN 0 ELSE attempts
    END,
    reason = CASE
        WHEN state IN ('unpushable', 'failed') AND CAST(:reopened AS INTEGER) = 1 THEN ''
        ELSE reason
    END,
    state = CASE
        WHEN state IN ('unpushable', 'failed') AND CAST(:reopened AS INTEGER) = 1 THEN 'waiting'
        ELSE state
    END
WHERE account = :account AND citizen = :citizen AND {undelivered}
    AND (held_until IS NULL OR held_until <= :now OR held_by = :message_id)
RETURNING *

-- name: carry_delivery(key, message_id, at)!
UPDATE deliveries
SET state = 'delivered', ended_at = :at, carried_by = :message_id, held_by = NULL, held_until = NULL
WHERE key = :key AND {undelivered}

-- name: undo_delivery(key, now)!
-- Taken back before anybody outside read it; the sender changes the same row only while `waiting`.
UPDATE deliveries SET state = 'undone', ended_at = :now WHERE key = :key AND {still_here}

-- name: undo_orders(number, released_at, by, now)!
UPDATE comment_orders SET state = 'undone', reason = :by, ended_at = :now
WHERE case_number = :number AND decided_at = :released_at AND {order_still_here}

-- name: leaving(number, key, released_at, now)^
-- What one approval let out: texts to the citizen and replies under comments, how many of them
-- have not left, and whether anybody can read it elsewhere.
SELECT
    (SELECT COUNT(*) FROM deliveries WHERE key = :key) AS letters,
    (SELECT COUNT(*) FROM deliveries WHERE key = :key AND {still_here}) AS letters_here,
    (SELECT MIN(look_at) FROM deliveries WHERE key = :key) AS letters_at,
    (
        SELECT COUNT(*) FROM comment_orders
        WHERE case_number = :number AND decided_at = :released_at AND state <> 'undone'
    ) AS orders,
    (
        SELECT COUNT(*) FROM comment_orders
        WHERE case_number = :number AND decided_at = :released_at AND {order_still_here}
    ) AS orders_here,
    (
        SELECT MIN(send_at) FROM comment_orders
        WHERE case_number = :number AND decided_at = :released_at AND state <> 'undone'
    ) AS orders_at,
    (
        SELECT COUNT(*) FROM public_answers
        WHERE case_number = :number AND state IN ('proposed', 'published')
    ) AS public

-- name: show_deliveries(number, now)!
-- The citizen's own page shows the reply: from now on it cannot be taken back.
UPDATE deliveries SET shown_at = :now
WHERE case_number = :number AND {undelivered} AND shown_at = ''

-- name: let_go_of_deliveries(account, citizen, message_id)!
UPDATE deliveries SET held_by = NULL, held_until = NULL
WHERE account = :account AND citizen = :citizen AND {undelivered} AND held_by = :message_id

-- name: send_delivery(key, paid_by)^
UPDATE deliveries SET state = 'sending', attempts = attempts + 1, paid_by = :paid_by
WHERE key = :key AND state = 'waiting'
RETURNING *

-- name: delivery_sent(key, now)!
UPDATE deliveries SET state = 'sent', ended_at = :now
WHERE key = :key AND state IN ('sending', 'uncertain')

-- name: delivery_postponed(key, reason, look_at)^
UPDATE deliveries SET state = 'waiting', reason = :reason, look_at = :look_at
WHERE key = :key AND state IN ('sending', 'uncertain')
RETURNING account, citizen, paid_by

-- name: delivery_failed(key, reason)^
UPDATE deliveries SET state = 'failed', reason = :reason
WHERE key = :key AND state IN ('sending', 'uncertain')
RETURNING account, citizen, paid_by

-- name: delivery_unpushable(key, reason)!
UPDATE deliveries SET state = 'unpushable', reason = :reason
WHERE key = :key AND state IN ('sending', 'uncertain')

-- name: delivery_uncertain(key, reason)!
UPDATE deliveries SET state = 'uncertain', reason = :reason
WHERE key = :key AND state IN ('sending', 'uncertain')

-- name: release_interrupted(now)!
UPDATE deliveries
SET state = 'uncertain', reason = 'interrupted while sending', look_at = :now
WHERE state = 'sending'

-- name: send_notice(key)^
UPDATE deliveries SET notice = 'sending', notice_attempts = notice_attempts + 1
WHERE key = :key AND notice IN ('', 'waiting')
RETURNING *

-- name: notice_ended(key, notice, reason, now, notice_id)!
UPDATE deliveries
SET notice = :notice, notice_reason = :reason, notice_at = :now, notice_id = :notice_id
WHERE key = :key AND notice IN ('sending', 'uncertain')

-- name: notice_bounced(account, citizen, notice_id, reason)!
-- The event may come before the call's own answer was written down.
UPDATE deliveries SET notice = 'refused', notice_reason = :reason
WHERE account = :account AND citizen = :citizen AND {undelivered}
    AND (notice = 'sending' OR (notice = 'sent' AND notice_id = CAST(:notice_id AS TEXT)))

-- name: release_interrupted_notices(now)!
UPDATE deliveries
SET notice = 'uncertain', notice_reason = 'interrupted while sending', notice_at = :now
WHERE notice = 'sending'

-- name: undelivered_for(scope, only_failed, limit)
-- Texts on their way, given-up ones first, then the oldest; `scope` limits them to one department.
SELECT deliveries.*, cases.department AS department, citizens.push_until AS push_until,
    citizens.push_left AS push_left, citizens.subscribed AS subscribed
FROM deliveries
LEFT JOIN cases ON deliveries.case_number = cases.number
LEFT JOIN citizens
    ON deliveries.account = citizens.account AND deliveries.citizen = citizens.openid
WHERE {undelivered} AND (deliveries.state = 'failed' OR CAST(:only_failed AS INTEGER) = 0)
    AND {visible}
ORDER BY CASE WHEN deliveries.state = 'failed' THEN 0 ELSE 1 END, deliveries.created_at,
    deliveries.key
LIMIT :limit

-- name: undelivered_of_case_for(number, scope)
SELECT deliveries.*, cases.department AS department, citizens.push_until AS push_until,
    citizens.push_left AS push_left, citizens.subscribed AS subscribed
FROM deliveries
INNER JOIN cases ON deliveries.case_number = cases.number
LEFT JOIN citizens
    ON deliveries.account = citizens.account AND deliveries.citizen = citizens.openid
WHERE deliveries.case_number = :number AND {undelivered} AND {visible}
ORDER BY deliveries.created_at, deliveries.key

-- name: count_failed_for(scope)^
SELECT COUNT(*) AS amount FROM deliveries
LEFT JOIN cases ON deliveries.case_number = cases.number
WHERE deliveries.state = 'failed' AND {undelivered} AND {visible}

-- name: retry_delivery(key, scope, now)^
-- A person wants it tried at once; a notice that was refused or given up is tried again too.
UPDATE deliveries
SET
    state = 'waiting', attempts = 0, reason = '', look_at = :now,
    notice = CASE WHEN notice IN ('failed', 'refused') THEN 'waiting' ELSE notice END,
    notice_attempts = 0, notice_at = :now
WHERE key = :key AND state IN ('waiting', 'unpushable', 'failed')
    AND key IN (
        SELECT own.key FROM deliveries AS own
        LEFT JOIN cases ON own.case_number = cases.number
        WHERE own.key = :key AND {visible}
    )
RETURNING account, case_number

-- name: retry_account(account, now)!
UPDATE deliveries
SET
    state = 'waiting', attempts = 0, reason = '', look_at = :now,
    notice = CASE WHEN notice IN ('failed', 'refused') THEN 'waiting' ELSE notice END,
    notice_attempts = 0, notice_at = :now
WHERE account = :account AND (state = 'failed' OR (state = 'waiting' AND reason <> ''))

-- name: undelivered_by_account()
SELECT account, state, COUNT(*) AS amount, MIN(created_at) AS oldest
FROM deliveries WHERE {undelivered}
GROUP BY account, state ORDER BY account, state
