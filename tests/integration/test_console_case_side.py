"""Beside a case: what others wrote, what may be put into a reply, notes, and unfinished drafts."""

import re
from datetime import timedelta

import pytest

from cases.case import Case
from cases.people import Account, Person, Role
from console.cases.one_matter import may_be_one_matter
from tests.browser.screens import Screens
from tests.values.console import PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, read, sign_in

REPLY = "您好！请带户口簿到片区小学报名。"


def case_path(case: Case, step: str = "") -> str:
    return f"/console/cases/{case.number}" + (f"/{step}" if step else "")


async def accepted(desk: World, text: str = "孩子上小学要带什么材料") -> Case:
    case = await desk.opened(text, department=SCHOOLS)
    return await desk.desk.accept(
        case.number, version=case.version, actor=PEOPLE["officer"], now=desk.clock.now
    )


async def keep(client: Browser, case: Case, **form: str) -> dict[str, object]:
    page = await read(client, case_path(case))
    hidden = {"csrf": field_of(page, "csrf"), "version": field_of(page, "version")}
    async with client.post(case_path(case, "keep"), data=hidden | form) as answer:
        assert answer.status == 200
        told = await answer.json()
        assert isinstance(told, dict)
        return told


def text_in_box(page: str) -> str:
    found = re.search(r'<textarea[^>]*id="draft-text"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return found[1]


async def test_an_entry_goes_into_the_draft_without_scripts_and_keeps_its_source(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    page = await read(client, f"{case_path(case)}?insert=entry-e1")
    assert text_in_box(page).startswith("带户口簿、房产证明")
    source = field_of(page, "source")
    assert source == "条目 e1 第 1 版"
    await post(client, case_path(case), case_path(case, "draft"), text=REPLY, source=source)
    assert f"引用：{source}" in await read(client, case_path(case))
    assert (await desk.storage.events(case.number))[-1].details["sources"] == source


async def test_an_answered_case_like_it_is_offered(desk: World, client: Browser) -> None:
    old = await desk.drafted("孩子上小学要带哪些材料", REPLY)
    await sign_in(client, "reviewer")
    await post(client, case_path(old), case_path(old, "review"))
    case = await accepted(desk)
    await sign_in(client, "officer")
    page = await read(client, f"{case_path(case)}?insert=case-{old.number}")
    assert text_in_box(page) == REPLY


async def test_the_citizens_other_cases_are_within_the_department(
    desk: World, client: Browser
) -> None:
    await desk.opened("户口怎么迁", department=POLICE)
    await desk.opened("校车几点", department=SCHOOLS)
    case = await accepted(desk)
    await sign_in(client, "officer")
    page = await read(client, case_path(case))
    assert "校车几点" in page
    assert "户口怎么迁" not in page


async def test_letters_of_other_citizens_about_one_thing_are_named(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk, "幸福路小学门口的校车每天早上超载")
    await desk.opened("幸福路小学校车超载没人管", department=SCHOOLS, citizen="o-citizen-2")
    await sign_in(client, "officer")
    page = await read(client, case_path(case))
    assert "可能是同一件事" in page
    assert "校车超载没人管" in page


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("幸福路小学门口的校车每天早上超载", "幸福路小学校车超载没人管", True),
        ("幸福路的路灯坏了三天了", "幸福路路灯晚上不亮", True),
        ("幸福路的路灯坏了三天了", "建设街路灯晚上不亮", False),
        ("身份证丢了怎么补", "结婚证丢了怎么补办", False),
        (
            "我要投诉：金穗小区门口的路灯坏了半个月，晚上黑得看不见路，没人修",
            "投诉金穗小区大门口那一排路灯不亮了，天黑摔了好几个人，怎么没人管",
            True,
        ),
        ("幸福苑3号楼电梯停了三天，老人下不了楼", "幸福苑小区3栋电梯坏了没人修", True),
        ("建设街与人民路交叉口信号灯不亮", "人民路和建设街路口的红绿灯坏了", True),
        ("新城花园对面烧烤摊油烟太大", "新城花园门口夜市烧烤吵得睡不着", True),
        ("金穗小区门口的路灯坏了", "金穗小区停车乱收费", False),
        ("我要投诉金穗小区物业没人管门口的垃圾", "金穗小区门口路灯不亮，投诉多次没人管", False),
        ("石塘镇的路灯坏了晚上不亮", "紧水滩镇的路灯坏了晚上不亮", False),
    ],
)
def test_one_matter_is_much_the_same_words_or_some_at_one_place(
    one: str, other: str, alike: bool
) -> None:
    assert may_be_one_matter(one, other) is alike
    assert may_be_one_matter(other, one) is alike


async def test_a_note_reaches_whom_it_names(desk: World, client: Browser) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    status, page = await post(
        client, case_path(case), case_path(case, "notes"), text="@reviewer 请看看口径"
    )
    assert status == 200
    assert "请看看口径" in page
    await desk.deps.watch.round(desk.clock.now)
    told = [each.message for each in await desk.storage.reminders_of("reviewer", limit=5)]
    (note,) = [each for each in told if each.kind == "note"]
    assert note.link == f"{case_path(case)}#notes"
    assert "口径" not in note.title + note.text


async def test_opening_a_case_reads_what_one_was_told_of_it(desk: World, client: Browser) -> None:
    case = await accepted(desk)
    await desk.storage.write_change(
        desk.desk.prepare_addition(case, text="还要什么", now=desk.clock.now)
    )
    await desk.deps.watch.round(desk.clock.now)
    await desk.storage.read_reminders("officer", now=desk.clock.now, case="HY-another")
    before = await desk.storage.unread_reminders("officer")
    await sign_in(client, "officer")
    await read(client, case_path(case))
    assert await desk.storage.unread_reminders("officer") == before - 1


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@reviewer请看看口径", ("reviewer",)),
        ("@reviewer，@supervisor 看看", ("reviewer", "supervisor")),
        ("材料发到 li@example.com 了", ()),
    ],
)
async def test_a_name_runs_on_into_the_words_after_it_and_an_address_names_nobody(
    desk: World, client: Browser, text: str, mentions: tuple[str, ...]
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    await post(client, case_path(case), case_path(case, "notes"), text=text)
    (note,) = await desk.storage.notes(case.number, viewer=PEOPLE["officer"])
    assert note.mentions == mentions


async def test_a_colleague_is_ticked_instead_of_typed(desk: World, client: Browser) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    page = await read(client, case_path(case))
    assert '<input type="checkbox" name="mention" value="reviewer">' in page
    assert 'value="officer2"' not in page
    status, _ = await post(
        client, case_path(case), case_path(case, "notes"), text="请看口径", mention="reviewer"
    )
    assert status == 200
    (note,) = await desk.storage.notes(case.number, viewer=PEOPLE["officer"])
    assert note.mentions == ("reviewer",)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"text": "@officer2 看看"}, "officer2（公安局）看不到来信"),
        ({"text": "看看", "mention": "officer2"}, "请先“请其他部门协办”"),
        ({"text": "@没有这人 看看"}, "没有找到“@没有这人”"),
    ],
)
async def test_who_cannot_see_the_case_is_told_so_and_the_note_stays_in_its_box(
    desk: World, client: Browser, form: dict[str, str], told: str
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    status, page = await post(client, case_path(case), case_path(case, "notes"), **form)
    assert status == 422
    assert told in page
    assert form["text"] in page


async def test_two_people_of_one_name_are_told_apart_by_a_tick(
    desk: World, client: Browser
) -> None:
    known = await desk.storage.account("reviewer")
    assert known is not None
    for name in ("wang1", "wang2"):
        person = Person(name=name, role=Role.OFFICER, department=SCHOOLS, display_name="王伟")
        await desk.storage.save_account(Account(person=person, password_hash=known.password_hash))
    case = await accepted(desk)
    await sign_in(client, "officer")
    notes = case_path(case, "notes")
    _, page = await post(client, case_path(case), notes, text="@王伟 看看")
    assert "有 2 位“王伟”" in page
    status, _ = await post(client, case_path(case), notes, text="看看", mention="wang2")
    (note,) = await desk.storage.notes(case.number, viewer=PEOPLE["officer"])
    assert (status, note.mentions) == (200, ("wang2",))


async def test_at_in_a_note_offers_names_to_pick(screen: Screens) -> None:
    case = await accepted(screen.desk)
    visitor = await screen.visitor()
    await visitor.sign_in("officer")
    await visitor.go(f"/console/cases/{case.number}")
    page = visitor.page
    await page.click("#note-text")
    await page.keyboard.type("请 @rev")
    assert await page.inner_text("#note-names") == "reviewer"
    await visitor.looks_right_everywhere()
    await page.keyboard.press("Enter")
    await page.keyboard.type("看看")
    assert await page.input_value("#note-text") == "请 @reviewer 看看"
    await page.click(".mentions summary")
    await visitor.looks_right_everywhere()
    await visitor.press("note")
    (note,) = await screen.desk.storage.notes(case.number, viewer=PEOPLE["officer"])
    assert note.mentions == ("reviewer",)


@pytest.mark.parametrize("text", ["@officer2 看看", "@没有这人 看看", "   ", "甲" * 10_001])
async def test_a_note_that_cannot_be_left_is_typed_again_by_nobody(
    desk: World, client: Browser, text: str
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    status, page = await post(client, case_path(case), case_path(case, "notes"), text=text)
    assert status == 422
    assert text.strip() in page
    assert await desk.storage.notes(case.number, viewer=PEOPLE["officer"]) == []


async def test_what_was_being_written_is_in_the_box_on_any_computer(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    told = await keep(client, case, text="写到一半", purpose="question", source="来信 x")
    assert told["saved"] == "今天 09:30"
    await sign_in(client, "officer")
    page = await read(client, case_path(case))
    assert text_in_box(page) == "写到一半"
    assert re.search(r'value="question" checked', page)
    assert "没有提交的文字" in page
    await post(client, case_path(case), case_path(case, "draft"), text="写完了")
    assert await desk.storage.kept_drafts(viewer=PEOPLE["officer"]) == []


async def test_a_draft_kept_before_somebody_moved_the_case_says_so(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    await keep(client, case, text="写到一半")
    await desk.desk.sort(
        case.number, "入学", version=case.version, actor=PEOPLE["reviewer"], now=desk.clock.now
    )
    assert "您写这段文字之后，reviewer今天 09:30“归类”了" in await read(client, case_path(case))


async def test_two_people_at_one_case_are_told_of_each_other(desk: World, client: Browser) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    assert (await keep(client, case, writing="yes"))["others"] == []
    await sign_in(client, "reviewer")
    assert (await keep(client, case))["others"] == ["officer正在写"]
    assert "officer正在写" in await read(client, case_path(case))
    desk.clock.advance(timedelta(minutes=2))
    assert (await keep(client, case))["others"] == []


async def test_keeping_on_a_case_that_is_gone_says_so(desk: World, client: Browser) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    csrf = field_of(await read(client, case_path(case)), "csrf")
    await desk.desk.return_to_dispatcher(
        case.number, "不归我们", version=case.version, actor=PEOPLE["officer"], now=desk.clock.now
    )
    async with client.post(case_path(case, "keep"), data={"csrf": csrf, "text": "x"}) as answer:
        assert answer.status == 404
        assert "已经不在您的部门" in (await answer.json())["lost"]
