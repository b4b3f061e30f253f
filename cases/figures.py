"""How the desk is doing, in numbers that are about nobody."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DepartmentFigures:
    """One department's cases received in a period; `overdue` are those open past their due time."""

    department: str
    received: int = 0
    replied: int = 0
    replied_in_time: int = 0
    overdue: int = 0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What happened to the messages of a period: numbers only, nothing about a person."""

    received: int = 0
    answered: int = 0
    cased: int = 0
    departments: tuple[DepartmentFigures, ...] = ()
