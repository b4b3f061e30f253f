"""What a citizen does to a case: open it, add to it, rate the reply, ask for it to be reopened.

All pure: the message path writes these changes in its own transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from cases.case import Case, Change, Event, Kind, State, StepNotPermitted
from cases.clock import (
    Clock,
    counting_details,
    due_details,
    due_fields,
    due_of,
    opening_rule,
    resume_due,
)
from cases.deadline import calendar_days
from cases.department import Routing
from cases.rules import Rules
from cases.steps import ADD, OPEN_CASE, RATE, REOPEN, take
from cases.work_calendar import WorkCalendar

RATINGS = range(1, 6)
POOR = 2
"""Up to here a rating says that the reply did not help."""
CLEARED: Final[dict[str, Any]] = {
    "draft": "",
    "drafted_by": "",
    "draft_hash": "",
    "reviewed_by": "",
    "reply": "",
    "replied_at": None,
    "closed_at": None,
    "waiting_since": None,
    "rating": None,
    "asks": "",
    "lead": "",
}
"""A case that starts anew keeps of the first round its log, and who answered it: they know the
matter, and are told; whoever of the department comes first may take it on."""


@dataclass(frozen=True, kw_only=True)
class CitizenSteps:
    """The citizen's steps under one set of rules and one calendar."""

    calendar: WorkCalendar
    rules: Rules

    def prepare_opening(
        self,
        *,
        number: str,
        account: str,
        citizen: str,
        kind: Kind,
        text: str,
        received_at: datetime,
        suggestion: Routing | None = None,
        now: datetime | None = None,
    ) -> Change:
        """A new case, routed when the suggestion is sure, else the dispatcher's.

        `now` is when it is logged (default: `received_at`). ValueError for naive times.
        """
        rule = opening_rule(kind, received_at, self.rules)
        due = due_of(Clock(start=received_at, amount=rule.amount, unit=rule.unit), self.calendar)
        sure = suggestion is not None and suggestion.sure
        case = Case(
            number=number,
            account=account,
            citizen=citizen,
            kind=kind,
            state=State.ROUTED if sure else State.RECEIVED,
            text=text,
            received_at=received_at.astimezone(UTC),
            rule=rule.name,
            **due_fields(due),
            department=suggestion.department if suggestion and sure else "",
            confidence=suggestion.confidence if suggestion else 0.0,
        )
        details = counting_details(rule) | _suggested(suggestion) | due_details(due)
        return Change(case=case, event=_opening(case, details, at=now or received_at))

    def prepare_addition(self, case: Case, *, text: str, now: datetime) -> Change:
        """The citizen wrote more about an open or merged case; an answer ends a pause of its clock.

        The text itself stays with the message that joins the case. StepNotPermitted: closed.
        """
        details = {"characters": str(len(text))}
        if case.state is not State.WAITING:
            return take(ADD, case, actor="citizen", now=now, details=details)
        due = resume_due(case, now, self.rules, self.calendar)
        return take(
            ADD,
            case,
            actor="citizen",
            now=now,
            after=State.ACCEPTED if case.department else State.RECEIVED,
            details=details | due_details(due),
            waiting_since=None,
            **due_fields(due),
        )

    def prepare_rating(self, case: Case, *, rating: int, now: datetime) -> Change:
        """The citizen's 1 … 5 for a reply; a second rating replaces the first.

        A bad one asks the supervisor to look at the case (`cases.second_look`).
        """
        if isinstance(rating, bool) or rating not in RATINGS:
            raise StepNotPermitted(f"{rating!r} is not a rating from 1 to 5", "评价只能是 1 到 5。")
        details, asks = {"rating": str(rating)}, "rating" if rating <= POOR else ""
        return take(RATE, case, actor="citizen", now=now, details=details, rating=rating, asks=asks)

    def may_reopen(self, case: Case, now: datetime) -> bool:
        """Whether the citizen can still ask for a replied case to be looked at again."""
        ended_at = case.replied_at or case.closed_at
        if case.state not in REOPEN.before or ended_at is None:
            return False
        return now < calendar_days(ended_at, self.rules.by_name["reopen"].amount).due_at

    def prepare_reopening(self, case: Case, *, now: datetime, text: str = "") -> Change:
        """Back to work with a new deadline counted from today; the log keeps the first verdict.

        StepNotPermitted: not answered yet, or longer ago than the rule "reopen" allows.
        """
        if not self.may_reopen(case, now):
            raise StepNotPermitted(
                f"{case.number} ({case.state}) cannot be reopened at {now.isoformat()}",
                f"答复已超过 {self.rules.by_name['reopen'].amount} 天或尚未答复，不能重新办理。",
            )
        return reopening(
            case,
            actor="citizen",
            now=now,
            details={"characters": str(len(text))},
            rules=self.rules,
            calendar=self.calendar,
        )


def _opening(case: Case, details: Mapping[str, str], *, at: datetime) -> Event:
    return Event(
        case=case.number,
        version=case.version,
        at=at.astimezone(UTC),
        actor="citizen",
        step=OPEN_CASE.name,
        before=None,
        after=case.state,
        details=details,
    )


def reopening(
    case: Case,
    *,
    actor: str,
    now: datetime,
    details: Mapping[str, str],
    rules: Rules,
    calendar: WorkCalendar,
) -> Change:
    """An answered case begins anew with its department, and with a new deadline."""
    rule = opening_rule(case.kind, now, rules)
    due = due_of(Clock(start=now, amount=rule.amount, unit=rule.unit), calendar)
    kept = counting_details(rule) | due_details(due) | _verdict(case)
    return take(
        REOPEN,
        case,
        actor=actor,
        now=now,
        after=State.ROUTED if case.department else State.RECEIVED,
        details={**kept, **details},
        **CLEARED,
        rule=rule.name,
        **due_fields(due),
    )


def _suggested(suggestion: Routing | None) -> dict[str, str]:
    if suggestion is None or not suggestion.department:
        return {}
    confidence = f"{suggestion.confidence:.3f}"
    return {"suggested": suggestion.department, "confidence": confidence}


def _verdict(case: Case) -> dict[str, str]:
    replied = case.replied_at.isoformat() if case.replied_at else ""
    rating = str(case.rating) if case.rating is not None else ""
    return {"was_due": case.due_at.isoformat(), "was_replied": replied, "was_rated": rating}
