-- name: departments()
SELECT * FROM departments ORDER BY position, name

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

-- name: notices()
SELECT * FROM notices ORDER BY year

-- name: save_notice(year, source, off_days, work_days)!
INSERT INTO notices (year, source, off_days, work_days)
VALUES (:year, :source, :off_days, :work_days)
ON CONFLICT (year) DO UPDATE
SET source = excluded.source, off_days = excluded.off_days, work_days = excluded.work_days
