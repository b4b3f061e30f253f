"""The ladder of alarms where a year ends, an alarm is revoked, or a talk is called off."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from cases.supervision.alarm import InterviewState
from cases.supervision.interview_steps import cancel
from cases.work_calendar import CHINA_TIME
from tests.values.console import PEOPLE as CONSOLE
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, read, sign_in
from tests.worlds.watch import MONDAY, PEOPLE, SCHOOLS, Office, violation

BOSS, OFFICER = PEOPLE["supervisor"], PEOPLE["officer"]
HOME = f"/console/departments/{SCHOOLS}"


def new_year(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment around the New Year of 2027 in China."""
    return datetime(2027 if month < 6 else 2026, month, day, hour, minute, tzinfo=CHINA_TIME)


async def numbers(office: Office, year: int) -> list[tuple[int, int]]:
    """(year, number) of the alarms that are listed for a year, oldest first."""
    found = await office.storage.alarms(year=year, viewer=BOSS)
    return [(each.year, each.number) for each in reversed(found)]


async def test_a_case_due_on_new_years_eve_counts_for_the_year_it_was_due_in(office: Office):
    office.now = new_year(12, 24)
    case = await office.accepted()
    assert case.due_date == date(2026, 12, 31)
    await office.look(new_year(1, 1, 0, 1))
    assert await numbers(office, 2026) == [(2026, 1)]
    assert await numbers(office, 2027) == []
    assert "教育局：2026 年第 1 次警示" in await office.titles("supervisor", "alarm")


async def test_what_went_wrong_before_new_year_is_an_alarm_though_nobody_looked(office: Office):
    office.now = new_year(12, 22)
    await office.accepted()  # due on the 29th, as the one that was given back too late
    case = await office.opened()
    await office.desk.return_to_dispatcher(
        case.number, "不归我们管", version=case.version, actor=OFFICER, now=new_year(12, 31, 23, 59)
    )
    for day in (4, 5):
        await office.look(new_year(1, day))
    assert await numbers(office, 2026) == [(2026, 1), (2026, 2), (2026, 3)]
    (talk,) = await office.storage.interviews(year=2027, viewer=BOSS)
    assert (talk.year, talk.alarm) == (2026, 2)


async def test_the_ladder_starts_anew_each_january(office: Office):
    for n, at in enumerate([new_year(12, 30), new_year(12, 31), new_year(1, 4), new_year(1, 5)]):
        await office.watch.alarm(violation(n, at=at))
    assert await numbers(office, 2026) == [(2026, 1), (2026, 2)]
    assert await numbers(office, 2027) == [(2027, 1), (2027, 2)]


async def test_a_talk_of_december_is_listed_until_it_has_ended(office: Office):
    for n in (1, 2):
        await office.watch.alarm(violation(n, at=new_year(12, 31)))
    (talk,) = await office.storage.interviews(year=2027, viewer=BOSS, department=SCHOOLS)
    assert await office.storage.interviews(year=2025, viewer=BOSS) == []
    ended = replace(talk, state=InterviewState.CLOSED, version=2)
    await office.storage.write_interview(ended, actor=BOSS, step="accept", now=MONDAY)
    assert await office.storage.interviews(year=2027, viewer=BOSS) == []


async def test_an_alarm_is_taken_back_when_a_notice_moves_the_due_date(office: Office):
    office.now = new_year(12, 28)
    case = await office.accepted()
    await office.look(new_year(1, 6))
    assert await numbers(office, 2027) == [(2027, 1)]  # provisional: due on the 5th
    off = frozenset(date(2027, 1, day) for day in (1, 2, 3, 4, 5))
    office.calendar.load({2027: (off, frozenset())})
    await office.desk.recount(now=office.now)
    for _ in range(2):
        await office.look(new_year(1, 6, 11))
    (alarm,) = await office.storage.alarms(year=2027, viewer=BOSS)
    assert (alarm.revoked_by, "放假通知" in alarm.revoked_why) == ("desk", True)
    assert (await office.storage.case(case.number)).due_date == date(2027, 1, 7)
    for day in (9, 11):
        await office.look(new_year(1, day))
    assert await numbers(office, 2027) == [(2027, 1), (2027, 1)]  # late after all, once
    assert len(await office.titles("reviewer", "alarm")) == 2


async def test_an_alarm_revoked_by_a_person_is_not_raised_again(office: Office):
    await office.accepted()
    await office.look(MONDAY + timedelta(days=9))
    (alarm,) = await office.storage.alarms(year=2026, viewer=BOSS)
    await office.storage.revoke_alarm(alarm.id, actor=BOSS, why="误报", now=MONDAY)
    await office.look(MONDAY + timedelta(days=10))
    assert len(await office.storage.alarms(year=2026, viewer=BOSS)) == 1


async def test_a_talk_that_was_called_off_leaves_its_rung_to_the_next_alarm(office: Office):
    for n in (1, 2):
        await office.watch.alarm(violation(n))
    first = (await office.storage.alarms(year=2026, viewer=BOSS))[-1]
    await office.storage.revoke_alarm(first.id, actor=BOSS, why="误报", now=MONDAY)
    (talk,) = await office.storage.interviews(year=2026, viewer=BOSS)
    off = cancel(talk, "警示撤销", actor=BOSS, now=MONDAY)
    await office.storage.write_interview(off, actor=BOSS, step="cancel", now=MONDAY)
    await office.watch.alarm(violation(3))
    found = await office.storage.interviews(year=2026, viewer=BOSS)
    assert [(each.alarm, each.state.value) for each in found] == [(2, "open"), (2, "cancelled")]
    assert (await office.storage.interview(found[0].id, viewer=BOSS)).serial == 2
    await office.watch.alarm(violation(4))  # the third that counts: no talk
    assert len(await office.storage.interviews(year=2026, viewer=BOSS)) == 2


async def test_a_talk_whose_alarm_was_revoked_says_so_to_the_supervisor(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "supervisor")
    for reason in ("答非所问", "态度生硬"):
        await post(client, HOME, f"{HOME}/alarms", reason=reason)
    boss = CONSOLE["supervisor"]
    (talk,) = await desk.storage.interviews(year=2026, viewer=boss)
    where = f"/console/interviews/{talk.id}"
    assert "还算数的" not in await read(client, where)
    (_, first) = await desk.storage.alarms(year=2026, viewer=boss)
    await post(client, HOME, f"/console/alarms/{first.id}/revoke", reason="误报")
    desk.clock.advance(timedelta(minutes=1))
    await post(client, HOME, f"{HOME}/alarms", reason="又一次")  # later: not what it was about
    page = await read(client, where)
    assert ("还算数的是 1 次，不到 2 次" in page, "又一次" in page) == (True, False)
    await sign_in(client, "officer")
    assert "还算数的" not in await read(client, where)


async def test_a_violation_sent_twice_is_one(desk: World, client: Browser) -> None:
    await sign_in(client, "supervisor")
    assert (await post(client, HOME, f"{HOME}/alarms", reason="答非所问"))[0] == 200
    status, page = await post(client, HOME, f"{HOME}/alarms", reason="答非所问")
    assert (status, "今天已经登记过一模一样的一次" in page) == (422, True)
    assert len(await desk.storage.alarms(year=2026, viewer=CONSOLE["supervisor"])) == 1


async def test_a_line_of_the_roster_sent_twice_is_one(desk: World, client: Browser) -> None:
    await sign_in(client, "reviewer")
    days = {"first_day": "2026-11-18", "last_day": "2026-11-20"}
    for _ in range(2):
        await post(client, HOME, f"{HOME}/shifts", main="officer", **days)
        await post(client, HOME, f"{HOME}/absences", person="reviewer", **days)
        template = {"name": "转学", "text": "请带户口簿。"}
        await post(client, "/console/reply-templates", "/console/reply-templates", **template)
    rota = await desk.storage.rota(since=date(2026, 11, 18))
    assert (len(rota.shifts), len(rota.absences)) == (1, 1)
    assert len(await desk.storage.reply_templates(SCHOOLS)) == 1
