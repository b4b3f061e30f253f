-- A department that was dissolved ('' : still there), and the one that took its duties over.
ALTER TABLE departments ADD COLUMN closed_on TEXT NOT NULL DEFAULT '';

ALTER TABLE departments ADD COLUMN successor TEXT NOT NULL DEFAULT '';
