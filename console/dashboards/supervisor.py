"""督办员: how the county stands, which department is behind, what waits for their word."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from cases.deadline import end_of
from cases.people import Person
from cases.ports import CaseFilter, When
from cases.reports.fact import MEASURES, Fact
from cases.reports.figures import Line, line_of, lines_by, working_days_of
from cases.reports.period import Period, period_of
from cases.steps import ANSWERED
from cases.supervision.interview_steps import UNDER_WAY
from cases.work_calendar import today
from console.cases.case_filters import OPEN, RUNNING, near
from console.dashboards.board import Board, Cell, Graph, Number, Table, linked
from console.dashboards.weeks import monday_of, weekly
from console.deps import Deps
from console.reports.charts import every_monday
from console.reports.groups import link_to, title_of

SHOWN: Final = 8
GOOD: Final = 95
FAIR: Final = 80
SERIES: Final = ("cased", "replied")


async def board(box: Deps, person: Person) -> Board:
    """Today's numbers, the last thirty days by department and by week."""
    now = box.clock()
    period = period_of("30", now)
    facts = await box.reports.facts(since=period.since, until=period.until, viewer=person)
    days = working_days_of(box.calendar)
    total = await asyncio.to_thread(line_of, facts, now, days, title="合计")
    lines = await asyncio.to_thread(lines_by, "department", facts, now, days)
    return Board(
        numbers=await _today(box, person, now, _on_time(total, period)),
        graphs=[_weeks(facts, period)] if facts else [],
        tables=[_departments(box, lines, period)],
    )


async def _today(box: Deps, person: Person, now: datetime, on_time: Number) -> list[Number]:
    """The most pressing first, what is only good to know last."""
    tally = await box.cases.tally_cases(
        CaseFilter(), viewer=person, now=now, tonight=end_of(today(now))
    )
    path = "/console/cases?tab={}".format
    late, tonight = (tally.count(RUNNING, when=when) for when in (When.LATE, When.TODAY))
    asking, unhappy = tally.count(RUNNING, asking=True), tally.count(ANSWERED, asking=True)
    talks = await box.supervision.interviews(year=today(now).year, viewer=person)
    under_way = sum(each.state in UNDER_WAY for each in talks)
    failed = await box.channels.store.count_failed(viewer=person)
    name, only, query = near(person, now, box.calendar)
    soon = await box.cases.count_cases(only, viewer=person)
    return [
        Number("已逾期", late, path("late"), "late" if late else ""),
        Number("今天到期", tonight, path("open") + "&due=today", "soon" if tonight else ""),
        Number(name, soon, "/console/cases" + query, "soon" if soon else ""),
        on_time,
        Number("待批延期", asking, path("asking"), "soon" if asking else ""),
        Number("评价低", unhappy, path("unhappy"), "soon" if unhappy else ""),
        Number(
            "进行中的约谈", under_way, "/console/supervision#talks", "soon" if under_way else ""
        ),
        Number("没有送到市民", failed, "/console/deliveries", "late" if failed else ""),
        Number("未办结", tally.count(OPEN), path("open")),
    ]


def _on_time(total: Line, period: Period) -> Number:
    rate = total.on_time_rate
    return Number(
        "按期答复率",
        "—" if rate is None else f"{rate}%",
        link_to(period, "on_time"),
        "" if rate is None else _colour(rate),
        f"{period.title}收到的；逾期未办的计为未按期",
    )


def _colour(rate: int) -> str:
    return "ok" if rate >= GOOD else "soon" if rate >= FAIR else "late"


def _departments(box: Deps, lines: Sequence[Line], period: Period) -> Table:
    """Those behind first."""
    behind = sorted(lines, key=lambda each: (-each.counts["overdue"], each.on_time_rate or 0))
    return Table(
        key="departments",
        title=f"各部门（{period.title}收到的）",
        head=("部门", "来信", "逾期未办", "超期答复", "被退回", "按期率"),
        rows=[_department(box, line, period) for line in behind[:SHOWN]],
        empty="这段时间没有来信。",
        more=("全部部门", f"/console/reports?period={period.key}&by=department"),
    )


def _department(box: Deps, line: Line, period: Period) -> tuple[Cell, ...]:
    def counted(measure: str, colour: str = "") -> Cell:
        path = link_to(period, measure, "department", line.key)
        return linked(line.counts[measure], path, colour)

    rate = line.on_time_rate
    return (
        Cell(title_of("department", line.key, box)),
        counted("cased"),
        counted("overdue"),
        counted("late"),
        counted("returned"),
        Cell("没有到期的")
        if rate is None
        else Cell(f"{rate}%", link_to(period, "on_time", "department", line.key), _colour(rate)),
    )


def _weeks(facts: Sequence[Fact], period: Period) -> Graph:
    counts: Counter[tuple[date, int]] = Counter()
    for fact in facts:
        for place, measure in enumerate(SERIES):
            if MEASURES[measure].fits(fact, fact.received_at):
                counts[monday_of(today(fact.received_at)), place] += 1

    def link(place: int, monday: date) -> str:
        return link_to(period, SERIES[place], "week", monday.isoformat())

    mondays = every_monday([monday for monday, _ in counts])
    return weekly("每周收到的来信", ("收到", "已答复"), counts, mondays, link)
