-- Times are fixed-width ISO 8601 texts in UTC, days YYYY-MM-DD, yes and no 1 and 0, lists JSON.
CREATE TABLE citizens (
    account TEXT NOT NULL,
    openid TEXT NOT NULL,
    subscribed INTEGER NOT NULL DEFAULT 1,
    question TEXT NOT NULL DEFAULT '',
    asked_at TEXT,
    choices TEXT NOT NULL DEFAULT '[]',
    choices_until TEXT,
    rest TEXT NOT NULL DEFAULT '',
    last_entry TEXT NOT NULL DEFAULT '',
    push_until TEXT,
    push_left INTEGER NOT NULL DEFAULT 0,
    first_seen_at TEXT NOT NULL,
    PRIMARY KEY (account, openid)
);

-- `key` names all deliveries of one message. `outcome` stays empty until the message is settled.
-- `frozen_early`: the reply was fixed before the handler finished; then `late_text` is its answer.
CREATE TABLE messages (
    id {identity},
    key TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    citizen TEXT NOT NULL,
    receiver TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at TEXT NOT NULL,
    text TEXT NOT NULL,
    message_id TEXT NOT NULL,
    event TEXT NOT NULL,
    event_key TEXT NOT NULL,
    details TEXT NOT NULL,
    accepted_at TEXT NOT NULL,
    claim_until TEXT NOT NULL,
    claims INTEGER NOT NULL DEFAULT 1,
    outcome TEXT,
    probability DOUBLE PRECISION,
    settled_at TEXT,
    reply TEXT,
    reply_at TEXT,
    frozen_early INTEGER NOT NULL DEFAULT 0,
    late_text TEXT NOT NULL DEFAULT ''
);

CREATE INDEX messages_unsettled ON messages (claim_until) WHERE outcome IS NULL;

CREATE INDEX messages_by_time ON messages (accepted_at);

CREATE TABLE given (
    message_id BIGINT NOT NULL REFERENCES messages (id),
    entry_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (message_id, entry_id, version)
);

-- State: waiting, sending, sent, unpushable (no push window), uncertain (a crash while sending),
-- delivered (inside a reply). `late_of` is the message whose answer it is, found after its reply
-- had gone; `held_by` is the message whose handler may carry it meanwhile.
CREATE TABLE deliveries (
    key TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL,
    citizen TEXT NOT NULL,
    text TEXT NOT NULL,
    case_number TEXT NOT NULL,
    late_of BIGINT REFERENCES messages (id),
    created_at TEXT NOT NULL,
    state TEXT NOT NULL,
    look_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    ended_at TEXT,
    carried_by BIGINT,
    held_by BIGINT,
    held_until TEXT
);

CREATE INDEX deliveries_undelivered ON deliveries (account, citizen)
WHERE deliveries.state IN ('waiting', 'unpushable', 'uncertain');

CREATE INDEX deliveries_due ON deliveries (look_at) WHERE deliveries.state = 'waiting';

CREATE INDEX deliveries_of_case ON deliveries (case_number);
