"""AB 岗: who is on duty in a department, and who stands in for whom is on leave."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from cases.case import CaseError


class RotaError(CaseError):
    """A line of the rota that was not kept; `tell` says why, in Chinese."""

    def __init__(self, tell: str) -> None:
        super().__init__(tell)
        self.tell = tell


@dataclass(frozen=True, kw_only=True)
class Shift:
    """`main` (A 岗) is on duty from first to last day; `substitute` (B 岗) when A is away."""

    department: str
    first_day: date
    last_day: date
    main: str
    substitute: str = ""
    id: int = 0

    def covers(self, day: date) -> bool:
        """Whether this shift includes the day."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Somebody is away from first to last day; `substitute` takes their cases meanwhile."""

    person: str
    department: str
    first_day: date
    last_day: date
    substitute: str
    id: int = 0

    def covers(self, day: date) -> bool:
        """Whether this absence includes the day."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, kw_only=True)
class Gap:
    """From first to last day nobody of `person`'s chain of stand-ins is there."""

    person: str
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class Rota:
    """Shifts and absences as they are known now."""

    shifts: Sequence[Shift] = ()
    absences: Sequence[Absence] = ()

    def is_away(self, person: str, day: date) -> bool:
        """Whether a person is on leave on that day."""
        return any(each.person == person and each.covers(day) for each in self.absences)

    def present(self, person: str, day: date) -> str:
        """The person, or whoever stands in for them; "" when everybody in the chain is away."""
        asked: set[str] = set()
        while person and person not in asked:
            leave = next((a for a in self.absences if a.person == person and a.covers(day)), None)
            if leave is None:
                return person
            asked.add(person)
            person = leave.substitute
        return ""

    def gaps(self, department: str, since: date) -> list[Gap]:
        """Days from `since` on when whoever should stand in is away as well.

        Who names nobody (a reviewer may) leaves no gap: nobody was to stand in.
        """
        alone: dict[str, set[date]] = defaultdict(set)
        for absence in self.absences:
            if absence.department == department and absence.substitute:
                days = _days(max(since, absence.first_day), absence.last_day)
                alone[absence.person] |= {d for d in days if not self.present(absence.person, d)}
        return [
            Gap(person=person, first_day=run[0], last_day=run[-1])
            for person, days in alone.items()
            for run in _runs(days)
        ]

    def on_duty(self, department: str, day: date) -> str:
        """Who is on duty: A, else B, else whoever stands in for A; "" when nobody is planned."""
        for shift in self.shifts:
            if shift.department != department or not shift.covers(day):
                continue
            for name in (shift.main, shift.substitute):
                if name and not self.is_away(name, day):
                    return name
            return self.present(shift.main, day)
        return ""


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _runs(days: Iterable[date]) -> Iterator[list[date]]:
    """The days in order, those that follow each other together."""
    of_run = groupby(enumerate(sorted(days)), key=lambda pair: pair[1].toordinal() - pair[0])
    for _, run in of_run:
        yield [day for _, day in run]


def check_days(first_day: date, last_day: date) -> None:
    """RotaError: the last day is before the first, or more than a year after it."""
    if last_day < first_day:
        raise RotaError("结束日期早于开始日期，请核对。")
    if (last_day - first_day).days > 366:
        raise RotaError("一次最多登记一年，请核对日期。")
