"""Which articles an account has: those published, and the mass-sent ones that somebody read."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.comments.calls import Refused
from bot.comments.platform import Articles
from handlers.comments.ports import FetchStore, Poll
from handlers.texts.general import CHINA

EVERY: Final = timedelta(minutes=10)
FIRST_DAYS: Final = 7
"""Days of readers asked for at first, and after a longer pause."""
COUNTED_BY: Final = 8
"""O'clock in China by which yesterday's readers are counted for good."""
NOTHING_PUBLISHED: Final = frozenset({48001, 53600, 53601})


async def find_articles(
    account: str, articles: Articles, store: FetchStore, now: datetime, always: bool
) -> None:
    """Adds what is new, at most every ten minutes unless `always`. Resumes where it stopped."""
    poll = await store.comment_poll(account)
    if not always and poll.found_at is not None and now - poll.found_at < EVERY:
        return
    poll = replace(poll, found_at=now)
    await store.save_comment_poll(poll)
    try:
        poll = await _published(poll, articles, store, now)
    except Refused as error:
        if error.code not in NOTHING_PUBLISHED:
            raise
    await _read(poll, articles, store, now)


async def _published(poll: Poll, articles: Articles, store: FetchStore, now: datetime) -> Poll:
    """Newest first; once the list was read to its end, a page without a new one is the last."""
    offset = poll.list_from
    while True:
        found, publications, more = await articles.published(offset)
        new = await store.add_articles(poll.account, found, now=now)
        offset += publications
        if not more:
            break
        if poll.listed_whole and not new:
            break
        if not poll.listed_whole:
            await store.save_comment_poll(replace(poll, list_from=offset))
    poll = replace(poll, listed_whole=True, list_from=0)
    await store.save_comment_poll(poll)
    return poll


async def _read(poll: Poll, articles: Articles, store: FetchStore, now: datetime) -> None:
    """Asks for the readers of each day since the last, yesterday's again until they are counted."""
    local = now.astimezone(CHINA)
    yesterday = local.date() - timedelta(days=1)
    for day in _days(poll.summed_until, yesterday):
        found = await articles.read_on(day)
        await store.add_articles(poll.account, found, now=now)
        if day < yesterday or local.hour >= COUNTED_BY:
            poll = replace(poll, summed_until=day.isoformat())
            await store.save_comment_poll(poll)


def _days(summed_until: str, yesterday: date) -> list[date]:
    first = yesterday - timedelta(days=FIRST_DAYS - 1)
    if summed_until:
        first = max(first, date.fromisoformat(summed_until) + timedelta(days=1))
    return [first + timedelta(days=n) for n in range((yesterday - first).days + 1)]
