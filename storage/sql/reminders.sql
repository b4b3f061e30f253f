-- name: raise_once(key, at)!
INSERT INTO raised (key, at) VALUES (:key, :at) ON CONFLICT (key) DO NOTHING

-- name: raised(key)^
SELECT at FROM raised WHERE key = :key

-- name: add_reminder*!
INSERT INTO reminders (
    raised, kind, person, department, title, text, link, at, way, address, state, send_at,
    attempts, reason
)
VALUES (
    :raised, :kind, :person, :department, :title, :text, :link, :at, :way, :address, :state,
    :send_at, 0, ''
)

-- name: cases_to_warn(before, until, limit)
-- Open cases due by `until` whose warning of this rung has not been raised yet; a merged one is
-- warned of with its lead, unless its own day comes first.
SELECT * FROM cases
WHERE ({in_work} OR {ahead_of_its_lead}) AND state <> 'waiting' AND due_date <= CAST(:until AS TEXT)
    AND NOT EXISTS (
        SELECT 1 FROM raised
        WHERE raised.key
            = 'due/' || cases.number || '/' || cases.due_date || '/' || CAST(:before AS TEXT)
    )
ORDER BY due_at, number
LIMIT :limit

-- name: cases_standing(days, asked_before, limit)
SELECT * FROM cases
WHERE state = 'waiting' AND waiting_since < :asked_before
    AND NOT EXISTS (
        SELECT 1 FROM raised
        WHERE raised.key
            = 'standing/' || cases.number || '/' || cases.waiting_since || '/' || CAST(:days AS TEXT)
    )
ORDER BY waiting_since, number
LIMIT :limit

-- name: settle_standing(now)!
-- The citizen has answered, or nobody waits for it any more.
UPDATE reminders
SET read_at = :now, state = CASE WHEN state = 'waiting' THEN 'none' ELSE state END
WHERE read_at IS NULL AND kind = 'standing' AND NOT EXISTS (
    SELECT 1 FROM cases
    WHERE cases.number = SUBSTR(reminders.link, 16) AND cases.state = 'waiting'
        AND reminders.raised
            LIKE 'standing/' || cases.number || '/' || cases.waiting_since || '/%'
)

-- name: reminder_postponed*!
UPDATE reminders
SET state = 'waiting', claim_until = NULL, reason = :reason, send_at = :send_at
WHERE id = :id AND state = 'sending'

-- name: reminder_ended*!
UPDATE reminders SET state = :state, claim_until = NULL, reason = :reason
WHERE id = :id AND state = 'sending'

-- name: interrupted_reminders(now, reason)!
-- Whoever was sending these is gone, and they may have arrived: nobody sends them again.
UPDATE reminders SET state = 'uncertain', claim_until = NULL, reason = :reason
WHERE state = 'sending' AND claim_until <= :now

-- name: reminders_of(person, before, limit)
SELECT * FROM reminders
WHERE person = :person AND (CAST(:before AS BIGINT) = 0 OR id < CAST(:before AS BIGINT))
ORDER BY id DESC
LIMIT :limit

-- name: settle_warnings(now)!
-- What was to be done about a case is done, or its time has moved: nobody need read on of it, and
-- what waited for the morning stays here.
UPDATE reminders
SET read_at = :now, state = CASE WHEN state = 'waiting' THEN 'none' ELSE state END
WHERE read_at IS NULL AND kind IN ('due', 'window', 'turn') AND EXISTS (
    SELECT 1 FROM cases
    WHERE cases.number = SUBSTR(reminders.link, 16) AND (
        (reminders.kind = 'turn' AND reminders.raised
            <> 'turn/' || cases.number || '/' || CAST(cases.version AS TEXT))
        OR (reminders.kind <> 'turn' AND reminders.department <> cases.department AND (
            reminders.person = ''
            OR reminders.person IN (
                SELECT name FROM people WHERE role IN ('officer', 'reviewer', 'dispatcher')
            )
        ))
        OR (reminders.kind <> 'turn' AND NOT ({in_work} OR {ahead_of_its_lead}))
        OR (reminders.kind = 'due' AND (
            cases.state = 'waiting'
            OR reminders.raised
                NOT LIKE 'due/' || cases.number || '/' || cases.due_date || '/%'
        ))
    )
)

-- name: unread_reminders(person)^
SELECT COUNT(*) AS amount FROM reminders WHERE person = :person AND read_at IS NULL

-- name: read_reminders(person, now)!
UPDATE reminders SET read_at = :now WHERE person = :person AND read_at IS NULL

-- name: read_reminders_of_case(person, now, link)!
UPDATE reminders
SET read_at = :now, state = CASE WHEN state = 'waiting' THEN 'none' ELSE state END
WHERE person = :person AND read_at IS NULL AND link IN (:link, CAST(:link AS TEXT) || '#notes')

-- name: departments_told(key)
SELECT DISTINCT department FROM reminders WHERE raised = :key

-- name: untold_steps(since, steps, limit)
SELECT case_events.* FROM case_events
WHERE case_events.at > COALESCE(
        (SELECT raised.at FROM raised WHERE raised.key = 'turns/since'), ''
    )
    AND case_events.at > :since
    AND CAST(:steps AS TEXT) LIKE '%|' || case_events.step || '|%'
    AND NOT EXISTS (
        SELECT 1 FROM raised
        WHERE raised.key = 'turn/' || case_events.case_number || '/'
            || CAST(case_events.version AS TEXT)
    )
ORDER BY case_events.at, case_events.case_number, case_events.version
LIMIT :limit

-- name: untold_notes(since, limit)
SELECT case_notes.* FROM case_notes
WHERE case_notes.at > COALESCE(
        (SELECT raised.at FROM raised WHERE raised.key = 'turns/since'), ''
    )
    AND case_notes.at > :since
    AND NOT EXISTS (
        SELECT 1 FROM raised WHERE raised.key = 'note/' || CAST(case_notes.id AS TEXT)
    )
ORDER BY case_notes.id
LIMIT :limit

-- name: steps_told(at)!
INSERT INTO raised (key, at) VALUES ('turns/since', :at)
ON CONFLICT (key) DO UPDATE SET at = excluded.at WHERE raised.at < excluded.at

-- name: digest_replaced*!
-- This morning's figures stand in the place of those before.
UPDATE reminders SET read_at = :at
WHERE person = :person AND kind = 'digest' AND raised <> :raised AND read_at IS NULL

-- name: failed_reminders(since, limit)
SELECT * FROM reminders
WHERE state IN ('failed', 'uncertain') AND at >= :since
ORDER BY id DESC
LIMIT :limit

-- name: mailboxes()
SELECT person, email FROM mailboxes WHERE email <> '' ORDER BY person

-- name: save_mailbox(person, email)!
INSERT INTO mailboxes (person, email) VALUES (:person, :email)
ON CONFLICT (person) DO UPDATE SET email = excluded.email

-- name: active_people()
SELECT * FROM people WHERE disabled = 0 ORDER BY name
