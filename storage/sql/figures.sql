-- name: message_figures(since, until)^
-- Questions only: events are taps and notices, not something a citizen asked.
SELECT
    COUNT(*) AS received,
    COALESCE(SUM(CASE WHEN outcome = 'answered' THEN 1 ELSE 0 END), 0) AS answered,
    COALESCE(SUM(CASE WHEN outcome = 'cased' THEN 1 ELSE 0 END), 0) AS cased
FROM messages
WHERE kind <> 'event' AND accepted_at >= :since AND accepted_at < :until

-- name: department_figures(since, until, now)
-- A case that waits for its citizen is not overdue: its clock stands still.
SELECT
    department,
    COUNT(*) AS received,
    SUM(CASE WHEN replied_at IS NOT NULL THEN 1 ELSE 0 END) AS replied,
    SUM(CASE WHEN replied_at < due_at THEN 1 ELSE 0 END) AS replied_in_time,
    SUM(
        CASE WHEN {open} AND state <> 'waiting' AND due_at <= :now THEN 1 ELSE 0 END
    ) AS overdue
FROM cases
WHERE kind <> 'out_of_scope' AND NOT {told_elsewhere}
    AND received_at >= :since AND received_at < :until
GROUP BY department
ORDER BY department
