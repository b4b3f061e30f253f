-- name: next_number(day)^
INSERT INTO case_numbers (day, last) VALUES (:day, 1)
ON CONFLICT (day) DO UPDATE SET last = case_numbers.last + 1
RETURNING last

-- name: add_case(number, account, citizen, kind, state, text, received_at, due_at, due_date, provisional, rule, department, confidence, officer, draft, drafted_by, draft_hash, reviewed_by, reply, replied_at, closed_at, waiting_since, rating, lead, version, changed_at, topic, helpers, asks, awaits, place)!
INSERT INTO cases (
    number, account, citizen, kind, state, text, received_at, due_at, due_date, provisional, rule,
    department, confidence, officer, draft, drafted_by, draft_hash, reviewed_by, reply, replied_at,
    closed_at, waiting_since, rating, lead, version, changed_at, topic, helpers, asks, awaits, place
)
VALUES (
    :number, :account, :citizen, :kind, :state, :text, :received_at, :due_at, :due_date,
    :provisional, :rule, :department, :confidence, :officer, :draft, :drafted_by, :draft_hash,
    :reviewed_by, :reply, :replied_at, :closed_at, :waiting_since, :rating, :lead, :version,
    :changed_at, :topic, :helpers, :asks, :awaits, :place
)
ON CONFLICT (number) DO NOTHING

-- name: change_case(number, account, citizen, kind, state, text, received_at, due_at, due_date, provisional, rule, department, confidence, officer, draft, drafted_by, draft_hash, reviewed_by, reply, replied_at, closed_at, waiting_since, rating, lead, version, changed_at, topic, helpers, asks, awaits, place)!
-- The version check: whoever comes second changes nothing.
UPDATE cases
SET
    account = :account,
    citizen = :citizen,
    kind = :kind,
    state = :state,
    text = :text,
    received_at = :received_at,
    due_at = :due_at,
    due_date = :due_date,
    provisional = :provisional,
    rule = :rule,
    department = :department,
    confidence = :confidence,
    officer = :officer,
    draft = :draft,
    drafted_by = :drafted_by,
    draft_hash = :draft_hash,
    reviewed_by = :reviewed_by,
    reply = :reply,
    replied_at = :replied_at,
    closed_at = :closed_at,
    waiting_since = :waiting_since,
    rating = :rating,
    lead = :lead,
    version = :version,
    changed_at = :changed_at,
    topic = :topic,
    helpers = :helpers,
    asks = :asks,
    awaits = :awaits,
    place = :place
WHERE number = :number AND version = :version - 1

-- name: event_hash(case_number, version)^
SELECT hash FROM case_events WHERE case_number = :case_number AND version = :version

-- name: newest_event(case_number)^
SELECT * FROM case_events WHERE case_number = :case_number ORDER BY version DESC LIMIT 1

-- name: add_event(case_number, version, at, actor, step, state_before, state_after, details, details_hash, details_salt, delivery_key, delivery_hash, prev_hash, hash)!
INSERT INTO case_events (
    case_number, version, at, actor, step, state_before, state_after, details, details_hash,
    details_salt, delivery_key, delivery_hash, prev_hash, hash
)
VALUES (
    :case_number, :version, :at, :actor, :step, :state_before, :state_after, :details,
    :details_hash, :details_salt, :delivery_key, :delivery_hash, :prev_hash, :hash
)

-- name: newest_cases_of(account, citizen, limit)
SELECT * FROM cases
WHERE account = :account AND citizen = :citizen
ORDER BY CASE WHEN {open} THEN 0 ELSE 1 END, received_at DESC, number DESC
LIMIT :limit

-- name: answered_matters(limit)
-- What a department answered in the end was its own.
-- What a department answered that is no more teaches for the one that took over.
SELECT text, COALESCE(departments.successor, department) AS department
FROM cases
LEFT JOIN departments ON departments.name = cases.department AND departments.closed_on <> ''
WHERE COALESCE(departments.successor, department) <> '' AND reply <> ''
    AND state IN ('replied', 'closed')
ORDER BY received_at DESC, number DESC
LIMIT :limit

-- name: case_for(number, scope)^
SELECT * FROM cases WHERE number = :number AND {visible}

-- name: cases_for(scope, states, department, kind, account, topic, officer, mine, helping, asks, since, until, found, after_place, after_number, limit, offset)
-- The index alone says which; only those are read. Each set is cut by itself: PostgreSQL sorts a
-- union whole.
SELECT cases.* FROM (
    {each_visible}
    SELECT first.place, first.number FROM (
        SELECT cases.place, cases.number FROM cases
        WHERE {visible} AND {wanted}
            AND (cases.place, cases.number) > (CAST(:after_place AS BIGINT), CAST(:after_number AS TEXT))
        ORDER BY cases.place, cases.number
        LIMIT CAST(:limit AS BIGINT) + CAST(:offset AS BIGINT)
    ) AS first
    {end}
    ORDER BY 1, 2
    LIMIT :limit OFFSET :offset
) AS page
INNER JOIN cases ON page.number = cases.number
ORDER BY cases.place, cases.number

-- name: cases_before(scope, states, department, kind, account, topic, officer, mine, helping, asks, since, until, found, before_place, before_number, limit)
-- The page before a place, nearest first.
SELECT cases.* FROM (
    {each_visible}
    SELECT last.place, last.number FROM (
        SELECT cases.place, cases.number FROM cases
        WHERE {visible} AND {wanted}
            AND (cases.place, cases.number) < (CAST(:before_place AS BIGINT), CAST(:before_number AS TEXT))
        ORDER BY cases.place DESC, cases.number DESC
        LIMIT :limit
    ) AS last
    {end}
    ORDER BY 1 DESC, 2 DESC
    LIMIT :limit
) AS page
INNER JOIN cases ON page.number = cases.number
ORDER BY cases.place DESC, cases.number DESC

-- name: tally_cases_for(scope, states, department, kind, account, topic, officer, mine, helping, asks, since, until, found, now, tonight, me)
-- Due: 0 past its due time, 1 due by tonight, 2 later (or ended).
{each_visible}
SELECT {tallied}
FROM cases
WHERE {visible} AND {wanted}
GROUP BY 1, 2, 3, 4
{end}

-- name: tally_ended_cases()
-- In the order of their own index, which is a tenth of the time of groups by condition.
SELECT cases.state, cases.asks, COUNT(*) AS amount
FROM cases
WHERE cases.state IN ('replied', 'closed', 'out_of_scope')
GROUP BY cases.state, cases.asks

-- name: matches(found, most)^
-- How many texts hold the words looked for, `most` for more.
SELECT COUNT(*) AS amount FROM ({matches} LIMIT :most) AS counted

-- name: tally_found_cases_for(scope, states, department, kind, account, topic, officer, mine, helping, asks, since, until, found, now, tonight, me)
-- The same where few cases hold the words looked for: it begins with those.
SELECT {tallied}
FROM (SELECT DISTINCT found.case_number FROM ({found}) AS found) AS found
CROSS JOIN cases
WHERE cases.number = found.case_number AND {visible} AND {narrowed}
GROUP BY 1, 2, 3, 4

-- name: tally_first_cases_for(scope, states, department, kind, account, topic, officer, mine, helping, asks, since, until, found, now, tonight, me, limit)
-- The same of the first in the order of the list: it ends before every match of a common word
-- was looked up.
SELECT {tallied}
FROM (
    SELECT cases.place, cases.state, cases.department, cases.officer, cases.asks, cases.awaits
    FROM cases
    WHERE {visible} AND {wanted}
    ORDER BY cases.place, cases.number
    LIMIT :limit
) AS cases
GROUP BY 1, 2, 3, 4

-- name: topics_for(scope)
-- As UNION, each of them once; the length keeps the other arm from reading every topic there is.
SELECT cases.topic AS name FROM cases WHERE {own} AND LENGTH(cases.topic) > 0
UNION
SELECT cases.topic FROM cases WHERE {helped} AND LENGTH(cases.topic) > 0
ORDER BY 1

-- name: topics()
-- One look into the index for each topic.
WITH RECURSIVE topics (name) AS (
    SELECT MIN(cases.topic) FROM cases WHERE cases.topic <> ''
    UNION ALL
    SELECT (
        SELECT MIN(cases.topic) FROM cases
        WHERE cases.topic <> '' AND cases.topic > topics.name
    )
    FROM topics WHERE topics.name IS NOT NULL
)
SELECT name FROM topics WHERE name IS NOT NULL ORDER BY 1

-- name: case_place(number)^
SELECT place FROM cases WHERE number = :number

-- name: unsearchable(after, limit)
-- Texts of before there was an index to search them by.
SELECT cases.number, cases.text, cases.reply FROM cases
WHERE cases.number > :after
ORDER BY cases.number
LIMIT :limit

-- name: events_for(number, scope)
SELECT case_events.* FROM case_events
INNER JOIN cases ON case_events.case_number = cases.number
WHERE case_events.case_number = :number AND {visible}
ORDER BY case_events.version

-- name: conversation_for(number, scope)
-- What the citizen wrote (0), the passive replies to it (1), what was sent on the case (2)
-- and what was published under the comment it came of (3).
SELECT 0 AS turn,
    CASE WHEN messages.kind = 'comment' THEN messages.created_at ELSE messages.accepted_at END AS at,
    'citizen' AS speaker, messages.text AS text,
    messages.kind AS kind, '' AS state, messages.id AS place
FROM cases
INNER JOIN case_messages ON cases.number = case_messages.case_number
INNER JOIN messages ON case_messages.message_id = messages.id
WHERE cases.number = :number AND {visible}
UNION ALL
SELECT 1, messages.reply_at, 'desk', messages.reply, 'text', 'sent', messages.id
FROM cases
INNER JOIN case_messages ON cases.number = case_messages.case_number
INNER JOIN messages ON case_messages.message_id = messages.id
WHERE cases.number = :number AND {visible} AND messages.reply <> ''
UNION ALL
SELECT 2, deliveries.created_at, COALESCE(case_events.actor, 'desk'), deliveries.text, 'text',
    CASE
        WHEN deliveries.state IN ('sent', 'delivered', 'failed', 'undone') THEN deliveries.state
        ELSE 'waiting'
    END,
    0
FROM cases
INNER JOIN deliveries ON cases.number = deliveries.case_number
LEFT JOIN case_events
    ON deliveries.case_number = case_events.case_number
    AND deliveries.key = case_events.delivery_key
WHERE cases.number = :number AND {visible}
UNION ALL
SELECT 3, comment_orders.decided_at, comment_orders.decided_by, comment_orders.text, 'comment',
    CASE
        WHEN comment_orders.state = 'done' THEN 'published'
        WHEN comment_orders.state = 'failed' THEN 'failed'
        ELSE 'publishing'
    END,
    0
FROM cases
INNER JOIN comment_orders ON cases.number = comment_orders.case_number
WHERE cases.number = :number AND {visible} AND comment_orders.state <> 'undone'
    AND comment_orders.case_number <> ''
ORDER BY 2, 7, 1

-- name: carried_for_other_cases(number)
-- Texts of other cases that went with the passive replies to this one's messages.
SELECT deliveries.carried_by, deliveries.text
FROM case_messages
INNER JOIN deliveries ON case_messages.message_id = deliveries.carried_by
WHERE case_messages.case_number = :number AND deliveries.case_number <> :number
ORDER BY deliveries.created_at, deliveries.key

-- name: answered_with(lead)
SELECT * FROM cases
WHERE lead = :lead AND lead <> '' AND state IN ('replied', 'out_of_scope', 'closed')
ORDER BY number

-- name: merged_into(lead)
SELECT * FROM cases WHERE lead = :lead AND lead <> '' AND state = 'merged' ORDER BY number
