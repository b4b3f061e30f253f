"""What staff are told, in words: case numbers, times and departments, nothing about a citizen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from cases.case import Case
from cases.supervision.alarm import Alarm, AlarmKind, Interview, Post
from cases.supervision.reminder import Message, ReminderKind
from cases.time_left import Urgency, time_left
from cases.work_calendar import WorkCalendar, today

ALARMS = {
    AlarmKind.OVERDUE: "逾期未答复",
    AlarmKind.LATE_RETURN: "退回不及时",
    AlarmKind.VIOLATION: "违规办理",
}
POSTS = {Post.LIAISON: "联络员", Post.DEPUTY_HEAD: "分管负责人", Post.HEAD: "主要负责人"}
UNROUTED = "待分派"


def path_of(case: str) -> str:
    """Where a case is found in the console."""
    return f"/console/cases/{case}"


def department_path(name: str) -> str:
    """Where a department's page is found in the console."""
    return f"/console/departments/{quote(name, safe='')}"


def due(case: Case, now: datetime, calendar: WorkCalendar) -> Message:
    """来信 HY… 明天到期 — or how late it is."""
    left = time_left(case.due_date, now, calendar)
    day = f"{case.due_date.month}月{case.due_date.day}日"
    late = left.urgency is Urgency.OVERDUE
    text = (
        f"{case.department or UNROUTED}的来信 {case.number} {left.words}"
        f"（{day} 24:00 截止{'，日期暂定' if case.provisional else ''}）。"
        + ("请今天就答复，并说明情况。" if late else "请及时办理。")
    )
    return Message(
        kind=ReminderKind.DUE,
        title=f"来信 {case.number} {left.words}",
        text=text,
        link=path_of(case.number),
        department=case.department,
    )


def help_due(case: Case, now: datetime, calendar: WorkCalendar) -> Message:
    """来信 HY… 还等本部门的协办意见，明天到期."""
    left = time_left(case.due_date, now, calendar).words
    who = case.department or UNROUTED
    return Message(
        kind=ReminderKind.DUE,
        title=f"来信 {case.number} 还等本部门的协办意见，{left}",
        text=f"{who}请本部门协办的来信 {case.number} {left}，意见还没有写。请写在“内部备注”里。",
        link=f"{path_of(case.number)}#notes",
        department=case.department,
    )


def alarm(found: Alarm) -> Message:
    """第 2 次警示：逾期未答复."""
    who, what = found.department or UNROUTED, ALARMS[found.kind]
    case = f"（来信 {found.case}）" if found.case else ""
    told = bool(
        found.reason and found.department
    )  # in a person's own words, which may name a citizen: not sent out
    return Message(
        kind=ReminderKind.ALARM,
        title=f"{who}：{found.year} 年第 {found.number} 次警示",
        text=f"{who}因{what}{case}被警示，是 {found.year} 年的第 {found.number} 次。"
        + ("写下的情况在部门页的“警示”里。" if told else ""),
        link=department_path(found.department) if told or not found.case else path_of(found.case),
        department=found.department,
    )


def interview(found: Interview) -> Message:
    """第 2 次警示，约谈联络员；书面整改何时前交。"""
    due = f"{found.answer_due.month}月{found.answer_due.day}日"
    return Message(
        kind=ReminderKind.INTERVIEW,
        title=f"{found.department}：约谈{POSTS[found.talk_with]}，{due}前提交整改说明",
        text=(
            f"{found.department}在 {found.year} 年已被警示 {found.alarm} 次，"
            f"按规定约谈{POSTS[found.talk_with]}。请在{due}前提交书面整改说明。"
        ),
        link=f"/console/interviews/{found.id}",
        department=found.department,
    )


def answer_due(found: Interview, *, late: bool) -> Message:
    """整改说明明天到期 — or that it is late."""
    due = f"{found.answer_due.month}月{found.answer_due.day}日"
    what = f"整改说明已超期（{due}）" if late else f"整改说明{due}到期"
    return Message(
        kind=ReminderKind.INTERVIEW,
        title=f"{found.department}：{what}",
        text=f"{found.department}第 {found.alarm} 次警示的{what}，还没有提交。",
        link=f"/console/interviews/{found.id}",
        department=found.department,
    )


def missing_notice(year: int) -> Message:
    """The year's notice has to be loaded."""
    return Message(
        kind=ReminderKind.CALENDAR,
        title=f"{year} 年的放假通知还没有录入",
        text=(
            f"跨到 {year} 年的办理期限现在按暂定日期计算。国务院办公厅的放假通知公布后，"
            "请在“日历”页录入，期限会自动重算。"
        ),
        link=f"/console/calendar?year={year}",
    )


def note(title: str, case: Case) -> Message:
    """A word of a colleague on a case; what it says is read there."""
    return Message(
        kind=ReminderKind.NOTE,
        title=title,
        text="点开来信，在“内部备注”里看。",
        link=f"{path_of(case.number)}#notes",
        department=case.department,
    )


def given_back(cases: Sequence[Case], left: str) -> Message | None:
    """Cases whose officer has left are their department's again; None for no cases."""
    return _of_leave(
        cases,
        title=f"{left}已离岗，{len(cases)} 件来信等人接手",
        text=f"已交回本部门：{_numbers(cases)}。期限不变，请尽快接手。",
    )


def moved(cases: Sequence[Case], away: str, substitute: str) -> Message | None:
    """Cases of somebody on leave that are now the substitute's."""
    return _of_leave(
        cases,
        title=f"{away}请假，{len(cases)} 件来信转由{substitute}办理",
        text=f"已转给{substitute}：{_numbers(cases)}。期限不变。",
    )


def handed_back(cases: Sequence[Case], back: str, substitute: str) -> Message | None:
    """Cases that a substitute had, and that are whose they were again."""
    return _of_leave(
        cases,
        title=f"{back}已回岗，{len(cases)} 件来信由{substitute}交还",
        text=f"已交还{back}：{_numbers(cases)}。期限不变；{substitute}已经动笔的仍由{substitute}办。",
    )


def _of_leave(cases: Sequence[Case], *, title: str, text: str) -> Message | None:
    if not cases:
        return None
    return Message(
        kind=ReminderKind.LEAVE,
        title=title,
        text=text,
        link="/console/cases",
        department=cases[0].department,
    )


def _numbers(cases: Sequence[Case]) -> str:
    numbers = "、".join(case.number for case in cases[:10])
    return f"{numbers}等" if len(cases) > 10 else numbers


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many cases stand where, for the morning's digest."""

    open: int
    late: int
    today: int
    soon: int
    new: int = 0  # that nobody has taken on
    urgent: Sequence[Case] = ()
    unhappy: int = 0  # bad ratings that nobody looked into yet; the whole county's only

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to say."""
        return self.open == 0 and self.unhappy == 0


def digest(
    tally: Tally,
    *,
    whose: str,
    department: str,
    now: datetime,
    calendar: WorkCalendar,
    own: int | None = None,
) -> Message:
    """今天的来信：未办结 12 件，已逾期 1 件 …, with the most urgent ones by number."""
    day = today(now)
    counts = (
        f"{whose}未办结 {tally.open} 件：已逾期 {tally.late} 件，今天到期 {tally.today} 件，"
        f"两个工作日内到期 {tally.soon} 件。"
    )
    unhappy = [f"评价低、还没有处理的 {tally.unhappy} 件。"] if tally.unhappy else []
    lines = [
        f"{case.number} {case.department or UNROUTED} "
        f"{time_left(case.due_date, now, calendar).words}"
        for case in tally.urgent
    ]
    return Message(
        kind=ReminderKind.DIGEST,
        title=f"{day.month}月{day.day}日 来信提要：逾期 {tally.late}，今天到期 {tally.today}",
        text="\n".join(
            [
                counts if tally.open else f"{whose}没有未办结的来信。",
                *_in_hand(tally, own),
                *unhappy,
                *lines,
            ]
        ),
        link="/console/cases",
        department=department,
    )


def _in_hand(tally: Tally, own: int | None) -> list[str]:
    """Whose the open ones are, in a line or none."""
    parts = [f"您经办 {own} 件"] if own is not None else []
    parts += [f"还没有人受理 {tally.new} 件"] if tally.new else []
    return [f"其中{'，'.join(parts)}。"] if parts and tally.open else []
