-- name: said_to_desk(since, limit)
-- Citizens' settled words, newest first; `entry_id` is the one entry whose text was the reply.
SELECT
    messages.account, messages.citizen, messages.text, messages.event, messages.event_key,
    messages.accepted_at, messages.outcome, messages.probability, given.entry_id, given.version
FROM messages
LEFT JOIN given ON messages.id = given.message_id
WHERE messages.accepted_at >= :since AND messages.outcome IS NOT NULL AND messages.erased IS NULL
    AND (messages.kind = 'text' OR messages.event = 'click')
ORDER BY messages.accepted_at DESC, messages.id DESC
LIMIT :limit

-- name: drafted_cases(since, limit)
-- Answered questions with the sources of the draft that was approved.
SELECT cases.text, cases.rating, cases.replied_at, case_events.details
FROM cases
INNER JOIN case_events ON cases.number = case_events.case_number
WHERE cases.kind = 'question' AND cases.state IN ('replied', 'closed') AND cases.lead = ''
    AND cases.erased IS NULL AND cases.replied_at >= :since AND case_events.step = 'draft'
    AND NOT EXISTS (
        SELECT 1 FROM case_events AS later
        WHERE later.case_number = cases.number AND later.step = 'draft'
            AND later.version > case_events.version
    )
ORDER BY cases.replied_at DESC, cases.number DESC
LIMIT :limit
