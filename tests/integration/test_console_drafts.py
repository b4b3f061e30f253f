"""What a library leaves is read on one page, submitted together and approved by somebody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge_base.entry import Entry, Status
from knowledge_base.jobs import JobResult, JobState
from knowledge_base.library_look import LibraryLook
from tests.browser.screens import Screens
from tests.integration.test_console_reviewing import keys_in, publish
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, sign_in

PAGE = "/console/drafts"
LIBRARY = "政策库 省厅"


@pytest.fixture
async def desk(desk: World) -> World:
    for n, answer in enumerate(("在村口上车。", "七点十分。", "按领导批示办。")):
        entry = Entry(id=f"n{n}", question=f"校车第{n}问", answer=answer)
        await desk.deps.curator.draft(entry, author=LIBRARY)
    return desk


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator")
    return client


async def submit(client: Browser, keys: list[str]) -> tuple[int, str]:
    token = field_of(await (await client.get("/console/password")).text(), "csrf")
    form = [("csrf", token), ("by", LIBRARY), *(("read", key) for key in keys)]
    async with client.post(PAGE, data=form) as answer:
        return answer.status, await answer.text()


async def test_a_librarys_drafts_are_submitted_together_and_need_another_person(
    desk: World, client: Browser
) -> None:
    page = await (await client.get(PAGE, params={"by": LIBRARY})).text()
    keys = keys_in(page)
    assert len(keys) == 2
    assert "改掉以后才能提交" in page
    status, page = await submit(client, keys)
    assert (status, "已提交审核" in page) == (200, True)
    newest = {e.id: e for e in await desk.storage.newest_entries()}
    found = [(newest[f"n{n}"].status, newest[f"n{n}"].author) for n in range(3)]
    assert found == [(Status.IN_REVIEW, "curator")] * 2 + [(Status.DRAFT, LIBRARY)]
    assert keys_in(await (await client.get("/console/review")).text()) == []
    assert (await publish(client, keys))[0] == 409
    await sign_in(client, "curator2")
    keys = keys_in(await (await client.get("/console/review")).text())
    assert (await publish(client, keys))[0] == 200
    assert {e.id for e in await desk.storage.published_entries()} >= {"n0", "n1"}


async def test_each_changed_draft_shows_its_own_difference(desk: World, client: Browser) -> None:
    first = (await desk.storage.published_entries())[0]
    changed = replace(first, answer=first.answer + "周六也办。")
    await desk.deps.curator.draft(changed, author=LIBRARY)
    page = await (await client.get(PAGE)).text()
    assert "<ins>周六也办。</ins>" in page
    assert page.count('class="changes"') == 1


async def test_a_draft_changed_meanwhile_stops_all(desk: World, client: Browser) -> None:
    keys = keys_in(await (await client.get(PAGE)).text())
    versions = await desk.storage.entry_versions("n0")
    await desk.deps.curator.draft(replace(versions[0], answer="改了。"), author="curator2")
    status, page = await submit(client, keys)
    assert (status, "请重新读过再勾选" in page) == (409, True)
    assert (await submit(client, []))[0] == 409
    assert all(e.status is not Status.IN_REVIEW for e in await desk.storage.newest_entries())


async def test_a_page_is_ticked_at_once_but_for_what_needs_a_look(
    desk: World, client: Browser
) -> None:
    entry = Entry(id="n3", question="找谁", answer="请拨打13800138000。")
    await desk.deps.curator.draft(entry, author=LIBRARY)
    page = await (await client.get(PAGE, params={"tick": "all"})).text()
    assert page.count(" checked>") == 2
    assert "都不打勾" in page


async def test_rows_a_library_left_out_are_told_beside_its_drafts(
    desk: World, client: Browser
) -> None:
    store = desk.storage
    job = await store.start_job("library", "省厅 a.csv", actor=LIBRARY, now=desk.clock())
    counts = {"added": 3, "changed": 0, "unchanged": 0, "rejected": 4}
    result = JobResult(figures=counts | {"reasons": ["第 2 行：答案不能为空"]})
    await store.end_job(job, JobState.DONE, result, now=desk.clock())
    page = await (await client.get(PAGE, params={"by": LIBRARY})).text()
    assert "有 4 行不能用" in page
    assert f"/console/exchange/{job}#bad" in page
    assert f"/console/exchange/{job}#bad" in await (await client.get("/console/exchange")).text()


async def test_a_library_that_fails_is_told_with_what_was_kept(
    desk: World, client: Browser
) -> None:
    now = desk.clock()
    await desk.storage.claim_library("省厅", now=now, due=now, until=now)
    failed = LibraryLook(
        name="省厅",
        looked_at=now,
        next_look_at=now + timedelta(minutes=5),
        failures=3,
        reason="政策库的网站回答 503，没有读到文件",
    )
    await desk.storage.end_library_look(failed)
    page = await (await client.get("/console/exchange")).text()
    assert "连着 3 次没有读到：政策库的网站回答 503" in page
    assert "以前收进来的都没有动" in page
    home = await (await client.get("/console/")).text()
    assert "政策库没有读到" in home
    _, page = await post(client, "/console/exchange", "/console/exchange/libraries", name="省厅")
    assert "刚刚看过" in page


async def test_the_page_of_drafts_is_fit_for_everyone(screen: Screens) -> None:
    entry = Entry(id="n1", question="校车几点来", answer="七点十分。")
    await screen.desk.deps.curator.draft(entry, author=LIBRARY)
    await screen.desk.storage.claim_library(
        "省厅", now=screen.desk.clock(), due=screen.desk.clock(), until=screen.desk.clock()
    )
    visitor = await screen.visitor()
    await visitor.sign_in("curator")
    for path in (PAGE, "/console/exchange", "/console/review"):
        await visitor.go(path)
        await visitor.looks_right()
