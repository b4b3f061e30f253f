"""办事地点: hospitals, halls, schools and whatever else people ask for by telephone and hours."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from handlers.hearing.vocabulary import common_names
from handlers.service_directory import ServiceState
from knowledge_base.text import normalise

NAME_LENGTH, FIELD_LENGTH, MOST_NAMES = 30, 100, 20
MOST_TOLD: Final = 6
"""Offices of one name in a reply; more would be cut by WeChat."""


@dataclass(frozen=True, kw_only=True)
class Office:
    """A place to go to or to call; each text of it is written by one and published by another.

    `also` is what people call it besides its name ("政务大厅"), `what` what to ask there,
    `checked_on` the day somebody last compared it with the place itself.
    """

    name: str
    also: tuple[str, ...] = ()
    phone: str = ""
    address: str = ""
    hours: str = ""
    what: str = ""
    checked_on: date | None = None
    id: int = 0
    state: ServiceState = ServiceState.DRAFT
    author: str = ""
    reviewer: str = ""
    remark: str = ""
    replaces: int | None = None
    version: int = 0
    saved_at: datetime | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Called:
    """The offices that a text calls by `words`."""

    offices: tuple[Office, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class OfficeBook:
    """The published offices by every name they go by, normalised."""

    names: tuple[tuple[str, Office], ...] = field(default=())

    @classmethod
    def of(cls, offices: Sequence[Office]) -> "OfficeBook":
        """The published ones; what is commonly called otherwise goes by its common names too."""
        published = [each for each in offices if each.state is ServiceState.PUBLISHED]
        pairs = [(normalise(n), each) for each in published for n in (each.name, *each.also)]
        own = {name for name, _ in pairs}
        common = [(name, each) for name, each in _commonly(published) if name not in own]
        return cls(names=tuple((name, each) for name, each in (*pairs, *common) if name))

    def doing(self, thing: str) -> tuple[Office, ...]:
        """Those that say of themselves that `thing` (normalised: 身份证, 产检) is done there."""
        offices = {office.id: office for _, office in self.names}
        return tuple(each for each in offices.values() if thing in _done_at(each))

    def called_in(self, text: str) -> Called | None:
        """Those that a normalised text calls by the longest name in it.

        None for none, and for a text that calls different offices by different names.
        """
        found = [(name, office) for name, office in self.names if name in text]
        if not found:
            return None
        words = max((name for name, _ in found), key=len)
        if any(name not in words for name, _ in found):
            return None
        offices = {office.id: office for name, office in found if name == words}
        return Called(offices=tuple(offices.values()), words=words)


def _commonly(offices: Sequence[Office]) -> list[tuple[str, Office]]:
    return [
        (normalise(name), each)
        for each in offices
        for kind, names in common_names().items()
        if kind in each.name
        for name in names
    ]


def _done_at(office: Office) -> str:
    return normalise(f"{office.what}，{office.hours}")


def fault(office: Office, others: Sequence[Office]) -> str:
    """What is wrong with a form, "" when nothing is; `others` are those it does not replace."""
    if not office.name or len(office.name) > NAME_LENGTH:
        return f"名称要填，最多 {NAME_LENGTH} 个字，写全称，例如“清禾县人民医院”。"
    if any(each.name == office.name for each in others):
        return f"已经有“{office.name}”了，请在列表里找到它，点“修改”。"
    if len(office.also) > MOST_NAMES or any(len(each) > NAME_LENGTH for each in office.also):
        return f"别的叫法最多 {MOST_NAMES} 个，每个最多 {NAME_LENGTH} 个字。"
    if any(len(normalise(each)) < 2 for each in (office.name, *office.also)):
        return "名称和叫法至少两个字，一个字太容易认错。"
    if not (office.phone or office.address or office.hours):
        return "电话、地址、时间至少填一项，不然群众问了也没有用。"
    texts = (office.phone, office.address, office.hours, office.what)
    if any(len(each) > FIELD_LENGTH for each in texts):
        return f"每一项最多 {FIELD_LENGTH} 个字，手机上才看得清。"
    return ""
