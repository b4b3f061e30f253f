-- What a citizen wrote and what two people decided stays as it was.
CREATE TRIGGER comments_frozen BEFORE UPDATE OF article_id, account, number, citizen, text, written_at
ON comments FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('a comment''s words never change');

CREATE TRIGGER comments_whole BEFORE DELETE
ON comments FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('a comment is never deleted');

CREATE TRIGGER comment_orders_frozen BEFORE UPDATE OF comment_id, step, text, case_number, proposed_by,
    proposed_at
ON comment_orders FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('an order''s step and text never change');

CREATE TRIGGER comment_orders_whole BEFORE DELETE
ON comment_orders FOR EACH ROW
EXECUTE FUNCTION huiying_refuse('an order is never deleted');
