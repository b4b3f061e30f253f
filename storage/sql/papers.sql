-- name: add_note(case_number, at, author, text, mentions)^
INSERT INTO case_notes (case_number, at, author, text, mentions)
VALUES (:case_number, :at, :author, :text, :mentions)
RETURNING id

-- name: same_note(case_number, author, text, since)^
-- What its author left a moment ago in the same words: the button was pressed twice.
SELECT id FROM case_notes
WHERE case_number = :case_number AND author = :author AND text = :text AND at > :since
ORDER BY id DESC LIMIT 1

-- name: notes_for(number, scope)
SELECT case_notes.* FROM case_notes
INNER JOIN cases ON case_notes.case_number = cases.number
WHERE case_notes.case_number = :number AND {visible}
ORDER BY case_notes.id

-- name: keep_draft(case_number, person, text, purpose, sources, version, saved_at)!
INSERT INTO drafts (case_number, person, text, purpose, sources, version, saved_at)
VALUES (:case_number, :person, :text, :purpose, :sources, :version, :saved_at)
ON CONFLICT (case_number, person) DO UPDATE
SET
    text = excluded.text,
    purpose = excluded.purpose,
    sources = excluded.sources,
    version = excluded.version,
    saved_at = excluded.saved_at

-- name: drop_draft(case_number, person)!
DELETE FROM drafts WHERE case_number = :case_number AND person = :person

-- name: drafts_for(scope, person, number)
SELECT drafts.* FROM drafts
INNER JOIN cases ON drafts.case_number = cases.number
WHERE drafts.person = :person AND {visible}
    AND (CAST(:number AS TEXT) = '' OR drafts.case_number = CAST(:number AS TEXT))
ORDER BY drafts.saved_at DESC, drafts.case_number

-- name: has_drafted_for(scope, person)
SELECT case_events.version FROM cases
INNER JOIN case_events ON cases.number = case_events.case_number
WHERE case_events.actor = :person AND case_events.step = 'draft' AND {visible}
LIMIT 1

-- name: come_to(case_number, person, seen_at, writing)!
INSERT INTO presences (case_number, person, seen_at, writing)
VALUES (:case_number, :person, :seen_at, :writing)
ON CONFLICT (case_number, person) DO UPDATE
SET seen_at = excluded.seen_at, writing = excluded.writing

-- name: present_for(scope, number, person, since)
SELECT presences.* FROM presences
INNER JOIN cases ON presences.case_number = cases.number
WHERE presences.case_number = :number AND presences.person <> :person
    AND presences.seen_at > :since AND {visible}
ORDER BY presences.person

-- name: cases_of_citizen_for(scope, number, account, citizen, limit)
SELECT cases.* FROM cases
WHERE cases.account = :account AND cases.citizen = :citizen AND cases.number <> :number
    AND {visible}
ORDER BY cases.received_at DESC, cases.number DESC
LIMIT :limit

-- name: saved_views(person)
SELECT name, query FROM saved_views WHERE person = :person ORDER BY saved_at, name

-- name: save_view(person, name, query, saved_at)!
INSERT INTO saved_views (person, name, query, saved_at)
VALUES (:person, :name, :query, :saved_at)
ON CONFLICT (person, name) DO UPDATE SET query = excluded.query

-- name: remove_view(person, name)!
DELETE FROM saved_views WHERE person = :person AND name = :name

-- name: reply_templates(department)
SELECT * FROM reply_templates
WHERE removed = 0 AND department IN ('', CAST(:department AS TEXT))
ORDER BY department DESC, name, id

-- name: add_reply_template(department, name, body, author, saved_at)!
INSERT INTO reply_templates (department, name, body, author, saved_at)
SELECT
    CAST(:department AS TEXT), CAST(:name AS TEXT), CAST(:body AS TEXT), CAST(:author AS TEXT),
    CAST(:saved_at AS TEXT)
WHERE NOT EXISTS (
    SELECT 1 FROM reply_templates
    WHERE department = :department AND name = :name AND body = :body AND removed = 0
)

-- name: remove_reply_template(id, department)!
UPDATE reply_templates SET removed = 1 WHERE id = :id AND department = :department
