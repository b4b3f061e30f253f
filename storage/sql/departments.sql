-- name: departments()
SELECT * FROM departments WHERE closed_on = '' ORDER BY position, name

-- name: closed_departments()
SELECT name, successor, closed_on FROM departments
WHERE closed_on <> '' ORDER BY closed_on DESC, name

-- name: close_department(name, successor, day)!
UPDATE departments SET closed_on = :day, successor = :successor
WHERE name = :name AND closed_on = ''

-- name: successors_follow(name, successor)!
-- Who was succeeded by it is succeeded by its own successor from now on.
UPDATE departments SET successor = :successor WHERE successor = :name AND closed_on <> ''

-- name: children_follow(name, successor)!
UPDATE departments SET parent = :successor WHERE parent = :name

-- name: people_follow(name, successor)!
UPDATE people SET department = :successor WHERE department = :name

-- name: absences_follow(name, successor)!
UPDATE absences SET department = :successor WHERE department = :name

-- name: templates_follow(name, successor)!
UPDATE reply_templates SET department = :successor WHERE department = :name

-- name: next_department_position()^
SELECT COALESCE(MAX(position), 0) + 1 AS position FROM departments

-- name: save_department*!
INSERT INTO departments (name, position, duties, keywords, phone, address, hours, parent)
VALUES (:name, :position, :duties, :keywords, :phone, :address, :hours, :parent)
ON CONFLICT (name) DO UPDATE
SET
    duties = excluded.duties,
    keywords = excluded.keywords,
    phone = excluded.phone,
    address = excluded.address,
    hours = excluded.hours,
    parent = excluded.parent

-- name: reopen_department(name)!
UPDATE departments SET closed_on = '', successor = '' WHERE name = :name AND closed_on <> ''

-- name: notices()
SELECT * FROM notices ORDER BY year

-- name: save_notice(year, source, off_days, work_days)!
INSERT INTO notices (year, source, off_days, work_days)
VALUES (:year, :source, :off_days, :work_days)
ON CONFLICT (year) DO UPDATE
SET source = excluded.source, off_days = excluded.off_days, work_days = excluded.work_days
