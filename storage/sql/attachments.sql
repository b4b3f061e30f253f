-- name: add_attachment(message_id, account, citizen, kind, media_id, picture_url, now)!
INSERT INTO attachments (
    message_id, account, citizen, kind, media_id, picture_url, sent_at, state, look_at
)
VALUES (
    :message_id, :account, :citizen, :kind, :media_id, :picture_url, :now, 'wanted', :now
)
ON CONFLICT (message_id) DO NOTHING

-- name: join_earlier_attachments(account, citizen, case_number, since)!
-- A picture sent just before the words that opened the case belongs to it.
INSERT INTO case_messages (message_id, case_number)
SELECT attachments.message_id, CAST(:case_number AS TEXT)
FROM attachments
LEFT JOIN case_messages AS linked ON attachments.message_id = linked.message_id
WHERE attachments.account = :account AND attachments.citizen = :citizen
    AND attachments.sent_at >= :since AND linked.message_id IS NULL
ON CONFLICT (message_id) DO NOTHING

-- name: attachment_ended(id, state, reason, look_at)!
UPDATE attachments SET state = :state, reason = :reason, look_at = :look_at
WHERE id = :id AND state = 'fetching'

-- name: attachment_kept(id, content_type, size, sha256)!
UPDATE attachments
SET state = 'kept', reason = '', content_type = :content_type, size = :size, sha256 = :sha256
WHERE id = :id AND state = 'fetching'

-- name: add_content(sha256, content, now)!
INSERT INTO contents (sha256, content, kept_at) VALUES (:sha256, :content, :now)
ON CONFLICT (sha256) DO NOTHING

-- name: attachments_for(number, scope)
SELECT attachments.* FROM attachments
INNER JOIN case_messages ON attachments.message_id = case_messages.message_id
INNER JOIN cases ON case_messages.case_number = cases.number
WHERE cases.number = :number AND {visible}
ORDER BY attachments.id

-- name: attachment_for(id, number, scope)^
SELECT attachments.*, contents.content AS content FROM attachments
INNER JOIN case_messages ON attachments.message_id = case_messages.message_id
INNER JOIN cases ON case_messages.case_number = cases.number
INNER JOIN contents ON attachments.sha256 = contents.sha256
WHERE attachments.id = :id AND cases.number = :number AND attachments.state = 'kept' AND {visible}
