-- name: token(account)^
SELECT token, expires_at FROM tokens WHERE account = :account AND token <> ''

-- name: claim_token(account, refused, now, fresh_until, claim_until)!
-- Whoever changes the row may ask WeChat; nobody may while the kept token is still good.
INSERT INTO tokens (account, token, expires_at, claimed_until)
VALUES (:account, '', :now, :claim_until)
ON CONFLICT (account) DO UPDATE SET claimed_until = excluded.claimed_until
WHERE (tokens.claimed_until IS NULL OR tokens.claimed_until <= excluded.expires_at)
    AND (tokens.token = CAST(:refused AS TEXT) OR tokens.expires_at <= CAST(:fresh_until AS TEXT))

-- name: keep_token(account, token, expires_at)!
INSERT INTO tokens (account, token, expires_at) VALUES (:account, :token, :expires_at)
ON CONFLICT (account) DO UPDATE
SET token = excluded.token, expires_at = excluded.expires_at, claimed_until = NULL

-- name: release_token(account)!
UPDATE tokens SET claimed_until = NULL WHERE account = :account

-- name: count_call(account, path, day)!
-- Not beyond what the platform allows, where it told.
INSERT INTO calls (account, path, day, made, refused)
SELECT :account, :path, :day, 1, 0
WHERE NOT EXISTS (
    SELECT 1 FROM call_limits
    WHERE account = :account AND path = :path AND day = :day AND most < 1
)
ON CONFLICT (account, path, day) DO UPDATE SET made = calls.made + 1
WHERE calls.made < COALESCE(
    (
        SELECT call_limits.most FROM call_limits
        WHERE call_limits.account = calls.account AND call_limits.path = calls.path
            AND call_limits.day = calls.day
    ),
    calls.made + 1
)

-- name: limit_calls(account, path, day, remain)!
INSERT INTO call_limits (account, path, day, most)
SELECT :account, :path, :day, CAST(:remain AS BIGINT) + COALESCE(
    (SELECT made FROM calls WHERE account = :account AND path = :path AND day = :day), 0
)
WHERE CAST(:remain AS BIGINT) >= 0
ON CONFLICT (account, path, day) DO UPDATE SET most = excluded.most

-- name: unlimit_calls(account)!
DELETE FROM call_limits WHERE account = :account

-- name: count_refusal(account, path, day)!
UPDATE calls SET refused = refused + 1 WHERE account = :account AND path = :path AND day = :day

-- name: calls_of(day)
SELECT account, path, made, refused FROM calls WHERE day = :day ORDER BY account, path

-- name: trouble(account, path)^
SELECT * FROM troubles WHERE account = :account AND path = :path

-- name: troubles()
SELECT * FROM troubles ORDER BY account, path

-- name: keep_trouble(account, path, errcode, said, at, blocked_until)!
INSERT INTO troubles (account, path, errcode, said, since, last_at, times, blocked_until)
VALUES (:account, :path, :errcode, :said, :at, :at, 1, :blocked_until)
ON CONFLICT (account, path) DO UPDATE
SET
    since = CASE
        WHEN troubles.errcode = excluded.errcode THEN troubles.since ELSE excluded.since
    END,
    times = CASE WHEN troubles.errcode = excluded.errcode THEN troubles.times + 1 ELSE 1 END,
    errcode = excluded.errcode,
    said = excluded.said,
    last_at = excluded.last_at,
    blocked_until = excluded.blocked_until

-- name: end_trouble(account, path)!
DELETE FROM troubles WHERE account = :account AND path = :path

-- name: end_quota_troubles(account)!
DELETE FROM troubles WHERE account = :account AND blocked_until IS NOT NULL
