"""What the desk remembers of a citizen between two messages."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One line of a choice list: the entry behind it and the text the citizen read."""

    entry: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Citizen:
    """A citizen of one account, and the state of their conversation.

    `question` was asked at `asked_at`; `choices` answer it until `choices_until`; `rest` is what
    is left of a long answer; `last_entry` is the entry answered last.
    `push_left` customer-service messages may be pushed until `push_until` because of what was
    written, and `tap_left` more until `tap_until` because of a tap (WeChat: 客服消息 下发条数).
    """

    account: str
    openid: str
    subscribed: bool = True
    question: str = ""
    asked_at: datetime | None = None
    choices: tuple[Choice, ...] = ()
    choices_until: datetime | None = None
    rest: str = ""
    last_entry: str = ""
    push_until: datetime | None = None
    push_left: int = 0
    tap_until: datetime | None = None
    tap_left: int = 0

    def choices_at(self, now: datetime) -> tuple[Choice, ...]:
        """The choices that still stand at `now`."""
        alive = self.choices_until is not None and now < self.choices_until
        return self.choices if alive else ()
