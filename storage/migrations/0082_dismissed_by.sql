-- Whose curator decided it: a department's own, or '' for one of the whole county.
ALTER TABLE dismissed_clusters ADD COLUMN department TEXT NOT NULL DEFAULT '';
