"""地名: curators say which towns are the desk's own and which are a neighbour's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.index import IndexKeeper
from knowledge_base import own_places
from knowledge_base.calibration import load_model
from knowledge_base.outcome import Answer, Nothing, Suggestions
from knowledge_base.own_places import PlaceName, tried_with
from knowledge_base.places import Region
from knowledge_base.search import KnowledgeBase
from storage import Storage
from tests.values.console import ENTRIES
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, sign_in

PAGE = "/console/place-names"
NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
REGION = Region("浙江省/丽水市/云和县")


@pytest.fixture(autouse=True)
def clean_table() -> Iterator[None]:
    yield
    own_places.adopt([])


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator")
    return client


def named(name: str, belongs: str = "") -> PlaceName:
    return PlaceName(name=name, belongs=belongs, changed_by="ann", changed_at=NOW)


def test_a_neighbours_town_is_elsewhere_by_the_county_it_belongs_to() -> None:
    asked = "腊口镇的人身份证丢了怎么补办"
    assert REGION.elsewhere(asked) == frozenset()
    with tried_with([named("腊口镇", "青田县")]):
        assert REGION.elsewhere(asked) == {"青田县"}
        assert REGION.elsewhere(f"{asked}，在本县办行吗") == frozenset()
    assert REGION.elsewhere(asked) == frozenset()


def test_an_own_quarter_is_not_taken_for_a_city_of_its_name() -> None:
    asked = "长沙片区的身份证丢了怎么补办"
    assert REGION.elsewhere(asked) == {"长沙"}
    with tried_with([named("长沙片区")]):
        assert REGION.elsewhere(asked) == frozenset()


async def test_a_name_holds_in_the_next_message_on_every_worker(storage: Storage) -> None:
    await storage.save_versions([replace(ENTRIES[1])], actor="ben", reason="")
    kb = KnowledgeBase(None, storage, load_model(), REGION.name, 1.0)
    keeper = IndexKeeper(storage, kb)
    await keeper.refresh()
    asked = "腊口镇身份证丢了怎么补办"
    assert isinstance(await keeper.search(asked), Answer | Suggestions)
    before = await storage.index_version()
    await storage.save_place("腊口镇", "青田县", actor="ann", now=NOW)
    assert await storage.own_places() == [named("腊口镇", "青田县")]
    assert await keeper.refresh()
    found = await keeper.search(asked)
    assert isinstance(found, Nothing | Suggestions)
    assert found.elsewhere == ("青田县",)
    await storage.drop_place("腊口镇", actor="ann", now=NOW)
    await storage.drop_place("没有的", actor="ann", now=NOW)
    assert (await storage.index_version(), await storage.own_places()) == (before + 2, [])
    assert (await storage.verify(now=NOW)).violations == []
    await kb.close()


async def test_a_curator_adds_changes_and_drops_a_name(desk: World, client: Browser) -> None:
    status, page = await post(client, PAGE, PAGE, name="腊口镇", belongs="青田县")
    assert (status, "下一条提问就按它来分" in page) == (200, True)
    form = await (await client.get(f"{PAGE}?name=腊口镇")).text()
    assert 'value="青田县"' in form
    await post(client, PAGE, PAGE, name="腊口镇", belongs="")
    (kept,) = await desk.storage.own_places()
    assert (kept.name, kept.belongs, kept.changed_by) == ("腊口镇", "", "curator")
    _, page = await post(client, PAGE, f"{PAGE}/drop", name="腊口镇")
    assert ("已去掉" in page, await desk.storage.own_places()) == (True, [])


@pytest.mark.parametrize(
    ("name", "belongs", "told"),
    [("镇", "青田县", "请写 2 到 20 个字"), ("腊口镇", "青青县", "没有找到“青青县”")],
)
async def test_a_wrong_name_is_explained_and_kept_in_the_form(
    desk: World, client: Browser, name: str, belongs: str, told: str
) -> None:
    status, page = await post(client, PAGE, PAGE, name=name, belongs=belongs)
    assert (status, told in page, f'value="{name}"' in page) == (422, True, True)
    assert await desk.storage.own_places() == []
