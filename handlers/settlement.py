"""How a message ends: everything one handler run decides, written in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.case import Change
from handlers.citizen import Citizen


class Outcome(StrEnum):
    """The one way in which a message ended."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    CASED = "cased"  # a case was opened
    ADDED = "added"  # joined to an open case
    REDIRECTED = "redirected"  # out of scope: told where to go
    CHATTED = "chatted"  # greeting, thanks, abuse: a short human text
    COMMANDED = "commanded"  # 查询, 更多, 评价 …
    ASKED_FOR_WORDS = "asked_for_words"  # picture or voice without an open case
    IGNORED = "ignored"  # an event that needs no reply
    NOTED = "noted"  # a comment that asks for nothing
    HELD = "held"  # a comment hidden as abuse or advertising, for a moderator to confirm


@dataclass(frozen=True, kw_only=True)
class Given:
    """The exact entry version whose text a citizen received."""

    entry: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """Everything that follows from one message.

    `reply` is the text for the citizen, "" for none. `change` opens a case or takes a step in
    one; `joins` is the number of the case the message belongs to ("" for none). `carries` are the
    keys of waiting deliveries whose texts stand inside `reply`. `words` is what a case was told,
    where it was put together of several messages: the earlier ones belong to the case as well.
    `follows` says that it is a piece whose words alone do not tell whose it is: what was said just
    before belongs to it.
    """

    outcome: Outcome
    reply: str
    citizen: Citizen
    settled_at: datetime
    given: tuple[Given, ...] = ()
    change: Change | None = None
    joins: str = ""
    words: str = ""
    follows: bool = False
    carries: tuple[str, ...] = ()
    probability: float | None = None


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The one passive reply of a message, frozen: later deliveries get the same bytes."""

    text: str
    at: datetime
