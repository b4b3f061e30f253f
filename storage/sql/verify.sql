-- What must never be found. Each statement lists the ids of one kind of violation.
-- name: count_everything()^
SELECT
    (SELECT COUNT(*) FROM messages) AS messages,
    (SELECT COUNT(*) FROM cases) AS cases,
    (SELECT COUNT(*) FROM case_events) AS events,
    (SELECT COUNT(*) FROM deliveries) AS deliveries,
    (SELECT COUNT(*) FROM entry_versions) AS entry_versions,
    (SELECT COUNT(*) FROM audit_log) AS audit_records

-- name: count_in_progress()^
SELECT COUNT(*) AS amount FROM messages WHERE outcome IS NULL

-- name: bad_unsettled(lapsed_before, accepted_before)
SELECT id FROM messages
WHERE outcome IS NULL AND (claim_until <= :lapsed_before OR accepted_at <= :accepted_before)
ORDER BY id

-- name: bad_outcomes(outcomes)
SELECT id, outcome FROM messages
WHERE outcome IS NOT NULL AND (
    CAST(:outcomes AS TEXT) NOT LIKE '%|' || outcome || '|%'
    OR settled_at IS NULL OR reply IS NULL OR reply_at IS NULL
)
ORDER BY id

-- name: bad_answers()
SELECT messages.id FROM messages
LEFT JOIN given ON messages.id = given.message_id
WHERE messages.outcome = 'answered' AND given.message_id IS NULL
ORDER BY messages.id

-- name: bad_given()
SELECT given.message_id, given.entry_id, given.version FROM given
LEFT JOIN entry_versions
    ON given.entry_id = entry_versions.entry_id AND given.version = entry_versions.version
WHERE entry_versions.published_at IS NULL
ORDER BY given.message_id, given.entry_id

-- name: bad_links()
SELECT messages.id, messages.outcome FROM messages
LEFT JOIN case_messages ON messages.id = case_messages.message_id
LEFT JOIN cases ON case_messages.case_number = cases.number
WHERE messages.outcome IN ('cased', 'added') AND cases.number IS NULL
ORDER BY messages.id

-- name: lost_messages()
-- A database client on SQLite deletes what is still referred to.
SELECT kept.message_id FROM (
    SELECT message_id FROM case_messages
    UNION
    SELECT message_id FROM given
) AS kept
LEFT JOIN messages ON kept.message_id = messages.id
WHERE messages.id IS NULL
ORDER BY kept.message_id

-- name: lost_cases()
SELECT DISTINCT case_events.case_number FROM case_events
LEFT JOIN cases ON case_events.case_number = cases.number
WHERE cases.number IS NULL
ORDER BY case_events.case_number

-- name: bad_cases(states)
-- The end of a day in China is still the same day in UTC, as which due_at is written.
SELECT number FROM cases
WHERE due_at = '' OR due_date = '' OR due_at <= received_at OR rule = ''
    OR SUBSTR(due_at, 1, 10) <> due_date
    OR CAST(:states AS TEXT) NOT LIKE '%|' || state || '|%'
ORDER BY number

-- name: bad_owners()
-- Without a department the dispatcher owns it; a department that nobody knows owns nothing.
SELECT cases.number, cases.department FROM cases
LEFT JOIN departments ON cases.department = departments.name
WHERE cases.department <> '' AND departments.name IS NULL
ORDER BY cases.number

-- name: bad_published()
SELECT entry_id, version FROM entry_versions
WHERE status = 'published' AND (author = reviewer OR author = '' OR reviewer = '')
ORDER BY entry_id, version

-- name: approved_replies()
-- `is_approved`: a step of the case says so, or of the one that it was merged into.
SELECT cases.number, cases.reply, cases.draft_hash, EXISTS (
    SELECT 1 FROM case_events
    WHERE case_events.state_after <> 'drafted'
        AND case_events.details LIKE '%"sha256":"' || cases.draft_hash || '"%'
        AND case_events.case_number IN (
            cases.number,
            cases.lead,
            (SELECT leads.lead FROM cases AS leads WHERE leads.number = cases.lead)
        )
) AS is_approved
FROM cases
WHERE draft_hash <> '' AND reply <> '' AND state IN ('replied', 'closed')
ORDER BY number

-- name: bad_due()
-- The due date must be the one that the steps of the case counted last. A lead's extension once
-- was told to those merged into it without counting for them; with `days` it counts.
SELECT dated.number FROM (
    SELECT cases.number, cases.due_date, (
        SELECT counted.details FROM case_events AS counted
        WHERE counted.case_number = cases.number
            AND (counted.step <> 'share_delay' OR counted.details LIKE '%"days":"%')
            AND counted.details LIKE '%"due":"%'
        ORDER BY counted.version DESC
        LIMIT 1
    ) AS details
    FROM cases
) AS dated
WHERE dated.details NOT LIKE '%"due":"' || dated.due_date || '"%'
ORDER BY dated.number

-- name: bad_states()
-- The case's row must say what its newest event says.
SELECT cases.number FROM cases
LEFT JOIN case_events
    ON cases.number = case_events.case_number AND cases.version = case_events.version
WHERE case_events.state_after IS NULL OR case_events.state_after <> cases.state
    OR case_events.at <> cases.changed_at
    OR cases.version <> (
        SELECT COUNT(*) FROM case_events AS steps WHERE steps.case_number = cases.number
    )
ORDER BY cases.number

-- name: events_page(case_number, version, limit)
SELECT * FROM case_events
WHERE case_number > :case_number OR (case_number = :case_number AND version > :version)
ORDER BY case_number, version
LIMIT :limit

-- name: deliveries_page(after, limit)
SELECT
    deliveries.*,
    case_events.delivery_hash AS event_hash,
    messages.late_text AS late_text,
    messages.account AS late_account,
    messages.citizen AS late_citizen,
    corrections.about AS about,
    corrections.text AS corrected,
    corrections.state AS correction_state,
    corrections.author AS author,
    corrections.decided_by AS decided_by,
    wronged.account AS wronged_account,
    wronged.citizen AS wronged_citizen,
    wronged.accepted_at AS wronged_at
FROM deliveries
LEFT JOIN case_events
    ON deliveries.case_number = case_events.case_number
    AND deliveries.key = case_events.delivery_key
LEFT JOIN messages ON deliveries.late_of = messages.id
LEFT JOIN corrections ON deliveries.correction = corrections.id
LEFT JOIN messages AS wronged ON deliveries.corrects = wronged.id
WHERE deliveries.key > :after
ORDER BY deliveries.key
LIMIT :limit
