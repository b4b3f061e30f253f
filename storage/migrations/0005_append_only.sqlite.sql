-- What was said, done or published stays as it was, also for whoever writes SQL by hand.

CREATE TRIGGER case_events_kept BEFORE UPDATE ON case_events
BEGIN
    SELECT RAISE(ABORT, 'the log of cases is append-only');
END;

CREATE TRIGGER case_events_whole BEFORE DELETE ON case_events
BEGIN
    SELECT RAISE(ABORT, 'the log of cases is append-only');
END;

CREATE TRIGGER audit_log_kept BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_log_whole BEFORE DELETE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER entry_versions_frozen BEFORE UPDATE OF entry_id, version, question, answer, variants, negatives,
    department, topic, region, audience, source_title, source_number, source_url, checked_on,
    valid_from, valid_until, author, reviewer ON entry_versions
WHEN OLD.published_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a published version never changes');
END;

CREATE TRIGGER entry_versions_dated BEFORE UPDATE OF published_at ON entry_versions
WHEN OLD.published_at IS NOT NULL
    AND (NEW.published_at IS NULL OR NEW.published_at <> OLD.published_at)
BEGIN
    SELECT RAISE(ABORT, 'the day of publishing never changes');
END;

CREATE TRIGGER entry_versions_whole BEFORE DELETE ON entry_versions
WHEN OLD.published_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a published version is never deleted');
END;

CREATE TRIGGER messages_frozen BEFORE UPDATE OF reply ON messages
WHEN OLD.reply IS NOT NULL AND (NEW.reply IS NULL OR NEW.reply <> OLD.reply)
BEGIN
    SELECT RAISE(ABORT, 'a frozen reply never changes');
END;

CREATE TRIGGER deliveries_frozen BEFORE UPDATE OF key, account, citizen, text, case_number, late_of ON deliveries
BEGIN
    SELECT RAISE(ABORT, 'a delivery''s text and citizen never change');
END;
