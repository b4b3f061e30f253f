"""huiying due · calendar import · departments import"""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.clock import utc_now
from bot.commands.common import (
    ConfigOption,
    JsonOption,
    desk_storage,
    refuse,
    run,
    say,
    settings_from,
    settings_if_any,
)
from bot.commands.given_files import readable
from bot.commands.routing import add_route
from bot.config import Settings
from cases.deadline import Due, due
from cases.department import Department
from cases.department_parents import circle_of, strange_parents
from cases.department_table import DepartmentTable, TableNotFit, read_departments
from cases.desk import Desk
from cases.notice import Notice, NoticeNotFit, read_notice
from cases.rules import load_rules
from cases.work_calendar import CHINA_TIME, WorkCalendar

MOST_DAYS = 1000
MOST_ROWS = 5  # named of those that are told together
NO_DEPARTMENT = "is no department of this desk; if it should be, correct its name"
SATURDAY = 5  # as datetime counts


def add_due(app: typer.Typer) -> None:
    """Registers `huiying due`."""

    @app.command("due")
    def due_command(
        received: Annotated[str, typer.Option(help="When it was received, ISO 8601.")],
        days: Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="Working days.")] = 5,
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """When a message is due, in China's real working days."""
        instant = _instant(received)
        settings = settings_if_any(config)
        calendar = run(_calendar(settings)) if settings else WorkCalendar()
        found = _due(instant, days, calendar)
        say(_due_row(found), as_json=as_json, lines=lambda: _due_lines(found))


def _due(instant: datetime, days: int, calendar: WorkCalendar) -> Due:
    try:
        return due(instant, days, calendar)
    except (ValueError, OverflowError):
        refuse(f"--received: {days} working days from {instant.isoformat()} leave the calendar")


async def _calendar(settings: Settings) -> WorkCalendar:
    async with desk_storage(settings) as storage:
        return WorkCalendar(await storage.notices())


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        refuse(f"--received: {text!r} is not an ISO 8601 time such as 2026-09-18T10:00:00+08:00")
    return instant if instant.tzinfo else instant.replace(tzinfo=CHINA_TIME)


def _due_row(found: Due) -> dict[str, Any]:
    return {
        "due_date": found.due_date.isoformat(),
        "due_at": found.due_at.isoformat(),
        "provisional": found.provisional,
        "working_days": [day.isoformat() for day in found.working_days],
    }


def _due_lines(found: Due) -> str:
    lines = [f"due {found.due_date} (until 24:00)"]
    lines += [
        f"  working day {n}: {day:%Y-%m-%d %a}" for n, day in enumerate(found.working_days, 1)
    ]
    if found.provisional:
        lines.append("  provisional: no notice of the State Council is known for every year of it;")
        lines.append("  load it with: huiying calendar import FILE")
    return "\n".join(lines)


def add_matters(app: typer.Typer) -> None:
    """Registers the commands about cases, departments and the calendar."""
    add_due(app)
    _add_calendar(app)
    _add_departments(app)
    add_route(app)


def _add_calendar(app: typer.Typer) -> None:
    calendar = typer.Typer(help="The work calendar.", no_args_is_help=True)
    app.add_typer(calendar, name="calendar")

    @calendar.command("import")
    def import_command(
        file: Annotated[Path, typer.Argument(help='{"year","source","off":[],"work":[]}')],
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Loads a State Council notice and recounts the open cases."""
        readable(file)
        settings = settings_from(config)
        try:
            notice = read_notice(file)
        except NoticeNotFit as error:
            refuse(f"nothing was imported: {error}")
        for day in sorted(each for each in notice.work if each.weekday() < SATURDAY):
            typer.echo(f"work: {day} is a {day:%A}, no weekend: is that date right?", err=True)
        moved = run(_load_notice(settings, notice))
        data = {"year": notice.year, "off": len(notice.off), "work": len(notice.work)}
        data["recounted"] = moved
        say(
            data,
            as_json=as_json,
            lines=lambda: f"{notice.year}: loaded; {moved} open cases have another due date",
        )


async def _load_notice(settings: Settings, notice: Notice) -> int:
    async with desk_storage(settings) as storage:
        await storage.save_notice(
            notice.year, source=notice.source, off=sorted(notice.off), work=sorted(notice.work)
        )
        calendar = WorkCalendar(await storage.notices())
        desk = Desk(storage, calendar, load_rules(cut_off=settings.cases.cut_off))
        return await desk.recount(now=utc_now())


def _add_departments(app: typer.Typer) -> None:
    departments = typer.Typer(help="The table of departments.", no_args_is_help=True)
    app.add_typer(departments, name="departments")

    @departments.command("import")
    def import_command(
        file: Annotated[Path, typer.Argument(help="csv or xlsx.")],
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Adds departments, or replaces those of the same name."""
        readable(file)
        settings = settings_from(config)
        try:
            table = read_departments(file)
        except TableNotFit as error:
            refuse(f"nothing was imported: {error}")
        for column in table.unknown:
            typer.echo(f"column {column} means nothing here and was left out", err=True)
        closed, strange = run(_save_departments(settings, table))
        for name in closed:
            typer.echo(f"{name} was dissolved and stays so; add it in the console", err=True)
        above = _rows_by_parent(table, strange)
        for parent, rows in above.items():
            typer.echo(f"{_told(rows)}: taken, but parent {parent} {NO_DEPARTMENT}", err=True)
        rejected = [{"row": each.row, "reason": each.reason} for each in table.rejected]
        data = {
            "departments": len(table.departments),
            "rejected": rejected,
            "unknown_columns": list(table.unknown),
            "unknown_parents": list(above),
            "unknown_parent_rows": sorted(chain.from_iterable(above.values())),
        }
        say(data, as_json=as_json, lines=lambda: _table_lines(table))


def _rows_by_parent(table: DepartmentTable, strange: Iterable[Department]) -> dict[str, list[int]]:
    rows, found = dict(zip(table.departments, table.rows, strict=True)), dict[str, list[int]]()
    for each in strange:
        found.setdefault(each.parent, []).append(rows[each])
    return found


def _told(rows: list[int]) -> str:
    """A county's government stands above all of them: not one line for each."""
    shown = ", ".join(map(str, rows[:MOST_ROWS])) + (" …" if len(rows) > MOST_ROWS else "")
    return f"row {shown}" if len(rows) == 1 else f"{len(rows)} rows ({shown})"


async def _save_departments(
    settings: Settings, table: DepartmentTable
) -> tuple[list[str], tuple[Department, ...]]:
    """Returns the names of those that were dissolved before, and whose parent is unknown."""
    async with desk_storage(settings) as storage:
        parents = {each.name: each.parent for each in await storage.departments()}
        strange = strange_parents(table.departments, parents)
        parents |= {each.name: each.parent for each in table.departments}
        for each in table.departments:
            if circle := circle_of(each.name, parents):
                refuse(
                    f"nothing was imported: {' → '.join(circle)}: each is above the other; "
                    "correct the column parent"
                )
        await storage.save_departments(table.departments)
        closed = {each.name for each in await storage.closed_departments()}
    return [each.name for each in table.departments if each.name in closed], strange


def _table_lines(table: DepartmentTable) -> str:
    lines = [f"{len(table.departments)} departments"]
    if not (table.departments or table.rejected):
        lines.append("the file holds none: nothing stands below its header")
    lines += [f"  row {each.row} was not taken: {each.reason}" for each in table.rejected]
    return "\n".join(lines)
