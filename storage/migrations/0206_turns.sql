-- Whoever has to act after a step is told; of what was done before this, nobody is any more.
-- An empty desk starts without a row.
INSERT INTO raised (key, at) SELECT 'turns/since', at FROM case_events ORDER BY at DESC LIMIT 1;

CREATE INDEX case_events_by_time ON case_events (at);

CREATE INDEX case_notes_by_time ON case_notes (at);

CREATE INDEX reminders_of_key ON reminders (raised);

DROP INDEX reminders_open_warnings;

CREATE INDEX reminders_open_warnings ON reminders (link)
WHERE read_at IS NULL AND kind IN ('due', 'window', 'turn');
