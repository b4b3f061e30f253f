"""What a person asks of the list of cases, read from its address and written back to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from cases.case import OVER, Kind, State
from cases.deadline import due, end_of
from cases.people import OWN_DEPARTMENT_ONLY, Person, Role
from cases.ports import CaseFilter, CaseTally, When, Whose
from cases.steps import ANSWERED
from cases.work_calendar import WorkCalendar, today
from console import words
from console.pages import WORK, count_work, work_of

PAGE_SIZE: Final = 30
OPEN: Final = tuple(state for state in State if state not in OVER)
OWN: Final = tuple(state for state in OPEN if state is not State.MERGED)
RUNNING: Final = tuple(state for state in OPEN if state is not State.WAITING)
DUE: Final = {
    "late": "已逾期",
    "today": "今天到期",
    "three": "三个工作日内到期",
    "week": "五个工作日内到期",
}
WORKDAYS_AHEAD: Final = {"today": 0, "three": 3, "week": 5}
LONGEST: Final = 100
COUNTED: Final = 1000
"""So many cases that hold the words looked for are counted, open ones first."""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A kept question to the list; `when` narrows it to what is past its due time."""

    key: str
    title: str
    states: tuple[State, ...]
    when: When | None = None
    own: bool | None = None
    asks: str = ""


TABS: Final = {
    tab.key: tab
    for tab in (
        Tab(key="mine", title="待我处理", states=()),  # filled in by role
        Tab(key="own", title="我经办的", states=OWN, own=True),
        Tab(key="late", title="已逾期", states=RUNNING, when=When.LATE),
        Tab(key="open", title="未办结", states=OPEN),
        Tab(key="new", title="待接收", states=(State.ROUTED,)),
        Tab(key="working", title="办理中", states=(State.ACCEPTED,)),
        Tab(key="review", title="待审核", states=(State.DRAFTED, State.REVIEWED)),
        Tab(key="waiting", title="等补充", states=(State.WAITING,)),
        Tab(key="asking", title="待批延期", states=RUNNING, asks="extension"),
        Tab(key="unhappy", title="评价低", states=tuple(ANSWERED), asks="rating"),
        Tab(key="done", title="已答复", states=tuple(OVER)),
    )
}
BY_ROLE: Final = {
    Role.OFFICER: ("mine", "own", "late", "review", "waiting", "open", "done"),
    Role.REVIEWER: ("mine", "late", "new", "working", "waiting", "open", "done"),
    Role.DISPATCHER: ("mine", "late", "new", "working", "review", "open", "done"),
    Role.SUPERVISOR: (
        "late",
        "asking",
        "unhappy",
        "open",
        "new",
        "working",
        "review",
        "waiting",
        "done",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A tab, the words looked for, and what the list is narrowed to; "" narrows nothing."""

    tab: Tab
    q: str = ""
    department: str = ""
    kind: str = ""
    topic: str = ""
    account: str = ""
    officer: str = ""
    due: str = ""

    def address(self, **changed: str) -> str:
        """The query of this list, or of one that differs in a field or in its tab."""
        fields = {"tab": self.tab.key} | self.narrowed | changed
        return "?" + urlencode({name: value for name, value in fields.items() if value})

    @property
    def narrowed(self) -> dict[str, str]:
        """All fields that ask for something, without the tab."""
        names = ("q", "department", "kind", "topic", "account", "officer", "due")
        return {name: value for name in names if (value := getattr(self, name))}

    @property
    def most(self) -> int | None:
        """How many cases are counted; None where all are."""
        return COUNTED if self.q else None

    @property
    def more(self) -> bool:
        """Whether one of the fields is set that are folded away at first."""
        return bool(self.narrowed.keys() - {"q", "department"})

    def chips(
        self, called: Mapping[str, str], accounts: Mapping[str, str]
    ) -> list[tuple[str, str]]:
        """(words, the list without it) of every field that narrows the list."""
        say = {
            "q": f"含“{self.q}”",
            "kind": words.KINDS[Kind(self.kind)] if self.kind else "",
            "officer": f"经办：{called.get(self.officer, self.officer)}",
            "account": accounts.get(self.account, self.account),
            "due": DUE.get(self.due, ""),
        }
        return [
            (say.get(name, value), self.address(**{name: ""}))
            for name, value in self.narrowed.items()
        ]

    def filter(
        self, now: datetime, calendar: WorkCalendar, *, states: tuple[State, ...] = tuple(State)
    ) -> CaseFilter:
        """What the fields ask of storage, whatever the tab; a clock that stands is never due."""
        late = now + timedelta(seconds=1) if self.due == "late" else None
        ahead = WORKDAYS_AHEAD.get(self.due)
        until = end_of(_after(ahead, now, calendar)) if ahead is not None else None
        if self.due:
            states = tuple(each for each in states if each is not State.WAITING)
        return CaseFilter(
            states=states,
            text=self.q,
            department=self.department,
            kind=self.kind,
            topic=self.topic,
            account=self.account,
            officer=self.officer,
            due_from=now if ahead is not None else None,
            due_before=until + timedelta(seconds=1) if until else late,
        )

    def filter_of_tab(self, person: Person, now: datetime, calendar: WorkCalendar) -> CaseFilter:
        """What the tab shows of them."""
        only = replace(self.filter(now, calendar, states=self.tab.states), limit=PAGE_SIZE + 1)
        if not only.states:  # nothing that this tab shows can be due
            only = replace(only, due_from=now, due_before=now)
        if self.tab.key == "mine":
            work = work_of(person)
            only = replace(only, mine=work.mine, helping=work.helping)
        if self.tab.asks:
            only = replace(only, asks=self.tab.asks)
        if self.tab.own:
            only = replace(only, officer=person.name)
        if self.tab.when is When.LATE:
            late = now + timedelta(seconds=1)
            only = replace(only, due_before=min(only.due_before or late, late))
        return only


def near(person: Person, now: datetime, calendar: WorkCalendar) -> tuple[str, CaseFilter, str]:
    """What is due within three working days, also past a holiday: its name, filter and list."""
    asked = asked_of({"tab": "open", "due": "three"}, person)
    return DUE["three"], asked.filter_of_tab(person, now, calendar), asked.address()


def _after(workdays: int, now: datetime, calendar: WorkCalendar) -> date:
    """Today, or the day so many working days after it."""
    return due(now, workdays, calendar).due_date if workdays else today(now)


def asked_of(query: Mapping[str, str], person: Person) -> Asked:
    """What an address asks; what is unknown or not for this person asks nothing."""
    given = {name: value.strip()[:LONGEST] for name, value in query.items()}
    kind, within = given.get("kind", ""), given.get("due", "")
    everywhere = person.role not in OWN_DEPARTMENT_ONLY
    return Asked(
        tab=tab_of(given.get("tab", ""), person),
        q=given.get("q", ""),
        department=given.get("department", "") if everywhere else "",
        kind=kind if kind in set(Kind) else "",
        topic=given.get("topic", ""),
        account=given.get("account", ""),
        officer=given.get("officer", ""),
        due=within if within in DUE else "",
    )


def tab_of(key: str, person: Person) -> Tab:
    """The tab that was asked for, or the first of the person's role."""
    allowed = BY_ROLE[person.role]
    tab = TABS[key if key in allowed else allowed[0]]
    return tab if tab.states else replace(tab, states=WORK[person.role])


def tabs_of(person: Person) -> Sequence[Tab]:
    """The tabs of a person's role."""
    return [tab_of(key, person) for key in BY_ROLE[person.role]]


def count_of(tab: Tab, tally: CaseTally, person: Person) -> int:
    """How many cases of a tab were counted."""
    if tab.key == "mine":
        return count_work(tally, person)
    whose = Whose.OWN if tab.own else None
    return tally.count(tab.states, when=tab.when, whose=whose, asking=True if tab.asks else None)


def label_of(tab: Tab, tally: CaseTally, person: Person) -> int | str:
    """The number beside a tab: "120", "1000+" where more may follow, "" where none was met yet."""
    amount = count_of(tab, tally, person)
    if tally.cut.isdisjoint(tab.states):
        return amount
    return f"{amount}+" if amount else ""
