"""What the public sees, and what every page keeps to: headers, size, words for trouble."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from cases.case import Kind
from cases.figures import DepartmentFigures, Figures
from cases.wording import text_hash
from console.deps import KnowledgeStatus
from console.public.public import rate_of, total_of
from console.words import moment
from tests.values.console import MORNING, PEOPLE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, read, sign_in


async def replied(desk: World) -> str:
    case = await desk.drafted("我叫张三，手机 13800000000，转学怎么办", "请到教育局一楼办理。")
    await desk.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(case.draft),
        actor=PEOPLE["reviewer"],
        now=MORNING,
    )
    return case.number


async def test_open_cases_past_their_time_count_as_late(desk: World, client: Browser) -> None:
    await replied(desk)
    received = MORNING - timedelta(days=20)
    await desk.opened("逾期的投诉", department=SCHOOLS, kind=Kind.COMPLAINT, received_at=received)
    await desk.opened("刚来的", department=SCHOOLS)
    async with client.get("/public/") as answer:
        page = await answer.text()
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert "Set-Cookie" not in answer.headers
    assert re.search(r"按期答复率</span><b>50%", page)
    assert "逾期的投诉" not in page


async def test_what_was_answered_the_same_day_took_no_zero_days(
    desk: World, client: Browser
) -> None:
    await replied(desk)
    page = await (await client.get("/public/")).text()
    assert re.search(r"答复用时</span><b>当天</b><small>一半在这之内答复，九成在当天；", page)


def test_a_rate_is_rounded_down_and_unknown_while_nothing_was_due() -> None:
    most = DepartmentFigures(department="a", received=300, replied=200, replied_in_time=199)
    assert rate_of(most) == 99
    assert rate_of(DepartmentFigures(department="a", received=3)) is None
    late = DepartmentFigures(department="b", received=1, overdue=1)
    assert rate_of(late) == 0
    assert rate_of(total_of(Figures(departments=(most, late)))) == 99


async def test_visitors_cost_the_database_one_look_a_minute(desk: World) -> None:
    looks = []

    class Counting:
        async def figures(self, **period: object) -> Figures:
            looks.append(period)
            return Figures()

    desk.deps = replace(desk.deps, figures=Counting())
    async with browser(desk) as client:
        for _ in range(5):
            await client.get("/public/?period=year")
        assert len(looks) == 1
        desk.clock.advance(timedelta(minutes=1))
        await client.get("/public/?period=year")
    assert len(looks) == 2


async def test_the_page_says_when_its_figures_were_counted(desk: World) -> None:
    async with browser(desk) as client:
        assert "数字截至 2026年11月18日 09:30。" in await read(client, "/public/")
        desk.clock.advance(timedelta(minutes=2))
        await desk.opened("入学报名", department=SCHOOLS)
        page = await read(client, "/public/")  # the new case is counted, the chart is older
    assert "<span>登记来信</span><b>1</b>" in page
    assert "数字截至 2026年11月18日 09:32；" in page
    assert "每周的图截至 2026年11月18日 09:30，" in page


async def test_the_directory_names_every_department(client: Browser) -> None:
    page = await (await client.get("/public/departments")).text()
    assert SCHOOLS in page
    assert "tel:0500-00000109" in page


@pytest.mark.parametrize(
    "path",
    ["/console/sign-in", "/console/none", "/console/static/desk.css", "/public/", "/public/x"],
)
async def test_every_answer_carries_the_security_headers(client: Browser, path: str) -> None:
    async with client.get(path, allow_redirects=False) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_pages_are_not_kept_and_files_are(client: Browser) -> None:
    await sign_in(client, "officer")
    async with client.get("/console/") as answer:
        page = await answer.text()
        assert answer.headers["Cache-Control"] == "no-store"
    style = re.search(r'href="(/console/static/desk.css[^"]*)"', page)
    assert style is not None
    async with client.get(style[1]) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    assert (await client.get("/console/static/..%2Fpages.py")).status == 404


async def test_the_first_page_with_all_its_files_stays_small(client: Browser) -> None:
    await sign_in(client, "officer")
    page = await (await client.get("/console/")).text()
    files = set(re.findall(r'(?:href|src)="(/console/static/[^"]+)"', page))
    sizes = [len(await (await client.get(path)).read()) for path in files]
    assert len(files) >= 3
    assert len(page.encode()) + sum(sizes) < 150 * 1024


async def test_no_page_asks_anybody_else_for_anything(client: Browser) -> None:
    for path in ("/console/sign-in", "/public/", "/public/departments"):
        page = await (await client.get(path)).text()
        outside = re.findall(r'(?:src|href|action)="(?!/|\?|#|tel:)([^"]+)"', page)
        assert outside == []
        assert "style=" not in page


async def test_a_missing_page_says_what_to_do(client: Browser) -> None:
    await sign_in(client, "officer")
    async with client.get("/console/cases/HY20260101-0001") as answer:
        assert answer.status == 404
        assert "请核对编号" in await answer.text()


async def test_a_breakdown_tells_no_secrets(desk: World) -> None:
    async def broken(_: str) -> None:
        raise RuntimeError("secret of the house")

    desk.deps = replace(desk.deps, search=broken)  # type: ignore[arg-type]  # it only fails
    async with browser(desk) as client:
        await sign_in(client, "curator")
        async with client.get("/console/try?q=x") as answer:
            page = await answer.text()
            assert answer.status == 500
    assert "secret of the house" not in page
    assert "问题编号" in page


async def test_a_broken_public_page_stays_a_page(desk: World) -> None:
    class Broken:
        async def figures(self, **_: object) -> Figures:
            raise RuntimeError("secret of the house")

    desk.deps = replace(desk.deps, figures=Broken())
    async with browser(desk) as client, client.get("/public/") as answer:
        assert answer.status == 500
        assert "暂时打不开" in await answer.text()


async def test_a_form_that_is_too_large_is_refused_in_words(client: Browser) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    async with client.post(
        "/console/sign-in", headers=kind, data=BytesIO(b"x" * 1_200_000)
    ) as answer:
        assert answer.status == 413
        assert "太大了" in await answer.text()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--y nothing"),
        ("application/x-www-form-urlencoded; charset=klingon", b"csrf=1"),
        ("application/x-www-form-urlencoded", b"csrf=\xff\xfe%FF&\x00"),
        ("text/plain", b"\xff"),
    ],
)
async def test_a_form_that_cannot_be_read_breaks_nothing(
    client: Browser, kind: str, body: bytes
) -> None:
    headers = {"Content-Type": kind}
    async with client.post("/console/sign-in", headers=headers, data=body) as answer:
        assert answer.status in {400, 401, 403}
        assert "<h1>" in await answer.text()


async def test_a_wrong_method_is_refused_in_words(client: Browser) -> None:
    async with client.post("/console/cases", data={}) as answer:
        assert answer.status == 405


async def test_the_first_page_tells_when_search_is_by_words_alone(desk: World) -> None:
    desk.deps = replace(desk.deps, status=lambda: KnowledgeStatus(degraded=True, reason="连不上"))
    async with browser(desk) as client:
        await sign_in(client, "curator")
        page = await (await client.get("/console/")).text()
    assert "按字词检索" in page
    assert "连不上" in page


async def test_the_first_page_tells_when_next_years_calendar_is_missing(client: Browser) -> None:
    await sign_in(client, "supervisor")
    assert "2027 年的放假通知还没有录入" in await (await client.get("/console/")).text()


@pytest.mark.parametrize("door", ["/console", "/public"])
async def test_the_address_without_its_last_stroke_leads_in(client: Browser, door: str) -> None:
    async with client.get(door, allow_redirects=False) as answer:
        assert answer.headers["Location"] == f"{door}/"


def test_another_year_is_named() -> None:
    now = MORNING
    assert moment(now - timedelta(days=400), now=now) == "2025年10月14日 周二 09:30"
    assert moment(now + timedelta(days=1), now=now) == "明天 09:30"
    assert moment(None, now=now) == ""
