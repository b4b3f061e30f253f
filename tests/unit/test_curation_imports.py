"""Entries that come from a file: drafts under one name, published under two."""

from dataclasses import replace

import pytest

from knowledge_base.curation import Curator
from knowledge_base.curation_steps import (
    SamePerson,
)
from knowledge_base.exchange import ImportPlan, Row, plan_import
from tests.fakes import InMemoryEntryStore


def rows(*answers: str) -> list[Row]:
    return [
        Row(number=n, fields={"id": f"e{n}", "question": f"问题{n}", "answer": answer})
        for n, answer in enumerate(answers)
    ]


async def test_an_import_with_one_name_arrives_as_drafts(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    plan = plan_import(rows("甲", "乙"), await curator.known_versions())
    assert await curator.keep_import(plan, author="李梅") == 2
    assert await store.published_entries() == []
    assert {e.author for e in await store.newest_entries()} == {"李梅"}


async def test_an_import_with_two_names_is_published_and_the_second_time_nothing(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    for kept in (2, 0):
        plan = plan_import(rows("甲", "乙"), await curator.known_versions(), publish=True)
        assert await curator.keep_import(plan, author="李梅", reviewer="王强") == kept
    assert {e.reviewer for e in await store.published_entries()} == {"王强"}


async def test_an_import_under_one_name_twice_is_refused(curator: Curator) -> None:
    with pytest.raises(SamePerson):
        await curator.keep_import(ImportPlan(), author="王强", reviewer="王强 ")


async def test_a_reviewer_s_own_draft_is_not_published_through_a_file(curator: Curator) -> None:
    await curator.keep_import(plan_import(rows("甲"), []), author="王强")
    plan = plan_import(rows("甲"), await curator.known_versions(), publish=True)
    with pytest.raises(SamePerson):
        await curator.keep_import(plan, author="李梅", reviewer="王强")
    assert await curator.keep_import(plan, author="李梅", reviewer="赵敏") == 1


async def test_a_changed_row_replaces_the_published_version(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    for answer in ("甲", "新的甲"):
        plan = plan_import(rows(answer), await curator.known_versions(), publish=True)
        await curator.keep_import(plan, author="李梅", reviewer="王强")
    (entry,) = await store.published_entries()
    assert (entry.version, entry.answer) == (2, "新的甲")


async def test_a_pending_draft_does_not_make_the_published_text_look_changed(
    curator: Curator,
) -> None:
    plan = plan_import(rows("甲"), [])
    await curator.keep_import(plan, author="李梅", reviewer="王强")
    await curator.draft(replace(plan.added[0], answer="在改"), author="李梅")
    again = plan_import(rows("甲"), await curator.known_versions(), publish=True)
    assert (len(again.unchanged), len(again.changed)) == (1, 0)
