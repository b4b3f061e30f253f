"""Entries and the calendar: last days, first days, and who is told before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge_base.curation import Curator
from knowledge_base.curation_steps import (
    StepNotPermitted,
)
from knowledge_base.entry import Entry, Status
from tests.fakes import InMemoryEntryStore
from tests.worlds.curated import CONTENT, TODAY, in_review, published


def until(day: date, entry_id: str) -> Entry:
    return replace(CONTENT, id=entry_id, valid_until=day)


async def test_an_entry_past_its_last_day_is_withdrawn_and_not_before(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    for entry in (until(TODAY, "today"), until(TODAY - timedelta(days=1), "over"), CONTENT):
        await published(curator, entry)
    assert [entry.id for entry in await curator.withdraw_expired(TODAY)] == ["over"]
    assert [entry.id for entry in await store.published_entries()] == ["hj-1", "today"]
    assert store.log[-1] == ("system", "失效日期已过（2026-11-21 自动撤回）", "withdrawn")


async def test_withdrawing_what_has_expired_twice_changes_nothing_more(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    await published(curator, until(TODAY - timedelta(days=1), "over"))
    await curator.withdraw_expired(TODAY)
    version = await store.index_version()
    assert await curator.withdraw_expired(TODAY) == []
    assert await store.index_version() == version


async def test_keepers_are_warned_thirty_days_before_soonest_first(curator: Curator) -> None:
    for days in (31, 30, 0, -1):
        await published(curator, until(TODAY + timedelta(days=days), f"in{days}"))
    await published(curator)
    assert [entry.id for entry in await curator.expiring(TODAY)] == ["in0", "in30"]


NEW_YEAR = date(2027, 1, 1)


async def approved_for_new_year(curator: Curator) -> Entry:
    """A new text for 1 January, approved in November while the old one is given."""
    await published(curator)
    later = replace(CONTENT, answer="网上就能办。", valid_from=NEW_YEAR)
    waiting = await in_review(curator, later)
    return await curator.publish("hj-1", version=waiting.version, reviewer="王强", today=TODAY)


async def test_a_text_for_a_later_day_takes_the_old_ones_place_on_that_day(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    held = await approved_for_new_year(curator)
    assert (held.status, held.reviewer) == (Status.IN_REVIEW, "王强")
    assert [e.version for e in await store.published_entries()] == [1]
    assert await curator.publish_due(NEW_YEAR - timedelta(days=1)) == []
    (due,) = await curator.publish_due(NEW_YEAR)
    assert (due.version, due.author, due.reviewer) == (2, "李梅", "王强")
    assert await store.published_entries() == [due]


async def test_a_text_for_a_later_day_is_published_at_once_when_it_replaces_nothing(
    curator: Curator,
) -> None:
    waiting = await in_review(curator, replace(CONTENT, valid_from=NEW_YEAR))
    kept = await curator.publish("hj-1", version=waiting.version, reviewer="王强", today=TODAY)
    assert kept.status is Status.PUBLISHED


async def test_a_text_whose_last_day_is_over_is_not_published(curator: Curator) -> None:
    over = await in_review(curator, replace(CONTENT, valid_until=TODAY - timedelta(days=1)))
    with pytest.raises(StepNotPermitted, match="expired"):
        await curator.publish("hj-1", version=over.version, reviewer="王强", today=TODAY)
    with pytest.raises(StepNotPermitted, match="expired"):
        await curator.publish_all([over], reviewer="王强", today=TODAY)
    kept = await curator.publish(
        "hj-1", version=over.version, reviewer="王强", today=TODAY - timedelta(days=1)
    )
    assert kept.status is Status.PUBLISHED


async def test_what_was_approved_for_a_later_day_can_be_sent_back(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    held = await approved_for_new_year(curator)
    with pytest.raises(StepNotPermitted):
        await curator.publish("hj-1", version=held.version, reviewer="赵敏", today=TODAY)
    back = await curator.send_back("hj-1", version=held.version, actor="李梅", reason="推迟了")
    assert (back.status, back.reviewer) == (Status.DRAFT, "")
    assert await curator.publish_due(NEW_YEAR) == []
    assert [e.version for e in await store.published_entries()] == [1]
