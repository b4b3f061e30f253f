-- A tap's three pushes within a minute stand beside the five of a message, as at WeChat.
ALTER TABLE citizens ADD COLUMN tap_until TEXT;
ALTER TABLE citizens ADD COLUMN tap_left INTEGER NOT NULL DEFAULT 0;

-- `paid_by` is the window that a push was taken from: message or tap.
-- State `failed`: given up until a person tries again; the citizen's next message still carries it.
ALTER TABLE deliveries ADD COLUMN paid_by TEXT NOT NULL DEFAULT '';

-- The notice that tells the citizen of a text which cannot be pushed (service accounts only).
-- notice: '' (none yet), waiting, sending, sent, refused (by the citizen), uncertain, failed.
ALTER TABLE deliveries ADD COLUMN notice TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN notice_at TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN notice_attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN notice_reason TEXT NOT NULL DEFAULT '';

DROP INDEX deliveries_undelivered;

CREATE INDEX deliveries_undelivered ON deliveries (account, citizen)
WHERE deliveries.state IN ('waiting', 'unpushable', 'uncertain', 'failed');

CREATE INDEX deliveries_open ON deliveries (created_at, key)
WHERE deliveries.state IN ('waiting', 'unpushable', 'uncertain', 'failed');

CREATE INDEX deliveries_unnoticed ON deliveries (account, notice_at)
WHERE deliveries.state IN ('waiting', 'unpushable', 'failed')
    AND deliveries.notice IN ('', 'waiting') AND deliveries.case_number <> '';
