"""The curator's desk over the real databases."""

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handlers.settlement import Given, Outcome
from knowledge_base.curation import Curator
from knowledge_base.curation_steps import StaleVersion
from knowledge_base.entry import Entry
from knowledge_base.exchange import plan_import, read_rows, write_entries
from storage import Storage
from tests.values.storage import accept, by_hand, message, settlement

CONTENT = Entry(
    id="hj-1",
    question="新生儿怎么上户口",
    variants=("小孩报户口要什么",),
    answer="带出生证明到派出所办理。",
    valid_until=date(2026, 12, 31),
)


async def test_an_entry_lives_its_whole_life_in_the_database(storage: Storage) -> None:
    curator = Curator(storage)
    await curator.draft(CONTENT, author="李梅")
    await curator.submit("hj-1", version=1, actor="李梅")
    before = await storage.index_version()
    published = await curator.publish("hj-1", version=1, reviewer="王强")
    assert await storage.published_entries() == [published]
    assert await storage.index_version() > before
    gone = await curator.withdraw_expired(date(2027, 1, 1))
    assert ([e.id for e in gone], await storage.published_entries()) == (["hj-1"], [])


async def test_what_was_exported_is_imported_as_unchanged(storage: Storage, tmp_path: Path) -> None:
    curator, file = Curator(storage), tmp_path / "kb.xlsx"
    entries = [replace(CONTENT, id=f"e{number}", question=f"第{number}问") for number in range(50)]
    write_entries(file, entries)
    for expected in (50, 0):
        plan = plan_import(read_rows(file).rows, await curator.imports.known(), publish=True)
        assert await curator.imports.keep(plan, author="李梅", reviewer="王强") == expected
        write_entries(file, await storage.published_entries())
    assert len(await storage.published_entries()) == 50


async def test_two_who_save_the_same_new_version_never_overwrite_each_other(
    storage: Storage,
) -> None:
    curator = Curator(storage)
    await curator.draft(CONTENT, author="李梅")
    await curator.submit("hj-1", version=1, actor="李梅")
    await curator.publish("hj-1", version=1, reviewer="王强")
    texts = [f"第{number}个人写的。" for number in range(6)]
    saved = await asyncio.gather(
        *(
            curator.draft(replace(CONTENT, answer=text), author=text[:5], version=1)
            for text in texts
        ),
        return_exceptions=True,
    )
    kept = [each for each in saved if isinstance(each, Entry)]
    assert [type(each) for each in saved if not isinstance(each, Entry)] == [StaleVersion] * 5
    assert (await storage.entry_versions("hj-1"))[0] == kept[0]


async def test_an_entrys_page_knows_who_did_what_and_why(storage: Storage) -> None:
    curator = Curator(storage)
    for version, answer in enumerate(("第一版。", "第二版。"), start=1):
        await curator.draft(replace(CONTENT, answer=answer), author="李梅")
        await curator.submit("hj-1", version=version, actor="李梅")
        await curator.publish("hj-1", version=version, reviewer="王强")
    await curator.withdraw("hj-1", version=2, actor="王强", reason="文件已废止")
    told = [(s.version, s.actor, s.reason) for s in await storage.entry_history("hj-1")]
    assert told[0] == (2, "王强", "文件已废止")
    assert (1, "王强", "由第 2 版取代") in told
    assert told[-1] == (1, "李梅", "新建草稿")
    assert len(told) == 8


async def test_each_version_counts_how_often_it_was_sent(storage: Storage) -> None:
    for number in range(3):
        accepted = await accept(storage, message(number))
        given = (Given(entry="kindergarten", version=1 if number else 2),)
        await storage.settle(
            accepted.id, settlement(accepted, outcome=Outcome.ANSWERED, given=given)
        )
    assert await storage.times_given("kindergarten") == {1: 2, 2: 1}
    assert await storage.times_given("other") == {}


@pytest.mark.parametrize(("changed", "left"), [("hj-1", ""), ("other", "第二页。")])
async def test_the_second_page_of_an_answer_goes_with_the_answer(
    storage: Storage, changed: str, left: str
) -> None:
    curator = Curator(storage)
    for entry_id in ("hj-1", "other"):
        await curator.draft(replace(CONTENT, id=entry_id, question=entry_id), author="李梅")
        await curator.submit(entry_id, version=1, actor="李梅")
        await curator.publish(entry_id, version=1, reviewer="王强")
    accepted = await accept(storage, message(1))
    reading = replace(accepted.citizen, rest="第二页。", last_entry="hj-1")
    await storage.settle(accepted.id, settlement(accepted, citizen=reading))
    await curator.withdraw(changed, version=1, actor="李梅", reason="写错了")
    citizen = await storage.citizen("main", "o-1")
    assert citizen is not None
    assert citizen.rest == left


async def test_the_log_of_an_entry_cannot_be_rewritten(storage: Storage, database_url: str) -> None:
    await Curator(storage).draft(CONTENT, author="李梅")
    for statement in ("UPDATE entry_steps SET actor = 'x'", "DELETE FROM entry_steps"):
        with pytest.raises(Exception, match="append-only"):
            by_hand(database_url, statement)
