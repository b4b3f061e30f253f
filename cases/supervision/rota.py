"""AB 岗: who is on duty in a department, and who stands in for whom is on leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


def check_days(first_day: date, last_day: date) -> None:
    """RotaError: the last day is before the first, or more than a year after it."""
    if last_day < first_day:
        raise RotaError("结束日期早于开始日期，请核对。")
    if (last_day - first_day).days > 366:
        raise RotaError("一次最多登记一年，请核对日期。")
