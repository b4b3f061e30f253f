-- What was said, done or published stays as it was, also for whoever writes SQL by hand.
CREATE FUNCTION huiying_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER case_events_kept BEFORE UPDATE
ON case_events FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('the log of cases is append-only');

CREATE TRIGGER case_events_whole BEFORE DELETE
ON case_events FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('the log of cases is append-only');

CREATE TRIGGER audit_log_kept BEFORE UPDATE
ON audit_log FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('the audit log is append-only');

CREATE TRIGGER audit_log_whole BEFORE DELETE
ON audit_log FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('the audit log is append-only');

CREATE TRIGGER entry_versions_frozen BEFORE UPDATE OF entry_id, version, question, answer, variants, negatives,
    department, topic, region, audience, source_title, source_number, source_url, checked_on,
    valid_from, valid_until, author, reviewer
ON entry_versions FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
EXECUTE FUNCTION huiying_refuse('a published version never changes');

CREATE TRIGGER entry_versions_dated BEFORE UPDATE OF published_at
ON entry_versions FOR EACH ROW WHEN (
    OLD.published_at IS NOT NULL
    AND (NEW.published_at IS NULL OR NEW.published_at <> OLD.published_at)
)
EXECUTE FUNCTION huiying_refuse('the day of publishing never changes');

CREATE TRIGGER entry_versions_whole BEFORE DELETE
ON entry_versions FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
EXECUTE FUNCTION huiying_refuse('a published version is never deleted');

CREATE TRIGGER messages_frozen BEFORE UPDATE OF reply
ON messages FOR EACH ROW WHEN (OLD.reply IS NOT NULL AND (NEW.reply IS NULL OR NEW.reply <> OLD.reply))
EXECUTE FUNCTION huiying_refuse('a frozen reply never changes');

CREATE TRIGGER deliveries_frozen BEFORE UPDATE OF key, account, citizen, text, case_number, late_of
ON deliveries FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('a delivery''s text and citizen never change');

CREATE TRIGGER case_events_not_emptied BEFORE TRUNCATE ON case_events
EXECUTE FUNCTION huiying_refuse('case_events is never emptied');

CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON audit_log
EXECUTE FUNCTION huiying_refuse('audit_log is never emptied');

CREATE TRIGGER entry_versions_not_emptied BEFORE TRUNCATE ON entry_versions
EXECUTE FUNCTION huiying_refuse('entry_versions is never emptied');
