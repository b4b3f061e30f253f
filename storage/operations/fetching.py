"""What the poller finds: articles, their comments, how far each was read, and a day's calls."""

from collections.abc import Sequence
from datetime import datetime

from handlers.comments.comment import Article, Comment, Found, Listed
from handlers.comments.ports import Backlog, Poll
from storage.operation import Operation, Value, one, rows, run, run_many, the
from storage.rows.comments import (
    article_from,
    comment_from,
    listed_values,
    new_comment,
    poll_from,
    poll_values,
)
from storage.rows.plain import moment_or_none, stamp, stamp_or_none, storable

SEEN = ("article_id", "number", "now", "elected", "reply", "replied_at")
"""What a later look renews."""


def comment_poll(account: str) -> Operation[Poll]:
    """How far the account's articles are listed; a fresh start for one never polled."""
    row = yield from one("comment_poll", account=account)
    return poll_from(row) if row is not None else Poll(account=account)


def save_comment_poll(poll: Poll) -> Operation[None]:
    yield from run("save_comment_poll", **poll_values(poll))


def reopen_comments(account: str) -> Operation[None]:
    """What the platform refused is asked for again with the next pass."""
    yield from run("reopen_comments", account=account)


def comment_troubles() -> Operation[list[Poll]]:
    """Accounts whose articles or comments the platform refused to list."""
    return [poll_from(row) for row in (yield from rows("comment_troubles"))]


def add_articles(account: str, found: Sequence[Found], *, now: datetime) -> Operation[int]:
    """Adds those that are new and returns how many; of others the newest facts are kept."""
    new = 0
    for each in found:
        facts: dict[str, Value] = {
            "account": account,
            "msg_data_id": each.at.msg_data_id,
            "place": each.at.place,
            "title": storable(each.title),
            "url": storable(each.url),
            "published_at": stamp(each.published_at),
            "read_on": each.read_on,
        }
        added = yield from run("add_article", **facts, now=stamp(now))
        if not added:
            yield from run("renew_article", **facts)
        new += added
    return new


def take_article(
    account: str, *, free_by: datetime, due_by: datetime, now: datetime
) -> Operation[Article | None]:
    """The most urgent article due by `due_by` that nobody has taken since `free_by`."""
    row = yield from one(
        "take_article",
        account=account,
        free_by=stamp(free_by),
        due_by=stamp(due_by),
        now=stamp(now),
    )
    return article_from(row) if row is not None else None


def keep_comments(
    article: Article, listed: Sequence[Listed], *, now: datetime
) -> Operation[list[Comment]]:
    """Stores each comment once and returns those that are new; renews the state of others."""
    if not listed:
        return []
    at, numbers = stamp(now), [each.number for each in listed]
    page = {"article_id": article.id, "low": min(numbers), "high": max(numbers)}
    known = {row["number"] for row in (yield from rows("comment_numbers", **page))}
    values = {each.number: listed_values(article, each, at) for each in listed}
    yield from run_many("add_comments", [values[n] for n in values if n not in known])
    seen = [{name: values[n][name] for name in SEEN} for n in values if n in known]
    yield from run_many("see_comments", seen)
    added = yield from rows("comments_fetched", **page, now=at)
    ids = {row["number"]: row["id"] for row in added if row["number"] not in known}
    fresh = {each.number: each for each in listed if each.number in ids}
    return [new_comment(ids[n], article, each, at) for n, each in fresh.items()]


def article_read(
    article: Article, *, now: datetime, next_look_at: datetime, whole_since: datetime | None
) -> Operation[None]:
    """A look is done; after a whole listing what was not seen since then is gone."""
    yield from run(
        "article_read",
        id=article.id,
        now=stamp(now),
        next_look_at=stamp(next_look_at),
        full_at=stamp_or_none(whole_since),
    )
    if whole_since is not None:
        yield from run(
            "comments_gone", article_id=article.id, since=stamp(whole_since), now=stamp(now)
        )


def article_paused(
    article: Article, *, now: datetime, next_look_at: datetime, resume_at: int, code: int
) -> Operation[None]:
    """A look was broken off, or refused with `code`."""
    yield from run(
        "article_paused",
        id=article.id,
        now=stamp(now),
        next_look_at=stamp(next_look_at),
        resume_at=resume_at,
        code=code,
    )


def unfiled_comments(*, limit: int) -> Operation[list[Comment]]:
    """Oldest first."""
    return [comment_from(row) for row in (yield from rows("unfiled_comments", limit=limit))]


def comment_backlog(*, now: datetime) -> Operation[Backlog]:
    """What waits, and since when."""
    row = yield from the("comment_backlog", now=stamp(now))
    return Backlog(
        due=int(row["due"]),
        due_since=moment_or_none(row["due_since"]),
        unfiled=int(row["unfiled"]),
        unfiled_since=moment_or_none(row["unfiled_since"]),
        unsent=int(row["unsent"]),
        unsent_since=moment_or_none(row["unsent_since"]),
    )
