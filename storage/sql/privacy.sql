-- name: messages_of(account, citizen, only_case)
SELECT accepted_at, kind, text, reply, event FROM messages
WHERE account = :account AND citizen = :citizen AND erased IS NULL
    AND (
        CAST(:only_case AS TEXT) = '' OR id IN (
            SELECT message_id FROM case_messages WHERE case_number = CAST(:only_case AS TEXT)
        )
    )
ORDER BY id

-- name: all_cases_of(account, citizen, only_case)
SELECT * FROM cases
WHERE account = :account AND citizen = :citizen AND erased IS NULL
    AND CAST(:only_case AS TEXT) IN ('', number)
ORDER BY received_at, number

-- name: deliveries_of(account, citizen, only_case)
-- What was taken back was never said to them.
SELECT created_at, text, state FROM deliveries
WHERE account = :account AND citizen = :citizen AND erased IS NULL AND state <> 'undone'
    AND CAST(:only_case AS TEXT) IN ('', case_number)
ORDER BY created_at, key

-- name: mark_citizens_messages(account, citizen, erasure, only_case)!
UPDATE messages SET erased = :erasure
WHERE account = :account AND citizen = :citizen AND erased IS NULL AND outcome IS NOT NULL
    AND (
        CAST(:only_case AS TEXT) = '' OR id IN (
            SELECT message_id FROM case_messages WHERE case_number = CAST(:only_case AS TEXT)
        )
    )

-- name: mark_citizens_cases(account, citizen, erasure, only_case)!
UPDATE cases SET erased = :erasure
WHERE account = :account AND citizen = :citizen AND erased IS NULL
    AND CAST(:only_case AS TEXT) IN ('', number)

-- name: mark_citizens_deliveries(account, citizen, erasure, only_case)!
UPDATE deliveries SET erased = :erasure
WHERE account = :account AND citizen = :citizen AND erased IS NULL
    AND CAST(:only_case AS TEXT) IN ('', case_number)

-- name: forget_citizen(account, citizen)!
DELETE FROM citizens WHERE account = :account AND openid = :citizen

-- name: mark_old_cases(before, erasure, limit)!
UPDATE cases SET erased = :erasure
WHERE number IN (
    SELECT number FROM cases
    WHERE erased IS NULL AND NOT {open} AND COALESCE(closed_at, replied_at, changed_at) < :before
    ORDER BY number
    LIMIT :limit
)

-- name: mark_messages_of_cases(erasure)!
UPDATE messages SET erased = :erasure
WHERE erased IS NULL AND outcome IS NOT NULL AND id IN (
    SELECT case_messages.message_id FROM case_messages
    INNER JOIN cases ON case_messages.case_number = cases.number
    WHERE cases.erased = :erasure
)

-- name: mark_old_messages(before, erasure, limit)!
-- Those of a case go when the case goes.
UPDATE messages SET erased = :erasure
WHERE id IN (
    SELECT messages.id FROM messages
    LEFT JOIN case_messages ON messages.id = case_messages.message_id
    WHERE messages.erased IS NULL AND messages.outcome IS NOT NULL
        AND messages.accepted_at < :before AND case_messages.message_id IS NULL
    ORDER BY messages.id
    LIMIT :limit
)

-- name: mark_their_deliveries(erasure)!
UPDATE deliveries SET erased = :erasure
WHERE erased IS NULL AND (
    case_number IN (SELECT number FROM cases WHERE erased = :erasure)
    OR late_of IN (SELECT id FROM messages WHERE erased = :erasure)
    OR corrects IN (SELECT id FROM messages WHERE erased = :erasure)
)

-- name: empty_comments(erasure)!
UPDATE comments SET erased = :erasure, citizen = '', text = '', reply = ''
WHERE erased IS NULL AND message_id IN (SELECT id FROM messages WHERE erased = :erasure)

-- name: empty_orders(erasure, now)!
-- What had not gone out under a comment yet never will.
UPDATE comment_orders
SET
    text = '',
    erased = :erasure,
    state = CASE WHEN ended_at IS NULL OR state = 'failed' THEN 'undone' ELSE state END,
    ended_at = COALESCE(ended_at, :now)
WHERE erased IS NULL AND comment_id IN (SELECT id FROM comments WHERE erased = :erasure)

-- name: forget_notes(erasure)!
-- What colleagues wrote about the matter tells of the citizen as well.
DELETE FROM case_notes
WHERE case_number IN (SELECT number FROM cases WHERE erased = :erasure)

-- name: forget_drafts(erasure)!
DELETE FROM drafts
WHERE case_number IN (SELECT number FROM cases WHERE erased = :erasure)

-- name: forget_attachments(erasure)!
DELETE FROM attachments
WHERE message_id IN (SELECT id FROM messages WHERE erased = :erasure)

-- name: forget_contents()!
-- The same picture sent by somebody else stays.
DELETE FROM contents
WHERE NOT EXISTS (SELECT 1 FROM attachments WHERE attachments.sha256 = contents.sha256)

-- name: told_in_events(erasure)
-- Events with staff's own words about the matter.
SELECT case_number, version, details FROM case_events
WHERE erased IS NULL AND details <> '{}'
    AND case_number IN (SELECT number FROM cases WHERE erased = :erasure)

-- name: empty_event(case_number, version, details, erasure)!
UPDATE case_events SET details = :details, details_salt = '', erased = :erasure
WHERE case_number = :case_number AND version = :version

-- name: empty_public_answers(erasure)!
-- What was published names nobody and stays; what was not goes.
UPDATE public_answers
SET
    question = '',
    answer = '',
    erased = :erasure,
    state = CASE WHEN state = 'proposed' THEN 'refused' ELSE state END
WHERE erased IS NULL AND state <> 'published'
    AND case_number IN (SELECT number FROM cases WHERE erased = :erasure)

-- name: words_of_erasure(erasure)
-- What the citizen wrote, and whether somebody else wrote exactly the same.
SELECT mine.text, EXISTS (
    SELECT 1 FROM cases WHERE cases.text = mine.text AND cases.erased IS NULL
) AS is_common
FROM (
    SELECT text FROM messages WHERE erased = :erasure AND text <> ''
    UNION
    SELECT text FROM cases WHERE erased = :erasure
) AS mine

-- name: empty_messages(erasure)!
UPDATE messages
SET
    key = 'erased|' || CAST(id AS TEXT),
    citizen = :erasure,
    text = '',
    details = '{}',
    event_key = '',
    reply = '',
    late_text = ''
WHERE erased = :erasure

-- name: unsorted_of_erasure(erasure)
SELECT number, department, text FROM cases WHERE erased = :erasure AND topic = ''

-- name: keep_topic*!
UPDATE cases SET topic = :topic WHERE number = :number

-- name: empty_cases(erasure, gone)!
UPDATE cases
SET citizen = :erasure, text = :gone, draft = '', draft_hash = '', reply = ''
WHERE erased = :erasure

-- name: empty_deliveries(erasure)!
-- What had not gone out yet never will.
UPDATE deliveries
SET
    citizen = :erasure,
    text = '',
    reason = '',
    state = CASE WHEN state IN ('sent', 'delivered') THEN state ELSE 'erased' END
WHERE erased = :erasure

-- name: forget_old_citizens(before)!
-- Of whom nothing is kept any more.
DELETE FROM citizens
WHERE first_seen_at < :before
    AND NOT EXISTS (
        SELECT 1 FROM messages
        WHERE messages.account = citizens.account AND messages.citizen = citizens.openid
    )
    AND NOT EXISTS (
        SELECT 1 FROM cases
        WHERE cases.account = citizens.account AND cases.citizen = citizens.openid
    )

-- name: forget_old_dismissed(before)!
-- Wordings of questions that are gone by now; who asks again is listed again.
DELETE FROM dismissed_clusters WHERE at < :before

-- name: add_erasure(id, at, actor, kind, reason, messages, cases, deliveries)!
INSERT INTO erasures (id, at, actor, kind, reason, messages, cases, deliveries)
VALUES (:id, :at, :actor, :kind, :reason, :messages, :cases, :deliveries)

-- name: bad_erasures(gone)
-- Rows that call themselves erased must be empty, and as many as the log of erasures says.
SELECT erased.id FROM (
    SELECT erased AS id, COUNT(*) AS messages, 0 AS cases, 0 AS deliveries,
        SUM(CASE WHEN text <> '' OR reply <> '' OR late_text <> '' THEN 1 ELSE 0 END) AS wrong
    FROM messages WHERE erased IS NOT NULL GROUP BY erased
    UNION ALL
    SELECT erased, 0, COUNT(*), 0,
        SUM(CASE WHEN text <> :gone OR draft <> '' OR reply <> '' THEN 1 ELSE 0 END)
    FROM cases WHERE erased IS NOT NULL GROUP BY erased
    UNION ALL
    SELECT erased, 0, 0, COUNT(*), SUM(CASE WHEN text <> '' THEN 1 ELSE 0 END)
    FROM deliveries WHERE erased IS NOT NULL GROUP BY erased
    UNION ALL
    SELECT case_events.erased, 0, 0, 0,
        SUM(CASE WHEN cases.erased = case_events.erased THEN 0 ELSE 1 END)
    FROM case_events
    INNER JOIN cases ON case_events.case_number = cases.number
    WHERE case_events.erased IS NOT NULL GROUP BY case_events.erased
) AS erased
LEFT JOIN erasures ON erased.id = erasures.id
GROUP BY erased.id, erasures.messages, erasures.cases, erasures.deliveries
HAVING SUM(erased.wrong) > 0 OR erasures.messages IS NULL
    OR SUM(erased.messages) <> erasures.messages OR SUM(erased.cases) <> erasures.cases
    OR SUM(erased.deliveries) <> erasures.deliveries
ORDER BY erased.id
