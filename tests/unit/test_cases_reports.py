"""Counting: periods, measures, rates that flatter nobody, and numbers that are their own cases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.case import Kind, State
from cases.department import Department
from cases.reports.fact import MEASURES, Fact
from cases.reports.figures import (
    DIMENSIONS,
    chosen,
    line_of,
    lines_by,
    percent,
    quantile,
    week_of,
    working_days_of,
)
from cases.reports.period import offered, period_of
from cases.reports.topics import topic_finder
from cases.work_calendar import WorkCalendar
from console.reports.charts import weeks_of

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def fact(number: int = 1, **changed: object) -> Fact:
    values: dict[str, object] = {
        "number": f"HY-{number}",
        "account": "main",
        "kind": Kind.QUESTION,
        "state": State.ACCEPTED,
        "department": "教育局",
        "topic": "",
        "officer": "",
        "received_at": NOW - 3 * DAY,
        "due_at": NOW + 3 * DAY,
        "replied_at": None,
        "rating": None,
    }
    return Fact(**(values | changed))  # type: ignore[arg-type]  # fields of Fact


def test_the_last_day_is_the_one_before_the_exclusive_end() -> None:
    midnight = datetime(2026, 11, 25, 16, tzinfo=UTC)  # of the 26th in China
    assert fact(due_at=midnight).last_day == date(2026, 11, 25)


def replied(number: int, after: timedelta, **changed: object) -> Fact:
    at = NOW - 3 * DAY + after
    return fact(number, **({"state": State.REPLIED, "replied_at": at} | changed))


def days(after: date, until: date) -> int:
    return (until - after).days


class TestMeasures:
    @pytest.mark.parametrize(
        ("case", "measures"),
        [
            (fact(), {"cased", "open"}),
            (fact(due_at=NOW), {"cased", "open", "overdue"}),
            (fact(due_at=NOW, state=State.WAITING), {"cased", "open"}),
            (fact(due_at=NOW, state=State.MERGED), {"cased", "open", "overdue"}),
            (replied(1, DAY), {"cased", "replied", "on_time"}),
            (replied(1, 6 * DAY), {"cased", "replied", "late"}),
            (replied(1, DAY, rating=5), {"cased", "replied", "on_time", "rated", "satisfied"}),
            (replied(1, DAY, rating=3), {"cased", "replied", "on_time", "rated"}),
            (
                replied(1, DAY, rating=1, returned=2, reopened=1),
                {"cased", "replied", "on_time", "rated", "dissatisfied", "returned", "reopened"},
            ),
            (
                replied(1, DAY, state=State.OUT_OF_SCOPE, kind=Kind.OUT_OF_SCOPE),
                {"cased", "out_of_scope"},
            ),
        ],
    )
    def test_a_case_counts_where_it_belongs(self, case: Fact, measures: set[str]) -> None:
        assert {name for name, each in MEASURES.items() if each.fits(case, NOW)} == measures | {
            "sent"
        }

    def test_only_what_a_department_has_was_sent_out(self) -> None:
        assert [MEASURES["sent"].fits(fact(department=each), NOW) for each in ("教育局", "")] == [
            True,
            False,
        ]

    def test_an_answer_that_names_another_place_is_no_reply_when_closed(self) -> None:
        closed = replied(1, DAY, state=State.CLOSED, told_elsewhere=True)
        line = line_of([closed], NOW, days)
        assert (line.counts["out_of_scope"], line.counts["replied"]) == (1, 0)
        assert line.on_time_rate is None

    def test_open_and_overdue_cases_lower_the_rate(self) -> None:
        facts = [replied(1, DAY), replied(2, DAY), fact(3, due_at=NOW), fact(4)]
        assert line_of(facts, NOW, days).on_time_rate == 66
        assert line_of([fact(1)], NOW, days).on_time_rate is None

    def test_nothing_looks_better_than_it_is(self) -> None:
        assert percent(199, 200) == 99
        assert percent(1, 1000, up=True) == 1
        assert percent(0, 0) is None


class TestTables:
    def test_lines_add_up_to_the_whole(self) -> None:
        facts = [replied(1, DAY), fact(2, department="公安局", due_at=NOW), fact(3, topic="学籍")]
        whole = line_of(facts, NOW, days)
        for dimension in DIMENSIONS:
            lines = lines_by(dimension, facts, NOW, days)
            for measure, amount in whole.counts.items():
                assert sum(line.counts[measure] for line in lines) == amount

    @given(st.data())
    def test_every_number_is_the_cases_it_leads_to(self, data: st.DataObject) -> None:
        made = st.builds(
            fact,
            st.integers(1, 10**6),
            department=st.sampled_from(["教育局", "公安局", ""]),
            topic=st.sampled_from(["学籍", "户口", ""]),
            state=st.sampled_from(State),
            kind=st.sampled_from(Kind),
            rating=st.sampled_from([None, 1, 3, 5]),
            due_at=st.sampled_from([NOW - DAY, NOW + DAY]),
            replied_at=st.sampled_from([None, NOW - 2 * DAY, NOW]),
        )
        facts = data.draw(st.lists(made, max_size=12))
        dimension = data.draw(st.sampled_from(sorted(DIMENSIONS)))
        for line in lines_by(dimension, facts, NOW, days):
            for measure, amount in line.counts.items():
                found = chosen(facts, NOW, measure=measure, dimension=dimension, key=line.key)
                assert len(found) == amount

    def test_a_chart_leaves_no_week_out_and_says_where_a_year_begins(self) -> None:
        late = datetime(2027, 1, 12, tzinfo=UTC)
        found = weeks_of([fact(1, received_at=late - 3 * 7 * DAY), fact(2, received_at=late)])
        assert [each.title for each in found] == ["2026/12/21", "12/28", "2027/1/4", "1/11"]
        assert [each.values for each in found] == [(1, 0), (0, 0), (0, 0), (1, 0)]
        assert [each.title for each in weeks_of([fact(1)])] == ["11/9"]

    def test_a_long_chart_names_a_year_with_each_week(self) -> None:
        late = datetime(2027, 1, 12, tzinfo=UTC)
        found = weeks_of([fact(1, received_at=late - 140 * DAY), fact(2, received_at=late)])
        assert {each.title.count("/") for each in found} == {2}

    def test_weeks_begin_on_monday_in_china(self) -> None:
        sunday_night = datetime(2026, 11, 15, 16, 30, tzinfo=UTC)  # Monday 00:30 in China
        assert week_of(sunday_night) == "2026-11-16"
        weeks = lines_by("week", [fact(1), fact(2, received_at=NOW - 30 * DAY)], NOW, days)
        assert [line.key for line in weeks] == ["2026-10-19", "2026-11-09"]


class TestQuantiles:
    @pytest.mark.parametrize(
        ("values", "median", "p90"),
        [
            ([], None, None),
            ([3], 3, 3),
            ([1, 2], 1.5, 2),
            ([1, 2, 9], 2, 9),
            (range(1, 11), 5.5, 9),
        ],
    )
    def test_median_and_ninetieth(
        self, values: list[int], median: float | None, p90: float | None
    ) -> None:
        assert quantile(list(values), 0.5) == median
        assert quantile(list(values), 0.9) == p90

    def test_days_are_working_days_counted_once(self) -> None:
        calendar = WorkCalendar()
        remembered = working_days_of(calendar)
        for _ in range(2):
            assert remembered(date(2026, 9, 18), date(2026, 9, 24)) == 5


class TestPeriods:
    @pytest.mark.parametrize(
        ("key", "first", "last", "title"),
        [
            ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2026 年第一季度"),
            ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026 年第四季度"),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024 年 2 月"),
            ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026 年 12 月"),
            ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026 年"),
            (
                "2026-01-05~2026-01-06",
                date(2026, 1, 5),
                date(2026, 1, 6),
                "2026-01-05 至 2026-01-06",
            ),
        ],
    )
    def test_an_address_names_a_period(self, key: str, first: date, last: date, title: str) -> None:
        found = period_of(key, NOW)
        assert (found.first, found.last, found.title) == (first, last, title)

    @pytest.mark.parametrize(
        "key", ["", "x", "2026-Q5", "2026-13", "2026-02-30~2026-03-01", "2026-03-02~2026-03-01"]
    )
    def test_what_names_none_is_the_last_thirty_days(self, key: str) -> None:
        found = period_of(key, NOW)
        assert (found.first, found.last) == (date(2026, 10, 20), date(2026, 11, 18))

    def test_a_period_is_whole_days_in_china(self) -> None:
        found = period_of("2026-Q4", NOW)
        assert found.since.isoformat() == "2026-10-01T00:00:00+08:00"
        assert found.until.isoformat() == "2027-01-01T00:00:00+08:00"

    def test_the_last_quarter_before_spring_is_last_years(self) -> None:
        january = datetime(2026, 1, 2, tzinfo=UTC)
        assert [each.key for each in offered(january)] == [
            "30",
            "2026-Q1",
            "2025-Q4",
            "2026",
            "2025",
        ]
        assert "2026-Q3" in {each.key for each in offered(NOW)}


def test_a_topic_is_the_departments_own_longest_keyword() -> None:
    topic = topic_finder(
        [
            Department(name="教育局", keywords=("入学", "小学入学")),
            Department(name="公安局", keywords=("户口",)),
            Department(name="水利局"),
        ]
    )
    assert topic("教育局", "户口在外地，小学入学怎么办") == "小学入学"
    assert topic("水利局", "户口怎么迁") == "户口"
    assert topic("", "天气真好") == ""
