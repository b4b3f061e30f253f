"""The calendar's page: every day with its source, and a notice seen before it counts."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from aiohttp import FormData
from docx import Document

from tests.values.console import SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, read, sign_in

CALENDAR = "/console/calendar"
LATE_DECEMBER = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
NOTICE = (
    "国务院办公厅关于2027年部分节假日安排的通知\n国办发明电〔2026〕9号\n"
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
    "二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。\n"
)


@pytest.fixture
async def desk(desk: World) -> World:
    desk.clock.now = LATE_DECEMBER
    return desk


async def test_a_published_year_names_its_source_and_make_up_days(client: Browser) -> None:
    await sign_in(client, "officer")
    page = await read(client, f"{CALENDAR}?year=2026")
    assert "由 holidays" in page
    assert "10月10日" in page.partition("调休上班</dt>")[2]
    assert "暂定" not in page.partition("年的依据")[2]


async def test_a_year_without_a_notice_is_marked_provisional(client: Browser) -> None:
    await sign_in(client, "officer")
    page = await read(client, f"{CALENDAR}?year=2027")
    assert "2027 年是暂定的" in page
    assert "粘贴通知全文" not in page  # not an officer's to load


async def test_a_notice_is_shown_with_the_cases_it_moves_and_then_loaded(
    desk: World, client: Browser
) -> None:
    # Five working days from 28 December: 29, 30, 31 and two in January.
    case = await desk.opened("年底的事", department=SCHOOLS)
    assert (case.due_date, case.provisional) == (date(2027, 1, 5), True)
    shifted = NOTICE.replace("至3日（周日）", "至4日（周一）")
    await sign_in(client, "supervisor")
    _, page = await post(client, CALENDAR, f"{CALENDAR}/preview", text=shifted)
    assert "1 件没办结的来信会换期限" in page
    assert f"/console/cases/{case.number}" in page
    assert "1月4日改为休息" in page
    assert await desk.storage.notices() == {}
    packed = {"notice": field_of(page, "notice").replace("&#34;", '"')}
    _, page = await post(client, CALENDAR, f"{CALENDAR}/import", **packed)
    assert "1 件没办结的来信重算了期限" in page
    assert "国办发明电〔2026〕9号" in page
    moved = await desk.storage.case(case.number)
    assert (moved.due_date, moved.provisional) == (date(2027, 1, 6), False)
    assert [e.step for e in await desk.storage.events(case.number)][-1] == "recount"


async def test_an_administrator_sees_how_many_move_but_not_which(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("年底的事", department=SCHOOLS)
    shifted = NOTICE.replace("至3日（周日）", "至4日（周一）")
    await sign_in(client, "administrator")
    _, page = await post(client, CALENDAR, f"{CALENDAR}/preview", text=shifted)
    assert "1 件没办结的来信会换期限" in page
    assert case.number not in page
    assert SCHOOLS not in page.partition("<main")[2]


async def test_a_file_in_json_is_read_too(desk: World, client: Browser) -> None:
    await sign_in(client, "administrator")
    token = field_of(await read(client, CALENDAR), "csrf")
    form = FormData()
    form.add_field("csrf", token)
    form.add_field("text", "")
    notice = '{"year": 2027, "source": "县里的通知", "off": ["2027-01-01"], "work": []}'
    form.add_field("file", notice.encode(), filename="2027.json")
    async with client.post(f"{CALENDAR}/preview", data=form) as answer:
        page = await answer.text()
    assert (answer.status, "县里的通知" in page) == (200, True)


async def uploaded(client: Browser, content: bytes, name: str) -> tuple[int, str]:
    form = FormData()
    form.add_field("csrf", field_of(await read(client, CALENDAR), "csrf"))
    form.add_field("text", "")
    form.add_field("file", BytesIO(content), filename=name)
    async with client.post(f"{CALENDAR}/preview", data=form) as answer:
        return answer.status, await answer.text()


async def test_a_notice_is_read_from_a_word_file(client: Browser) -> None:
    document, file = Document(), BytesIO()
    for line in NOTICE.splitlines():
        document.add_paragraph(line)
    document.save(file)
    await sign_in(client, "administrator")
    status, page = await uploaded(client, file.getvalue(), "通知.docx")
    assert (status, "国办发明电〔2026〕9号" in page) == (200, True)
    assert "2027年2月5日至2月11日" in page


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "这个文件是空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "这个文件里不是文字"),
        (b"PK\x03\x04" + b"x" * 99, "这个文件打不开"),
        (b"x" * 1_000_001, "不像放假通知"),
        ("明年照旧".encode("gb18030"), "没看懂这份通知"),
        (NOTICE.replace("2月5日", "2月30日").encode(), "2027 年没有 2 月 30 日这一天"),
        (NOTICE.replace("1月31日", "2月6日").encode("gb18030"), "2月6日既写了放假，又写了上班"),
        (NOTICE.replace("至11日", "至9月11日").encode(), "从2月5日到9月11日，不像一个假期"),
    ],
    ids=["empty", "picture", "broken", "large", "another text", "no day", "both", "too long"],
)
async def test_what_is_wrong_with_an_uploaded_notice_is_said(
    desk: World, client: Browser, content: bytes, says: str
) -> None:
    await sign_in(client, "administrator")
    status, page = await uploaded(client, content, "通知")
    assert (status, says in page) == (422, True)
    assert "\x00" not in page
    assert await desk.storage.notices() == {}


async def test_what_is_no_notice_is_refused_and_kept_in_the_form(client: Browser) -> None:
    await sign_in(client, "administrator")
    status, page = await post(client, CALENDAR, f"{CALENDAR}/preview", text="明年照旧放假吧 2027年")
    assert (status, "没看懂这份通知" in page, "明年照旧放假吧" in page) == (422, True, True)
