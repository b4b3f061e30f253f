-- The buttons below a chat: each version is written by one person and published by another.
-- State: draft, in_review, published (at WeChat now), replaced, dropped.
CREATE TABLE menus (
    account TEXT NOT NULL,
    version INTEGER NOT NULL,
    buttons TEXT NOT NULL,
    state TEXT NOT NULL,
    author TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    remark TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    published_at TEXT,
    PRIMARY KEY (account, version)
);

CREATE UNIQUE INDEX menus_published ON menus (account) WHERE menus.state = 'published';

CREATE UNIQUE INDEX menus_open ON menus (account) WHERE menus.state IN ('draft', 'in_review');

-- 掌上办事: where things are done online. An edit of a published one is a row of its own that
-- `replaces` it once somebody else has approved it.
-- State: draft, in_review, published, withdrawn. Health: '' (not looked at), good, unsure, broken.
CREATE TABLE services (
    id {identity},
    name TEXT NOT NULL,
    link TEXT NOT NULL,
    department TEXT NOT NULL,
    state TEXT NOT NULL,
    author TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    remark TEXT NOT NULL,
    replaces BIGINT REFERENCES services (id),
    version INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    published_at TEXT,
    look_at TEXT,
    checked_at TEXT,
    health TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    broken_since TEXT
);

CREATE INDEX services_to_check ON services (look_at) WHERE services.state = 'published';
