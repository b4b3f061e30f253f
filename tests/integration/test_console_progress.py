"""The citizen's own progress page, by signed link: what became of it, and nobody's name."""

import re
from datetime import timedelta

import pytest

from cases.case import Case
from cases.desk import Purpose
from cases.wording import text_hash
from console import sign_case
from console.signing import read_case
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS, SECRET
from tests.worlds.console import World
from tests.worlds.console_client import Browser, read

OFFICER, REVIEWER, BOSS = PEOPLE["officer"], PEOPLE["reviewer"], PEOPLE["supervisor"]
PROGRESS = "已到现场量过，检测结果下周三出来。"


async def approved(desk: World, case: Case) -> Case:
    return await desk.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(case.draft),
        actor=REVIEWER,
        now=desk.clock.now,
    )


async def replied(desk: World) -> str:
    case = await desk.drafted("我叫张三，手机 13800000000，转学怎么办", "请到教育局一楼办理。")
    return (await approved(desk, case)).number


async def steps(client: Browser, number: str) -> list[str]:
    """What the page lists, the newest first."""
    page = await read(client, f"/public/case/{sign_case(number, SECRET)}")
    return re.findall(r"<li><b>(.*?)</b>", page)


async def test_a_signed_link_shows_the_reply_and_nothing_about_the_person(
    desk: World, client: Browser
) -> None:
    number = await replied(desk)
    async with client.get(f"/public/case/{sign_case(number, SECRET)}") as answer:
        page = await answer.text()
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "请到教育局一楼办理。" in page
    assert not any(secret in page for secret in ("张三", "13800000000", "o-citizen-1", "officer"))


async def test_the_progress_page_offers_to_reopen_only_what_can_be(
    desk: World, client: Browser
) -> None:
    link = f"/public/case/{sign_case(await replied(desk), SECRET)}"
    for days, words in ((14, "没有解决？在公众号里直接回复"), (16, "这一件不能再重新办理")):
        desk.clock.now = MORNING + timedelta(days=days)
        async with client.get(link) as answer:
            assert words in await answer.text(), days


@pytest.mark.parametrize("end", ["", ".", ".AAAA", "x", ".汉字"])
async def test_a_link_without_our_signature_shows_nothing(
    desk: World, client: Browser, end: str
) -> None:
    number = await replied(desk)
    async with client.get(f"/public/case/{number}{end}") as answer:
        assert answer.status == 404
        assert number not in await answer.text()


def test_a_signature_belongs_to_one_number_and_one_secret() -> None:
    signed = sign_case("HY20261118-0001", SECRET)
    assert read_case(signed, SECRET) == "HY20261118-0001"
    assert read_case(signed, b"another") is None
    assert read_case(signed.replace("0001", "0002"), SECRET) is None


async def test_a_signed_number_that_does_not_exist_is_not_found(client: Browser) -> None:
    signed = sign_case("HY20261118-9999", SECRET)
    assert (await client.get(f"/public/case/{signed}")).status == 404


async def test_the_page_tells_the_steps_that_concern_the_citizen(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("孩子上小学要带什么材料", department=POLICE)
    now = {"now": MORNING}
    case = await desk.desk.route(
        case.number, SCHOOLS, "查过职责", version=1, actor=PEOPLE["dispatcher"], **now
    )
    case = await desk.desk.accept(case.number, version=case.version, actor=OFFICER, **now)
    case = await desk.desk.ask_extension(
        case.number, 3, "等检测", version=case.version, actor=OFFICER, progress=PROGRESS, **now
    )
    case = await desk.desk.extend(
        case.number, 3, "同意等检测", version=case.version, actor=BOSS, **now
    )
    case = await desk.desk.draft(
        case.number, "请问是哪所学校？", version=case.version, actor=OFFICER,
        purpose=Purpose.QUESTION, **now,
    )  # fmt: skip
    case = await approved(desk, case)
    added = desk.desk.prepare_addition(case, text="实验小学，我叫张三", now=MORNING)
    await desk.storage.write_change(added)
    assert await steps(client, case.number) == [
        "收到您的补充，接着办理",
        "请您补充情况",
        "还需要一些时间，最晚11月30日答复您",
        "部门已受理",
        f"转给{SCHOOLS}",
        f"收到您的来信，转给{POLICE}",
    ]
    page = await read(client, f"/public/case/{sign_case(case.number, SECRET)}")
    assert PROGRESS in page
    assert 'href="tel:0500-00000109"' in page
    inside = ("查过职责", "等检测", "officer", "reviewer", "dispatcher", "实验小学", "张三")
    assert [words for words in inside if words in page.replace(PROGRESS, "")] == []


async def test_whoever_waits_for_the_same_reply_reads_the_progress_too(
    desk: World, client: Browser
) -> None:
    lead = await desk.opened("校车超载", department=SCHOOLS)
    other = await desk.opened("校车太挤了", department=SCHOOLS, citizen="o-citizen-2")
    by = {"actor": OFFICER, "now": MORNING}
    await desk.desk.merge(other.number, lead.number, version=1, **by)
    lead = await desk.storage.case(lead.number)
    lead = await desk.desk.ask_extension(
        lead.number, 3, "等检测", version=lead.version, progress=PROGRESS, **by
    )
    await desk.desk.extend(lead.number, 3, "同意", version=lead.version, actor=BOSS, now=MORNING)
    for case in (lead, other):
        assert PROGRESS in await read(client, f"/public/case/{sign_case(case.number, SECRET)}")


async def test_progress_that_the_supervisor_kept_back_is_not_on_the_page(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("孩子上小学要带什么材料", department=SCHOOLS)
    case = await desk.desk.ask_extension(
        case.number, 3, "等检测", version=1, actor=OFFICER, progress=PROGRESS, now=MORNING
    )
    await desk.desk.extend(
        case.number, 3, "同意", version=case.version, actor=BOSS, now=MORNING, silent=True
    )
    assert PROGRESS not in await read(client, f"/public/case/{sign_case(case.number, SECRET)}")


async def test_a_reply_that_was_taken_back_was_never_given(desk: World, client: Browser) -> None:
    case = await desk.drafted("转学怎么办", "请到教育局一楼办理。")
    case = await approved(desk, case)
    desk.clock.advance(timedelta(days=3))  # it waits for the citizen's next message
    await desk.desk.withdraw(case.number, version=case.version, actor=REVIEWER, now=desk.clock.now)
    assert await steps(client, case.number) == ["部门已受理", f"收到您的来信，转给{SCHOOLS}"]


async def test_who_says_that_it_is_not_solved_sees_the_new_day(
    desk: World, client: Browser
) -> None:
    number = await replied(desk)
    case = await desk.storage.case(number)
    again = desk.desk.prepare_reopening(case, now=MORNING + timedelta(days=1), text="还没办好")
    await desk.storage.write_change(again)
    newest, before, *_ = await steps(client, number)
    assert (newest, before) == ("重新办理，最晚11月26日答复您", "已答复")
