"""A citizen whose letter went into another's about the same is still heard, and told the day."""

from cases.case import Case, State
from cases.ports import CaseFilter
from cases.wording import text_hash
from cases.work_calendar import CHINA_TIME
from tests.values.comments import filed, listed
from tests.values.console import PEOPLE, SCHOOLS
from tests.worlds.chat import LABOUR, OFFICER, REVIEWER, SUPERVISOR, Chat
from tests.worlds.console import World
from tests.worlds.console_client import Browser, read, sign_in


async def merged(chat: Chat) -> tuple[Case, Case]:
    """The letter that leads, accepted, and the one of another citizen that went into it."""
    for citizen in ("o-wang", "o-li"):
        await chat.says("我要投诉，老板拖欠工资三个月不给", citizen=citizen)
    lead, other = sorted(await chat.cases(), key=lambda case: case.number)
    assert [case.department for case in (lead, other)] == [LABOUR, LABOUR]
    lead = await chat.desk.accept(lead.number, version=lead.version, actor=OFFICER, now=chat.now)
    other = await chat.desk.merge(
        other.number, lead.number, version=other.version, actor=OFFICER, now=chat.now
    )
    return await chat.storage.case(lead.number), other


async def test_what_a_merged_citizen_adds_joins_their_letter(chat: Chat) -> None:
    _, other = await merged(chat)
    reply = await chat.says("补充 工地在城东三路，一共六个人", citizen="o-li")
    assert other.number in reply
    assert "和同一件事合并办理，有了答复就发给您" in reply
    assert len(await chat.cases()) == 2
    lines = await chat.storage.conversation(other.number, viewer=SUPERVISOR)
    assert lines[-2].text == "补充 工地在城东三路，一共六个人"
    assert (await chat.storage.case(other.number)).state is State.MERGED
    assert (await chat.storage.verify(now=chat.now)).violations == []


async def test_the_reply_reaches_a_merged_citizen_who_added_something(chat: Chat) -> None:
    lead, other = await merged(chat)
    await chat.says("补充 工地在城东三路，一共六个人", citizen="o-li")
    lead = await chat.desk.draft(
        lead.number, "已责令补发。", version=lead.version, actor=OFFICER, now=chat.now
    )
    await chat.desk.review(
        lead.number, version=lead.version, draft_hash=text_hash(lead.draft), actor=REVIEWER,
        now=chat.now,
    )  # fmt: skip
    assert {each.citizen for each in await chat.deliveries()} == {"o-wang", "o-li"}
    assert (await chat.storage.case(other.number)).reply == "已责令补发。"


async def test_two_people_stand_behind_what_is_said_under_a_merged_comment(desk: World) -> None:
    await filed(desk.storage, listed(1), listed(2))
    lead, other = await desk.storage.cases(CaseFilter(), viewer=PEOPLE["supervisor"])
    by = {"actor": PEOPLE["officer"], "now": desk.clock.now}
    await desk.desk.merge(other.number, lead.number, version=1, **by)
    lead = await desk.desk.accept(lead.number, version=2, **by)
    lead = await desk.desk.draft(lead.number, "带上户口簿。", version=lead.version, **by)
    by["actor"] = PEOPLE["reviewer"]
    digest = text_hash(lead.draft)
    lead = await desk.desk.review(lead.number, version=lead.version, draft_hash=digest, **by)
    assert (await desk.storage.case(other.number)).drafted_by == "officer"
    assert (await desk.storage.verify(now=desk.clock.now)).violations == []
    await desk.desk.withdraw(lead.number, version=lead.version, **by)
    assert (await desk.storage.case(other.number)).drafted_by == ""


async def test_a_delay_into_a_year_without_notice_is_told_with_its_doubt(chat: Chat) -> None:
    chat.now = chat.now.replace(month=12, day=24)
    lead, _ = await merged(chat)
    await chat.desk.extend(
        lead.number, 3, "等鉴定", version=lead.version, actor=SUPERVISOR, now=chat.now
    )
    told = {each.citizen: each.text for each in await chat.deliveries()}
    assert "节假日安排公布后可能调整" in told["o-wang"]
    assert "节假日安排公布后可能调整" in told["o-li"]
    assert chat.now.astimezone(CHINA_TIME).year == 2026


async def test_the_page_of_the_letter_that_leads_tells_what_the_others_said(
    desk: World, client: Browser
) -> None:
    lead = await desk.opened("校车超载", department=SCHOOLS)
    other = await desk.opened("校车太挤了，司机还抽烟", department=SCHOOLS, citizen="o-citizen-2")
    await desk.desk.merge(
        other.number, lead.number, version=1, actor=PEOPLE["officer"], now=desk.clock.now
    )
    await sign_in(client, "officer")
    page = await read(client, f"/console/cases/{lead.number}")
    assert "司机还抽烟" in page.split("并入这一件的来信")[1].split("</section>")[0]
