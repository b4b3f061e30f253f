-- name: facts_for(scope, since, until)
SELECT
    cases.number, cases.account, cases.kind, cases.state, cases.department, cases.topic,
    cases.text, cases.reply, cases.officer, cases.received_at, cases.due_at, cases.replied_at, cases.rating,
    CASE WHEN {told_elsewhere} THEN 1 ELSE 0 END AS told_elsewhere,
    COALESCE(steps.returned, 0) AS returned,
    COALESCE(steps.reopened, 0) AS reopened
FROM cases
LEFT JOIN (
    SELECT
        case_events.case_number,
        SUM(CASE WHEN case_events.step = 'return' THEN 1 ELSE 0 END) AS returned,
        SUM(CASE WHEN case_events.step = 'reopen' THEN 1 ELSE 0 END) AS reopened
    FROM case_events
    WHERE case_events.step IN ('return', 'reopen')
    GROUP BY case_events.case_number
) AS steps ON cases.number = steps.case_number
WHERE cases.received_at >= :since AND cases.received_at < :until AND {visible}
ORDER BY cases.received_at, cases.number

-- name: message_hours(since, until)
-- By the hour in UTC: every hour lies within one day in China.
SELECT
    account,
    SUBSTR(accepted_at, 1, 13) AS hour,
    COALESCE(outcome, '') AS outcome,
    COUNT(*) AS amount
FROM messages
WHERE kind <> 'event' AND accepted_at >= :since AND accepted_at < :until
GROUP BY account, SUBSTR(accepted_at, 1, 13), COALESCE(outcome, '')

-- name: answered_topics(since, until)
SELECT entry_versions.topic, COUNT(*) AS amount
FROM messages
INNER JOIN given ON messages.id = given.message_id
INNER JOIN entry_versions
    ON given.entry_id = entry_versions.entry_id AND given.version = entry_versions.version
WHERE messages.outcome = 'answered' AND messages.accepted_at >= :since
    AND messages.accepted_at < :until
GROUP BY entry_versions.topic
ORDER BY COUNT(*) DESC, entry_versions.topic
