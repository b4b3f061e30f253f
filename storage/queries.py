"""The named SQL, loaded by aiosql: one text for both databases, plus the few that differ."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import aiosql

SQL = Path(__file__).parent / "sql"

# The own-department rule, in its one place: `scope` is None for everything, a department's
# name for its cases and those it helps with, and "" for nothing (a case without owner is the
# dispatcher's, so "" must not match it). `storage.scope.scope_of` makes the value.
EVERYTHING = "CAST(:scope AS TEXT) IS NULL"
OWN = "(CAST(:scope AS TEXT) <> '' AND cases.department = CAST(:scope AS TEXT))"
HELPED = (
    "(CAST(:scope AS TEXT) <> '' AND cases.helpers <> ''"
    " AND cases.department <> CAST(:scope AS TEXT)"
    " AND cases.helpers LIKE '%|' || CAST(:scope AS TEXT) || '|%')"
)
VISIBLE = f"({EVERYTHING} OR {OWN} OR {HELPED})"

# Lists and their counts ask for the three sets one by one: none shares a case with another, and
# each takes the index that fits it, or nothing at all, where a condition with OR reads every case.
EACH_VISIBLE = re.compile(r"\{each_visible\}(.*?)\{end\}", re.DOTALL)


def _sets(statement: re.Match[str]) -> str:
    """One statement for each set, its `{visible}` the set's own condition."""
    each = (statement[1].replace("{visible}", only) for only in (EVERYTHING, OWN, HELPED))
    return "UNION ALL".join(each)


def _of_department(table: str) -> str:
    """The same rule for what belongs to one department alone: no helper shares an alarm."""
    return (
        "(CAST(:scope AS TEXT) IS NULL"
        f" OR ({table}.department = CAST(:scope AS TEXT) AND CAST(:scope AS TEXT) <> ''))"
    )


FRAGMENTS = {
    # A list of comments: its condition stands between these two. It looks through the newest
    # `within`, so that no search takes long, and reads whole rows for its page alone.
    "{comments_where}": (
        "SELECT {comment} FROM (SELECT recent.id FROM ("
        "SELECT comments.id, comments.text, comments.written_at FROM comments WHERE"
    ),
    "{newest_first}": (
        "ORDER BY comments.written_at DESC, comments.id DESC LIMIT :within) AS recent"
        " WHERE {words} ORDER BY recent.written_at DESC, recent.id DESC"
        " LIMIT :limit OFFSET :offset) AS page"
        " INNER JOIN comments ON page.id = comments.id"
        " INNER JOIN articles ON comments.article_id = articles.id"
        " ORDER BY comments.written_at DESC, comments.id DESC"
    ),
    # The same rule for comments: a department sees those that became its cases.
    "{visible_comment}": (
        "(CAST(:scope AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM cases"
        " WHERE cases.number = comments.case_number AND {visible}))"
    ),
    "{visible}": VISIBLE,
    "{own}": OWN,
    "{helped}": HELPED,
    "{visible_alarm}": _of_department("alarms"),
    "{visible_answer}": _of_department("public_answers"),
    "{visible_interview}": _of_department("interviews"),
    # Whose citizen is still owed a reply.
    "{open}": "cases.state NOT IN ('replied', 'closed', 'out_of_scope')",
    # A merged case whose own last day comes before its lead's, or whose lead's clock stands.
    "{ahead_of_its_lead}": (
        "(cases.state = 'merged' AND EXISTS (SELECT 1 FROM cases AS lead"
        " WHERE lead.number = cases.lead"
        " AND (lead.due_date > cases.due_date OR lead.state = 'waiting')))"
    ),
    # What citizens were told last was where else to go; a case that is closed keeps to that.
    "{told_elsewhere}": (
        "(cases.state = 'out_of_scope' OR (cases.state = 'closed' AND ("
        "SELECT told.state_after FROM case_events AS told"
        " WHERE told.case_number = cases.number"
        " AND told.state_after IN ('replied', 'out_of_scope')"
        " ORDER BY told.version DESC LIMIT 1) = 'out_of_scope'))"
    ),
    # The numbers beside the views of a list; `due` as in `cases.ports.When`.
    "{tallied}": (
        "cases.state AS state,"
        " CASE WHEN cases.place <= CAST(:now AS BIGINT) THEN 0"
        " WHEN cases.place <= CAST(:tonight AS BIGINT) THEN 1 ELSE 2 END AS due,"
        " CASE WHEN cases.department <> CAST(:scope AS TEXT) THEN"
        " CASE WHEN cases.awaits LIKE '%|' || CAST(:scope AS TEXT) || '|%' THEN 3 ELSE 4 END"
        " WHEN cases.officer = CAST(:me AS TEXT) THEN 1"
        " WHEN cases.officer = '' THEN 2 ELSE 0 END AS whose,"
        " CASE WHEN cases.asks <> '' THEN 1 ELSE 0 END AS asking,"
        " COUNT(*) AS amount"
    ),
    # A case filter: `states` is "|received|routed|" or "", the rest a value or "".
    "{wanted}": "{narrowed} AND (CAST(:found AS TEXT) = '' OR cases.number IN ({found}))",
    # The same but for the words looked for.
    "{narrowed}": (
        "((CAST(:states AS TEXT) = '' OR CAST(:states AS TEXT) LIKE '%|' || cases.state || '|%')"
        " AND (CAST(:mine AS TEXT) = '' OR (cases.department = CAST(:scope AS TEXT)"
        " AND (cases.state <> 'accepted' OR cases.officer = ''"
        " OR cases.officer = CAST(:mine AS TEXT))))"
        " OR (CAST(:helping AS TEXT) <> '' AND {in_work}"
        " AND cases.awaits LIKE '%|' || CAST(:helping AS TEXT) || '|%'))"
        " AND (CAST(:department AS TEXT) = '' OR cases.department = CAST(:department AS TEXT))"
        " AND (CAST(:kind AS TEXT) = '' OR cases.kind = CAST(:kind AS TEXT))"
        " AND (CAST(:account AS TEXT) = '' OR cases.account = CAST(:account AS TEXT))"
        " AND (CAST(:topic AS TEXT) = '' OR cases.topic = CAST(:topic AS TEXT))"
        " AND (CAST(:officer AS TEXT) = '' OR cases.officer = CAST(:officer AS TEXT))"
        " AND (CAST(:asks AS TEXT) = '' OR cases.asks = CAST(:asks AS TEXT))"
        " AND cases.place >= CAST(:since AS BIGINT) AND cases.place < CAST(:until AS BIGINT)"
    ),
    # Of the open ones what somebody is to act on by itself.
    "{in_work}": "cases.state NOT IN ('replied', 'closed', 'out_of_scope', 'merged')",
    # The key of an overdue alarm: its case, how often that was reopened, and the day it was due
    # (which older ones do not name).
    "{of_this_round}": (
        "alarms.case_number = cases.number AND alarms.key || '/' LIKE 'overdue/' || cases.number"
        " || '/' || CAST((SELECT COUNT(*) FROM case_events"
        " WHERE case_events.case_number = cases.number AND case_events.step = 'reopen') AS TEXT)"
        " || '/%'"
    ),
    # `actions` is "|sign_in|entry|" or "": first words of actions; `about` is a pattern.
    "{recorded}": (
        "(CAST(:actor AS TEXT) = '' OR audit_log.actor = CAST(:actor AS TEXT))"
        " AND (CAST(:actions AS TEXT) = ''"
        " OR CAST(:actions AS TEXT) LIKE '%|' || SUBSTR(audit_log.action, 1,"
        " LENGTH(audit_log.action) - LENGTH(LTRIM(audit_log.action,"
        " 'abcdefghijklmnopqrstuvwxyz_'))) || '|%')"
        " AND audit_log.details LIKE CAST(:about AS TEXT) ESCAPE '!'"
        " AND audit_log.at >= CAST(:since AS TEXT) AND audit_log.at < CAST(:until AS TEXT)"
    ),
    # `pattern` is in lower case; "%" is no search, and then no text is read.
    "{words}": (
        "(CAST(:pattern AS TEXT) = '%'"
        " OR LOWER(recent.text) LIKE CAST(:pattern AS TEXT) ESCAPE '!')"
    ),
    # A comment with its article; the names of both tables' columns overlap.
    "{comment}": (
        "comments.*, articles.msg_data_id AS msg_data_id, articles.place AS place,"
        " articles.title AS title"
    ),
    # An approved text that can be taken back: neither sent nor, perhaps, being read.
    "{still_here}": (
        "deliveries.state IN ('waiting', 'unpushable', 'failed') AND deliveries.shown_at = ''"
        " AND (deliveries.held_until IS NULL OR deliveries.held_until <= :now)"
    ),
    "{order_still_here}": "comment_orders.state = 'approved' AND comment_orders.attempts = 0",
    # Messages of which the answer was one of these versions; `versions` is "|1|2|".
    "{given_wrongly}": (
        "given.entry_id = :entry_id AND messages.erased IS NULL AND messages.accepted_at >= :since"
        " AND CAST(:versions AS TEXT) LIKE '%|' || CAST(given.version AS TEXT) || '|%'"
    ),
    "{undelivered}": "deliveries.state IN ('waiting', 'unpushable', 'uncertain', 'failed')",
    # A push window of either kind with something left in it (WECHAT.md).
    "{window_open}": (
        "((citizens.push_left > 0 AND citizens.push_until > :now)"
        " OR (citizens.tap_left > 0 AND citizens.tap_until > :now))"
    ),
}

# A question to the full-text index, and what it finds; PostgreSQL has a syntax of its own.
ASKED = {
    "sqlite": "CAST(:found AS TEXT)",
    # As a query of its own it is looked up in the index; PostgreSQL takes a search for a common
    # word to be cheaper without, and then unpacks every text.
    "postgres": (
        "(SELECT CAST(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CAST(:found AS TEXT), '\"', ''''),"
        " ' + ', ' <-> '), ' AND ', ' & '), ' OR ', ' | '), ' *', ':*') AS TSQUERY))"
    ),
}
MATCHES = {
    "sqlite": "SELECT rowid FROM case_search WHERE case_search MATCH {asked}",
    "postgres": "SELECT id FROM case_search WHERE words @@ {asked}",
}
FOUND = {
    "sqlite": ("SELECT case_number FROM case_texts WHERE id IN ({matches})"),
    "postgres": "SELECT case_number FROM case_search WHERE words @@ {asked}",
}


@cache
def load(dialect: str, adapter: str | Callable[[], Any]) -> Mapping[str, Callable[..., Any]]:
    """Every statement by name; `dialect` is the folder of those that differ.

    Read once for each process: that takes 45 ms, and statements hold no connection.
    """
    files = [*sorted(SQL.glob("*.sql")), *sorted((SQL / dialect).glob("*.sql"))]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    asked = tuple(
        (token, meaning[dialect])
        for token, meaning in (("{found}", FOUND), ("{matches}", MATCHES), ("{asked}", ASKED))
    )
    text = EACH_VISIBLE.sub(_sets, text)
    for token, meaning in (*FRAGMENTS.items(), *asked):
        text = text.replace(token, meaning)
    queries = aiosql.from_str(text, adapter)
    return MappingProxyType(
        {
            name: getattr(queries, name)
            for name in queries.available_queries
            if not name.endswith("_cursor")
        }
    )
