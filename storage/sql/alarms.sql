-- name: late_cases(since, now, limit)
-- Past the due time, or answered past it, and not alarmed of in this round.
SELECT * FROM cases
WHERE (
    ({open} AND state <> 'waiting' AND due_at <= :now AND due_at >= :since)
    OR (replied_at >= due_at AND replied_at >= :since)
)
-- Several letters about one thing that came too late are one lapse, the lead's.
AND NOT EXISTS (
    SELECT 1 FROM cases AS lead
    WHERE lead.number = cases.lead AND cases.lead <> ''
        AND (lead.replied_at >= lead.due_at
            OR (lead.replied_at IS NULL AND lead.due_at <= :now))
)
-- A revoked one is for good while the due time is the one it was about.
AND NOT EXISTS (
    SELECT 1 FROM alarms
    WHERE {of_this_round} AND (alarms.revoked_at IS NULL OR alarms.at = cases.due_at)
)
ORDER BY due_at, number
LIMIT :limit

-- name: revoke_moved_alarms(now, why)!
-- Of open cases that are not late any more: their due time moved when a notice was loaded.
UPDATE alarms SET revoked_at = :now, revoked_by = 'desk', revoked_why = :why
WHERE kind = 'overdue' AND revoked_at IS NULL AND EXISTS (
    SELECT 1 FROM cases
    WHERE {in_work} AND cases.due_at > :now AND cases.due_at > alarms.at AND {of_this_round}
)

-- name: late_returns(since, limit)
SELECT * FROM case_events
WHERE step = 'return' AND at >= :since AND details LIKE '%"late":"yes"%'
    AND NOT EXISTS (
        SELECT 1 FROM alarms
        WHERE alarms.case_number = case_events.case_number
            AND alarms.key
                = 'late_return/' || case_events.case_number || '/'
                || CAST(case_events.version AS TEXT)
    )
ORDER BY at
LIMIT :limit

-- name: alarms_so_far(department, year)^
SELECT COUNT(*) AS amount FROM alarms
WHERE department = :department AND year = :year AND revoked_at IS NULL

-- name: add_alarm(key, department, year, number, kind, case_number, at, noticed_at, noticed_by, reason)^
INSERT INTO alarms (
    key, department, year, number, kind, case_number, at, noticed_at, noticed_by, reason,
    revoked_by, revoked_why
)
VALUES (
    :key, :department, :year, :number, :kind, :case_number, :at, :noticed_at, :noticed_by,
    :reason, '', ''
)
ON CONFLICT (key) DO NOTHING
RETURNING *

-- name: add_interview(department, year, alarm, talk_with, opened_at, answer_due)!
INSERT INTO interviews (
    department, year, alarm, talk_with, state, opened_at, answer_due, answer, answered_by,
    remark, closed_by, version
)
VALUES (
    :department, :year, :alarm, :talk_with, 'open', :opened_at, :answer_due, '', '', '', '', 1
)
ON CONFLICT (department, year, alarm) WHERE state <> 'cancelled' DO NOTHING

-- name: untold_alarms(limit)
SELECT * FROM alarms
WHERE revoked_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM raised WHERE raised.key = 'alarm/' || alarms.key)
ORDER BY id
LIMIT :limit

-- name: untold_interviews(limit)
SELECT * FROM interviews
WHERE state = 'open'
    AND NOT EXISTS (
        SELECT 1 FROM raised WHERE raised.key = 'interview/' || CAST(interviews.id AS TEXT)
    )
ORDER BY id
LIMIT :limit

-- name: answers_due(until, stage)
-- Talks whose written answer is due by `until` and not reminded of at this stage.
SELECT * FROM interviews
WHERE state = 'open' AND answer_due <= CAST(:until AS TEXT)
    AND NOT EXISTS (
        SELECT 1 FROM raised
        WHERE raised.key
            = 'answer/' || CAST(interviews.id AS TEXT) || '/' || interviews.answer_due || '/'
            || CAST(:stage AS TEXT)
    )
ORDER BY id

-- name: alarms_for(scope, department, year)
-- With how its letter begins, where that is the viewer's to see: a case moves on, its alarm stays.
SELECT alarms.*, COALESCE((
    SELECT SUBSTR(cases.text, 1, 200) FROM cases
    WHERE cases.number = alarms.case_number AND {visible}
), '') AS about
FROM alarms
WHERE {visible_alarm} AND year = :year
    AND (CAST(:department AS TEXT) = '' OR alarms.department = CAST(:department AS TEXT))
ORDER BY at DESC, id DESC

-- name: alarm_for(scope, id)^
SELECT * FROM alarms WHERE id = :id AND {visible_alarm}

-- name: revoke_alarm(id, at, by, why)!
UPDATE alarms SET revoked_at = :at, revoked_by = :by, revoked_why = :why
WHERE id = :id AND revoked_at IS NULL

-- name: interviews_for(scope, department, year)
-- Those of the year, and those of years before that nobody has ended.
SELECT * FROM interviews
WHERE {visible_interview}
    AND (year = :year OR (year < :year AND state IN ('open', 'answered')))
    AND (CAST(:department AS TEXT) = '' OR interviews.department = CAST(:department AS TEXT))
ORDER BY opened_at DESC, id DESC

-- name: interview_for(scope, id)^
-- With its place among the talks of its year: none is ever taken out.
SELECT interviews.*, (
    SELECT COUNT(*) FROM interviews AS earlier
    WHERE earlier.year = interviews.year AND earlier.id <= interviews.id
) AS serial
FROM interviews WHERE id = :id AND {visible_interview}

-- name: change_interview(id, version, state, answer, answered_at, answered_by, answer_due, remark, closed_at, closed_by)!
UPDATE interviews
SET
    state = :state,
    answer = :answer,
    answered_at = :answered_at,
    answered_by = :answered_by,
    answer_due = :answer_due,
    remark = :remark,
    closed_at = :closed_at,
    closed_by = :closed_by,
    version = :version
WHERE id = :id AND version = :version - 1
