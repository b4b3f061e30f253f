"""不能混的词: a curator keeps the kinds of one thing that exclude one another."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientResponse

from knowledge_base import kinds
from knowledge_base.kinds import line_of, mistaken, release_lines, tried_with
from tests.values.console import MORNING
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, sign_in

PAGE = "/console/kinds"


@pytest.fixture(autouse=True)
def clean_table() -> AsyncIterator[None]:
    yield
    kinds.adopt([])


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator")
    return client


async def save(client: Browser, *written: str, was: str = "") -> tuple[int, str]:
    page = await (await client.get(PAGE)).text()
    form = [("csrf", field_of(page, "csrf")), ("was", was), *(("kind", kind) for kind in written)]
    answer: ClientResponse
    async with client.post(PAGE, data=form) as answer:
        return answer.status, await answer.text()


async def test_a_curator_adds_changes_and_drops_a_line(desk: World, client: Browser) -> None:
    status, page = await save(client, "大桥收费站", "隧道、 隧道口", "", "")
    assert (status, "下一条提问就分得清" in page) == (200, True)
    (line,) = await desk.storage.own_kinds()
    assert (line.line, line.in_use, line.changed_by) == (
        "大桥收费站 | 隧道 隧道口",
        True,
        "curator",
    )
    form = await (await client.get(f"{PAGE}?line={line.line}")).text()
    assert 'value="隧道 隧道口"' in form
    await save(client, "大桥", "隧道", was=line.line)
    assert [each.line for each in await desk.storage.own_kinds()] == ["大桥 | 隧道"]
    await post(client, PAGE, f"{PAGE}/drop", line="大桥 | 隧道")
    assert await desk.storage.own_kinds() == []


async def test_a_line_of_the_release_is_left_out_and_taken_back(
    desk: World, client: Browser
) -> None:
    first = release_lines()[0]
    _, page = await post(client, PAGE, PAGE, without=first)
    assert "不用自带的这一行" in page
    assert [(e.line, e.in_use) for e in await desk.storage.own_kinds()] == [(first, False)]
    _, page = await post(client, PAGE, f"{PAGE}/drop", line=first)
    assert ("已恢复自带的这一行" in page, await desk.storage.own_kinds()) == (True, [])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (("地铁", ""), "至少写出两种"),
        (("地铁 轻轨", "轻轨"), "同一个词写在了两格里"),
        (("长" * 31, "短"), "每个词最多"),
        (("社保卡", "社会保障卡"), "在同义词里是一个意思"),
    ],
)
async def test_a_wrong_line_is_explained_and_kept_in_the_form(
    desk: World, client: Browser, written: tuple[str, ...], told: str
) -> None:
    status, page = await save(client, *written)
    assert (status, told in page, f'value="{written[0]}"' in page) == (422, True, True)
    assert await desk.storage.own_kinds() == []


async def test_what_a_line_would_move_is_shown_before_it_is_in_force(
    desk: World, client: Browser
) -> None:
    await desk.storage.add_golden("身份证丢了怎么补办", "e2", actor="ann", now=MORNING)
    await desk.storage.add_golden("孩子上武校要带什么材料", "e1", actor="ann", now=MORNING)
    status, page = await save(client, "武校", "小学")
    assert (status, "之前看一看" in page) == (200, True)
    assert await desk.storage.own_kinds() == []


def test_kinds_on_trial_hold_nowhere_else() -> None:
    line = kinds.KindsLine(line="大桥 | 隧道", in_use=True, changed_by="a", changed_at=MORNING)
    with tried_with([line]):
        assert mistaken("过大桥多少钱", "过隧道多少钱")
    assert mistaken("过大桥多少钱", "过隧道多少钱") is None


def test_a_line_is_written_in_one_way() -> None:
    assert line_of(["地铁，轻轨 地铁", "", "公交车|BRT"]) == "地铁 轻轨 | 公交车 brt"
    assert line_of(["地铁", " "]) == ""
