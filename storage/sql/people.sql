-- name: account(name)^
SELECT * FROM people WHERE name = :name

-- name: people()
SELECT name, role, department, display_name FROM people ORDER BY name

-- name: accounts()
SELECT * FROM people ORDER BY name

-- name: display_names()
SELECT name, display_name FROM people WHERE display_name <> ''

-- name: save_account(name, role, department, password_hash, failures, locked_until, must_change, disabled, display_name, totp_secret, totp_step, signed_in_at)!
INSERT INTO people (
    name, role, department, password_hash, failures, locked_until, must_change, disabled,
    display_name, totp_secret, totp_step, signed_in_at
)
VALUES (
    :name, :role, :department, :password_hash, :failures, :locked_until, :must_change, :disabled,
    :display_name, :totp_secret, :totp_step, :signed_in_at
)
ON CONFLICT (name) DO UPDATE
SET
    role = excluded.role,
    department = excluded.department,
    password_hash = excluded.password_hash,
    failures = excluded.failures,
    locked_until = excluded.locked_until,
    must_change = excluded.must_change,
    disabled = excluded.disabled,
    display_name = excluded.display_name,
    totp_secret = excluded.totp_secret,
    totp_step = excluded.totp_step,
    signed_in_at = excluded.signed_in_at

-- name: change_password(name, password_hash, must_change)!
UPDATE people
SET password_hash = :password_hash, must_change = :must_change, failures = 0, locked_until = NULL
WHERE name = :name

-- name: change_totp(name, secret, step)!
UPDATE people SET totp_secret = :secret, totp_step = :step WHERE name = :name

-- name: change_person(name, role, department, display_name)!
UPDATE people SET role = :role, department = :department, display_name = :display_name
WHERE name = :name

-- name: change_access(name, disabled)!
UPDATE people SET disabled = :disabled WHERE name = :name

-- name: sign_in_failed(name, locked_until)!
UPDATE people
SET failures = failures + 1, locked_until = COALESCE(:locked_until, locked_until)
WHERE name = :name

-- name: sign_in_succeeded(name)!
UPDATE people SET failures = 0, locked_until = NULL WHERE name = :name

-- name: note_sign_in(name, now)!
UPDATE people SET signed_in_at = :now WHERE name = :name

-- name: use_totp_step(name, step)!
-- A code is good once: whoever comes second changes nothing.
UPDATE people SET totp_step = :step WHERE name = :name AND totp_step < :step

-- name: add_session(token_hash, person, csrf, created_at, seen_at, expires_at, device, address)!
INSERT INTO sessions (
    token_hash, person, csrf, created_at, seen_at, expires_at, device, address
)
VALUES (
    :token_hash, :person, :csrf, :created_at, :seen_at, :expires_at, :device, :address
)

-- name: forget_expired_sessions(now)!
DELETE FROM sessions WHERE expires_at <= :now

-- name: session(token_hash, now)^
SELECT sessions.*, people.name, people.role, people.department, people.display_name
FROM sessions
INNER JOIN people ON sessions.person = people.name
WHERE sessions.token_hash = :token_hash AND sessions.expires_at > :now AND people.disabled = 0

-- name: sessions_of(name, now)
SELECT sessions.*, people.name, people.role, people.department, people.display_name
FROM sessions
INNER JOIN people ON sessions.person = people.name
WHERE sessions.person = :name AND sessions.expires_at > :now
ORDER BY sessions.seen_at DESC, sessions.token_hash

-- name: touch_session(token_hash, now)!
UPDATE sessions SET seen_at = :now WHERE token_hash = :token_hash

-- name: end_session(token_hash)!
DELETE FROM sessions WHERE token_hash = :token_hash

-- name: end_session_of(name, id)!
DELETE FROM sessions WHERE person = :name AND SUBSTR(token_hash, 1, 16) = :id

-- name: end_sessions_of(name, but)!
DELETE FROM sessions WHERE person = :name AND token_hash <> :but

-- name: add_secret(name, value)!
INSERT INTO secrets (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING

-- name: secret(name)^
SELECT value FROM secrets WHERE name = :name
