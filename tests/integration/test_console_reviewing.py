"""Several texts read and approved at once, as after an import: each still by two people."""

from dataclasses import replace

import pytest

from knowledge_base.entry import Entry, Status
from knowledge_base.versions import mark_of
from tests.values.console import ENTRIES, POLICE
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, sign_in

PAGE = "/console/review"


@pytest.fixture
async def desk(desk: World) -> World:
    for n, answer in enumerate(("在村口上车。", "七点十分。", "按领导批示办。")):
        entry = Entry(id=f"n{n}", question=f"校车第{n}问", answer=answer)
        await desk.deps.curator.draft(entry, author="curator2")
    return desk


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator2")
    return client


async def statuses(desk: World) -> list[Status]:
    newest = {e.id: e.status for e in await desk.storage.newest_entries()}
    return [newest[f"n{n}"] for n in range(3)]


def keys_in(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split('name="read" value="')[1:]]


async def publish(client: Browser, keys: list[str], **more: str) -> tuple[int, str]:
    token = field_of(await (await client.get("/console/password")).text(), "csrf")
    form = [("csrf", token), *(("read", key) for key in keys), *more.items()]
    async with client.post(PAGE, data=form) as answer:
        return answer.status, await answer.text()


async def test_all_own_drafts_are_submitted_and_what_was_read_is_published(
    desk: World, client: Browser
) -> None:
    _, page = await post(client, PAGE, f"{PAGE}/submit")
    assert "您写的 3 条也在等审核" in page
    assert keys_in(page) == []
    await sign_in(client, "curator")
    page = await (await client.get(PAGE)).text()
    keys = keys_in(page)
    assert len(keys) == 2
    assert "改掉以后才能发布" in page
    status, page = await publish(client, keys)
    assert (status, "已发布" in page) == (200, True)
    assert await statuses(desk) == [Status.PUBLISHED, Status.PUBLISHED, Status.IN_REVIEW]


async def test_nothing_is_published_that_was_not_read_as_it_is(
    desk: World, client: Browser
) -> None:
    await post(client, PAGE, f"{PAGE}/submit")
    await sign_in(client, "curator")
    keys = keys_in(await (await client.get(PAGE)).text())
    await desk.deps.curator.send_back("n0", version=1, actor="curator", reason="缺依据")
    status, page = await publish(client, keys)
    assert (status, "请重新读过再勾选" in page) == (409, True)
    assert (await publish(client, []))[0] == 409
    assert Status.PUBLISHED not in await statuses(desk)


async def test_what_may_not_be_published_stops_all(desk: World, client: Browser) -> None:
    await post(client, PAGE, f"{PAGE}/submit")
    await sign_in(client, "curator")
    keys = keys_in(await (await client.get(PAGE)).text())
    blocked = next(e for e in await desk.storage.newest_entries() if e.id == "n2")
    status, page = await publish(client, [*keys, f"{mark_of(blocked)}:n2"])
    assert (status, "什么都没有发布" in page) == (409, True)
    assert Status.PUBLISHED not in await statuses(desk)


async def test_golden_questions_are_shown_before_several_are_published(
    desk: World, client: Browser
) -> None:
    await desk.storage.add_golden("校车第0问", "n0", actor="a", now=desk.clock.now)
    await post(client, PAGE, f"{PAGE}/submit")
    await sign_in(client, "curator")
    keys = keys_in(await (await client.get(PAGE)).text())
    status, page = await publish(client, keys)
    assert (status, "发布之前看一看" in page, "会答对" in page) == (200, True, True)
    assert Status.PUBLISHED not in await statuses(desk)
    status, page = await publish(client, keys_in(page), checked=field_of(page, "checked"))
    assert "已发布" in page
    assert (await statuses(desk)).count(Status.PUBLISHED) == 2


async def test_several_that_break_a_golden_question_are_published_with_a_reason(
    desk: World, client: Browser
) -> None:
    await post(client, PAGE, f"{PAGE}/submit")
    await sign_in(client, "curator")
    now = desk.clock.now
    await desk.storage.add_golden("孩子上小学要带什么材料", "e1", actor="a", now=now)
    thief = replace(ENTRIES[1], id="e9", variants=("孩子上小学要带什么材料",))
    await desk.deps.curator.draft(thief, author="curator2")
    await desk.deps.curator.submit("e9", version=1, actor="curator2")
    text = await (await client.get(PAGE)).text()
    keys = [key for key in keys_in(text) if key.endswith("e9")]
    _, page = await publish(client, keys)
    assert ("会答错" in page, "为什么仍然发布" in page) == (True, True)
    seen = {"checked": field_of(page, "checked")}
    _, page = await publish(client, keys, **seen)
    assert "为什么仍然发布" in page
    assert Status.PUBLISHED not in await statuses(desk)
    _, page = await publish(client, keys, **seen, reason="旧的那条今天撤下")
    assert "已发布" in page
    (last, *_) = await desk.storage.entry_history("e9")
    assert "仍然发布：旧的那条今天撤下" in last.reason


async def test_one_departments_texts_are_read_by_themselves_in_the_order_of_matters(
    desk: World, client: Browser
) -> None:
    for n, question in enumerate(("落户要什么", "补办身份证要什么", "居住证怎么办")):
        entry = Entry(id=f"p{n}", question=question, answer="去窗口。", department=POLICE)
        await desk.deps.curator.draft(entry, author="curator2")
    await post(client, PAGE, f"{PAGE}/submit")
    await sign_in(client, "curator")
    assert f'aria-current="true">{POLICE}' not in await (await client.get(PAGE)).text()
    page = await (await client.get(f"{PAGE}?department={POLICE}")).text()
    keys = keys_in(page)
    assert [key.partition(":")[2] for key in keys] == ["p2", "p0", "p1"]
    assert f'aria-current="true">{POLICE}<span class="tally">3' in page
    _, page = await publish(client, keys[:1], department=POLICE)
    assert len(keys_in(page)) == 2
