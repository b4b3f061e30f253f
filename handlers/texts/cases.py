"""What a citizen is told of their case: opened, added to, how far it is, answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cases.case import Case, State
from cases.department import Department
from handlers.texts.general import CHINA, day_in_words, excerpt

COME_BACK = "这个公众号不能主动给您发消息，请过几天在这里回复「查询」看答复"


STATES = {
    State.RECEIVED: "已登记，正在确认由哪个部门办理",
    State.ROUTED: "已交给部门",
    State.ACCEPTED: "部门正在办理",
    State.DRAFTED: "部门已写好答复，正在审核",
    State.REVIEWED: "答复已审核，马上发给您",
    State.REPLIED: "已答复",
    State.CLOSED: "已办结",
    State.RETURNED: "正在重新确认由哪个部门办理",
    State.WAITING: "等您补充情况",
    State.OUT_OF_SCOPE: "不属于本县办理，已告知去处",
    State.MERGED: "已和同一件事合并办理",
}


def case_opened(case: Case, department: Department | None, *, pushable: bool = True) -> str:
    """Number, department and due day of a new case, in words.

    An account that may not push says that the citizen has to come back for the reply.
    """
    comes = "答复会发到这里。想看进度，回复「查询」" if pushable else COME_BACK
    return (
        f"您说的事情已经登记，编号 {case.number}。\n"
        f"{_owner(department)}，最晚{due_day(case)}答复您。\n"
        f"{comes}；要补充情况，回复「补充」加上内容。"
    )


def _owner(department: Department | None) -> str:
    if department is None:
        return "我们正在确认由哪个部门办理"
    phone = f"（电话 {department.phone}）" if department.phone else ""
    return f"由{department.name}{phone}办理"


def due_day(case: Case) -> str:
    """The last day on which the reply is in time."""
    last = (case.due_at - timedelta(microseconds=1)).astimezone(CHINA).date()
    hedge = "（节假日安排公布后可能调整）" if case.provisional else ""
    return f"{day_in_words(last)}{hedge}"


def person_asked(case: Case, department: Department | None, *, pushable: bool = True) -> str:
    ask = "请接着把事情的时间、地点、经过写下来，会一起交给工作人员。"
    return f"{case_opened(case, department, pushable=pushable)}\n{ask}"


def answered_by(case: Case, now: datetime) -> str:
    """When the citizen hears: by its day, or with the letter about the same that it went into.

    A day that has passed is not promised again.
    """
    if case.state is State.MERGED:
        return "和同一件事合并办理，有了答复就发给您"
    if now >= case.due_at:
        return f"原定{due_day(case)}答复您，已经过了，对不起，我们会接着催办"
    return f"最晚{due_day(case)}答复您"


def added(case: Case, now: datetime) -> str:
    return (
        f"收到，已经补充到您正在办的事情里（编号 {case.number}），"
        f"{answered_by(case, now)}。\n如果是另外一件事，请回复「人工」加上内容。"
    )


def person_has_it(case: Case, department: Department | None, now: datetime) -> str:
    """The citizen asks for a person while somebody already has their matter."""
    phone = department.phone if department else ""
    call = f"着急的话，可以直接打{case.department}电话 {phone}。" if phone else ""
    return (
        f"您说的事情（编号 {case.number}）已经交给工作人员，您的话也记在里面了，"
        f"{answered_by(case, now)}。{call}\n"
        "方便的话，留下电话和方便接听的时间。如果是另外一件事，请回复「人工」加上内容。"
    )


def urged(case: Case, now: datetime) -> str:
    """The citizen asked for haste; it stands in the case's log."""
    return (
        f"让您着急了。您催办的话已经记在这件事里，经办的同志看得到。\n\n{_progress_line(case, now)}"
    )


def withdrawn(case: Case) -> str:
    return (
        f"好的，已经记下：{excerpt(case.text)}（编号 {case.number}），您说不用再办了。"
        "工作人员看到后会办结。以后有事随时发过来。"
    )


def attached(case: Case) -> str:
    return f"收到，已经附到您正在办的事情里（编号 {case.number}）。有要说明的，请再写几句文字。"


def progress(cases: Sequence[Case], now: datetime) -> str:
    """The citizen's own cases, open ones first."""
    lines = [_progress_line(case, now) for case in cases]
    return "\n\n".join([*lines, "要看某一件的详情，回复「查询」加编号。"])


def _progress_line(case: Case, now: datetime) -> str:
    owner = f"（{case.department}）" if case.department else ""
    return f"{case.number}{owner}\n{excerpt(case.text)}\n{STATES[case.state]}{_until(case, now)}"


def _until(case: Case, now: datetime) -> str:
    """When the citizen hears of it; while they are asked, what to do: the clock stands."""
    if case.state is State.WAITING:
        return "：回复「补充」加上内容，收到后接着办"
    if case.state is State.MERGED:
        return "，有了答复就发给您"
    return f"，{answered_by(case, now)}" if case.is_open else ""


def case_details(case: Case, now: datetime, page: str = "") -> str:
    """One case with its reply, if there is one, and the address of its progress page."""
    lines = [_progress_line(case, now)]
    if page:  # before the reply, which may be cut where a message ends
        lines.append(f'<a href="{page}">点这里看办理经过</a>')
    if case.reply:
        lines.append(f"答复：\n{case.reply}")
    return "\n\n".join(lines)


def rated(score: int, reason: str = "") -> str:
    if score >= 3:
        return "谢谢您的评价，我们会继续努力。"
    if reason:
        return "谢谢您告诉我们，原因记下了，这件事会交给负责督办的同志看。"
    return (
        "谢谢您告诉我们，这件事会交给负责督办的同志看。\n"
        f"想说说哪里不满意，回复「评价 {score}」加原因，比如「评价 {score} 没说清去哪个窗口」。"
        "还没解决，回复「没有解决」。"
    )


def reopened(case: Case, department: Department | None) -> str:
    again = f"好的，这件事（编号 {case.number}）重新办理。"
    return f"{again}{_owner(department)}，最晚{due_day(case)}答复您。"


def case_reply(case: Case, reply: str) -> str:
    """A department's reviewed reply as the citizen receives it."""
    return (
        f"您反映的事情（编号 {case.number}）有答复了：\n\n{reply}\n\n"
        f"{case.department}\n满意吗？回复「评价 5」（1 到 5 分）。还没解决，回复「没有解决」。"
    )


def case_question(case: Case, question: str) -> str:
    """A department's reviewed question to the citizen; the clock stands until they answer."""
    return (
        f"关于您反映的事情（编号 {case.number}），{case.department}想请您补充：\n\n{question}\n\n"
        "直接回复「补充」加上内容就行。"
    )


def case_extended(case: Case, progress: str = "") -> str:
    """The interim reply that goes with every extension, with how far the department is."""
    if progress:
        return (
            f"您反映的事情（编号 {case.number}）还在办，先跟您说一下进展：\n\n{progress}\n\n"
            f"{case.department}\n还需要一些时间，最晚{due_day(case)}答复您。让您久等了。"
        )
    return (
        f"您反映的事情（编号 {case.number}）情况比较复杂，还需要一些时间，"
        f"最晚{due_day(case)}答复您。让您久等了。"
    )


def case_reopened(case: Case) -> str:
    """A supervisor has an answer that did not help done again."""
    owner = f"，请{case.department}" if case.department else ""
    return (
        f"您评价不满意的这件事（编号 {case.number}），督办的同志看过了{owner}重新办理，"
        f"最晚{due_day(case)}再答复您。"
    )


class Letters:
    """The desk's words around what staff wrote (fits `cases.ports.Letters`)."""

    def reply(self, case: Case) -> str:
        return case_reply(case, case.reply)

    def question(self, case: Case, question: str) -> str:
        return case_question(case, question)

    def extended(self, case: Case, progress: str = "") -> str:
        return case_extended(case, progress)

    def reopened(self, case: Case) -> str:
        return case_reopened(case)
