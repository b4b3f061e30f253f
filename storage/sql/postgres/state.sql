-- name: database_size()^
SELECT PG_DATABASE_SIZE(CURRENT_DATABASE()) AS bytes
