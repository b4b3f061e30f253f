"""The figures of a desk counted once more, from its rows alone, by their definitions in words."""

import math
import sqlite3
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psycopg
from psycopg.rows import dict_row

from cases.work_calendar import WorkCalendar
from tests.values.console import DEPARTMENTS

CHINA = ZoneInfo("Asia/Shanghai")
ENDED = {"replied", "closed", "out_of_scope"}
Row = dict[str, Any]


def rows_of(url: str, statement: str) -> list[Row]:
    """What a database holds, past all of our own reading of it."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(urlsplit(url).path)) as file:
            file.row_factory = sqlite3.Row
            return [dict(row) for row in file.execute(statement)]
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return connection.execute(statement).fetchall()  # type: ignore[arg-type]  # a plain text


@dataclass(frozen=True)
class Recount:
    """All letters, each with `day`, `topic`, `ours`, `returned` and `owed` as words define them."""

    letters: Sequence[Row]
    calendar: WorkCalendar

    def between(self, first: date, last: date) -> list[Row]:
        return [each for each in self.letters if first <= each["day"] <= last]

    def line(self, letters: Iterable[Row]) -> list[str]:
        """A row of the page: letters, replies, rate, overdue, days (half, most), back, content."""
        found = list(letters)
        replied = [each for each in found if each["ours"] and each["replied_at"]]
        in_time = [each for each in replied if each["replied_at"] < each["due_at"]]
        overdue = [each for each in found if each["overdue"]]
        rated = [each["rating"] for each in found if each["rating"]]
        taken = sorted(self._working_days(each) for each in replied)
        most = taken[math.ceil(len(taken) * 0.9) - 1] if taken else None
        return [
            str(len(found)),
            str(len(replied)),
            share(len(in_time), len(replied) + len(overdue)),
            str(len(overdue)),
            f"{statistics.median(taken):g}" if taken else "—",
            str(most) if taken else "—",
            str(sum(each["returned"] for each in found)),
            share(sum(stars >= 4 for stars in rated), len(rated)),
        ]

    def _working_days(self, letter: Row) -> int:
        day, until = letter["day"], day_of(letter["replied_at"])
        days = (day + timedelta(n) for n in range(1, (until - day).days + 1))
        return sum(map(self.calendar.is_workday, days))


def share(part: int, whole: int) -> str:
    return f"{part * 100 // whole}%" if whole else "—"


def day_of(stamp: str) -> date:
    return datetime.fromisoformat(stamp).astimezone(CHINA).date()


def recount(url: str, now: datetime) -> Recount:
    """Of a desk as it stands at `now`."""
    events: Mapping[str, list[Row]] = defaultdict(list)
    for each in rows_of(url, "SELECT * FROM case_events ORDER BY case_number, version"):
        events[each["case_number"]].append(each)
    letters = rows_of(url, "SELECT * FROM cases")
    for each in letters:
        log = events[each["number"]]
        answers = [e["state_after"] for e in log if e["state_after"] in {"replied", "out_of_scope"}]
        elsewhere = each["state"] == "closed" and answers[-1] == "out_of_scope"
        each["day"] = day_of(each["received_at"])
        each["topic"] = each["topic"] or _topic(each["department"], each["text"])
        each["ours"] = each["state"] != "out_of_scope" and not elsewhere
        each["returned"] = any(e["step"] == "return" for e in log)
        runs = each["state"] not in ENDED | {"waiting"}
        each["overdue"] = runs and each["due_at"] <= now.astimezone(UTC).isoformat()
    return Recount(letters, WorkCalendar())


def _topic(department: str, text: str) -> str:
    """The first of the department's own words that the text holds, else of anybody's."""
    own = [word for each in DEPARTMENTS if each.name == department for word in each.keywords]
    for words in (own, [word for each in DEPARTMENTS for word in each.keywords]):
        held = [(text.index(word), -len(word), word) for word in words if word in text]
        if held:
            return min(held)[2]
    return ""
