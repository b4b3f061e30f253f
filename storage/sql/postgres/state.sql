-- name: database_size()^
SELECT PG_DATABASE_SIZE(CURRENT_DATABASE()) AS bytes

-- A row more finds room in a page that is there, also on a disk that is full: a table of its own
-- asks for new ones, as the next letters will.
-- name: write_probe()!
CREATE TEMPORARY TABLE room_probe ON COMMIT DROP AS
SELECT number, REPEAT('x', 1000) AS filler FROM GENERATE_SERIES(1, 250) AS number

-- name: drop_probe()!
DELETE FROM room_probe
