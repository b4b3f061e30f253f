-- A merged case is owed a reply like any open one, and stands by its due time among them.
UPDATE cases SET place = CAST(strftime('%s', due_at) AS INTEGER) WHERE state = 'merged';
