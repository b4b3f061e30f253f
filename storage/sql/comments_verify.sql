-- name: bad_comments(fetched_before)
-- A comment is filed once, as a message; what wants something is a case.
SELECT comments.id FROM comments
LEFT JOIN messages ON comments.message_id = messages.id
WHERE (comments.filed_at IS NULL AND comments.fetched_at <= :fetched_before)
    OR (
        comments.filed_at IS NOT NULL
        AND (messages.id IS NULL OR messages.kind <> 'comment' OR messages.text <> comments.text)
    )
    OR (comments.shelf IN ('question', 'matter') AND comments.case_number = '')
ORDER BY comments.id

-- name: bad_comment_messages()
SELECT messages.id FROM messages
LEFT JOIN comments ON messages.id = comments.message_id
WHERE messages.kind = 'comment' AND comments.id IS NULL
ORDER BY messages.id

-- name: bad_orders()
-- Nothing is done on the platform that one person alone wanted; a case's reply is the case's.
SELECT comment_orders.id FROM comment_orders
LEFT JOIN cases ON comment_orders.case_number = cases.number
WHERE comment_orders.state IN ('approved', 'sending', 'done', 'failed')
    AND (
        comment_orders.proposed_by = ''
        OR comment_orders.decided_by = ''
        OR comment_orders.proposed_by = comment_orders.decided_by
        OR (comment_orders.case_number <> '' AND cases.number IS NULL)
    )
ORDER BY comment_orders.id
