-- A merged case is owed a reply like any open one, and stands by its due time among them.
UPDATE cases SET place = FLOOR(EXTRACT(EPOCH FROM CAST(due_at AS TIMESTAMPTZ)))
WHERE state = 'merged';
