"""huiying due · calendar import · departments import · route eval"""

from datetime import datetime
from typing import Annotated, Any

import typer

from bot.commands.common import (
    ConfigOption,
    JsonOption,
    desk_storage,
    refuse,
    run,
    say,
    settings_if_any,
)
from cases.deadline import Due, due
from cases.work_calendar import CHINA_TIME, WorkCalendar

MOST_DAYS = 1000


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
        found = due(instant, days, calendar)
        say(_due_row(found), as_json=as_json, lines=lambda: _due_lines(found))


async def _calendar(settings: Any) -> WorkCalendar:
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
