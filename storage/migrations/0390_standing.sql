-- Who has a case that waits for its citizen for long is told; which of it nobody has read is few.
CREATE INDEX reminders_of_standing ON reminders (link)
WHERE read_at IS NULL AND kind = 'standing';
