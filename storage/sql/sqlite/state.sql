-- name: database_size()^
SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()

-- name: write_probe()!
INSERT INTO counters (name, number) VALUES ('probe', 0)

-- name: drop_probe()!
DELETE FROM counters WHERE name = 'probe'
