"""掌上办事: the entrances to what can be done online, with their health."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from handlers.menu import link_fault

NAME_LENGTH: Final = 30
DAILY, AGAIN = timedelta(days=1), timedelta(minutes=10)
BROKEN_AFTER = 2  # failures in a row: one may be a moment's fault


class ServiceState(StrEnum):
    """Where an entrance stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Health(StrEnum):
    """What the last look at its link found; UNSURE: the site does not let programs in."""

    UNKNOWN = ""
    GOOD = "good"
    UNSURE = "unsure"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True)
class Service:
    """One entrance: what is done there, its link, and the department that answers for it."""

    id: int
    name: str
    link: str
    department: str
    state: ServiceState
    author: str
    reviewer: str = ""
    remark: str = ""
    replaces: int | None = None
    version: int = 1
    saved_at: datetime
    published_at: datetime | None = None
    checked_at: datetime | None = None
    health: Health = Health.UNKNOWN
    reason: str = ""
    failures: int = 0
    broken_since: datetime | None = None

    @property
    def usable(self) -> bool:
        """Whether citizens are led there."""
        return self.state is ServiceState.PUBLISHED and self.health is not Health.BROKEN


@dataclass(frozen=True, kw_only=True)
class Look:
    """What one look at a link found; `reason` is for the staff."""

    health: Health
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What is kept of a look: the health it leads to, and when to look again."""

    health: Health
    reason: str
    failures: int
    broken_since: datetime | None
    look_at: datetime


def judge(service: Service, look: Look, now: datetime) -> Checked:
    """A failure counts only when it happens twice in a row, ten minutes apart."""
    failures = service.failures + 1 if look.health is Health.BROKEN else 0
    broken = failures >= BROKEN_AFTER
    first = look.health is Health.BROKEN and not broken
    return Checked(
        health=service.health if first else look.health,
        reason=look.reason,
        failures=failures,
        broken_since=(service.broken_since or now) if broken else None,
        look_at=now + (AGAIN if first else DAILY),
    )


def fault(name: str, link: str, department: str, departments: set[str]) -> str:
    """What is wrong with a form, "" when nothing is."""
    if not name or len(name) > NAME_LENGTH:
        return f"名称要填，最多 {NAME_LENGTH} 个字，写群众看得懂的，例如“居民医保缴费”。"
    if found := link_fault(link):
        return f"“{name}”{found}"
    if department not in departments:
        return "请选择负责的部门：链接打不开时由它来处理。"
    return ""
