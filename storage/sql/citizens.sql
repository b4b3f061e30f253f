-- name: citizen(account, openid)^
SELECT * FROM citizens WHERE account = :account AND openid = :openid

-- name: citizen_wrote(account, openid, until, pushes, now)^
-- A message opens a whole new window.
INSERT INTO citizens (account, openid, push_until, push_left, first_seen_at)
VALUES (:account, :openid, :until, :pushes, :now)
ON CONFLICT (account, openid) DO UPDATE
SET subscribed = 1, push_until = excluded.push_until, push_left = excluded.push_left
RETURNING *

-- name: citizen_tapped(account, openid, until, pushes, now)^
-- A tap opens a short window beside the one of a message.
INSERT INTO citizens (account, openid, tap_until, tap_left, first_seen_at)
VALUES (:account, :openid, :until, :pushes, :now)
ON CONFLICT (account, openid) DO UPDATE
SET subscribed = 1, tap_until = excluded.tap_until, tap_left = excluded.tap_left
RETURNING *

-- name: citizen_left(account, openid, now)^
INSERT INTO citizens (account, openid, subscribed, first_seen_at)
VALUES (:account, :openid, 0, :now)
ON CONFLICT (account, openid) DO UPDATE
SET subscribed = 0, push_until = NULL, push_left = 0, tap_until = NULL, tap_left = 0
RETURNING *

-- name: citizen_noticed(account, openid, now)^
INSERT INTO citizens (account, openid, first_seen_at) VALUES (:account, :openid, :now)
ON CONFLICT (account, openid) DO UPDATE SET first_seen_at = citizens.first_seen_at
RETURNING *

-- name: keep_conversation(account, openid, question, asked_at, choices, choices_until, rest, last_entry)!
UPDATE citizens
SET
    question = :question,
    asked_at = :asked_at,
    choices = :choices,
    choices_until = :choices_until,
    rest = :rest,
    last_entry = :last_entry
WHERE account = :account AND openid = :openid

-- name: use_push(account, openid, now)!
UPDATE citizens SET push_left = push_left - 1
WHERE account = :account AND openid = :openid AND subscribed = 1 AND push_left > 0
    AND push_until > :now

-- name: use_tap_push(account, openid, now)!
UPDATE citizens SET tap_left = tap_left - 1
WHERE account = :account AND openid = :openid AND subscribed = 1 AND tap_left > 0
    AND tap_until > :now

-- name: give_tap_push_back(account, openid, most, now)!
UPDATE citizens SET tap_left = tap_left + 1
WHERE account = :account AND openid = :openid AND tap_left < :most AND tap_until > :now

-- name: give_push_back(account, openid, most, now)!
UPDATE citizens SET push_left = push_left + 1
WHERE account = :account AND openid = :openid AND push_left < :most AND push_until > :now

-- name: forget_rest(entries)!
UPDATE citizens SET rest = ''
WHERE rest <> '' AND CAST(:entries AS TEXT) LIKE '%|' || last_entry || '|%' AND last_entry <> ''
