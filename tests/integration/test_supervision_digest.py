"""What is told once a morning or once a week: the digest, and the missing notice."""

from datetime import date

import pytest

from cases.supervision.rota import Absence
from storage import Storage
from tests.worlds.watch import GROUPS, MONDAY, SCHOOLS, Office, china


@pytest.fixture
async def office(storage: Storage) -> Office:
    return await Office(storage, robots=GROUPS).staffed()


class TestDigest:
    async def test_each_workday_morning_and_not_on_a_rest_day(self, office: Office):
        await office.accepted()
        for day, hour in ((8, 8), (8, 9), (8, 12), (9, 9), (12, 9), (13, 9), (14, 9)):
            await office.look(china(9, day, hour))
        titles = await office.titles("supervisor", "digest")
        assert titles == [
            "9月14日 来信提要：逾期 0，今天到期 1",
            "9月9日 来信提要：逾期 0，今天到期 0",
            "9月8日 来信提要：逾期 0，今天到期 0",
        ]

    async def test_each_reads_only_of_their_own_department(self, office: Office):
        case = await office.accepted()
        await office.look(china(9, 15, 9))
        (mine,) = await office.told("officer", "digest")
        assert "已逾期 1 件" in mine.message.text
        assert case.number in mine.message.text
        assert await office.told("officer2", "digest") == []
        (all_of_it,) = await office.told("supervisor", "digest")
        assert f"{case.number} {SCHOOLS} 已逾期 1 天" in all_of_it.message.text

    async def test_an_officer_reads_what_of_it_is_in_their_own_hands(self, office: Office):
        await office.accepted()
        await office.accepted("colleague")
        await office.opened()
        await office.look(china(9, 8, 9))
        (mine,) = await office.told("officer", "digest")
        assert "其中您经办 1 件，还没有人受理 1 件。" in mine.message.text
        (all_of_it,) = await office.told("supervisor", "digest")
        assert "其中还没有人受理 1 件。" in all_of_it.message.text

    async def test_who_is_away_gets_none(self, office: Office):
        away = Absence(
            person="officer", department=SCHOOLS, first_day=date(2026, 9, 8),
            last_day=date(2026, 9, 8), substitute="colleague",
        )  # fmt: skip
        await office.storage.add_absence(away, actor="reviewer", now=MONDAY)
        await office.accepted()
        await office.look(china(9, 8, 9))
        assert await office.told("officer", "digest") == []
        assert len(await office.told("colleague", "digest")) == 1
        moved = await office.titles("officer", "leave")
        assert moved == ["officer请假，1 件来信转由colleague办理"]

    async def test_a_bad_rating_stands_in_the_supervisors_only(self, office: Office):
        case = await office.answered(await office.accepted())
        bad = office.desk.prepare_rating(case, rating=1, now=office.now)
        await office.storage.write_change(bad)
        await office.look(china(9, 8, 9))
        (told,) = await office.told("supervisor", "digest")
        assert "评价低、还没有处理的 1 件" in told.message.text
        assert await office.told("officer", "digest") == []


class TestCalendar:
    async def test_a_missing_notice_is_raised_from_november_on_each_week(self, office: Office):
        await office.look(china(10, 31))
        assert await office.told("administrator", "calendar") == []
        for day in (1, 2, 3, 9):
            await office.look(china(11, day))
        titles = await office.titles("administrator", "calendar")
        assert titles == ["2027 年的放假通知还没有录入"] * 3  # Sunday the 1st, then two weeks

    async def test_a_loaded_notice_ends_it(self, office: Office):
        off = [date(2027, 1, 1)]
        await office.storage.save_notice(2027, source="通知", off=off, work=[])
        office.calendar.load(await office.storage.notices())
        await office.look(china(11, 2))
        assert await office.told("administrator", "calendar") == []


async def test_only_the_newest_digest_waits_to_be_read(office: Office):
    await office.accepted()
    for day in (9, 10, 11):
        await office.look(china(9, day))
    found = await office.told("supervisor", "digest")
    assert [each.read_at is None for each in found] == [True, False, False]
    warned = await office.told("reviewer", "due")
    assert [each.read_at for each in warned] == [None]
