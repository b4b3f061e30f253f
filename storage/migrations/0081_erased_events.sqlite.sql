-- Staff's own words in the log of a case (reasons, voided drafts) can be erased with the case.
-- An event is closed over `details_hash`, the sha256 of its salt and its details: without the
-- words the chain still holds, and without the salt nobody can try out what they were. Events of
-- before have '' and are closed over the details themselves.
ALTER TABLE case_events ADD COLUMN details_hash TEXT NOT NULL DEFAULT '';

ALTER TABLE case_events ADD COLUMN details_salt TEXT NOT NULL DEFAULT '';

ALTER TABLE case_events ADD COLUMN erased TEXT;

ALTER TABLE public_answers ADD COLUMN erased TEXT;

DROP TRIGGER case_events_kept;

CREATE TRIGGER case_events_kept BEFORE UPDATE ON case_events
WHEN NOT (
    OLD.erased IS NULL AND NEW.erased IS NOT NULL AND NEW.details_salt = ''
    AND NEW.case_number IS OLD.case_number
    AND NEW.version IS OLD.version
    AND NEW.at IS OLD.at
    AND NEW.actor IS OLD.actor
    AND NEW.step IS OLD.step
    AND NEW.state_before IS OLD.state_before
    AND NEW.state_after IS OLD.state_after
    AND NEW.delivery_key IS OLD.delivery_key
    AND NEW.delivery_hash IS OLD.delivery_hash
    AND NEW.prev_hash IS OLD.prev_hash
    AND NEW.hash IS OLD.hash
    AND NEW.details_hash IS OLD.details_hash
)
BEGIN
    SELECT RAISE(ABORT, 'the log of cases is append-only');
END;

DROP TRIGGER public_answers_frozen;

CREATE TRIGGER public_answers_frozen BEFORE UPDATE OF case_number, department, question, answer,
    proposed_by, proposed_at ON public_answers
WHEN NOT (
    NEW.erased IS NOT NULL AND NEW.question = '' AND NEW.answer = '' AND OLD.state <> 'published'
    AND NEW.case_number = OLD.case_number AND NEW.department = OLD.department
    AND NEW.proposed_by = OLD.proposed_by AND NEW.proposed_at = OLD.proposed_at
)
BEGIN
    SELECT RAISE(ABORT, 'a proposed answer never changes');
END;
