-- An article whose comments are polled. `taken_at` is when somebody last began to look;
-- `resume_at` is the row of a listing that was broken off; `code` is WeChat's last refusal.
CREATE TABLE articles (
    id {identity},
    account TEXT NOT NULL,
    msg_data_id BIGINT NOT NULL,
    place INTEGER NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    published_at TEXT NOT NULL,
    read_on TEXT NOT NULL,
    found_at TEXT NOT NULL,
    taken_at TEXT NOT NULL DEFAULT '',
    looked_at TEXT,
    full_at TEXT,
    next_look_at TEXT NOT NULL,
    resume_at INTEGER NOT NULL DEFAULT 0,
    code INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, msg_data_id, place)
);

CREATE INDEX articles_due ON articles (account, next_look_at);

CREATE INDEX articles_by_time ON articles (published_at);

-- A comment is stored once by its article and number. It is filed once: then it is a message with
-- an outcome, and perhaps a case. `citizen` is '' for who is no WeChat user. `shelf`:
-- new, question, matter, other, held (hidden until a moderator has looked), harmful.
CREATE TABLE comments (
    id {identity},
    article_id BIGINT NOT NULL REFERENCES articles (id),
    account TEXT NOT NULL,
    number BIGINT NOT NULL,
    citizen TEXT NOT NULL,
    text TEXT NOT NULL,
    written_at TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    elected INTEGER NOT NULL,
    reply TEXT NOT NULL,
    replied_at TEXT,
    gone_at TEXT,
    verdict TEXT NOT NULL DEFAULT '',
    shelf TEXT NOT NULL DEFAULT 'new',
    judged_by TEXT NOT NULL DEFAULT '',
    suggested TEXT NOT NULL DEFAULT '[]',
    filed_at TEXT,
    message_id BIGINT REFERENCES messages (id),
    case_number TEXT NOT NULL DEFAULT '',
    UNIQUE (article_id, number)
);

CREATE INDEX comments_by_time ON comments (written_at, id);

CREATE INDEX comments_by_shelf ON comments (shelf, written_at, id);

CREATE INDEX comments_of_article ON comments (article_id, written_at, id);

CREATE INDEX comments_unfiled ON comments (id) WHERE comments.filed_at IS NULL;

CREATE INDEX comments_of_case ON comments (case_number) WHERE comments.case_number <> '';

-- 审核发布: what staff have done with a comment on the platform, proposed by one and decided by
-- another. State: proposed, approved, sending, done, failed, undone, rejected. `case_number` names
-- the case whose approved reply it is.
CREATE TABLE comment_orders (
    id {identity},
    comment_id BIGINT NOT NULL REFERENCES comments (id),
    step TEXT NOT NULL,
    text TEXT NOT NULL,
    case_number TEXT NOT NULL DEFAULT '',
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT NOT NULL DEFAULT '',
    decided_at TEXT,
    state TEXT NOT NULL,
    send_at TEXT,
    claim_until TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    code INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    ended_at TEXT
);

CREATE UNIQUE INDEX comment_orders_open ON comment_orders (comment_id, step)
WHERE state IN ('proposed', 'approved');

CREATE INDEX comment_orders_due ON comment_orders (send_at)
WHERE comment_orders.state IN ('approved', 'sending');

CREATE INDEX comment_orders_of ON comment_orders (comment_id, id);

CREATE INDEX comment_orders_by_state ON comment_orders (state, id)
WHERE comment_orders.state IN ('proposed', 'failed');

-- What the platform allows of a call on a day in China, in terms of the desk's own count of it.
CREATE TABLE call_limits (
    account TEXT NOT NULL,
    path TEXT NOT NULL,
    day TEXT NOT NULL,
    most BIGINT NOT NULL,
    PRIMARY KEY (account, path, day)
);

CREATE TABLE comment_polls (
    account TEXT PRIMARY KEY NOT NULL,
    listed_whole INTEGER NOT NULL,
    list_from INTEGER NOT NULL,
    summed_until TEXT NOT NULL,
    found_at TEXT,
    closed_until TEXT,
    code INTEGER NOT NULL
);
