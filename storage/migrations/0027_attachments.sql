-- What citizens send besides words. WeChat keeps it for three days: it is fetched and kept here.
-- State: wanted, fetching (until look_at, then anybody may), kept, refused (not what it claims to
-- be, or too big), lost (WeChat has it no more, or never gave it).
CREATE TABLE attachments (
    id {identity},
    message_id BIGINT NOT NULL UNIQUE REFERENCES messages (id),
    account TEXT NOT NULL,
    citizen TEXT NOT NULL,
    kind TEXT NOT NULL,
    media_id TEXT NOT NULL,
    picture_url TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    state TEXT NOT NULL,
    look_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    content_type TEXT NOT NULL DEFAULT '',
    size BIGINT NOT NULL DEFAULT 0,
    sha256 TEXT NOT NULL DEFAULT ''
);

CREATE INDEX attachments_wanted ON attachments (look_at)
WHERE attachments.state IN ('wanted', 'fetching');

CREATE INDEX attachments_of_citizen ON attachments (account, citizen, sent_at);

-- The same picture sent twice is kept once.
CREATE TABLE contents (
    sha256 TEXT PRIMARY KEY NOT NULL,
    content {bytes} NOT NULL,
    kept_at TEXT NOT NULL
);
