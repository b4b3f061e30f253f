-- How people are called, their second factor, and where their sessions run.
ALTER TABLE people ADD COLUMN display_name TEXT NOT NULL DEFAULT '';

ALTER TABLE people ADD COLUMN totp_secret TEXT NOT NULL DEFAULT '';

ALTER TABLE people ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;

ALTER TABLE people ADD COLUMN signed_in_at TEXT;

ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';

ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';

CREATE INDEX sessions_of_person ON sessions (person);

CREATE INDEX audit_log_by_time ON audit_log (at);
