-- A comment that went on about a case its citizen had already, and did not open one itself.
ALTER TABLE comments ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;
