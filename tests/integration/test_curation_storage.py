"""The curator's desk over the real databases."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge_base.curation import Curator
from knowledge_base.entry import Entry
from knowledge_base.exchange import plan_import, read_rows, write_entries
from storage import Storage

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
        plan = plan_import(read_rows(file).rows, await curator.known_versions(), publish=True)
        assert await curator.keep_import(plan, author="李梅", reviewer="王强") == expected
        write_entries(file, await storage.published_entries())
    assert len(await storage.published_entries()) == 50
