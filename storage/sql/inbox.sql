-- name: add_message(key, account, citizen, receiver, kind, created_at, text, message_id, event, event_key, details, now, claim_until)^
INSERT INTO messages (
    key, account, citizen, receiver, kind, created_at, text, message_id, event, event_key, details,
    accepted_at, claim_until
)
VALUES (
    :key, :account, :citizen, :receiver, :kind, :created_at, :text, :message_id, :event,
    :event_key, :details, :now, :claim_until
)
ON CONFLICT (key) DO NOTHING
RETURNING id, reply, reply_at

-- name: claim_message(key, now, claim_until)^
UPDATE messages SET claim_until = :claim_until, claims = claims + 1
WHERE key = :key AND outcome IS NULL AND claim_until <= :now
RETURNING id, reply, reply_at

-- name: message_by_key(key)^
SELECT id, reply, reply_at FROM messages WHERE key = :key

-- name: message(id)^
SELECT * FROM messages WHERE id = :id

-- name: release_claims(now)!
UPDATE messages SET claim_until = :now WHERE outcome IS NULL AND claim_until > :now

-- name: settle_message(id, outcome, probability, reply, at)^
-- A reply that was frozen early stands; the text of the settlement then goes out late.
UPDATE messages
SET
    outcome = :outcome,
    probability = :probability,
    settled_at = :at,
    reply = COALESCE(reply, :reply),
    reply_at = COALESCE(reply_at, :at),
    late_text = CASE WHEN frozen_early = 1 THEN CAST(:reply AS TEXT) ELSE '' END
WHERE id = :id AND outcome IS NULL
RETURNING account, citizen, reply, reply_at, late_text

-- name: freeze_message(id, text, now)^
UPDATE messages SET reply = :text, reply_at = :now, frozen_early = 1
WHERE id = :id AND reply IS NULL
RETURNING reply, reply_at

-- name: message_reply(id)^
SELECT reply, reply_at FROM messages WHERE id = :id

-- name: add_given(message_id, entry_id, version)!
INSERT INTO given (message_id, entry_id, version) VALUES (:message_id, :entry_id, :version)
ON CONFLICT (message_id, entry_id, version) DO NOTHING

-- name: link_messages*!
INSERT INTO case_messages (message_id, case_number) VALUES (:message_id, :case_number)
ON CONFLICT (message_id) DO NOTHING

-- name: link_message(message_id, case_number)!
INSERT INTO case_messages (message_id, case_number) VALUES (:message_id, :case_number)
ON CONFLICT (message_id) DO NOTHING

-- name: said_before(account, citizen, before, limit)
-- Newest first.
SELECT messages.text, messages.accepted_at, messages.outcome, case_messages.case_number
FROM messages
LEFT JOIN case_messages ON messages.id = case_messages.message_id
WHERE messages.account = :account AND messages.citizen = :citizen AND messages.id < :before
    AND messages.kind <> 'comment'
ORDER BY messages.id DESC
LIMIT :limit

-- name: earlier_messages(account, citizen, before, since, limit)
-- Of one citizen, not of any case yet, newest first.
SELECT messages.id, messages.text, messages.accepted_at FROM messages
LEFT JOIN case_messages ON messages.id = case_messages.message_id
WHERE messages.account = :account AND messages.citizen = :citizen AND messages.id < :before
    AND messages.accepted_at >= :since AND messages.kind <> 'comment' AND messages.text <> ''
    AND case_messages.message_id IS NULL
ORDER BY messages.id DESC
LIMIT :limit
