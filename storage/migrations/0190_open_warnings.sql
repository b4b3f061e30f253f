-- Warnings that nobody has read are looked through every minute for those that are settled.
CREATE INDEX reminders_open_warnings ON reminders (link)
WHERE read_at IS NULL AND kind IN ('due', 'window');
