-- The desk's own kinds that exclude one another, besides those of the release; in_use 0: a line of
-- the release that is not used. The line is as `knowledge_base.kinds.line_of` writes it.
CREATE TABLE own_kinds (
    line TEXT PRIMARY KEY NOT NULL,
    in_use INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
