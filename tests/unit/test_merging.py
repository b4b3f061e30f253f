"""Two entries made one: whose wordings stay, and what finds no room."""

from dataclasses import replace

import pytest

from knowledge_base.curation import Curator
from knowledge_base.curation_steps import (
    EntryNotFound,
    SamePerson,
    StaleVersion,
    StepNotPermitted,
)
from knowledge_base.entry import Entry, Status
from knowledge_base.merging import merged
from tests.fakes import InMemoryEntryStore

KEPT = Entry(
    id="a",
    question="新生儿怎么上户口",
    answer="到派出所。",
    variants=("宝宝上户口",),
    author="赵敏",
    reviewer="钱进",
)
GONE = replace(
    KEPT,
    id="b",
    question="新生儿落户",
    variants=("宝宝上户口？", "娃娃户口"),
    negatives=("宝宝医保",),
)


@pytest.fixture
def store() -> InMemoryEntryStore:
    return InMemoryEntryStore([KEPT, GONE])


async def begun(curator: Curator) -> Entry:
    proposal = await curator.merging.proposal("a", "b", actor="李梅")
    return await curator.merging.begin(proposal, seal=proposal.seal, actor="李梅")


def test_the_entry_that_stays_is_asked_in_the_words_of_both() -> None:
    result = merged(KEPT, GONE)
    assert result.entry.variants == ("宝宝上户口", "新生儿落户", "娃娃户口")
    assert (result.entry.answer, result.entry.negatives) == (KEPT.answer, GONE.negatives)
    assert (result.added, result.left_out) == (("新生儿落户", "娃娃户口"), ())


TOWN = "浙江省/丽水市/云和县/崇头镇"


@pytest.mark.parametrize(
    ("gone", "whole"),
    [
        (("", ""), ("", "")),
        (("云和县", "新生儿"), ("云和县", "新生儿")),
        (("石塘镇", ""), (TOWN, "")),
    ],
)
def test_what_stays_holds_wherever_and_for_whom_either_did(
    gone: tuple[str, str], whole: tuple[str, str]
) -> None:
    goes = replace(GONE, region=gone[0], audience=gone[1])
    result = merged(replace(KEPT, region=TOWN, audience="新生儿"), goes)
    assert (result.entry.region, result.entry.audience) == whole


def test_what_finds_no_room_is_named() -> None:
    full = replace(KEPT, variants=tuple(f"第{n}种问法" for n in range(199)))
    result = merged(full, GONE)
    assert len(result.entry.variants) == 200
    assert result.left_out == ("宝宝上户口？", "娃娃户口")


def test_a_negative_that_is_a_wording_of_the_other_is_left_out() -> None:
    result = merged(replace(KEPT, negatives=("娃娃户口", "迁户口")), GONE)
    assert result.entry.negatives == ("迁户口", "宝宝医保")
    assert result.left_out == ("娃娃户口",)


async def test_one_begins_and_only_another_carries_it_out(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    entry = await begun(curator)
    assert (entry.version, entry.status, await store.published_entries()) == (
        2,
        Status.IN_REVIEW,
        [KEPT, GONE],
    )
    with pytest.raises(SamePerson):
        await curator.publish("a", version=2, reviewer="李梅")
    await curator.publish("a", version=2, reviewer="王强")
    assert [each.version for each in await store.published_entries()] == [2]
    assert (await store.entry_versions("b"))[0].status is Status.WITHDRAWN


async def test_several_published_together_carry_their_merge_out_too(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    entry = await begun(curator)
    assert await curator.publish_all([entry], reviewer="王强") == 1
    assert [each.id for each in await store.published_entries()] == ["a"]


async def test_what_went_comes_back_through_review(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    await begun(curator)
    await curator.publish("a", version=2, reviewer="王强")
    again = await curator.restore("b", 1, version=1, actor="王强", reason="其实是两件事")
    await curator.publish("b", version=again.version, reviewer="李梅")
    back = await curator.restore("a", 1, version=2, actor="王强", reason="其实是两件事")
    await curator.publish("a", version=back.version, reviewer="李梅")
    shown = {entry.id: entry.wordings for entry in await store.published_entries()}
    assert shown == {"a": KEPT.wordings, "b": GONE.wordings}


async def test_a_text_that_changed_since_it_was_read_is_not_merged(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    proposal = await curator.merging.proposal("a", "b", actor="李梅")
    with pytest.raises(StaleVersion):
        await curator.merging.begin(proposal, seal="old", actor="李梅")
    entry = await curator.merging.begin(proposal, seal=proposal.seal, actor="李梅")
    newer = replace(GONE, version=2, answer="到户政大厅。")
    await store.save_versions([newer], actor="王强", reason="")
    with pytest.raises(StaleVersion, match="not at version 1") as refused:
        await curator.publish("a", version=entry.version, reviewer="王强")
    assert "取消这次合并" in refused.value.tell


async def test_one_merge_at_a_time_and_none_of_what_is_being_changed(
    curator: Curator, store: InMemoryEntryStore
) -> None:
    await begun(curator)
    with pytest.raises(StepNotPermitted, match="being merged"):
        await curator.merging.proposal("b", "a", actor="李梅")
    store.merges.clear()
    with pytest.raises(StepNotPermitted, match="waits"):
        await curator.merging.proposal("a", "b", actor="李梅")


@pytest.mark.parametrize(("kept", "gone"), [("a", "a"), ("a", "z"), ("z", "b")])
async def test_only_two_published_entries_are_merged(
    curator: Curator, kept: str, gone: str
) -> None:
    with pytest.raises(EntryNotFound):
        await curator.merging.proposal(kept, gone, actor="李梅")
