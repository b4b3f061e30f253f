-- Names of places that no list of divisions has: the desk's own towns and quarters (belongs is ''),
-- or another county's, with the division they belong to.
CREATE TABLE own_places (
    name TEXT PRIMARY KEY NOT NULL,
    belongs TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
