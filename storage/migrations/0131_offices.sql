-- 办事地点: hospitals, halls, schools, and how to reach them. An edit of a published one is a row of
-- its own that `replaces` it once somebody else has approved it.
-- State: draft, in_review, published, withdrawn.
CREATE TABLE offices (
    id {identity},
    name TEXT NOT NULL,
    also TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    hours TEXT NOT NULL,
    what TEXT NOT NULL,
    checked_on TEXT,
    state TEXT NOT NULL,
    author TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    remark TEXT NOT NULL,
    replaces BIGINT REFERENCES offices (id),
    version INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    published_at TEXT
);
