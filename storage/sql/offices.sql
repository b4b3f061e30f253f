-- name: offices()
SELECT * FROM offices WHERE state <> 'withdrawn' ORDER BY name, id

-- name: office(id)^
SELECT * FROM offices WHERE id = :id

-- name: add_office(name, also, phone, address, hours, what, checked_on, author, replaces, now)^
INSERT INTO offices (
    name, also, phone, address, hours, what, checked_on, state, author, reviewer, remark, replaces,
    version, saved_at
)
VALUES (
    :name, :also, :phone, :address, :hours, :what, :checked_on, 'draft', :author, '', '',
    :replaces, 1, :now
)
RETURNING id

-- name: change_office(id, version, name, also, phone, address, hours, what, checked_on, author, now)!
UPDATE offices
SET
    name = :name, also = :also, phone = :phone, address = :address, hours = :hours, what = :what,
    checked_on = :checked_on, author = :author, saved_at = :now, version = version + 1
WHERE id = :id AND version = :version AND state = 'draft'

-- name: move_office(id, version, before, after, reviewer, remark, now)!
UPDATE offices
SET
    state = :after,
    reviewer = :reviewer,
    remark = :remark,
    version = version + 1,
    published_at = CASE
        WHEN CAST(:after AS TEXT) = 'published' THEN CAST(:now AS TEXT) ELSE published_at
    END
WHERE id = :id AND version = :version AND state = :before
    AND (CAST(:after AS TEXT) <> 'published' OR author <> CAST(:reviewer AS TEXT))

-- name: withdraw_replaced_office(id)!
UPDATE offices SET state = 'withdrawn', version = version + 1
WHERE id = (SELECT newer.replaces FROM offices AS newer WHERE newer.id = :id)
    AND state = 'published'
