-- name: add_delivery(key, account, citizen, text, case_number, late_of, created_at)!
INSERT INTO deliveries (
    key, account, citizen, text, case_number, late_of, created_at, state, look_at
)
VALUES (
    :key, :account, :citizen, :text, :case_number, :late_of, :created_at, 'waiting', :created_at
)
ON CONFLICT (key) DO NOTHING

-- name: hold_deliveries(account, citizen, message_id, now, until, reopened)
-- While a message is handled its reply may carry them, so nobody else pushes or carries them.
UPDATE deliveries
SET
    held_by = :message_id,
    held_until = :until,
    state = CASE
        WHEN state = 'unpushable' AND CAST(:reopened AS INTEGER) = 1 THEN 'waiting' ELSE state
    END
WHERE account = :account AND citizen = :citizen AND {undelivered}
    AND (held_until IS NULL OR held_until <= :now OR held_by = :message_id)
RETURNING *

-- name: carry_delivery(key, message_id, at)!
UPDATE deliveries
SET state = 'delivered', ended_at = :at, carried_by = :message_id, held_by = NULL, held_until = NULL
WHERE key = :key AND {undelivered}

-- name: let_go_of_deliveries(account, citizen, message_id)!
UPDATE deliveries SET held_by = NULL, held_until = NULL
WHERE account = :account AND citizen = :citizen AND {undelivered} AND held_by = :message_id

-- name: send_delivery(key)^
UPDATE deliveries SET state = 'sending', attempts = attempts + 1
WHERE key = :key AND state = 'waiting'
RETURNING *

-- name: delivery_sent(key, now)!
UPDATE deliveries SET state = 'sent', ended_at = :now
WHERE key = :key AND state IN ('sending', 'uncertain')

-- name: delivery_postponed(key, reason, look_at)^
UPDATE deliveries SET state = 'waiting', reason = :reason, look_at = :look_at
WHERE key = :key AND state IN ('sending', 'uncertain')
RETURNING account, citizen

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
