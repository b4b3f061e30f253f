"""Duplicates made one in the console: shown, confirmed by a second person, undone."""

from dataclasses import replace

import pytest

from knowledge_base.entry import Status
from knowledge_base.versions import Merge
from storage import Storage
from tests.values.console import ENTRIES
from tests.values.storage import NOW
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, read, sign_in

TWIN = replace(
    ENTRIES[1], id="e3", question="补办身份证", variants=("身份证不见了",), negatives=("换证",)
)
PAGE = "/console/checks/merge?keep=e2&gone=e3"


@pytest.fixture
async def client(desk: World, client: Browser) -> Browser:
    await desk.storage.save_versions([TWIN], actor="curator", reason="")
    await sign_in(client, "curator")
    return client


async def begin(client: Browser) -> tuple[int, str]:
    page = await read(client, PAGE)
    form = {name: field_of(page, name) for name in ("keep", "gone", "seal")}
    return await post(client, PAGE, "/console/checks/merge", **form)


async def approve(client: Browser) -> str:
    await sign_in(client, "curator2")
    check = "/console/entries/e2/publish"
    page = await read(client, check)
    assert "“补办身份证”合并到这一条" in page
    checked = field_of(page, "checked")
    return (await post(client, check, check, checked=checked))[1]


async def test_the_wordings_that_come_along_are_shown_before(client: Browser) -> None:
    page = await read(client, PAGE)
    assert "<ins>身份证不见了</ins>" in page
    assert "<ins>换证</ins>" in page
    assert "留下“补办身份证”" in page


async def test_a_second_person_confirms_and_the_other_entry_leads_there(
    desk: World, client: Browser
) -> None:
    status, page = await begin(client)
    assert (status, "合并已提交审核" in page, "会合并到这一条并撤下" in page) == (200, True, True)
    assert len(await desk.storage.published_entries()) == 3
    await sign_in(client, "curator2")
    assert "发布的同时，“补办身份证”并到这一条" in await read(client, "/console/review")
    assert "已发布" in await approve(client)
    stays = next(e for e in await desk.storage.published_entries() if e.id == "e2")
    assert stays.variants[-2:] == ("补办身份证", "身份证不见了")
    page = await read(client, "/console/entries/e3")
    assert "已合并到" in page
    assert "合并到“身份证丢了怎么补办”（e2）" in page


async def test_golden_questions_follow_to_the_entry_that_stays(
    desk: World, client: Browser
) -> None:
    for text in ("身份证不见了", "孩子上小学要带什么材料"):
        entry = "e3" if text == "身份证不见了" else "e1"
        await desk.storage.add_golden(text, entry, actor="curator", now=NOW)
    _, page = await begin(client)
    form = {n: field_of(page, n) for n in ("csrf", "keep", "gone", "seal", "checked")}
    assert "合并之前看一看" in page
    async with client.post("/console/checks/merge", data=form) as answer:
        assert "合并已提交审核" in await answer.text()
    assert "会答错" not in await approve(client)
    wanted = {each.text: each.entry for each in await desk.storage.golden_questions()}
    assert wanted == {"身份证不见了": "e2", "孩子上小学要带什么材料": "e1"}


async def test_a_merge_is_undone_by_restoring_both(desk: World, client: Browser) -> None:
    await begin(client)
    await approve(client)
    for entry, number in (("e3", "1"), ("e2", "1")):
        page = f"/console/entries/{entry}/versions/{number}"
        where = f"/console/entries/{entry}/restore"
        _, told = await post(client, page, where, earlier=number, reason="是两件事")
        assert "已作为新版本提交审核" in told
    await sign_in(client, "curator")
    for entry in ("e3", "e2"):
        path = f"/console/entries/{entry}"
        await post(client, path, f"{path}/publish")
    shown = {e.id: e.wordings for e in await desk.storage.published_entries()}
    assert (shown["e2"], shown["e3"]) == (ENTRIES[1].wordings, TWIN.wordings)


async def test_a_cancelled_merge_leaves_the_other_entry(desk: World, client: Browser) -> None:
    await begin(client)
    path = "/console/entries/e2"
    _, page = await post(client, path, f"{path}/unmerge")
    assert "已取消合并" in page
    await sign_in(client, "curator2")
    await post(client, path, f"{path}/publish")
    assert len(await desk.storage.published_entries()) == 3


async def test_what_changed_meanwhile_is_not_merged(desk: World, client: Browser) -> None:
    page = await read(client, PAGE)
    form = {name: field_of(page, name) for name in ("csrf", "keep", "gone", "seal")}
    newer = replace(TWIN, version=2, answer="网上补办。")
    await desk.storage.save_versions([newer], actor="curator2", reason="")
    async with client.post("/console/checks/merge", data=form) as answer:
        assert (answer.status, "刚有了新版本" in await answer.text()) == (409, True)
    await read(client, "/console/checks/merge?keep=e2&gone=e2", 404)


async def test_a_version_that_a_newer_one_replaced_carries_nothing_out(storage: Storage) -> None:

    await storage.save_versions([ENTRIES[1], TWIN], actor="ann", reason="")
    draft = replace(ENTRIES[1], version=2, status=Status.IN_REVIEW, reviewer="")
    merge = Merge(kept="e2", version=2, gone="e3", gone_version=1)
    await storage.save_versions([draft], actor="ann", reason="", begins=merge)
    assert await storage.open_merges() == [merge]
    await storage.save_versions([replace(draft, version=3)], actor="ben", reason="")
    assert await storage.open_merges() == []
    assert not await storage.cancel_merge("e2", actor="ann", now=NOW)


async def test_a_merge_ends_with_the_publication_or_not_at_all(storage: Storage) -> None:

    await storage.save_versions([ENTRIES[1], TWIN], actor="ann", reason="")
    draft = replace(ENTRIES[1], version=2, status=Status.IN_REVIEW, reviewer="")
    merge = Merge(kept="e2", version=2, gone="e3", gone_version=1)
    await storage.save_versions([draft], actor="ann", reason="", begins=merge)
    together = [
        TWIN.with_status(Status.WITHDRAWN),
        replace(draft, status=Status.PUBLISHED, reviewer="ben"),
    ]
    await storage.save_versions(together, actor="ben", reason="好", ends=[merge])
    assert [m.outcome for m in await storage.merges_of("e3")] == ["done"]
    why = [step.reason for step in await storage.entry_history("e3")]
    assert why[0] == "合并到“身份证丢了怎么补办”（e2）"
    assert not (await storage.verify(now=NOW)).violations
