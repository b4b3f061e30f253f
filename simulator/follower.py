"""One citizen at one account: the chat, the pushes, the allowance."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from simulator.account import Account
from simulator.allowance import Allowance
from simulator.citizen import Citizen

Side = Literal["citizen", "account", "system"]
State = Literal["sent", "waiting"]
LINES_KEPT = 500


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a chat. `kind` is the message type; `pushed` tells a push from a reply."""

    id: int
    at: datetime
    side: Side
    kind: str
    text: str
    details: tuple[tuple[str, str], ...] = ()
    state: State = "sent"
    pushed: bool = False


@dataclass(frozen=True, kw_only=True)
class Push:
    """One call to send something unasked, and what the platform answered."""

    at: datetime
    channel: Literal["custom", "template", "subscribe"]
    kind: str
    text: str
    errcode: int = 0
    errmsg: str = "ok"


class Follower:
    """The state between a citizen and an account. `revision` grows with every visible change."""

    def __init__(self, account: Account, citizen: Citizen, *, subscribed: bool = True) -> None:
        self.account = account
        self.citizen = citizen
        self.subscribed = subscribed
        self.notices_refused = False
        self.notices_blocked = False  # template messages: the event tells, not the call
        self.allowance = Allowance()
        self.typing_until: datetime | None = None
        self.lines: list[Line] = []
        self.pushes: list[Push] = []
        self.revision = 0
        self._last_id = 0

    def say(
        self,
        side: Side,
        kind: str,
        text: str,
        *,
        at: datetime,
        details: tuple[tuple[str, str], ...] = (),
        state: State = "sent",
        pushed: bool = False,
    ) -> Line:
        """Add a line at the end of the chat."""
        self._last_id += 1
        line = Line(
            id=self._last_id,
            at=at,
            side=side,
            kind=kind,
            text=text,
            details=details,
            state=state,
            pushed=pushed,
        )
        self.lines = [*self.lines[1 - LINES_KEPT :], line]
        self.changed()
        return line

    def mark(self, line: Line, state: State) -> None:
        """Note how a waiting line ended."""
        self.lines = [
            replace(each, state=state) if each.id == line.id else each for each in self.lines
        ]
        self.changed()

    def note_push(self, push: Push) -> None:
        """Remember a push, delivered or refused."""
        self.pushes = [*self.pushes[1 - LINES_KEPT :], push]
        self.changed()

    def changed(self) -> None:
        """Tell whoever watches that something visible is different."""
        self.revision += 1
