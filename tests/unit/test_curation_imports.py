"""Entries that come from a file: drafts under one name, published under two."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge_base.curation import Curator
from knowledge_base.curation_steps import LIBRARY, SamePerson
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
    plan = plan_import(rows("甲", "乙"), await curator.imports.known())
    assert await curator.imports.keep(plan, author="李梅") == 2
    assert await store.published_entries() == []
    assert {e.author for e in await store.newest_entries()} == {"李梅"}


async def test_an_import_with_two_names_is_published_and_the_second_time_nothing(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    for kept in (2, 0):
        plan = plan_import(rows("甲", "乙"), await curator.imports.known(), publish=True)
        assert await curator.imports.keep(plan, author="李梅", reviewer="王强") == kept
    assert {e.reviewer for e in await store.published_entries()} == {"王强"}


async def test_an_import_under_one_name_twice_is_refused(curator: Curator) -> None:
    with pytest.raises(SamePerson):
        await curator.imports.keep(ImportPlan(), author="王强", reviewer="王强 ")


async def test_a_reviewer_s_own_draft_is_not_published_through_a_file(curator: Curator) -> None:
    await curator.imports.keep(plan_import(rows("甲"), []), author="王强")
    plan = plan_import(rows("甲"), await curator.imports.known(), publish=True)
    with pytest.raises(SamePerson):
        await curator.imports.keep(plan, author="李梅", reviewer="王强")
    assert await curator.imports.keep(plan, author="李梅", reviewer="赵敏") == 1


async def test_a_changed_row_replaces_the_published_version(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    for answer in ("甲", "新的甲"):
        plan = plan_import(rows(answer), await curator.imports.known(), publish=True)
        await curator.imports.keep(plan, author="李梅", reviewer="王强")
    (entry,) = await store.published_entries()
    assert (entry.version, entry.answer) == (2, "新的甲")


async def test_a_pending_draft_does_not_make_the_published_text_look_changed(
    curator: Curator,
) -> None:
    plan = plan_import(rows("甲"), [])
    await curator.imports.keep(plan, author="李梅", reviewer="王强")
    await curator.draft(replace(plan.added[0], answer="在改"), author="李梅")
    again = plan_import(rows("甲"), await curator.imports.known(), publish=True)
    assert (len(again.unchanged), len(again.changed)) == (1, 0)


async def test_a_text_for_a_later_day_waits_approved_while_the_present_one_is_given(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    today = date(2026, 11, 22)
    for answer, begins in (
        ("每月一百元", ""),
        ("每月二百元", "2027-01-01"),
        ("每月二百元", "2027-01-01"),
    ):
        fields = {"id": "e1", "question": "补贴多少", "answer": answer, "valid_from": begins}
        known = await curator.imports.known()
        plan = plan_import([Row(number=1, fields=fields)], known, publish=True)
        await curator.imports.keep(plan, author="李梅", reviewer="王强", today=today)
    assert [e.answer for e in await store.published_entries()] == ["每月一百元"]
    assert len(plan.unchanged) == 1
    await curator.publish_due(date(2027, 1, 1))
    assert [e.answer for e in await store.published_entries()] == ["每月二百元"]


async def test_what_nobody_of_the_desk_wrote_still_takes_two_of_its_people(
    curator: Curator,
) -> None:
    plan = plan_import(rows("甲"), await curator.imports.known())
    await curator.imports.keep(plan, author=f"{LIBRARY}省厅")
    submitted = await curator.submit("e0", version=1, actor="王强")
    with pytest.raises(SamePerson):
        await curator.publish("e0", version=1, reviewer="王强")
    published = await curator.publish("e0", version=1, reviewer="李梅")
    assert (submitted.author, published.reviewer) == ("王强", "李梅")
