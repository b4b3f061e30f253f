-- What curators decided not to write an entry for; `wordings` are masked, a JSON list.
CREATE TABLE dismissed_clusters (
    id {identity},
    wordings TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    restored_by TEXT NOT NULL DEFAULT '',
    restored_at TEXT
);

CREATE INDEX messages_suggested ON messages (accepted_at) WHERE outcome = 'suggested';
