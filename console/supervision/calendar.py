"""日历: the year's workdays with their source, and a notice's import with what it would move."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from typing import Any, Final

from aiohttp import web

from cases.case import Case
from cases.notice import MOST_BYTES, Notice, NoticeNotFit, notice_json
from cases.notice_text import read_notice_text
from cases.people import Role
from cases.recount import moves
from cases.work_calendar import missing_notice, today
from console.deps import SESSION, Deps, deps, record
from console.pages import page
from console.supervision.notice_file import text_of_notice
from console.supervision.supervision import year_of
from console.supervision.year_view import changes, months, spans

LOADS_NOTICES: Final = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})
SHOWN: Final = 200
UNREADABLE: Final = (
    "没看懂这份通知。请粘贴国务院办公厅通知的全文（含年份和各节日的放假、上班日期），"
    "或者上传通知的 Word（docx）、纯文本，或 huiying calendar import 用的 JSON 文件。"
)


async def show(request: web.Request) -> web.Response:
    """A year, and for those who may the form for a notice."""
    return await _year_page(request)


async def preview(request: web.Request) -> web.Response:
    """What a notice says, which days it changes, and which open cases would move."""
    form = await request.post()
    pasted = str(form.get("text", ""))
    try:
        notice = read_notice_text(_uploaded(form) or pasted)
    except NoticeNotFit as error:
        return await _year_page(request, text=pasted, fault=error.tell or UNREADABLE, status=422)
    return await _preview_page(request, notice)


async def load(request: web.Request) -> web.Response:
    """Keeps the notice and gives every open case its date of this calendar."""
    box, name = deps(request), request[SESSION].person.name
    try:
        notice = read_notice_text(str((await request.post()).get("notice", "")))
    except NoticeNotFit:
        return await _year_page(request, fault=UNREADABLE, status=422)
    await box.notices.save_notice(
        notice.year, source=notice.source, off=sorted(notice.off), work=sorted(notice.work)
    )
    box.calendar.load(await box.notices.notices())
    moved = await box.desk.recount(now=box.clock())
    await record(box, name, "calendar_imported", year=str(notice.year), cases=str(moved))
    raise web.HTTPSeeOther(f"/console/calendar?year={notice.year}&moved={moved}")


def _uploaded(form: Mapping[str, Any]) -> str:
    """The text of the uploaded file, "" without one. NoticeNotFit: there is none in it."""
    upload = form.get("file")
    if not isinstance(upload, web.FileField) or not upload.filename:
        return ""
    return text_of_notice(upload.file.read(MOST_BYTES + 1))


async def source_of(box: Deps, year: int) -> str:
    """Where a year's days come from; "" while no notice is known."""
    kept = (await box.notices.notice_sources()).get(year)
    if kept:
        return kept
    if box.calendar.is_published(year):
        return f"国务院办公厅放假通知，由 holidays {version('holidays')} 收录"
    return ""


async def _year_page(
    request: web.Request, *, text: str = "", fault: str = "", status: int = 200
) -> web.Response:
    box, person = deps(request), request[SESSION].person
    day = today(box.clock())
    year = year_of(request, day)
    moved = request.query.get("moved", "")
    return await page(
        request,
        "supervision/calendar.html",
        status=status,
        year=year,
        years=range(day.year - 1, day.year + 2),
        day=day,
        months=months(year, box.calendar),
        source=await source_of(box, year),
        off=spans(box.calendar.rest_days(year)),
        work=sorted(box.calendar.makeup_days(year)),
        missing=missing_notice(day, box.calendar),
        may_load=person.role in LOADS_NOTICES,
        moved=int(moved) if moved.isdecimal() and len(moved) < 8 else None,
        text=text,
        fault=fault,
    )


async def _preview_page(request: web.Request, notice: Notice) -> web.Response:
    box, person = deps(request), request[SESSION].person
    calendar = box.calendar.with_notice(notice.year, (notice.off, notice.work))
    found = await moves(box.cases, calendar=calendar, rules=box.rules, now=box.clock())
    ahead = [(a, b) for a, b in found if a.due_date != b.due_date]
    sees = person.scope is None
    return await page(
        request,
        "supervision/calendar_preview.html",
        notice=notice,
        packed=notice_json(notice),
        off=spans(notice.off),
        work=sorted(notice.work),
        changed=changes(notice.year, box.calendar, calendar),
        known=await source_of(box, notice.year),
        moved=sorted(ahead, key=lambda pair: pair[1].due_date)[:SHOWN] if sees else [],
        dates=_by_date(ahead),
        amount=len(ahead),
        settled=len(found) - len(ahead),
    )


def _by_date(found: list[tuple[Case, Case]]) -> list[tuple[date, date, int]]:
    """(was due, will be due, how many), for those who may not see which cases."""
    counted = Counter((before.due_date, after.due_date) for before, after in found)
    return [(a, b, amount) for (a, b), amount in sorted(counted.items())]
