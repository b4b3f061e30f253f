-- The words of an order go with the comment it is about; which step was taken, and by whom, stays.
ALTER TABLE comment_orders ADD COLUMN erased TEXT;

DROP TRIGGER comment_orders_frozen ON comment_orders;

CREATE TRIGGER comment_orders_frozen BEFORE UPDATE OF comment_id, step, text, case_number, proposed_by,
    proposed_at
ON comment_orders FOR EACH ROW WHEN (
    NOT (
        NEW.erased IS NOT NULL AND NEW.text = '' AND NEW.comment_id = OLD.comment_id
        AND NEW.step = OLD.step AND NEW.case_number = OLD.case_number
        AND NEW.proposed_by = OLD.proposed_by AND NEW.proposed_at = OLD.proposed_at
    )
)
EXECUTE FUNCTION huiying_refuse('an order''s step and text never change');
