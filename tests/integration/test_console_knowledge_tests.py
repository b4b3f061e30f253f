"""Trying questions and changes: the hit-testing page, golden questions, batch tests."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from knowledge_base.synonyms import SynonymLine, official, tried_with
from knowledge_base.versions import mark_of
from tests.values.console import ENTRIES, MORNING
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, sign_in
from tests.worlds.console_jobs import finished, upload

DAY = date(2026, 11, 18)


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator")
    return client


async def golden(client: Browser, text: str, entry: str) -> tuple[int, str]:
    return await post(client, "/console/golden", "/console/golden", text=text, entry=entry)


async def test_a_variant_is_tried_before_anybody_writes_it(desk: World, client: Browser) -> None:
    asked = "/console/try?q=娃儿读一年级咋个报"
    assert "直接答复</span>" not in await (await client.get(asked)).text()
    page = await (await client.get(f"{asked}&entry=e1&variant=娃儿读一年级咋个报")).text()
    assert "<b>直接答复“孩子上小学要带什么材料”</b>" in page
    assert (await desk.storage.entry_versions("e1"))[0].version == 1
    edit = await (await client.get("/console/entries/e1/edit?variant=娃儿读一年级咋个报")).text()
    assert "要带什么\n娃儿读一年级咋个报" in edit


async def test_the_reasons_stand_beside_the_nearest_entries(client: Browser) -> None:
    page = await (await client.get("/console/try?q=小学报名要带的材料有哪些")).text()
    assert "支持：" in page
    assert "最像的问法" in page


async def test_only_curators_try_changes(client: Browser) -> None:
    await sign_in(client, "officer")
    page = await (await client.get("/console/try?q=x&entry=e1&variant=x")).text()
    assert "再加一种问法" not in page
    assert "what-if" not in page


async def test_publishing_shows_which_golden_questions_move_and_asks(
    desk: World, client: Browser
) -> None:
    await golden(client, "身份证丢了怎么补办", "e2")
    _, page = await golden(client, "身份证丢了怎么补办", "e2")
    assert "已经是必答题" in page
    changed = replace(ENTRIES[0], variants=("身份证丢了怎么补办",))
    await desk.deps.curator.draft(changed, author="curator2")
    await desk.deps.curator.submit("e1", version=2, actor="curator2")
    page = await (await client.get("/console/entries/e1/publish")).text()
    assert "有 1 道必答题会答错" in page
    assert "仍然发布" in page
    status, page = await post(client, "/console/entries/e1", "/console/entries/e1/publish")
    assert "发布之前看一看" in page
    assert len(await desk.storage.published_entries()) == 2
    assert (await desk.storage.entry_versions("e1"))[0].status == "in_review"
    check = "/console/entries/e1/publish"
    mark = field_of(await (await client.get(check)).text(), "checked")
    newest = (await desk.storage.entry_versions("e1"))[0]
    reason = {"reason": "旧条目月底撤下"}
    for made_up in ({"checked": mark}, {"checked": mark_of(newest), **reason}):
        _, page = await post(client, check, check, **made_up)
        assert "为什么仍然发布" in page
    assert (await desk.storage.entry_versions("e1"))[0].status == "in_review"
    status, page = await post(client, check, check, checked=mark, **reason)
    assert (status, "已发布" in page) == (200, True)
    assert "必答题会答错，仍然发布：旧条目月底撤下" in page
    runs = await desk.storage.jobs(("golden",), limit=5)
    assert [run.name for run in runs] == ["发布“孩子上小学要带什么材料”之后"]


async def test_a_reason_for_what_breaks_nothing_is_not_in_the_record(
    desk: World, client: Browser
) -> None:
    await golden(client, "身份证丢了怎么补办", "e2")
    await desk.deps.curator.draft(replace(ENTRIES[0], answer="带户口簿。"), author="curator2")
    await desk.deps.curator.submit("e1", version=2, actor="curator2")
    check = "/console/entries/e1/publish"
    mark = field_of(await (await client.get(check)).text(), "checked")
    await golden(client, "孩子上小学要带什么", "e1")
    _, page = await post(client, check, check, checked=mark, reason="随便写的")
    assert "重问了 2 道必答题" in page
    mark = field_of(page, "checked")
    _, page = await post(client, check, check, checked=mark, reason="随便写的")
    assert ("已发布" in page, "必答题会答错" in page) == (True, False)


async def test_what_breaks_nothing_says_so(desk: World, client: Browser) -> None:
    await golden(client, "身份证丢了怎么补办", "e2")
    await golden(client, "今天天气怎么样", "")
    await desk.deps.curator.draft(replace(ENTRIES[0], answer="带户口簿。"), author="curator2")
    await desk.deps.curator.submit("e1", version=2, actor="curator2")
    page = await (await client.get("/console/entries/e1/publish")).text()
    assert "重问了 2 道必答题，都和约定的一样" in page


async def test_a_golden_question_takes_its_entry_by_what_it_asks(
    desk: World, client: Browser
) -> None:
    page = "/console/golden"
    _, told = await post(client, page, page, text="丢了身份证", entry="请问身份证丢了怎么补办？")
    assert "已加为必答题" in told
    (golden,) = await desk.storage.golden_questions()
    assert golden.entry == "e2"
    twin = replace(ENTRIES[1], id="e3")
    await desk.storage.save_versions([twin], actor="curator", reason="")
    status, told = await post(client, page, page, text="身份证没了", entry=twin.question)
    assert (status, "有几条同名" in told) == (422, True)


async def test_a_golden_question_that_is_not_answered_so_yet_is_told(client: Browser) -> None:
    _, told = await golden(client, "身份证丢了怎么补办", "e2")
    assert "还不是这个结果" not in told
    _, told = await golden(client, "孩子上小学要带什么材料", "e2")
    assert "现在这样问，还不是这个结果" in told


async def test_golden_questions_are_run_and_retired(desk: World, client: Browser) -> None:
    await golden(client, "身份证丢了怎么补办", "e2")
    status, page = await golden(client, "没人写过的", "e99")
    assert (status, "没有找到这一条" in page) == (422, True)
    assert (await golden(client, " ", ""))[0] == 422
    page = await (await client.get("/console/golden")).text()
    form = {"csrf": field_of(page, "csrf")}
    async with client.post("/console/golden/run", data=form) as answer:
        page = await finished(client, answer.url.path)
    assert "1 / 1" in page
    first = (await desk.storage.golden_questions())[0].id
    await post(client, "/console/golden", f"/console/golden/{first}/retire")
    assert await desk.storage.golden_questions() == []


async def test_the_bound_on_wrong_answers_is_stated(client: Browser) -> None:
    page = await (await client.get("/console/evaluations")).text()
    assert "答错的<b>不超过" in page
    assert "95% 把握" in page


async def test_two_runs_make_a_line(desk: World, client: Browser) -> None:
    data = "问题,条目编号\n身份证丢了怎么补办,e2\n".encode()
    for _ in range(2):
        _, _, where = await upload(client, "/console/evaluations", "a.csv", data)
        await finished(client, where)
    page = await (await client.get("/console/evaluations")).text()
    assert 'points="0.0,0.0 100.0,0.0"' in page


async def test_withdrawing_shows_which_golden_questions_break_and_asks(
    desk: World, client: Browser
) -> None:
    await golden(client, "身份证丢了怎么补办", "e2")
    path = "/console/entries/e2"
    status, page = await post(client, path, f"{path}/withdraw", reason="政策已废止", version="1")
    assert (status, "撤下之后，有 1 道必答题会答错" in page) == (200, True)
    assert len(await desk.storage.published_entries()) == 2
    form = {name: field_of(page, name) for name in ("csrf", "version", "reason", "checked")}
    async with client.post(f"{path}/withdraw", data=form | {"checked": "0" * 16}) as answer:
        assert "撤下之前看一看" in await answer.text()
    async with client.post(f"{path}/withdraw", data=form) as answer:
        assert "已撤下" in await answer.text()
    assert [each.id for each in await desk.storage.published_entries()] == ["e1"]
    assert [run.name for run in await desk.storage.jobs(("golden",), limit=5)] == [
        "撤下“身份证丢了怎么补办”之后"
    ]


async def test_withdrawing_what_moves_nothing_asks_nothing(desk: World, client: Browser) -> None:
    await golden(client, "身份证丢了怎么补办", "e2")
    path = "/console/entries/e1"
    _, page = await post(client, path, f"{path}/withdraw", reason="已废止", version="1")
    assert "已撤下" in page


async def test_restoring_an_old_text_shows_what_it_would_move(desk: World, client: Browser) -> None:
    await golden(client, "身份证丢了怎么补办", "e2")
    old = replace(ENTRIES[0], variants=("身份证丢了怎么补办",))
    await desk.storage.save_versions([replace(old, version=2)], actor="curator2", reason="")
    now = replace(ENTRIES[0], version=3)
    await desk.storage.save_versions([now], actor="curator2", reason="")
    shown = "/console/entries/e1/versions/2"
    form = {"earlier": "2", "reason": "旧的更全"}
    _, page = await post(client, shown, "/console/entries/e1/restore", **form)
    assert "恢复之后，有 1 道必答题会答错" in page
    form |= {name: field_of(page, name) for name in ("csrf", "version", "checked")}
    async with client.post("/console/entries/e1/restore", data=form) as answer:
        assert "已作为新版本提交审核" in await answer.text()


async def test_a_synonym_shows_what_it_would_move_before_it_is_in_force(
    desk: World, client: Browser
) -> None:
    await golden(client, "小方卡丢了", "")
    page, line = "/console/synonyms", {"official": "身份证", "words": "小方卡"}
    _, told = await post(client, page, page, **line)
    assert "修改之后，有 1 道必答题会答错" in told
    assert await desk.storage.synonyms() == []
    form = {name: field_of(told, name) for name in ("csrf", "official", "words", "checked")}
    async with client.post(page, data=form) as answer:
        assert "已保存" in await answer.text()
    assert [each.words for each in await desk.storage.synonyms()] == [("小方卡",)]
    _, told = await post(client, page, f"{page}/drop", official="身份证")
    assert "已去掉" in told


async def test_what_was_wrong_before_and_stays_as_it_is_interrupts_nobody(
    desk: World, client: Browser
) -> None:
    await golden(client, "太空船票在哪里买", "e2")
    page = "/console/synonyms"
    _, told = await post(client, page, page, official="公共自行车", words="小绿车")
    assert ("已保存" in told, "之前看一看" in told) == (True, False)
    assert len(await desk.storage.synonyms()) == 1


def test_synonyms_on_trial_are_read_nowhere_else() -> None:
    line = SynonymLine(official="身份证", words=("小方卡",), changed_by="a", changed_at=MORNING)
    with tried_with([line]):
        assert official("小方卡照片") == "身份证照片"
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(official, "小方卡照片").result() == "小方卡照片"
    assert official("小方卡照片") == "小方卡照片"
