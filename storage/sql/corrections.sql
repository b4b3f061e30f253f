-- name: sent_of_entry(entry_id, limit)
SELECT messages.id, messages.accepted_at, messages.text, messages.reply, messages.late_text,
    messages.probability, given.entry_id, given.version, (
        SELECT deliveries.state FROM deliveries
        INNER JOIN corrections ON deliveries.correction = corrections.id
        WHERE deliveries.correction IS NOT NULL AND deliveries.account = messages.account
            AND deliveries.citizen = messages.citizen AND corrections.entry_id = given.entry_id
            AND deliveries.corrects >= messages.id
        ORDER BY deliveries.correction DESC
        LIMIT 1
    ) AS corrected
FROM given
INNER JOIN messages ON given.message_id = messages.id
WHERE given.entry_id = :entry_id AND messages.erased IS NULL
ORDER BY messages.id DESC
LIMIT :limit

-- name: find_sent(pattern, since, within, limit)
-- Looks through the newest `within`, so that no search takes long.
SELECT recent.* FROM (
    SELECT messages.id, messages.accepted_at, messages.text, messages.reply, messages.late_text,
        messages.probability, given.entry_id, given.version, '' AS corrected
    FROM messages
    INNER JOIN given ON messages.id = given.message_id
    WHERE messages.accepted_at >= :since AND messages.erased IS NULL
    ORDER BY messages.accepted_at DESC, messages.id DESC
    LIMIT :within
) AS recent
WHERE LOWER(recent.text) LIKE CAST(:pattern AS TEXT) ESCAPE '!'
    OR LOWER(recent.reply) LIKE CAST(:pattern AS TEXT) ESCAPE '!'
    OR LOWER(recent.late_text) LIKE CAST(:pattern AS TEXT) ESCAPE '!'
ORDER BY recent.accepted_at DESC, recent.id DESC
LIMIT :limit

-- name: reach(entry_id, versions, since, now)^
SELECT COUNT(*) AS people,
    COALESCE(SUM(CASE WHEN citizens.subscribed = 1 AND {window_open} THEN 1 ELSE 0 END), 0) AS at_once
FROM (
    SELECT DISTINCT messages.account, messages.citizen FROM given
    INNER JOIN messages ON given.message_id = messages.id
    WHERE {given_wrongly}
) AS told
INNER JOIN citizens ON told.account = citizens.account AND told.citizen = citizens.openid

-- name: correction_recipients(entry_id, versions, since)
-- Each citizen once, with the newest message that got the answer.
SELECT newest.id, newest.account, newest.citizen, newest.accepted_at
FROM messages AS newest
INNER JOIN citizens ON newest.account = citizens.account AND newest.citizen = citizens.openid
WHERE newest.id IN (
    SELECT MAX(messages.id) FROM given
    INNER JOIN messages ON given.message_id = messages.id
    WHERE {given_wrongly}
    GROUP BY messages.account, messages.citizen
)
ORDER BY newest.id

-- name: add_correction(entry_id, versions, since, about, text, reason, author, now)^
INSERT INTO corrections (
    entry_id, versions, since, about, text, reason, state, author, proposed_at
)
VALUES (:entry_id, :versions, :since, :about, :text, :reason, 'proposed', :author, :now)
RETURNING id

-- name: correction(id)^
SELECT * FROM corrections WHERE id = :id

-- name: corrections_of(entry_id)
SELECT * FROM corrections WHERE entry_id = :entry_id ORDER BY id DESC

-- name: open_corrections()
SELECT * FROM corrections WHERE state = 'proposed' ORDER BY id

-- name: move_correction(id, after, actor, remark, now)!
UPDATE corrections
SET state = :after, decided_by = :actor, decided_at = :now, remark = :remark
WHERE id = :id AND state = 'proposed'
    AND (CAST(:after AS TEXT) <> 'approved' OR author <> CAST(:actor AS TEXT))

-- name: count_corrected(id, people)!
UPDATE corrections SET people = :people WHERE id = :id

-- name: add_correction_delivery*!
INSERT INTO deliveries (
    key, account, citizen, text, case_number, created_at, state, look_at, notice_at, correction,
    corrects
)
VALUES (
    :key, :account, :citizen, :text, '', :now, 'waiting', :now, :now, :correction, :corrects
)
ON CONFLICT (key) DO NOTHING

-- name: end_correction(id, actor)!
UPDATE corrections SET state = 'stopped', stopped_by = :actor
WHERE id = :id AND state = 'approved'

-- name: stop_deliveries(id, now)!
UPDATE deliveries SET state = 'undone', ended_at = :now
WHERE correction = :id AND {still_here}

-- name: corrections_sent(entry_id)
SELECT deliveries.correction, deliveries.state, COUNT(*) AS amount
FROM deliveries
INNER JOIN corrections ON deliveries.correction = corrections.id
WHERE corrections.entry_id = :entry_id AND deliveries.correction IS NOT NULL
GROUP BY deliveries.correction, deliveries.state
