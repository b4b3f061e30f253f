"""The inbox: what narrows it, what counts it, and one step in several cases at once."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest

from cases.case import Case, Kind, State
from cases.people import Account, Person, Role
from console.cases import case_filters
from console.cases.case_filters import PAGE_SIZE
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, read, sign_in

LIST = "/console/cases"


async def shown(client: Browser, query: str) -> list[str]:
    """The titles of a list, in its order."""
    page = await read(client, f"{LIST}?{query}")
    return re.findall(r'class="title"[^>]*>([^<]+)<', page)


async def give(client: Browser, *picked: Case, **form: str) -> tuple[int, str]:
    csrf = field_of(await read(client, LIST), "csrf")
    pick = [f"{case.number}:{case.version}" for case in picked]
    async with client.post(f"{LIST}/give", data={"csrf": csrf, "pick": pick, **form}) as answer:
        return answer.status, await answer.text()


async def three(desk: World) -> None:
    """A complaint overdue, a question due today, and one with most of its time left."""
    late = MORNING - timedelta(days=20)
    await desk.opened("校车超载", department=SCHOOLS, kind=Kind.COMPLAINT, received_at=late)
    today = MORNING - timedelta(days=7)
    await desk.opened("学区怎么划", department=SCHOOLS, received_at=today)
    await desk.opened("转学手续", department=SCHOOLS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tab=open", ["校车超载", "学区怎么划", "转学手续"]),
        ("tab=open&kind=complaint", ["校车超载"]),
        ("tab=open&due=late", ["校车超载"]),
        ("tab=late", ["校车超载"]),
        ("tab=open&due=today", ["学区怎么划"]),
        ("tab=open&due=week", ["学区怎么划", "转学手续"]),
        ("tab=open&q=转学", ["转学手续"]),
        ("tab=open&officer=nobody", []),
        ("tab=own", []),
    ],
)
async def test_each_condition_narrows_the_list(
    desk: World, client: Browser, query: str, found: list[str]
) -> None:
    await three(desk)
    await sign_in(client, "officer")
    assert await shown(client, query) == found


async def test_a_condition_is_said_in_words_and_can_be_taken_away(
    desk: World, client: Browser
) -> None:
    await three(desk)
    await sign_in(client, "officer")
    page = await read(client, f"{LIST}?tab=open&kind=complaint&q=校车")
    assert "含“校车”" in page
    assert 'href="?tab=open&amp;q=%E6%A0%A1%E8%BD%A6">投诉' in page


async def test_the_numbers_are_of_what_is_narrowed(desk: World, client: Browser) -> None:
    await three(desk)
    await sign_in(client, "officer")
    page = await read(client, f"{LIST}?tab=open&kind=complaint")
    assert re.search(r'data-live="open">1<', page)
    assert re.search(r'data-live="late">1<', page)


async def test_a_search_for_a_common_word_says_that_there_are_more(
    desk: World, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(PAGE_SIZE + 5):
        await desk.opened(f"第{n}件怎么办", department=SCHOOLS)
    monkeypatch.setattr(case_filters, "COUNTED", PAGE_SIZE + 2)
    await sign_in(client, "supervisor")
    first = await read(client, f"{LIST}?tab=open&q=怎么")
    assert f">{PAGE_SIZE + 2}+<" in first
    assert f"共 {PAGE_SIZE + 2} 件以上" in first
    further = re.search(r'href="([^"]+)" rel="next"', first)
    assert further is not None
    rest = await read(client, LIST + unescape(further[1]))
    assert rest.count('class="title"') == 5
    assert f"共 {PAGE_SIZE + 5} 件<" in await read(client, f"{LIST}?tab=open")


async def test_an_officer_cannot_ask_for_another_departments_cases(
    desk: World, client: Browser
) -> None:
    await desk.opened("户口迁移", department=POLICE)
    await sign_in(client, "officer")
    assert await shown(client, f"tab=open&department={POLICE}") == []


async def test_several_cases_go_to_a_colleague_at_once(desk: World, client: Browser) -> None:
    cases = [await desk.opened(f"第{n}件", department=SCHOOLS) for n in range(3)]
    await sign_in(client, "reviewer")
    status, page = await give(client, *cases[:2], officer="officer", back="tab=new")
    assert status == 200
    assert "已办好 2 件" in page
    first = await desk.storage.case(cases[0].number)
    assert (first.state, first.officer) == (State.ACCEPTED, "officer")
    assert (await desk.storage.case(cases[2].number)).state is State.ROUTED
    await sign_in(client, "officer")
    assert await shown(client, "tab=own") == ["第0件", "第1件"]


async def test_the_dispatcher_routes_several_and_hears_of_the_one_that_moved(
    desk: World, client: Browser
) -> None:
    cases = [await desk.opened(f"第{n}件") for n in range(2)]
    seen = cases[0].version
    await desk.desk.route(
        cases[0].number, POLICE, version=seen, actor=PEOPLE["dispatcher"], now=MORNING
    )
    await sign_in(client, "dispatcher")
    status, page = await give(client, *cases, department=SCHOOLS, back="tab=mine")
    assert status == 409
    assert "已办好 1 件" in page
    assert f"{cases[0].number}</a> 没有办成" in page
    assert (await desk.storage.case(cases[0].number)).department == POLICE
    assert (await desk.storage.case(cases[1].number)).department == SCHOOLS


async def test_who_was_first_is_called_as_colleagues_call_them(
    desk: World, client: Browser
) -> None:
    wang = Person(name="wang", role=Role.OFFICER, department=SCHOOLS, display_name="王桂兰")
    known = await desk.storage.account("officer")
    assert known is not None
    await desk.storage.save_account(Account(person=wang, password_hash=known.password_hash))
    cases = [await desk.opened(f"第{n}件", department=SCHOOLS) for n in range(2)]
    await desk.desk.accept(cases[0].number, version=1, actor=wang, now=MORNING)
    await desk.desk.accept(cases[1].number, version=1, actor=PEOPLE["officer"], now=MORNING)
    await sign_in(client, "officer")
    _, page = await give(client, *cases, officer="reviewer", back="tab=mine")
    assert "王桂兰已在 11月18日 09:30 处理过" in page
    assert "您自己已在 11月18日 09:30 处理过" in page


async def test_each_row_says_where_it_would_go_and_one_click_sends_them_there(
    desk: World, client: Browser
) -> None:
    schools = await desk.opened("校车超载", suggested=SCHOOLS)
    police = await desk.opened("落户材料", suggested=POLICE)
    nobody = await desk.opened("说不清的事", suggested=POLICE, likely=0.59)
    await sign_in(client, "dispatcher")
    page = await read(client, f"{LIST}?tab=mine")
    assert [f"推荐转给{name}" in page for name in (SCHOOLS, POLICE)] == [True, True]
    picks = re.findall(r'name="pick" value="([^"]+)"', page)
    form = {"csrf": field_of(page, "csrf"), "pick": picks, "as": "suggested", "back": "tab=mine"}
    async with client.post(f"{LIST}/give", data=form) as answer:
        assert answer.status == 200
        told = await answer.text()
    assert "已办好 2 件。1 件没有推荐的部门，还留在这里" in told
    assert "没有办成" not in told
    for case, department in ((schools, SCHOOLS), (police, POLICE), (nobody, "")):
        assert (await desk.storage.case(case.number)).department == department


async def test_a_department_that_gave_a_case_back_is_not_recommended_again(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("校车超载", department=SCHOOLS)
    await desk.desk.return_to_dispatcher(
        case.number, "归公安局管", version=case.version, actor=PEOPLE["officer"], now=MORNING
    )
    await sign_in(client, "dispatcher")
    assert "推荐转给" not in await read(client, f"{LIST}?tab=mine")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"officer": "officer"}, "还没有勾选来信"),
        ({"pick": "HY-1:1"}, "请先选择要交给谁"),
        ({"pick": "HY-1:1", "officer": "nobody"}, "请先选择要交给谁"),
        ({"pick": "HY20260101-0001:1", "officer": "officer"}, "没有这件事"),
        ({"pick": "x:y", "officer": "officer"}, "没有办成"),
    ],
)
async def test_what_is_missing_is_said(
    desk: World, client: Browser, form: dict[str, str], words: str
) -> None:
    await desk.opened("校车", department=SCHOOLS)
    await sign_in(client, "officer")
    csrf = field_of(await read(client, LIST), "csrf")
    async with client.post(f"{LIST}/give", data={"csrf": csrf} | form) as answer:
        assert answer.status in {409, 422}
        assert words in await answer.text()


async def test_a_case_is_not_given_to_another_departments_officer(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("校车", department=SCHOOLS)
    await sign_in(client, "officer")
    status, page = await give(client, case, officer="officer2")
    assert status == 409
    assert "不是教育局的经办人" in page


async def test_a_view_is_kept_shown_and_forgotten(desk: World, client: Browser) -> None:
    await three(desk)
    await sign_in(client, "officer")
    back = "tab=open&kind=complaint"
    csrf = field_of(await read(client, LIST), "csrf")
    form = {"csrf": csrf, "name": " 投诉 <b>", "back": back}
    async with client.post("/console/views", data=form) as answer:
        page = await answer.text()
    assert "视图已保存" in page
    assert 'href="?tab=open&amp;kind=complaint">投诉 &lt;b&gt;</a>' in page
    await sign_in(client, "reviewer")
    assert "投诉 &lt;b&gt;" not in await read(client, LIST)
    await sign_in(client, "officer")
    csrf = field_of(await read(client, LIST), "csrf")
    async with client.post(
        "/console/views/remove", data={"csrf": csrf, "name": "投诉 <b>"}
    ) as answer:
        assert "投诉 &lt;b&gt;" not in await answer.text()


@pytest.mark.parametrize("names", [[""], [f"第{n}个" for n in range(13)]])
async def test_a_view_needs_a_name_and_there_is_an_end_to_them(
    desk: World, client: Browser, names: list[str]
) -> None:
    await sign_in(client, "officer")
    csrf = field_of(await read(client, LIST), "csrf")
    for name in names:
        async with client.post("/console/views", data={"csrf": csrf, "name": name}) as answer:
            page = await answer.text()
    assert "没有保存" in page
    assert len(await desk.storage.saved_views(viewer=PEOPLE["officer"])) == len(names) - 1


async def test_numbers_come_live_and_only_ones_own(desk: World, client: Browser) -> None:
    await three(desk)
    await desk.opened("户口迁移", department=POLICE)
    await sign_in(client, "officer")
    async with client.get("/console/live?tab=open") as answer:
        assert answer.content_type == "text/event-stream"
        told = json.loads((await answer.content.readline()).decode().removeprefix("data: "))
    assert (told["open"], told["late"], told[""]) == (3, 1, 3)
    assert "done" not in told


async def test_a_page_left_open_does_not_keep_its_session_alive(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("校车", department=SCHOOLS)
    await sign_in(client, "officer")
    path = f"{LIST}/{case.number}"
    csrf = field_of(await read(client, path), "csrf")
    for _ in range(4):
        desk.clock.advance(timedelta(minutes=10))
        async with client.post(f"{path}/keep", data={"csrf": csrf}) as answer:
            status = answer.status
    assert status == 401
    await sign_in(client, "officer")
    csrf = field_of(await read(client, path), "csrf")
    for _ in range(4):
        desk.clock.advance(timedelta(minutes=10))
        async with client.post(f"{path}/keep", data={"csrf": csrf, "text": "写着"}) as answer:
            assert answer.status == 200
