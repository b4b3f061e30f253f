-- The department of a comment's case, kept beside it: a department's list is read from one index.
ALTER TABLE comments ADD COLUMN owner TEXT NOT NULL DEFAULT '';

UPDATE comments SET owner = COALESCE(
    (SELECT cases.department FROM cases WHERE cases.number = comments.case_number), ''
)
WHERE case_number <> '';

CREATE INDEX comments_by_owner ON comments (owner, written_at, id) WHERE comments.owner <> '';

CREATE INDEX comments_by_owner_shelf ON comments (owner, shelf, written_at, id)
WHERE comments.owner <> '';

CREATE FUNCTION huiying_comment_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE comments SET owner = NEW.department
    WHERE case_number = NEW.number AND comments.case_number <> '';
    RETURN NULL;
END
$$;

CREATE TRIGGER comments_follow_cases AFTER UPDATE OF department
ON cases FOR EACH ROW WHEN (NEW.department <> OLD.department)
EXECUTE FUNCTION huiying_comment_follows();
