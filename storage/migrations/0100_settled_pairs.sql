-- Pairs of entries that a curator found to be no contradiction and no duplicate. `mark` is that of
-- both texts as they were: when one changes, the pair is looked at again.
CREATE TABLE settled_pairs (
    id {identity},
    mark TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    reopened_by TEXT NOT NULL DEFAULT '',
    reopened_at TEXT
);

CREATE UNIQUE INDEX settled_pairs_in_force ON settled_pairs (mark) WHERE reopened_at IS NULL;
