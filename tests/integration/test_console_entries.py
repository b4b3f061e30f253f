"""Curating entries: one writes, another publishes; and the people who have accounts."""

import re
from dataclasses import replace

import pytest

from console.knowledge.entry_form import entry_of, filled_with, read
from knowledge_base.entry import Entry, Status
from knowledge_base.outcome import Candidate, Suggestions
from tests.values.console import ENTRIES, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, field_of, post, sign_in

FILLED = {
    "question": "校车怎么坐",
    "variants": "校车几点\n\n 校车 在哪等 \n校车几点",
    "negatives": "公交车怎么坐",
    "answer": "在村口上车，每天 7:10。",
    "department": SCHOOLS,
    "source_title": "校车安全管理条例",
    "source_number": "国务院令第617号",
    "checked_on": "2026-11-01",
}


async def written(client: Browser, **changed: str) -> str:
    """The id of a new entry, written through the form."""
    path = "/console/entries/new"
    token = field_of(await (await client.get(path)).text(), "csrf")
    form = FILLED | changed | {"csrf": token}
    async with client.post(path, data=form, allow_redirects=False) as answer:
        assert answer.status == 303, await answer.text()
        return answer.headers["Location"].split("/")[-1].partition("?")[0]


async def step(client: Browser, entry: str, name: str, **form: str) -> tuple[int, str]:
    return await post(
        client, f"/console/entries/{entry}", f"/console/entries/{entry}/{name}", **form
    )


async def newest(desk: World, entry: str) -> Entry:
    return (await desk.storage.entry_versions(entry))[0]


async def test_one_curator_writes_and_another_publishes(desk: World, client: Browser) -> None:
    await sign_in(client, "curator")
    number = await written(client)
    status, page = await step(client, number, "submit")
    assert status == 200
    assert "要由另一位同事审核后发布" in page
    await sign_in(client, "curator2")
    status, page = await step(client, number, "publish")
    assert status == 200
    entry = await newest(desk, number)
    assert (entry.status, entry.author, entry.reviewer) == (Status.PUBLISHED, "curator", "curator2")
    assert entry.variants == ("校车几点", "校车 在哪等")


async def test_nobody_publishes_what_they_wrote(desk: World, client: Browser) -> None:
    await sign_in(client, "curator")
    number = await written(client)
    await step(client, number, "submit")
    status, page = await step(client, number, "publish", version="1")
    assert status == 409
    assert "审核人不能是撰写人本人" in page
    assert (await newest(desk, number)).status is Status.IN_REVIEW


async def test_what_citizens_read_stays_until_the_new_version_is_published(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator2")
    status, page = await post(
        client, "/console/entries/e1/edit", "/console/entries/e1/edit", **FILLED
    )
    assert status == 200
    assert "群众现在看到的是第 1 版" in page
    published = {e.id: e for e in await desk.storage.published_entries()}
    assert published["e1"].answer == ENTRIES[0].answer
    assert (await newest(desk, "e1")).version == 2
    await step(client, "e1", "submit")
    await sign_in(client, "curator")
    _, page = await step(client, "e1", "publish", version="2")
    assert "第 1 版 · 已换成新版" in page
    _, page = await step(client, "e1", "withdraw", reason="政策已废止")
    assert "第 2 版 · 已撤下" in page


async def test_sending_back_and_withdrawing_need_a_reason(desk: World, client: Browser) -> None:
    await sign_in(client, "curator")
    status, page = await step(client, "e1", "withdraw", reason="  ")
    assert status == 409
    assert "请填写原因" in page
    status, page = await step(client, "e1", "withdraw", reason="政策已废止")
    assert status == 200
    assert (await newest(desk, "e1")).status is Status.WITHDRAWN


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("question", "", "请写出群众会问的问题"),
        ("question", "问" * 201, "最多 200 个字"),
        ("answer", " ", "请写出答案"),
        ("answer", "答" * 10_001, "最多 10000 个字"),
        ("source_url", "javascript:alert(1)", "http"),
        ("checked_on", "31.1.2026", "2026-01-31"),
        ("valid_until", "2026-02-30", "2026-01-31"),
        ("variants", "\n".join(map(str, range(201))), "最多 200 行"),
        ("negatives", "长" * 201, "每行最多"),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_is_lost(
    client: Browser, key: str, value: str, words: str
) -> None:
    await sign_in(client, "curator")
    path = "/console/entries/new"
    status, page = await post(client, path, path, **FILLED | {key: value})
    assert status == 422
    assert words in page
    assert 'aria-invalid="true"' in page
    assert "公交车怎么坐" in page or key == "negatives"


@pytest.mark.parametrize("day", ["2022年5月19日", "2022/5/19", "20220519", "２０２２-05-19"])
def test_a_day_is_read_as_people_write_it(day: str) -> None:
    filled = read(FILLED | {"valid_until": day})
    assert (filled.faults, filled.texts["valid_until"]) == ({}, "2022-05-19")
    assert read(FILLED | {"valid_until": "长期有效"}).texts["valid_until"] == ""


def test_days_in_the_wrong_order_are_refused() -> None:
    filled = read(FILLED | {"valid_from": "2026-02-01", "valid_until": "2026-01-01"})
    assert set(filled.faults) == {"valid_until"}


def test_an_entry_comes_back_from_its_form_as_it_was() -> None:
    assert entry_of(read(filled_with(ENTRIES[0]).texts), ENTRIES[0]) == ENTRIES[0]


async def test_the_list_filters_by_status_and_words(client: Browser) -> None:
    await sign_in(client, "curator")
    await written(client)
    page = await (await client.get("/console/entries?status=draft")).text()
    assert "校车怎么坐" in page
    assert "身份证丢了" not in page
    page = await (await client.get("/console/entries?q=身份证&page=9")).text()
    assert "身份证丢了" in page
    assert (
        "这里暂时没有条目" in await (await client.get("/console/entries?status=in_review")).text()
    )


async def test_what_citizens_read_is_published_while_another_version_is_written(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator")
    changed = replace(ENTRIES[1], version=2, status=Status.DRAFT, answer="改了的答案。")
    await desk.storage.save_versions([changed], actor="curator", reason="")
    for tab in ("published", "draft"):
        page = await (await client.get(f"/console/entries?status={tab}")).text()
        assert f"群众读的是第 {ENTRIES[1].version} 版" in page
        assert f'已发布<span class="tally">{len(ENTRIES)}</span>' in page
    home = await (await client.get("/console")).text()
    assert re.search(rf">已发布</span><b>\s*{len(ENTRIES)}\s*<", home)


async def test_an_unknown_entry_is_not_found(client: Browser) -> None:
    await sign_in(client, "curator")
    assert (await client.get("/console/entries/none")).status == 404


async def test_trying_a_question_shows_what_a_citizen_would_get(client: Browser) -> None:
    await sign_in(client, "curator")
    page = await (await client.get("/console/try?q=孩子上小学要带什么材料呢")).text()
    assert "直接答复" in page
    assert re.search(r"9\d%", page)
    assert "多半会登记为来信" in await (await client.get("/console/try?q=别的")).text()
    assert "会回一句话，不登记" in await (await client.get("/console/try?q=你好")).text()


async def test_a_text_that_cannot_be_kept_is_refused_where_it_was_written(client: Browser) -> None:
    await sign_in(client, "curator")
    for path in ("/console/entries/new", "/console/entries/e1/edit"):
        status, page = await post(client, path, path, **FILLED | {"source_url": "https://a b"})
        assert status == 422
        assert "公交车怎么坐" in page


async def test_an_edit_with_wrong_fields_changes_nothing(desk: World, client: Browser) -> None:
    await sign_in(client, "curator")
    path = "/console/entries/e1/edit"
    status, _ = await post(client, path, path, **FILLED | {"answer": ""})
    assert status == 422
    assert (await newest(desk, "e1")).version == 1


async def test_a_step_on_an_entry_that_does_not_exist_is_not_found(client: Browser) -> None:
    await sign_in(client, "curator")
    status, _ = await post(client, "/console/entries/e1", "/console/entries/none/withdraw")
    assert status == 404


async def test_a_choice_is_shown_as_the_citizen_would_read_it(desk: World) -> None:
    async def choices(_: str) -> Suggestions:
        near = tuple(Candidate(entry=e, probability=0.4, matched=e.question) for e in ENTRIES)
        return Suggestions(choices=near, ranking=near)

    desk.deps = replace(desk.deps, search=choices)
    async with browser(desk) as client:
        await sign_in(client, "curator")
        page = await (await client.get("/console/try?q=办事")).text()
    assert "请群众选择" in page
    assert "2. 身份证丢了怎么补办" in page


async def test_an_entry_approved_for_a_later_day_says_so_and_waits_for_nobody(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator")
    path = "/console/entries/e1"
    form = FILLED | {"valid_from": "2027-01-01", "version": "1"}
    status, _ = await post(client, path + "/edit", path + "/edit", **form)
    assert status == 200
    await step(client, "e1", "submit")
    await sign_in(client, "curator2")
    assert "那天起自动换上" in await (await client.get(path + "/publish")).text()
    status, page = await step(client, "e1", "publish")
    assert (status, "2027年1月1日起自动换上" in page) == (200, True)
    assert (await desk.storage.published_entries())[0].version == 1
    assert "没有等您审核的条目" in await (await client.get("/console/review")).text()
