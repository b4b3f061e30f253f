-- One worker at a time asks WeChat for a new access token; the others wait for what it gets.
ALTER TABLE tokens ADD COLUMN claimed_until TEXT;

-- How often each call of WeChat's API was made on a day in China: it counts towards a daily quota.
CREATE TABLE calls (
    account TEXT NOT NULL,
    path TEXT NOT NULL,
    day TEXT NOT NULL,
    made INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    PRIMARY KEY (account, path, day)
);

-- What WeChat refuses an account until a person changes something; gone with the next success.
CREATE TABLE troubles (
    account TEXT NOT NULL,
    path TEXT NOT NULL,
    errcode INTEGER NOT NULL,
    said TEXT NOT NULL,
    since TEXT NOT NULL,
    last_at TEXT NOT NULL,
    times INTEGER NOT NULL,
    blocked_until TEXT,
    PRIMARY KEY (account, path)
);
