-- What was erased because a citizen asked or its time was over: that it was is kept for good.
CREATE TABLE erasures (
    id TEXT PRIMARY KEY NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    messages INTEGER NOT NULL,
    cases INTEGER NOT NULL,
    deliveries INTEGER NOT NULL
);

-- `erased` names the erasure that emptied a row; its place in the bookkeeping stays.
ALTER TABLE messages ADD COLUMN erased TEXT;

ALTER TABLE cases ADD COLUMN erased TEXT;

ALTER TABLE deliveries ADD COLUMN erased TEXT;

CREATE INDEX messages_erased ON messages (erased) WHERE erased IS NOT NULL;

CREATE INDEX cases_erased ON cases (erased) WHERE erased IS NOT NULL;

CREATE INDEX deliveries_erased ON deliveries (erased) WHERE erased IS NOT NULL;

CREATE INDEX messages_of_citizen ON messages (account, citizen);

DROP TRIGGER messages_frozen;

CREATE TRIGGER messages_frozen BEFORE UPDATE OF reply ON messages
WHEN OLD.reply IS NOT NULL AND (NEW.reply IS NULL OR NEW.reply <> OLD.reply)
    AND NOT (NEW.erased IS NOT NULL AND NEW.reply = '')
BEGIN
    SELECT RAISE(ABORT, 'a frozen reply never changes');
END;

DROP TRIGGER deliveries_frozen;

CREATE TRIGGER deliveries_frozen BEFORE UPDATE OF key, account, citizen, text, case_number, late_of ON deliveries
WHEN NOT (NEW.erased IS NOT NULL AND NEW.text = '' AND NEW.key = OLD.key AND NEW.account = OLD.account)
BEGIN
    SELECT RAISE(ABORT, 'a delivery''s text and citizen never change');
END;

CREATE TRIGGER erasures_kept BEFORE UPDATE ON erasures
BEGIN
    SELECT RAISE(ABORT, 'the log of erasures is append-only');
END;

CREATE TRIGGER erasures_whole BEFORE DELETE ON erasures
BEGIN
    SELECT RAISE(ABORT, 'the log of erasures is append-only');
END;
