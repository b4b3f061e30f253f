-- name: last_audit_hash()^
SELECT hash FROM audit_log ORDER BY number DESC LIMIT 1

-- name: add_to_audit_log*!
INSERT INTO audit_log (number, at, actor, action, details, prev_hash, hash)
VALUES (:number, :at, :actor, :action, :details, :prev_hash, :hash)

-- name: set_counter(name, number)!
UPDATE counters SET number = :number WHERE name = :name

-- name: audit_page(after, limit)
SELECT * FROM audit_log WHERE number > :after ORDER BY number LIMIT :limit
