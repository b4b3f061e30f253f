-- name: add_public_answer(case_number, department, question, answer, proposed_by, proposed_at)!
INSERT INTO public_answers (
    case_number, department, question, answer, state, proposed_by, proposed_at
)
VALUES (
    :case_number, :department, :question, :answer, 'proposed', :proposed_by, :proposed_at
)
ON CONFLICT DO NOTHING

-- name: public_answer(id, scope)^
SELECT * FROM public_answers WHERE id = :id AND {visible_answer}

-- name: public_answers_of(case_number, scope)
SELECT * FROM public_answers WHERE case_number = :case_number AND {visible_answer} ORDER BY id DESC

-- name: public_answers(scope, state, pattern, department, limit, offset)
-- What waits longest first, then what was decided last.
SELECT * FROM public_answers
WHERE {visible_answer} AND state = :state
    AND (CAST(:department AS TEXT) = '' OR department = CAST(:department AS TEXT))
    AND LOWER(question || ' ' || answer) LIKE CAST(:pattern AS TEXT) ESCAPE '!'
ORDER BY CASE WHEN state = 'proposed' THEN proposed_at END, decided_at DESC, id DESC
LIMIT :limit OFFSET :offset

-- name: count_public_answers(scope, state, pattern, department)^
SELECT COUNT(*) AS amount FROM public_answers
WHERE {visible_answer} AND state = :state
    AND (CAST(:department AS TEXT) = '' OR department = CAST(:department AS TEXT))
    AND LOWER(question || ' ' || answer) LIKE CAST(:pattern AS TEXT) ESCAPE '!'

-- name: decide_public_answer(id, state, decided_by, decided_at, reason)!
UPDATE public_answers
SET state = :state, decided_by = :decided_by, decided_at = :decided_at, reason = :reason
WHERE id = :id AND state = 'proposed' AND proposed_by <> :decided_by

-- name: withdraw_public_answer(id, withdrawn_by, withdrawn_at, reason)!
UPDATE public_answers
SET
    state = 'withdrawn',
    withdrawn_by = :withdrawn_by,
    withdrawn_at = :withdrawn_at,
    reason = :reason
WHERE id = :id AND state = 'published'

-- name: bad_public_answers()
SELECT id FROM public_answers
WHERE state IN ('published', 'withdrawn')
    AND (proposed_by = '' OR decided_by = '' OR proposed_by = decided_by OR decided_at IS NULL)
ORDER BY id
