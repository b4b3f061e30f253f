"""The ledger (台账): a period's cases as a workbook, personal data hidden; each export recorded."""

from datetime import datetime
from typing import Final

from aiohttp import web

from cases.masking import masked
from cases.reports.fact import Entry, owed
from cases.reports.figures import WorkingDays, working_days_of
from cases.reports.period import period_of
from console import words
from console.deps import SESSION, Deps, deps, record
from console.reports.report_cases import days_of
from console.sheets import Cell, Sheet, download

COLUMNS: Final = (
    ("编号", 17), ("渠道", 10), ("类别", 8), ("主题", 10), ("部门", 15), ("经办人", 10),
    ("收到时间", 16), ("答复期限", 11), ("答复时间", 16), ("用时（工作日）", 8), ("是否按期", 8),
    ("状态", 13), ("退回次数", 8), ("重新办理", 8), ("评价", 6), ("来信内容", 36), ("答复内容", 36),
)  # fmt: skip


async def download_ledger(request: web.Request) -> web.Response:
    """The ledger of a period within the person's scope."""
    box, person, now = deps(request), request[SESSION].person, deps(request).clock()
    period = period_of(request.query.get("period", ""), now)
    found = await box.reports.ledger(since=period.since, until=period.until, viewer=person)
    await record(
        box, person.name, "export", what="台账", period=period.title, amount=str(len(found))
    )
    names, days = await box.people.display_names(), working_days_of(box.calendar)
    rows = (_row(each, box, names, days, now) for each in found)
    where = person.department or box.place or "全部"
    sheet = Sheet(title="台账", columns=COLUMNS, rows=rows)
    return await download(f"{where}-办理台账-{period.key}.xlsx", [sheet])


def _row(
    entry: Entry, box: Deps, names: dict[str, str], days: WorkingDays, now: datetime
) -> list[Cell]:
    fact = entry.fact
    return [
        fact.number,
        box.accounts.get(fact.account, fact.account),
        words.KINDS[fact.kind],
        fact.topic,
        fact.department,
        names.get(fact.officer, fact.officer),
        fact.received_at,
        fact.last_day,
        fact.replied_at,
        days_of(fact, days),
        _in_time(entry, now),
        words.STATES[fact.state],
        fact.returned,
        fact.reopened,
        fact.rating,
        masked(entry.text),
        masked(entry.reply),
    ]


def _in_time(entry: Entry, now: datetime) -> str:
    fact = entry.fact
    if not owed(fact, now):
        return ""
    return "是" if fact.replied_at is not None and fact.replied_at < fact.due_at else "否"
