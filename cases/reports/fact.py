"""What a report knows of one case, and what can be counted of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from cases.case import OVER, Kind, State
from cases.work_calendar import CHINA_TIME

SATISFIED: Final = 4  # of 5
DISSATISFIED: Final = 2


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One case as figures see it; `topic` is "" when nobody sorted it and no keyword stands in it.

    `returned` and `reopened` count those steps; `told_elsewhere`: its answer named where to go, and
    closing it makes no reply of that.
    """

    number: str
    account: str
    kind: Kind
    state: State
    department: str
    topic: str
    officer: str
    received_at: datetime
    due_at: datetime
    replied_at: datetime | None
    rating: int | None
    returned: int = 0
    reopened: int = 0
    told_elsewhere: bool = False

    @property
    def ours(self) -> bool:
        """Whether a reply within the time was owed at all."""
        outside = self.kind is Kind.OUT_OF_SCOPE or self.state is State.OUT_OF_SCOPE
        return not outside and not self.told_elsewhere

    @property
    def last_day(self) -> date:
        """The day at whose end the time is over."""
        return (self.due_at - timedelta(seconds=1)).astimezone(CHINA_TIME).date()

    @property
    def open(self) -> bool:
        """Whether somebody still owes a reply."""
        return self.state not in OVER


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the ledger: the case with its words."""

    fact: Fact
    text: str
    reply: str


@dataclass(frozen=True)
class Measure:
    """Something that is counted: its words, and whether a case counts at a time."""

    title: str
    fits: Callable[[Fact, datetime], bool]


def _overdue(fact: Fact, now: datetime) -> bool:
    """A case that waits for its citizen is not overdue: its clock stands still."""
    return fact.ours and fact.open and fact.state is not State.WAITING and fact.due_at <= now


def _on_time(fact: Fact, _: datetime) -> bool:
    return fact.ours and fact.replied_at is not None and fact.replied_at < fact.due_at


def _late(fact: Fact, _: datetime) -> bool:
    return fact.ours and fact.replied_at is not None and fact.replied_at >= fact.due_at


MEASURES: Final = {
    "cased": Measure("来信", lambda fact, _: True),
    "sent": Measure("已转部门", lambda fact, _: fact.department != ""),
    "replied": Measure("已答复", lambda fact, _: fact.ours and fact.replied_at is not None),
    "on_time": Measure("按期答复", _on_time),
    "late": Measure("超期答复", _late),
    "open": Measure("未办结", lambda fact, _: fact.open),
    "overdue": Measure("逾期未办", _overdue),
    "out_of_scope": Measure("不属受理范围", lambda fact, _: not fact.ours),
    "returned": Measure("转办有误被退回", lambda fact, _: fact.returned > 0),
    "reopened": Measure("群众要求重新办理", lambda fact, _: fact.reopened > 0),
    "rated": Measure("群众作了评价", lambda fact, _: fact.rating is not None),
    "satisfied": Measure("评价满意", lambda fact, _: (fact.rating or 0) >= SATISFIED),
    "dissatisfied": Measure("评价不满意", lambda fact, _: 0 < (fact.rating or 9) <= DISSATISFIED),
}
"""Every number of a report is one of these over a set of facts, so its cases can be listed."""


def owed(fact: Fact, now: datetime) -> bool:
    """Whether the case counts in the on-time rate: replied, or open and overdue."""
    return _on_time(fact, now) or _late(fact, now) or _overdue(fact, now)
