-- name: shifts(day)
SELECT * FROM shifts WHERE last_day >= :day ORDER BY department, first_day, id

-- name: add_shift(department, first_day, last_day, main, substitute)!
INSERT INTO shifts (department, first_day, last_day, main, substitute)
SELECT
    CAST(:department AS TEXT), CAST(:first_day AS TEXT), CAST(:last_day AS TEXT),
    CAST(:main AS TEXT), CAST(:substitute AS TEXT)
WHERE NOT EXISTS (
    SELECT 1 FROM shifts
    WHERE department = :department AND first_day = :first_day AND last_day = :last_day
        AND main = :main AND substitute = :substitute
)

-- name: remove_shift(id, department)!
DELETE FROM shifts WHERE id = :id AND department = :department

-- name: absences(day)
SELECT * FROM absences WHERE last_day >= :day ORDER BY first_day, id

-- name: add_absence(person, department, first_day, last_day, substitute, entered_by, entered_at)!
INSERT INTO absences (
    person, department, first_day, last_day, substitute, entered_by, entered_at
)
SELECT
    CAST(:person AS TEXT), CAST(:department AS TEXT), CAST(:first_day AS TEXT),
    CAST(:last_day AS TEXT), CAST(:substitute AS TEXT), CAST(:entered_by AS TEXT),
    CAST(:entered_at AS TEXT)
WHERE NOT EXISTS (
    SELECT 1 FROM absences
    WHERE person = :person AND department = :department AND first_day = :first_day
        AND last_day = :last_day AND substitute = :substitute
)

-- name: remove_absence(id, department)!
DELETE FROM absences WHERE id = :id AND department = :department

-- name: open_cases_of(officer, department, limit)
SELECT * FROM cases
WHERE {in_work} AND officer = :officer AND department = :department
ORDER BY due_at, number
LIMIT :limit

-- name: open_cases_with(department, limit)
SELECT * FROM cases
WHERE {in_work}
    AND (
        department = CAST(:department AS TEXT)
        OR (helpers <> '' AND helpers LIKE '%|' || CAST(:department AS TEXT) || '|%')
    )
ORDER BY due_at, number
LIMIT :limit

-- name: cases_stood_in(limit)
-- Whose officer has them because somebody is away, and has neither submitted nor kept a text.
SELECT cases.*, handed.details AS handed
FROM case_events AS handed
INNER JOIN cases ON cases.number = handed.case_number
WHERE handed.step = 'hand_over' AND {in_work} AND cases.officer <> ''
    AND NOT EXISTS (
        SELECT 1 FROM case_events AS later
        WHERE later.case_number = cases.number AND later.version > handed.version
            AND later.step IN (
                'hand_over', 'hand_back', 'assign', 'accept', 'give_back', 'route', 'draft'
            )
    )
    AND NOT EXISTS (
        SELECT 1 FROM drafts
        WHERE drafts.case_number = cases.number AND drafts.person = cases.officer
    )
ORDER BY cases.due_at, cases.number
LIMIT :limit

-- name: cases_left_behind(limit)
SELECT * FROM cases
WHERE {in_work} AND EXISTS (
    SELECT 1 FROM people
    WHERE people.name = cases.officer
        AND (people.disabled = 1
            OR people.role NOT IN ('officer', 'reviewer')
            OR people.department <> cases.department)
)
ORDER BY due_at, number
LIMIT :limit

-- name: contacts()
SELECT * FROM posts ORDER BY department, post

-- name: save_contact(department, post, name, phone, email)!
INSERT INTO posts (department, post, name, phone, email)
VALUES (:department, :post, :name, :phone, :email)
ON CONFLICT (department, post) DO UPDATE
SET name = excluded.name, phone = excluded.phone, email = excluded.email

-- name: routed_matters(scope, limit)
-- What the router suggested at first, and which department answered in the end.
SELECT cases.number, cases.text, cases.department, cases.received_at, case_events.details,
    case_events.state_after
FROM cases
INNER JOIN case_events ON cases.number = case_events.case_number AND case_events.version = 1
WHERE {visible} AND cases.department <> '' AND cases.reply <> ''
    AND cases.state IN ('replied', 'closed')
ORDER BY cases.received_at DESC, cases.number DESC
LIMIT :limit
