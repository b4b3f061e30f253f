-- name: menus_of(account)
SELECT * FROM menus WHERE account = :account ORDER BY version DESC

-- name: next_menu_version(account)^
SELECT COALESCE(MAX(version), 0) + 1 AS version FROM menus WHERE account = :account

-- name: add_menu(account, version, buttons, author, now)!
INSERT INTO menus (account, version, buttons, state, author, reviewer, remark, saved_at)
VALUES (:account, :version, :buttons, 'draft', :author, '', '', :now)
ON CONFLICT DO NOTHING

-- name: change_menu(account, version, buttons, author, now)!
UPDATE menus SET buttons = :buttons, author = :author, saved_at = :now
WHERE account = :account AND version = :version AND state = 'draft'

-- name: move_menu(account, version, before, after, reviewer, remark, now)!
UPDATE menus
SET
    state = :after,
    reviewer = :reviewer,
    remark = :remark,
    published_at = CASE
        WHEN CAST(:after AS TEXT) = 'published' THEN CAST(:now AS TEXT) ELSE published_at
    END
WHERE account = :account AND version = :version AND state = :before
    AND (CAST(:after AS TEXT) <> 'published' OR author <> CAST(:reviewer AS TEXT))

-- name: replace_menu(account)!
UPDATE menus SET state = 'replaced' WHERE account = :account AND state = 'published'

-- name: services()
SELECT * FROM services WHERE state <> 'withdrawn' ORDER BY department, name, id

-- name: service(id)^
SELECT * FROM services WHERE id = :id

-- name: add_service(name, link, department, author, replaces, now)^
INSERT INTO services (
    name, link, department, state, author, reviewer, remark, replaces, version, saved_at
)
VALUES (:name, :link, :department, 'draft', :author, '', '', :replaces, 1, :now)
RETURNING id

-- name: change_service(id, version, name, link, department, author, now)!
UPDATE services
SET
    name = :name, link = :link, department = :department, author = :author, saved_at = :now,
    version = version + 1
WHERE id = :id AND version = :version AND state = 'draft'

-- name: move_service(id, version, before, after, reviewer, remark, now)!
UPDATE services
SET
    state = :after,
    reviewer = :reviewer,
    remark = :remark,
    version = version + 1,
    published_at = CASE
        WHEN CAST(:after AS TEXT) = 'published' THEN CAST(:now AS TEXT) ELSE published_at
    END,
    look_at = CASE
        WHEN CAST(:after AS TEXT) = 'published' THEN CAST(:now AS TEXT) ELSE look_at
    END
WHERE id = :id AND version = :version AND state = :before
    AND (CAST(:after AS TEXT) <> 'published' OR author <> CAST(:reviewer AS TEXT))

-- name: withdraw_replaced_service(id)!
UPDATE services SET state = 'withdrawn', version = version + 1
WHERE id = (SELECT newer.replaces FROM services AS newer WHERE newer.id = :id)
    AND state = 'published'

-- name: service_checked(id, health, reason, failures, broken_since, look_at, now)!
UPDATE services
SET
    health = :health, reason = :reason, failures = :failures, broken_since = :broken_since,
    look_at = :look_at, checked_at = :now
WHERE id = :id AND state = 'published'

-- name: look_again(id, now)!
UPDATE services SET look_at = :now WHERE id = :id AND state = 'published'

-- name: bad_menus()
-- What citizens saw of a menu, the directory or an office without a second person behind it.
SELECT 'menu ' || account || ' version ' || CAST(version AS TEXT) AS what FROM menus
WHERE published_at IS NOT NULL AND (author = reviewer OR author = '' OR reviewer = '')
UNION ALL
SELECT 'entrance ' || CAST(id AS TEXT) FROM services
WHERE published_at IS NOT NULL AND (author = reviewer OR author = '' OR reviewer = '')
UNION ALL
SELECT 'office ' || CAST(id AS TEXT) FROM offices
WHERE published_at IS NOT NULL AND (author = reviewer OR author = '' OR reviewer = '')
ORDER BY 1
