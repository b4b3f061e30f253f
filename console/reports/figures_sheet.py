"""The figures of a period as a workbook: one sheet for each way they are grouped."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final

from aiohttp import web

from cases.people import OWN_DEPARTMENT_ONLY
from cases.reports.figures import DIMENSIONS, Line, line_of, lines_by, working_days_of
from cases.reports.period import Period, period_of
from console.deps import SESSION, deps, record
from console.reports.groups import link_to, title_of
from console.reports.reports import BY
from console.sheets import Cell, Led, Sheet, download

COUNTS: Final = {
    "cased": "来信", "sent": "已转部门", "replied": "已答复", "on_time": "按期答复",
    "late": "超期答复", "overdue": "逾期未办", "returned": "被退回", "reopened": "重新办理",
    "rated": "有评价", "satisfied": "满意",
}  # fmt: skip
Links = Callable[[str], str]
RATES: Final = (
    "按期率（%）",
    "用时中位（工作日）",
    "九成之内（工作日）",
    "转办有误率（%）",
    "满意率（%）",
)


async def download_figures(request: web.Request) -> web.Response:
    """What the page of reports shows, within the person's scope."""
    box, person, now = deps(request), request[SESSION].person, deps(request).clock()
    period = period_of(request.query.get("period", ""), now)
    facts = await box.reports.facts(since=period.since, until=period.until, viewer=person)
    days = working_days_of(box.calendar)
    total = await asyncio.to_thread(line_of, facts, now, days, title="合计")
    linked = partial(_links, period, box.public_url.rstrip("/"))
    own = person.role in OWN_DEPARTMENT_ONLY
    sheets = []
    for by in BY[1:] if own else BY:
        lines = await asyncio.to_thread(lines_by, by, facts, now, days)
        rows = [_row(title_of(by, line.key, box), line, linked(by, line.key)) for line in lines]
        columns = ((DIMENSIONS[by].title, 28), *((name, 10) for name in (*COUNTS.values(), *RATES)))
        sheets.append(
            Sheet(
                title=f"按{DIMENSIONS[by].title}",
                columns=columns,
                rows=[*rows, _row("合计", total, linked())],
            )
        )
    await record(box, person.name, "export", what="统计", period=period.title)
    where = person.department or box.place or "全部"
    return await download(f"{where}-办理统计-{period.key}.xlsx", sheets)


def _links(period: Period, address: str, by: str = "", key: str = "") -> Links:
    return lambda measure: address + link_to(period, measure, by, key)


def _row(title: str, line: Line, link: Links) -> list[Cell]:
    counts = [Led(line.counts[each], link(each)) if line.counts[each] else 0 for each in COUNTS]
    rates = [
        Led(line.on_time_rate, link("on_time")),
        Led(line.median_days, link("replied")),
        Led(line.p90_days, link("replied")),
        Led(line.wrong_route_rate, link("returned")),
        Led(line.satisfaction, link("satisfied")),
    ]
    return [title, *counts, *rates]
