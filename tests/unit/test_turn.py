"""What a turn of a conversation knows of the time that has passed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.case import Case, Kind, State
from handlers.citizen import Citizen
from handlers.message import Message, MessageKind
from handlers.ports import Accepted
from handlers.turn import Turn

NOW = datetime(2026, 9, 7, 2, tzinfo=UTC)
HALF_AN_HOUR, MOMENT = timedelta(minutes=30), timedelta(microseconds=1)
STRANGER = Citizen(account="main", openid="o1")
ASKED = replace(STRANGER, question="低保怎么办", last_entry="e1")
CASE = Case(
    number="HY20260907-0001",
    account="main",
    citizen="o1",
    kind=Kind.COMPLAINT,
    state=State.ROUTED,
    text="路灯坏了",
    received_at=NOW,
    due_at=NOW,
    due_date=NOW.date(),
    provisional=False,
    rule="complaint",
)


def turn(*cases: Case, citizen: Citizen = STRANGER, sent: datetime = NOW) -> Turn:
    """A text that arrives now."""
    message = Message(
        account="main",
        citizen="o1",
        receiver="gh",
        kind=MessageKind.TEXT,
        created_at=sent,
        text="怎么办",
        message_id="1",
    )
    accepted = Accepted(id=1, claimed=True, reply=None, citizen=citizen, cases=cases)
    return Turn(message=message, accepted=accepted, now=NOW)


@pytest.mark.parametrize(
    ("ago", "is_in_mind"), [(HALF_AN_HOUR, True), (HALF_AN_HOUR + MOMENT, False)]
)
def test_what_was_asked_and_answered_and_opened_stays_in_mind_for_half_an_hour(
    ago: timedelta, is_in_mind: bool
) -> None:
    asked = turn(citizen=replace(ASKED, asked_at=NOW - ago))
    assert asked.has_just_asked is is_in_mind
    assert (bool(asked.entry_in_mind), bool(asked.question_in_mind)) == (is_in_mind, is_in_mind)
    assert turn(replace(CASE, received_at=NOW - ago)).has_fresh_case is is_in_mind


def test_a_question_is_out_of_mind_once_a_case_was_opened_and_its_answer_is_not() -> None:
    opened = replace(CASE, received_at=NOW - timedelta(minutes=5))
    since = turn(opened, citizen=replace(ASKED, asked_at=NOW - timedelta(minutes=9)))
    assert (since.question_in_mind, since.entry_in_mind) == ("", "e1")


@pytest.mark.parametrize(
    ("sent", "believed"),
    [
        (NOW - timedelta(days=1), True),
        (NOW - timedelta(days=1) - MOMENT, False),
        (NOW + MOMENT, False),
    ],
)
def test_a_clock_ahead_of_ours_or_more_than_a_day_behind_is_not_believed(
    sent: datetime, believed: bool
) -> None:
    assert turn(sent=sent).received_at == (sent if believed else NOW)


def test_a_reply_is_new_for_fifteen_days() -> None:
    ended = NOW - timedelta(days=15)
    replied = replace(CASE, state=State.REPLIED, replied_at=ended)
    assert turn(replied).has_new_reply
    assert not turn(replace(replied, replied_at=ended - MOMENT)).has_new_reply
