-- name: account(name)^
SELECT * FROM people WHERE name = :name

-- name: people()
SELECT name, role, department FROM people ORDER BY name

-- name: save_account(name, role, department, password_hash, failures, locked_until, must_change, disabled)!
INSERT INTO people (
    name, role, department, password_hash, failures, locked_until, must_change, disabled
)
VALUES (
    :name, :role, :department, :password_hash, :failures, :locked_until, :must_change, :disabled
)
ON CONFLICT (name) DO UPDATE
SET
    role = excluded.role,
    department = excluded.department,
    password_hash = excluded.password_hash,
    failures = excluded.failures,
    locked_until = excluded.locked_until,
    must_change = excluded.must_change,
    disabled = excluded.disabled

-- name: sign_in_failed(name, locked_until)!
UPDATE people
SET failures = failures + 1, locked_until = COALESCE(:locked_until, locked_until)
WHERE name = :name

-- name: sign_in_succeeded(name)!
UPDATE people SET failures = 0, locked_until = NULL WHERE name = :name

-- name: add_session(token_hash, person, csrf, created_at, seen_at, expires_at)!
INSERT INTO sessions (token_hash, person, csrf, created_at, seen_at, expires_at)
VALUES (:token_hash, :person, :csrf, :created_at, :seen_at, :expires_at)

-- name: forget_expired_sessions(now)!
DELETE FROM sessions WHERE expires_at <= :now

-- name: session(token_hash, now)^
SELECT sessions.*, people.name, people.role, people.department
FROM sessions
INNER JOIN people ON sessions.person = people.name
WHERE sessions.token_hash = :token_hash AND sessions.expires_at > :now AND people.disabled = 0

-- name: touch_session(token_hash, now)!
UPDATE sessions SET seen_at = :now WHERE token_hash = :token_hash

-- name: end_session(token_hash)!
DELETE FROM sessions WHERE token_hash = :token_hash

-- name: add_secret(name, value)!
INSERT INTO secrets (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING

-- name: secret(name)^
SELECT value FROM secrets WHERE name = :name
