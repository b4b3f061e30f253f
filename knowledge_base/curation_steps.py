"""The life of an entry's version: who may take which step, in one table."""

import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from knowledge_base.entry import Entry, Status
from knowledge_base.entry_check import problem_with, tidied
from knowledge_base.exchange.columns import CHINESE

WARNED_DAYS_BEFORE = 30
SYSTEM = "system"
"""Who withdraws an entry whose time is over."""
FILE = "import"
"""Who drafts what comes from a file that nobody put their name to."""
LIBRARY = "政策库 "
"""How the names begin under which libraries run by others draft."""


class CurationError(Exception):
    """A step that may not be taken. `tell` says why in Chinese, for staff."""

    tell = "这一步无法进行"

    def __init__(self, message: str, *, tell: str = "") -> None:
        super().__init__(message)
        self.tell = tell or self.tell


class StepNotPermitted(CurationError):
    """The version's status does not allow the step."""


class SamePerson(CurationError):
    """Whoever wrote a text cannot be the one who approves it."""

    tell = "审核人不能是撰写人本人，请另一位同事审核"


class NameMissing(CurationError):
    """A step is taken by somebody."""

    tell = "缺少操作人姓名"


class ReasonMissing(CurationError):
    """Sending back and withdrawing need a reason, for the author and for the record."""

    tell = "请填写原因"


class EntryNotFound(CurationError):
    """There is no such entry, or no such version."""

    tell = "没有找到这个条目"


class StaleVersion(CurationError):
    """Somebody saved a newer version meanwhile; load it and decide again."""

    tell = "这个条目刚有了新版本，请刷新后再操作"


class RowsRejected(CurationError):
    """A file that is to replace the whole knowledge base must be readable to its last row."""

    tell = "文件里还有不能导入的行，请先改好，再整库替换；什么都没有改动"


class NothingInFile(CurationError):
    """A file without a single entry is to replace the whole knowledge base."""

    tell = "文件里没有一个条目，整库替换会撤下全部答复；什么都没有改动"


class UnfitText(CurationError):
    """The text holds what may not be public: a person's numbers, words that do not fit."""


class UnfitEntry(CurationError):
    """The text itself cannot be kept: empty, too long, or with impossible days."""


class Step(StrEnum):
    """What a person, or the calendar, does to a version."""

    REVISE = "revise"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class Rule(NamedTuple):
    """From which statuses a step may be taken, where it leads, and what it needs."""

    chinese: str
    before: frozenset[Status]
    after: Status
    needs_reason: bool = False
    needs_another_person: bool = False


_OPEN = frozenset({Status.DRAFT, Status.IN_REVIEW})
_REVIEW = frozenset({Status.IN_REVIEW})
_PUBLIC = frozenset({Status.PUBLISHED})

STEPS: dict[Step, Rule] = {
    Step.REVISE: Rule("修改", frozenset({Status.DRAFT}), Status.DRAFT),
    Step.SUBMIT: Rule("提交审核", frozenset({Status.DRAFT}), Status.IN_REVIEW),
    Step.SEND_BACK: Rule("退回", _REVIEW, Status.DRAFT, needs_reason=True),
    Step.PUBLISH: Rule("发布", _REVIEW, Status.PUBLISHED, needs_another_person=True),
    Step.WITHDRAW: Rule("撤回", _OPEN | _PUBLIC, Status.WITHDRAWN, needs_reason=True),
    Step.EXPIRE: Rule("到期撤回", _PUBLIC, Status.WITHDRAWN),
}
"""A published or withdrawn text is never revised: a new version is drafted instead."""

STATUS_CHINESE = {
    Status.DRAFT: "草稿",
    Status.IN_REVIEW: "待审核",
    Status.PUBLISHED: "已发布",
    Status.WITHDRAWN: "已撤回",
}


def permitted_steps(entry: Entry) -> tuple[Step, ...]:
    """The steps this version's status allows, in the order of the table."""
    return tuple(step for step, rule in STEPS.items() if entry.status in rule.before)


def take_step(entry: Entry, step: Step, *, actor: str, reason: str = "") -> Entry:
    """The version after the step; raises the `CurationError` that says why not."""
    rule = STEPS[step]
    if entry.status not in rule.before:
        raise StepNotPermitted(
            f"{step} is not possible for a version that is {entry.status}",
            tell=f"{STATUS_CHINESE[entry.status]}的条目不能{rule.chinese}",
        )
    require_name(actor)
    if rule.needs_reason:
        require_reason(reason)
    if rule.needs_another_person:
        require_two_people(entry.author, actor)
        entry = replace(entry, reviewer=actor)
    if step is Step.SEND_BACK:
        entry = replace(entry, reviewer="")
    return entry.with_status(rule.after)


def require_name(name: str) -> None:
    if not _person(name):
        raise NameMissing("who takes this step?")


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing("this step needs a reason")


def require_two_people(author: str, reviewer: str) -> None:
    require_name(author)
    require_name(reviewer)
    if is_same_person(author, reviewer):
        raise SamePerson(f"{reviewer!r} wrote this text and cannot review it")


def is_same_person(one: str, other: str) -> bool:
    """Case, width and spaces do not make another person of a name."""
    return _person(one) == _person(other)


def is_unsigned(author: str) -> bool:
    """Whether no person of the desk stands for a draft: it came from a library, or a file."""
    return author == FILE or author.startswith(LIBRARY)


def _person(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def fit_to_keep(entry: Entry) -> Entry:
    """The entry tidied; raises `UnfitEntry` when its text cannot be kept."""
    tidy = tidied(entry)
    if not tidy.id:
        raise UnfitEntry("an entry needs an id", tell="“编号”：不能为空")
    if problem := problem_with(tidy):
        where = CHINESE[problem.column]
        raise UnfitEntry(f"{problem.column} is unfit", tell=f"“{where}”：{problem.reason}")
    return tidy


def has_expired(entry: Entry, today: date) -> bool:
    """`valid_until` is the last day the answer may be given."""
    return entry.valid_until is not None and entry.valid_until < today


def require_days_left(entry: Entry, today: date | None) -> None:
    """Nobody would ever be given what is over before it begins."""
    if today is not None and has_expired(entry, today):
        raise StepNotPermitted(
            f"{entry.id!r} has expired",
            tell="失效日期已经过了，发布了群众也问不到；请退回，先改失效日期",
        )


def expires_soon(entry: Entry, today: date, days: int = WARNED_DAYS_BEFORE) -> bool:
    """Still valid today, and not any more in `days` days."""
    if entry.valid_until is None or has_expired(entry, today):
        return False
    return entry.valid_until <= today + timedelta(days=days)
