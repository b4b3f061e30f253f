"""An entry's life: what one person writes, another approves."""

import asyncio
from dataclasses import replace

import pytest

from knowledge_base.curation import Curator
from knowledge_base.curation_steps import (
    CurationError,
    EntryNotFound,
    NameMissing,
    ReasonMissing,
    SamePerson,
    StaleVersion,
    StepNotPermitted,
    UnfitEntry,
)
from knowledge_base.entry import Entry, Status
from knowledge_base.versions import mark_of
from tests.fakes import InMemoryEntryStore
from tests.worlds.curated import CONTENT, in_review, published


async def test_a_draft_submitted_and_approved_by_another_person_is_published(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    entry = await published(curator)
    assert (entry.status, entry.author, entry.reviewer) == (Status.PUBLISHED, "李梅", "王强")
    assert await store.published_entries() == [entry]
    assert [actor for actor, _, _ in store.log] == ["李梅", "李梅", "王强"]


@pytest.mark.parametrize("reviewer", ["李梅", " 李 梅 ", "李梅\u3000"])
async def test_nobody_publishes_what_they_wrote(curator: Curator, reviewer: str) -> None:
    waiting = await in_review(curator)
    with pytest.raises(SamePerson) as caught:
        await curator.publish("hj-1", version=waiting.version, reviewer=reviewer)
    assert "另一位同事" in caught.value.tell


async def test_case_and_width_do_not_make_another_person(curator: Curator) -> None:
    await in_review(curator, author="LiMei")
    with pytest.raises(SamePerson):
        await curator.publish("hj-1", version=1, reviewer="ｌｉ mei")


async def test_whoever_wrote_an_earlier_draft_of_it_does_not_review_it(curator: Curator) -> None:
    await curator.draft(CONTENT, author="王强")
    taken_over = await curator.revise(
        replace(CONTENT, answer="带出生证明。"), version=1, author="李梅"
    )
    await curator.submit("hj-1", version=taken_over.version, actor="李梅")
    assert taken_over.version == 2
    with pytest.raises(SamePerson):
        await curator.publish("hj-1", version=2, reviewer="王强")
    assert (await curator.publish("hj-1", version=2, reviewer="赵敏")).reviewer == "赵敏"


async def test_the_reviewer_of_one_version_may_write_the_next(curator: Curator) -> None:
    await published(curator)
    draft = await curator.draft(replace(CONTENT, answer="新办法。"), author="王强")
    await curator.submit("hj-1", version=draft.version, actor="王强")
    assert (await curator.publish("hj-1", version=2, reviewer="李梅")).version == 2


async def test_a_new_version_leaves_the_published_one_standing_until_it_is_published(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    old = await published(curator)
    new = await in_review(curator, replace(CONTENT, answer="新办法。"))
    assert (new.version, await store.published_entries()) == (2, [old])
    await curator.publish("hj-1", version=2, reviewer="王强")
    assert [e.status for e in await store.entry_versions("hj-1")] == [
        Status.PUBLISHED,
        Status.WITHDRAWN,
    ]


async def test_the_author_revises_a_draft_in_place(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    await curator.draft(CONTENT, author="李梅")
    await curator.revise(replace(CONTENT, answer="改过。"), version=1, author="李梅")
    (only,) = await store.entry_versions("hj-1")
    assert (only.answer, only.status, only.version) == ("改过。", Status.DRAFT, 1)


async def test_a_text_in_review_goes_back_with_a_reason_and_can_be_submitted_again(
    curator: Curator,
) -> None:
    await in_review(curator)
    with pytest.raises(ReasonMissing):
        await curator.send_back("hj-1", version=1, actor="王强", reason=" ")
    back = await curator.send_back("hj-1", version=1, actor="王强", reason="缺少文号")
    again = await curator.submit("hj-1", version=1, actor="李梅")
    assert (back.status, again.status) == (Status.DRAFT, Status.IN_REVIEW)


async def test_withdrawing_needs_a_reason_which_is_kept(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    await published(curator)
    with pytest.raises(ReasonMissing):
        await curator.withdraw("hj-1", version=1, actor="王强", reason="")
    await curator.withdraw("hj-1", version=1, actor="王强", reason="文件已废止")
    assert await store.published_entries() == []
    assert store.log[-1] == ("王强", "文件已废止", "withdrawn")


async def test_a_published_version_can_be_withdrawn_while_its_successor_is_drafted(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    await published(curator)
    await curator.draft(CONTENT, author="李梅")
    await curator.withdraw("hj-1", version=1, actor="王强", reason="有误")
    assert await store.published_entries() == []


async def test_a_version_that_was_overtaken_is_not_approved(curator: Curator) -> None:
    await in_review(curator)
    await curator.draft(replace(CONTENT, answer="另一份。"), author="赵敏")
    with pytest.raises(StaleVersion):
        await curator.publish("hj-1", version=1, reviewer="王强")


async def test_steps_on_what_is_not_there_say_so(curator: Curator) -> None:
    with pytest.raises(EntryNotFound):
        await curator.submit("no", version=1, actor="李梅")
    await curator.draft(CONTENT, author="李梅")
    with pytest.raises(EntryNotFound):
        await curator.withdraw("hj-1", version=9, actor="李梅", reason="误建")


async def test_a_draft_is_not_published_without_review(curator: Curator) -> None:
    await curator.draft(CONTENT, author="李梅")
    with pytest.raises(StepNotPermitted) as caught:
        await curator.publish("hj-1", version=1, reviewer="王强")
    assert caught.value.tell == "草稿的条目不能发布"


async def test_a_published_text_is_not_revised(curator: Curator) -> None:
    await published(curator)
    with pytest.raises(StepNotPermitted):
        await curator.revise(CONTENT, version=1, author="李梅")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (replace(CONTENT, answer="\n "), "“答案”：答案不能为空"),
        (replace(CONTENT, id=" "), "“编号”：不能为空"),
        (
            replace(CONTENT, question="问" * 2001),
            "“问题”：超过 2000 个字（现有 2001 个字），请精简",
        ),
    ],
)
async def test_a_text_that_cannot_be_kept_is_refused_in_chinese(
    curator: Curator, content: Entry, told: str
) -> None:
    with pytest.raises(UnfitEntry) as caught:
        await curator.draft(content, author="李梅")
    assert caught.value.tell == told


async def test_every_step_has_a_name_to_it(curator: Curator) -> None:
    with pytest.raises(NameMissing):
        await curator.draft(CONTENT, author=" ")
    assert CurationError("x").tell


async def test_of_two_who_draft_the_same_new_version_at_once_the_second_is_told(
    store: InMemoryEntryStore, curator: Curator
) -> None:
    await published(curator)
    both = await asyncio.gather(
        Curator(SlowReads(store)).draft(replace(CONTENT, answer="甲写的。"), author="李梅"),
        Curator(SlowReads(store)).draft(replace(CONTENT, answer="乙写的。"), author="王强"),
        return_exceptions=True,
    )
    assert [type(each) for each in both] == [Entry, StaleVersion]
    assert (await store.entry_versions("hj-1"))[0].answer == "甲写的。"


async def test_a_text_that_changed_since_it_was_read_is_not_approved(curator: Curator) -> None:
    read = mark_of(await in_review(curator))
    await curator.send_back("hj-1", version=1, actor="王强", reason="缺文号")
    await curator.revise(replace(CONTENT, answer="改了。"), version=1, author="李梅")
    await curator.submit("hj-1", version=1, actor="李梅")
    with pytest.raises(StaleVersion):
        await curator.publish("hj-1", version=1, reviewer="王强", mark=read)


async def test_an_earlier_version_comes_back_through_review(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    await published(curator)
    await published(curator, replace(CONTENT, answer="写错了。"))
    back = await curator.restore("hj-1", 1, version=2, actor="王强", reason="第二版写错了")
    assert (back.version, back.answer, back.status) == (3, CONTENT.answer, Status.IN_REVIEW)
    with pytest.raises(SamePerson):
        await curator.publish("hj-1", version=3, reviewer="王强")
    await curator.publish("hj-1", version=3, reviewer="赵敏")
    assert [e.answer for e in await store.published_entries()] == [CONTENT.answer]


async def test_restoring_needs_a_reason_and_something_to_restore(curator: Curator) -> None:
    await published(curator)
    with pytest.raises(ReasonMissing):
        await curator.restore("hj-1", 1, version=1, actor="王强", reason=" ")
    with pytest.raises(StepNotPermitted) as caught:
        await curator.restore("hj-1", 1, version=1, actor="王强", reason="试试")
    assert "内容相同" in caught.value.tell


class SlowReads:
    """A store where everybody has read before anybody writes."""

    def __init__(self, store: InMemoryEntryStore) -> None:
        self._store = store

    async def entry_versions(self, entry_id: str) -> list[Entry]:
        versions = await self._store.entry_versions(entry_id)
        await asyncio.sleep(0.01)
        return versions

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)
