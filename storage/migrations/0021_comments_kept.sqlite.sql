-- What a citizen wrote and what two people decided stays as it was.

CREATE TRIGGER comments_frozen BEFORE UPDATE OF article_id, account, number, citizen, text, written_at
ON comments
BEGIN
    SELECT RAISE(ABORT, 'a comment''s words never change');
END;

CREATE TRIGGER comments_whole BEFORE DELETE ON comments
BEGIN
    SELECT RAISE(ABORT, 'a comment is never deleted');
END;

CREATE TRIGGER comment_orders_frozen BEFORE UPDATE OF comment_id, step, text, case_number, proposed_by,
    proposed_at
ON comment_orders
BEGIN
    SELECT RAISE(ABORT, 'an order''s step and text never change');
END;

CREATE TRIGGER comment_orders_whole BEFORE DELETE ON comment_orders
BEGIN
    SELECT RAISE(ABORT, 'an order is never deleted');
END;
