-- Answers chosen for everybody to read: proposed by one person, decided by another.
-- State: proposed, published, refused, withdrawn.
CREATE TABLE public_answers (
    id {identity},
    case_number TEXT NOT NULL REFERENCES cases (number),
    department TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT NOT NULL DEFAULT '',
    decided_at TEXT,
    reason TEXT NOT NULL DEFAULT '',
    withdrawn_by TEXT NOT NULL DEFAULT '',
    withdrawn_at TEXT
);

CREATE UNIQUE INDEX public_answers_open ON public_answers (case_number)
WHERE state IN ('proposed', 'published');

CREATE INDEX public_answers_shown ON public_answers (decided_at) WHERE state = 'published';

CREATE TRIGGER public_answers_frozen BEFORE UPDATE OF case_number, department, question, answer,
    proposed_by, proposed_at
ON public_answers FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('a proposed answer never changes');

CREATE TRIGGER public_answers_whole BEFORE DELETE
ON public_answers FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('a public answer is never deleted');
