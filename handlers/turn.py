"""One turn of a conversation: a message, what is known of its sender, and the time."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from cases.case import Case, Change, Kind, State
from handlers.citizen import Citizen
from handlers.message import Message
from handlers.ports import Accepted
from handlers.settlement import Given, Outcome, Settlement
from handlers.texts.general import CHINA

BELIEVED = timedelta(days=1)  # WeChat repeats a message for seconds; ours may wait for a restart

ANSWERED = frozenset({State.REPLIED, State.CLOSED})
GRIEVES = frozenset({Kind.COMPLAINT, Kind.REPORT, Kind.HELP, Kind.DANGER})
FOLLOWS_WITHIN = timedelta(minutes=30)
"""How long what is told or asked stays in mind."""
RATED_WITHIN = timedelta(days=15)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What every step of the path is given; it only reads."""

    message: Message
    accepted: Accepted
    now: datetime

    @cached_property
    def text(self) -> str:
        """The citizen's words without surrounding white space."""
        return self.message.text.strip()

    @property
    def citizen(self) -> Citizen:
        return self.accepted.citizen

    @property
    def today(self) -> date:
        """The day in China."""
        return self.now.astimezone(CHINA).date()

    @property
    def received_at(self) -> datetime:
        """When the citizen sent it, by WeChat's clock where that can be believed."""
        sent = self.message.created_at
        return sent if self.now - BELIEVED <= sent <= self.now else self.now

    @property
    def open_case(self) -> Case | None:
        """The citizen's newest case that is still to be answered, also with another's."""
        alive = [case for case in self.accepted.cases if case.is_open]
        return max(alive, key=lambda case: case.received_at, default=None)

    @property
    def fresh_cases(self) -> tuple[Case, ...]:
        """Those still to be answered that were told in the last half hour, newest first."""
        fresh = (
            case
            for case in self.accepted.cases
            if case.is_open and self.now - case.received_at <= FOLLOWS_WITHIN
        )
        return tuple(sorted(fresh, key=lambda case: case.received_at, reverse=True))

    @property
    def grievance(self) -> Case | None:
        """The open case if the citizen complains in it of something."""
        case = self.open_case
        return case if case is not None and case.kind in GRIEVES else None

    @property
    def has_just_asked(self) -> bool:
        """Whether the last question was asked in the last half hour."""
        asked_at = self.citizen.asked_at
        return asked_at is not None and self.now - asked_at <= FOLLOWS_WITHIN

    @property
    def question_in_mind(self) -> str:
        """That question, unless a case was opened since; or ""."""
        case, asked_at = self.open_case, self.citizen.asked_at
        is_older = case is not None and asked_at is not None and case.received_at >= asked_at
        return self.citizen.question if self.has_just_asked and not is_older else ""

    @property
    def entry_in_mind(self) -> str:
        """The entry answered in the last half hour, or ""; a case may have been opened since."""
        return self.citizen.last_entry if self.has_just_asked else ""

    @property
    def has_fresh_case(self) -> bool:
        """Whether the open case was opened so lately that what is said next belongs to it."""
        case = self.open_case
        return case is not None and self.now - case.received_at <= FOLLOWS_WITHIN

    @property
    def talks_of_another_matter(self) -> bool:
        """Whether the last answer or list is newer than the open case."""
        case, kept = self.open_case, self.citizen
        asked_at = kept.asked_at if kept.last_entry or kept.choices_at(self.now) else None
        return case is not None and asked_at is not None and asked_at > case.received_at

    @property
    def is_of_no_case(self) -> bool:
        """Whether what is said can go on about the last answer or list, and about no open case."""
        return self.open_case is None or self.talks_of_another_matter

    @property
    def has_new_reply(self) -> bool:
        """Whether a department answered the citizen not long ago."""
        return any(
            case.state in ANSWERED
            and case.replied_at is not None
            and self.now - case.replied_at <= RATED_WITHIN
            for case in self.accepted.cases
        )

    @property
    def was_just_answered(self) -> bool:
        """Whether that reply came after the last question the citizen asked here."""
        asked_at = self.citizen.asked_at
        return self.has_new_reply and (
            asked_at is None
            or any(case.replied_at and case.replied_at > asked_at for case in self.accepted.cases)
        )

    @cached_property
    def just_replied(self) -> Case | None:
        """The answered case whose reply is newer than whatever the citizen asked or told."""
        replies = [
            (case.replied_at, case)
            for case in self.accepted.cases
            if case.state in ANSWERED and case.replied_at is not None
        ]
        replied_at, case = max(replies, key=lambda each: each[0], default=(self.now, None))
        said = {each.received_at for each in self.accepted.cases if each.is_open}
        if self.citizen.asked_at is not None:
            said.add(self.citizen.asked_at)
        is_last = replied_at >= max(said, default=replied_at)
        return case if is_last and self.now - replied_at <= RATED_WITHIN else None

    def has_read_reply_to(self, case: Case) -> bool:
        """Whether none of the texts that wait for the citizen's next message is of the case."""
        return all(waiting.case != case.number for waiting in self.accepted.waiting)

    @property
    def has_fresh_list(self) -> bool:
        """Whether a choice list stands from which nothing was picked yet."""
        return bool(self.citizen.choices_at(self.now)) and not self.citizen.last_entry

    def settle(
        self,
        outcome: Outcome,
        reply: str,
        *,
        given: tuple[Given, ...] = (),
        change: Change | None = None,
        joins: str = "",
        words: str = "",
        follows: bool = False,
        probability: float | None = None,
        **remembered: Any,
    ) -> Settlement:
        """Ends the turn; `remembered` are the fields of `Citizen` to keep for the next one.

        What is not named is forgotten: an old choice list must not catch a later digit.
        """
        fresh: dict[str, Any] = {"choices": (), "choices_until": None, "rest": ""}
        if remembered.get("question"):
            fresh["asked_at"] = self.now
        return Settlement(
            outcome=outcome,
            reply=reply,
            citizen=replace(self.citizen, **{**fresh, **remembered}),
            settled_at=self.now,
            given=given,
            change=change,
            joins=joins,
            words="" if words == self.text else words,
            follows=follows,
            probability=probability,
        )

    def settle_aside(self, outcome: Outcome, reply: str) -> Settlement:
        """Ends a turn that was beside the matter: what was said before still stands."""
        kept = self.citizen
        return self.settle(
            outcome, reply, choices=kept.choices, choices_until=kept.choices_until, rest=kept.rest
        )
