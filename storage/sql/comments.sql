-- name: comment_poll(account)^
SELECT * FROM comment_polls WHERE account = :account

-- name: comment_troubles()
SELECT * FROM comment_polls WHERE code <> 0 ORDER BY account

-- name: reopen_comments(account)!
UPDATE comment_polls SET closed_until = NULL WHERE account = :account

-- name: save_comment_poll(account, listed_whole, list_from, summed_until, found_at, closed_until, code)!
INSERT INTO comment_polls (
    account, listed_whole, list_from, summed_until, found_at, closed_until, code
)
VALUES (
    :account, :listed_whole, :list_from, :summed_until, :found_at, :closed_until, :code
)
ON CONFLICT (account) DO UPDATE
SET
    listed_whole = excluded.listed_whole,
    list_from = excluded.list_from,
    summed_until = excluded.summed_until,
    found_at = excluded.found_at,
    closed_until = excluded.closed_until,
    code = excluded.code

-- name: add_article(account, msg_data_id, place, title, url, published_at, read_on, now)!
INSERT INTO articles (
    account, msg_data_id, place, title, url, published_at, read_on, found_at, next_look_at
)
VALUES (
    :account, :msg_data_id, :place, :title, :url, :published_at, :read_on, :now, :now
)
ON CONFLICT (account, msg_data_id, place) DO NOTHING

-- name: renew_article(account, msg_data_id, place, title, url, published_at, read_on)!
-- The earliest day it is known of, and the last on which it was read.
UPDATE articles
SET
    title = CASE WHEN CAST(:title AS TEXT) <> '' THEN CAST(:title AS TEXT) ELSE title END,
    url = CASE WHEN CAST(:url AS TEXT) <> '' THEN CAST(:url AS TEXT) ELSE url END,
    published_at = CASE
        WHEN CAST(:published_at AS TEXT) < published_at THEN CAST(:published_at AS TEXT)
        ELSE published_at
    END,
    read_on = CASE
        WHEN CAST(:read_on AS TEXT) > read_on THEN CAST(:read_on AS TEXT) ELSE read_on
    END
WHERE account = :account AND msg_data_id = :msg_data_id AND place = :place

-- name: article_row(id)^
SELECT articles.*, (
    SELECT COUNT(*) FROM comments
    WHERE comments.article_id = articles.id AND comments.gone_at IS NULL
) AS alive
FROM articles WHERE articles.id = :id

-- name: add_comments*!
INSERT INTO comments (
    article_id, account, number, citizen, text, written_at, fetched_at, seen_at, elected, reply,
    replied_at
)
VALUES (
    :article_id, :account, :number, :citizen, :text, :written_at, :now, :now, :elected, :reply,
    :replied_at
)
ON CONFLICT (article_id, number) DO NOTHING

-- name: comment_numbers(article_id, low, high)
-- Of those that stand there already.
SELECT number FROM comments
WHERE article_id = :article_id AND number BETWEEN :low AND :high

-- name: comments_fetched(article_id, low, high, now)
-- Those that this very look added: another one has another time.
SELECT id, number FROM comments
WHERE article_id = :article_id AND number BETWEEN :low AND :high AND fetched_at = :now

-- name: see_comments*!
UPDATE comments
SET
    seen_at = :now,
    elected = :elected,
    reply = CASE WHEN erased IS NULL THEN CAST(:reply AS TEXT) ELSE '' END,
    replied_at = :replied_at,
    gone_at = NULL
WHERE article_id = :article_id AND number = :number

-- name: article_read(id, now, next_look_at, full_at)!
UPDATE articles
SET
    looked_at = :now,
    next_look_at = :next_look_at,
    full_at = COALESCE(:full_at, full_at),
    resume_at = 0,
    code = 0
WHERE id = :id

-- name: comments_gone(article_id, since, now)!
UPDATE comments SET gone_at = :now
WHERE article_id = :article_id AND seen_at < :since AND gone_at IS NULL

-- name: article_paused(id, now, next_look_at, resume_at, code)!
UPDATE articles
SET looked_at = :now, next_look_at = :next_look_at, resume_at = :resume_at, code = :code
WHERE id = :id

-- name: unfiled_comments(limit)
SELECT {comment} FROM comments
INNER JOIN articles ON comments.article_id = articles.id
WHERE comments.filed_at IS NULL
ORDER BY comments.id
LIMIT :limit

-- name: add_settled_message(key, account, citizen, created_at, text, message_id, details, fetched_at, outcome, now)^
INSERT INTO messages (
    key, account, citizen, receiver, kind, created_at, text, message_id, event, event_key, details,
    accepted_at, claim_until, outcome, settled_at, reply, reply_at
)
VALUES (
    :key, :account, :citizen, '', 'comment', :created_at, :text, :message_id, '', '', :details,
    :fetched_at, :now, :outcome, :now, '', :now
)
ON CONFLICT (key) DO NOTHING
RETURNING id

-- name: file_comments*!
UPDATE comments
SET
    verdict = :verdict,
    shelf = :shelf,
    suggested = :suggested,
    filed_at = :now,
    message_id = :message_id,
    case_number = :case_number,
    joined = :joined,
    owner = COALESCE(
        (SELECT cases.department FROM cases WHERE cases.number = CAST(:case_number AS TEXT)), ''
    ),
    judged_by = :judged_by
WHERE id = :id

-- name: judge_comment(id, verdict, shelf, suggested, by)^
-- A moderator has looked at what was held; whoever comes second changes nothing.
UPDATE comments SET verdict = :verdict, shelf = :shelf, suggested = :suggested, judged_by = :by
WHERE id = :id AND shelf = 'held'
RETURNING message_id

-- name: case_of_comment(id, case_number, joined)!
UPDATE comments
SET
    case_number = :case_number,
    joined = :joined,
    owner = COALESCE(
        (SELECT cases.department FROM cases WHERE cases.number = CAST(:case_number AS TEXT)), ''
    )
WHERE id = :id

-- name: part_comment(id, case_number)^
-- Not while a reply of the case it leaves is on its way to it; whoever comes second changes nothing.
UPDATE comments SET joined = 0
WHERE id = :id AND case_number = :case_number AND joined = 1 AND NOT EXISTS (
    SELECT 1 FROM comment_orders
    WHERE comment_orders.comment_id = comments.id
        AND comment_orders.case_number = comments.case_number
        AND comment_orders.state IN ('approved', 'sending')
)
RETURNING message_id

-- name: move_message(message_id, case_number)!
UPDATE case_messages SET case_number = :case_number WHERE message_id = :message_id

-- name: outcome_of_comment(id, outcome)!
UPDATE messages SET outcome = :outcome WHERE id = :id AND kind = 'comment'

-- name: comments_of_case(case_number, scope)
-- The one it came of first, then those that went on about it.
SELECT {comment} FROM comments
INNER JOIN articles ON comments.article_id = articles.id
WHERE comments.case_number = :case_number AND comments.case_number <> '' AND {visible_comment}
ORDER BY comments.joined, comments.id

-- name: comments_to_answer(case_number)
-- A case that came of a comment is answered in public: under that comment, and once under every
-- other article where the same citizen went on about it.
SELECT MIN(comments.id) AS id FROM comments
WHERE comments.case_number = :case_number AND comments.case_number <> ''
    AND (comments.joined = 0 OR comments.gone_at IS NULL)
    AND EXISTS (
        SELECT 1 FROM comments AS opening
        WHERE opening.case_number = :case_number AND opening.case_number <> ''
            AND opening.joined = 0
    )
GROUP BY comments.article_id
ORDER BY MIN(comments.id)

-- name: comment_for(id, scope)^
SELECT {comment} FROM comments
INNER JOIN articles ON comments.article_id = articles.id
WHERE comments.id = :id AND {visible_comment}

-- The lists differ in whose comments they show; the rest of them stands in storage/queries.py.
-- name: comments_by_time(within, pattern, limit, offset)
{comments_where} comments.shelf NOT IN ('held', 'harmful') {newest_first}

-- name: comments_on_shelf(shelf, within, pattern, limit, offset)
{comments_where} comments.shelf = :shelf {newest_first}

-- name: comments_under(article, scope, within, pattern, limit, offset)
{comments_where} comments.article_id = :article AND {visible_comment} {newest_first}

-- name: comments_of_owner(owner, within, pattern, limit, offset)
{comments_where} comments.owner = :owner AND comments.owner <> '' {newest_first}

-- name: comments_of_owner_on_shelf(owner, shelf, within, pattern, limit, offset)
{comments_where} comments.owner = :owner AND comments.owner <> '' AND comments.shelf = :shelf {newest_first}

-- name: count_on_shelf(shelf, most)^
SELECT COUNT(*) AS amount FROM (
    SELECT 1 AS one FROM comments WHERE comments.shelf = :shelf LIMIT :most
) AS counted

-- name: count_of_owner(owner, shelf, most)^
SELECT COUNT(*) AS amount FROM (
    SELECT 1 AS one FROM comments
    WHERE comments.owner = :owner AND comments.owner <> '' AND comments.shelf = :shelf
    LIMIT :most
) AS counted

-- name: article_rows(limit, offset)
-- Counted for the page alone, not for the articles before it.
SELECT
    page.*,
    (
        SELECT COUNT(*) FROM comments
        WHERE comments.article_id = page.id AND comments.gone_at IS NULL
    ) AS alive,
    (
        SELECT COUNT(*) FROM comments
        WHERE comments.article_id = page.id AND comments.case_number <> ''
    ) AS cased
FROM (
    SELECT * FROM articles
    ORDER BY articles.published_at DESC, articles.id DESC
    LIMIT :limit OFFSET :offset
) AS page
ORDER BY page.published_at DESC, page.id DESC

-- name: comment_backlog(now)^
SELECT
    (SELECT COUNT(*) FROM articles WHERE next_look_at <= :now) AS due,
    (SELECT MIN(next_look_at) FROM articles WHERE next_look_at <= :now) AS due_since,
    (SELECT COUNT(*) FROM comments WHERE comments.filed_at IS NULL) AS unfiled,
    (SELECT MIN(fetched_at) FROM comments WHERE comments.filed_at IS NULL) AS unfiled_since,
    (
        SELECT COUNT(*) FROM comment_orders
        WHERE comment_orders.state IN ('approved', 'sending') AND send_at <= :now
    ) AS unsent,
    (
        SELECT MIN(send_at) FROM comment_orders
        WHERE comment_orders.state IN ('approved', 'sending') AND send_at <= :now
    ) AS unsent_since
