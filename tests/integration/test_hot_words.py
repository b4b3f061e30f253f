"""Synonyms and negatives work in the next message after they are published, on every worker."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.index import IndexKeeper
from knowledge_base import kinds
from knowledge_base.calibration import load_model
from knowledge_base.entry import Entry
from knowledge_base.kinds import KindsLine, Mistaken, mistaken, release_lines
from knowledge_base.outcome import Answer
from knowledge_base.search import KnowledgeBase
from knowledge_base.synonyms import SynonymLine, adopt, default_lines, merged, official
from knowledge_base.text import normalise
from storage import Storage
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, sign_in

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
TODAY = date(2026, 11, 18)
ENTRY = Entry(
    id="bike",
    question="公共自行车怎么办卡",
    answer="带身份证到服务点办理，押金两百元。",
    author="ann",
    reviewer="ben",
)
OTHERS = [
    replace(ENTRY, id=f"e{n}", question=text, answer=f"第{n}条的答案，各不相同。")
    for n, text in enumerate(("公交卡怎么充值", "居住证在哪里办", "老年卡怎么年审", "图书证怎么办"))
]
ASKED = "小绿车怎么办卡"
KINDS: Any = {"line": "自行车 | 三轮", "in_use": True}


@pytest.fixture(autouse=True)
def clean_table() -> AsyncIterator[None]:
    yield
    adopt([])
    kinds.adopt([])


@pytest.fixture
async def keeper(storage: Storage) -> AsyncIterator[IndexKeeper]:
    await storage.save_versions([ENTRY, *OTHERS], actor="ben", reason="")
    kb = KnowledgeBase(None, storage, load_model(), "", 1.0)
    kept = IndexKeeper(storage, kb)
    await kept.refresh()
    yield kept
    await kb.close()


async def best(keeper: IndexKeeper, text: str) -> tuple[str, float]:
    finding = await keeper.search(text)
    first = finding.best if isinstance(finding, Answer) else finding.ranking[0]
    return first.entry.id, first.probability


async def test_a_synonym_is_understood_in_the_next_message(
    keeper: IndexKeeper, storage: Storage
) -> None:
    _, before = await best(keeper, ASKED)
    assert official(ASKED) == ASKED
    await storage.save_synonym("公共自行车", ("小绿车",), actor="ann", now=NOW)
    assert await keeper.refresh()
    found, after = await best(keeper, ASKED)
    assert (found, after > before + 0.2) == ("bike", True), (before, after)
    await storage.drop_synonym("公共自行车", actor="ann", now=NOW)
    assert await keeper.refresh()
    assert (await best(keeper, ASKED))[1] == pytest.approx(before)


async def test_kinds_that_exclude_one_another_hold_in_the_next_message(
    keeper: IndexKeeper, storage: Storage
) -> None:
    asked, kept = "公共三轮怎么办卡", KindsLine(**KINDS, changed_by="ann", changed_at=NOW)
    question, told = normalise(asked), normalise(ENTRY.question)
    assert mistaken(question, told) is None
    await storage.save_kinds(kept.line, in_use=True, actor="ann", now=NOW)
    assert await storage.own_kinds() == [kept]
    assert await keeper.refresh()
    assert mistaken(question, told) == Mistaken(asked="三轮", told="自行车")
    assert not isinstance(await keeper.search(asked), Answer)
    other = "自行车 | 三轮 | 滑板"
    await storage.save_kinds(other, in_use=True, actor="ann", now=NOW, was=kept.line)
    assert [each.line for each in await storage.own_kinds()] == [other]
    await storage.drop_kinds(other, actor="ann", now=NOW)
    assert await keeper.refresh()
    assert mistaken(question, told) is None


async def test_a_line_of_the_release_is_left_out_and_comes_back(
    keeper: IndexKeeper, storage: Storage
) -> None:
    line = next(each for each in release_lines() if each.startswith("狗"))
    assert mistaken("狗走丢了", "猫走丢了")
    await storage.save_kinds(line, in_use=False, actor="ann", now=NOW)
    await keeper.refresh()
    assert mistaken("狗走丢了", "猫走丢了") is None
    await storage.drop_kinds(line, actor="ann", now=NOW)
    await keeper.refresh()
    assert mistaken("狗走丢了", "猫走丢了")


async def test_a_negative_keeps_an_answer_away_from_the_next_message(
    keeper: IndexKeeper, storage: Storage
) -> None:
    assert isinstance(await keeper.search(ENTRY.question), Answer)
    kept = replace(ENTRY, version=2, negatives=(ENTRY.question,))
    await storage.save_versions([kept], actor="ben", reason="")
    await keeper.refresh()
    assert not isinstance(await keeper.search(ENTRY.question), Answer)


async def test_every_change_is_counted_as_a_publication_and_recorded(storage: Storage) -> None:
    before = await storage.index_version()
    await storage.save_synonym("公共自行车", ("小绿车", "共享单车"), actor="ann", now=NOW)
    (line,) = await storage.synonyms()
    assert (line.official, line.words, line.changed_by) == (
        "公共自行车",
        ("小绿车", "共享单车"),
        "ann",
    )
    await storage.drop_synonym("公共自行车", actor="ben", now=NOW)
    await storage.drop_synonym("没有的", actor="ben", now=NOW)
    assert await storage.index_version() == before + 2
    assert await storage.synonyms() == []
    assert (await storage.verify(now=NOW)).violations == []


def test_the_desks_lines_stand_over_the_releases() -> None:
    word, others = next(iter(default_lines().items()))
    assert set(others) <= set(merged([]))
    gone = SynonymLine(official=word, words=(), changed_by="ann", changed_at=NOW)
    assert not set(others) & set(merged([gone]))


class TestThePage:
    @pytest.fixture
    async def client(self, client: Browser) -> Browser:
        await sign_in(client, "curator")
        return client

    async def save(self, client: Browser, official: str, words: str) -> tuple[int, str]:
        path = "/console/synonyms"
        return await post(client, path, path, official=official, words=words)

    async def test_a_curator_adds_and_drops_a_line(self, desk: World, client: Browser) -> None:
        status, page = await self.save(client, "公共自行车", "小绿车、共享单车 小绿车")
        assert (status, "下一条提问就按新的词" in page) == (200, True)
        (line,) = await desk.storage.synonyms()
        assert line.words == ("小绿车", "共享单车")
        path = "/console/synonyms"
        await post(client, path, f"{path}/drop", official="公共自行车")
        assert await desk.storage.synonyms() == []

    @pytest.mark.parametrize(
        ("official", "words", "told"),
        [
            ("", "小绿车", "请写出规范的说法"),
            ("公共自行车", " ", "至少写一个"),
            ("公共自行车", "长" * 31, "每个最多"),
        ],
    )
    async def test_a_wrong_line_is_explained(
        self, client: Browser, official: str, words: str, told: str
    ) -> None:
        status, page = await self.save(client, official, words)
        assert (status, told in page) == (422, True)

    async def test_one_word_has_one_meaning(self, client: Browser) -> None:
        word, others = next(iter(default_lines().items()))
        status, page = await self.save(client, "公共自行车", others[0])
        assert (status, f"已经在“{word}”那一行里" in page) == (422, True)

    async def test_a_wording_becomes_a_negative_from_the_trial(self, client: Browser) -> None:
        page = await (await client.get("/console/try?q=小学报名费多少")).text()
        assert "/console/entries/e1/edit?negative=" in page
        form = await (await client.get("/console/entries/e1/edit?negative=小学报名费多少")).text()
        assert ">\n小学报名费多少</textarea>" in form
