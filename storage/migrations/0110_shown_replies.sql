-- When the citizen's own page first showed a text that had not arrived ('' never): from then on it
-- cannot be taken back. A text that was taken back has the state `undone`.
ALTER TABLE deliveries ADD COLUMN shown_at TEXT NOT NULL DEFAULT '';
