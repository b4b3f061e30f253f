-- A comment's words go with the message it was filed as.
ALTER TABLE comments ADD COLUMN erased TEXT;

DROP TRIGGER comments_frozen ON comments;

CREATE TRIGGER comments_frozen BEFORE UPDATE OF article_id, account, number, citizen, text, written_at
ON comments FOR EACH ROW WHEN (
    NOT (
        NEW.erased IS NOT NULL AND NEW.text = '' AND NEW.citizen = '' AND NEW.number = OLD.number
        AND NEW.article_id = OLD.article_id AND NEW.written_at = OLD.written_at
    )
)
EXECUTE FUNCTION huiying_refuse('a comment''s words never change');
