"""Nudges before WeChat's push window closes, by the office hours of whoever is to act."""

import asyncio
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.case import Case
from cases.department import Department
from cases.supervision.office_hours import read_hours
from cases.supervision.windows import LEAD, WINDOW, Nudges, nudge_at
from cases.work_calendar import CHINA_TIME, WorkCalendar
from handlers.message import Message, MessageKind
from handlers.settlement import Outcome, Settlement
from tests.worlds.watch import PEOPLE, SCHOOLS, Office, china

CALENDAR = WorkCalendar()
USUAL = (time(8, 30), time(17, 30))
COUNTY = read_hours("工作日 8:30—12:00，14:00—17:30", otherwise=USUAL)


async def wrote(office: Office, number: int = 1) -> None:
    """The citizen writes now, which opens a window of 48 hours."""
    message = Message(
        account="main",
        citizen="o1",
        receiver="gh_main",
        kind=MessageKind.TEXT,
        created_at=office.now,
        text="孩子上学",
        message_id=str(number),
    )
    until = office.now + timedelta(minutes=1)
    accepted = await office.storage.accept(message, now=office.now, claim_until=until)
    ended = Settlement(
        outcome=Outcome.CHATTED, reply="好", citizen=accepted.citizen, settled_at=office.now
    )
    await office.storage.settle(accepted.id, ended)


async def look(office: Office, now: datetime, accounts: tuple[str, ...] = ("main",)) -> int:
    nudges = Nudges(store=office.storage, watch=office.watch, accounts=accounts)
    return await nudges.round(now)


@pytest.mark.parametrize(
    ("closes", "nudged"),
    [
        (china(9, 9, 15, 30), china(9, 9, 11, 30)),  # 90 minutes after noon, 30 before it
        (china(9, 9, 17, 30), china(9, 9, 15, 30)),
        (china(9, 9, 22), china(9, 9, 15, 30)),  # in the evening: that afternoon
        (china(9, 13, 10), china(9, 11, 15, 30)),  # Sunday: on Friday afternoon
        (china(9, 9, 9), china(9, 8, 16)),  # half an hour of the morning, 90 min the day before
    ],
)
def test_two_office_hours_are_left_when_the_officer_is_nudged(
    closes: datetime, nudged: datetime
) -> None:
    assert nudge_at(closes, COUNTY, CALENDAR) == nudged


def test_a_window_without_office_hours_is_told_of_at_once() -> None:
    closes = china(10, 4, 12)  # 1 to 7 October are days off
    assert nudge_at(closes, COUNTY, CALENDAR) == closes - WINDOW


def test_a_make_up_saturday_is_a_day_like_others() -> None:
    closes = china(10, 10, 20)
    assert nudge_at(closes, COUNTY, CALENDAR) == china(10, 10, 15, 30)


@given(
    closes=st.datetimes(min_value=datetime(2026, 1, 3), max_value=datetime(2026, 12, 28)).map(
        lambda at: at.replace(tzinfo=CHINA_TIME)
    ),
    words=st.sampled_from(["", "工作日 8:30—12:00，14:00—17:30", "每天 9:00-21:00", "9点到16点"]),
)
def test_a_nudge_is_always_before_the_window_closes_and_in_office_hours_if_there_are_any(
    closes: datetime, words: str
) -> None:
    hours = read_hours(words, otherwise=USUAL)
    at = nudge_at(closes, hours, CALENDAR)
    assert closes - WINDOW <= at < closes
    spans = hours.within(closes - WINDOW, closes, CALENDAR)
    assert not spans or any(begin <= at <= end for begin, end in spans)
    left = sum((end - max(begin, at) for begin, end in spans if end > at), timedelta())
    assert left == min(LEAD, sum((end - begin for begin, end in spans), timedelta()))


@pytest.mark.parametrize(
    ("words", "spans", "every_day"),
    [
        ("工作日 8:30—12:00，14:00—17:30", 2, False),
        ("周一至周日 9：00～21：00", 1, True),
        ("9点到16点", 1, False),
        ("上午", 1, False),
        ("25:00—26:00", 1, False),
    ],
)
def test_office_hours_are_read_from_the_words_of_the_table(
    words: str, spans: int, every_day: bool
) -> None:
    found = read_hours(words, otherwise=USUAL)
    assert (len(found.spans), found.every_day) == (spans, every_day)


async def test_the_officer_is_nudged_once_before_the_window_closes(office: Office) -> None:
    await wrote(office)
    case = await office.accepted()  # Monday 10:00, so until Wednesday 10:00
    assert await look(office, china(9, 8, 16, 59)) == 0
    assert await look(office, china(9, 8, 17, 0)) == 1
    assert await look(office, china(9, 8, 17, 1)) == 0
    (told,) = await office.told("officer", "window")
    assert told.message.title == f"来信 {case.number} 的推送时限到 9月9日 10:00 为止"
    assert "还能推送 5 条" in told.message.text
    assert await office.titles("colleague", "window") == []


async def test_nobody_is_nudged_of_a_window_whose_pushes_are_used_up(office: Office) -> None:
    await wrote(office)
    for _ in range(5):
        await office.answered(await office.accepted())
    await office.accepted()
    taken = await office.storage.take_deliveries(now=office.now, limit=9, accounts=("main",))
    assert len(taken) == 5
    assert await look(office, china(9, 8, 17)) == 0


async def test_two_workers_nudge_once(office: Office) -> None:
    await wrote(office)
    await office.accepted()
    results = await asyncio.gather(*(look(office, china(9, 8, 17)) for _ in range(2)))
    assert sorted(results) == [0, 1]
    assert len(await office.told("officer", "window")) == 1


async def test_a_department_with_other_hours_is_nudged_by_its_own(office: Office) -> None:
    hours = "每天 9:00—21:00"
    await office.storage.save_departments([Department(name=SCHOOLS, hours=hours)])
    await wrote(office)
    await office.accepted()
    assert await look(office, china(9, 8, 19, 59)) == 0
    assert await look(office, china(9, 8, 20, 0)) == 1


async def test_a_draft_in_review_is_the_reviewers_to_hurry(office: Office) -> None:
    await wrote(office)
    case = await office.accepted()
    await draft(office, case)
    await look(office, china(9, 9, 9))
    (told,) = await office.told("reviewer", "window")
    assert "请尽快审核" in told.message.text
    assert await office.titles("officer", "window") == []


async def draft(office: Office, case: Case) -> None:
    await office.desk.draft(
        case.number,
        "请到学校报名。",
        version=case.version,
        actor=PEOPLE["officer"],
        now=office.now,
    )


async def test_what_is_not_routed_is_the_dispatchers(office: Office) -> None:
    await wrote(office)
    await office.opened(department="")
    await look(office, china(9, 9, 9))
    assert len(await office.titles("dispatcher", "window")) == 1


async def test_an_answered_case_and_an_account_that_cannot_push_nudge_nobody(
    office: Office,
) -> None:
    await wrote(office)
    case = await office.accepted()
    assert await look(office, china(9, 9, 9), accounts=("other",)) == 0
    await office.answered(case)
    assert await look(office, china(9, 9, 9)) == 0


async def test_a_new_message_opens_a_new_window_with_its_own_nudge(office: Office) -> None:
    await wrote(office)
    await office.accepted()
    assert await look(office, china(9, 8, 17)) == 1
    office.now = china(9, 8, 18)
    await wrote(office, 2)
    assert await look(office, china(9, 9, 9)) == 0
    assert await look(office, china(9, 10, 16)) == 1


async def test_nobody_is_nudged_after_the_window_closed(office: Office) -> None:
    await wrote(office)
    await office.accepted()
    assert await look(office, china(9, 9, 10, 0)) == 0
