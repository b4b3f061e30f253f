"""Proves the bookkeeping of the four promises; what it finds names ids and no personal data."""

from datetime import datetime, timedelta
from typing import NamedTuple

from cases.case import State
from cases.wording import text_hash
from handlers.settlement import Outcome
from handlers.texts.corrections import correction as in_words
from knowledge_base.corrections import CorrectionState
from storage.operation import Operation, Row, rows, the
from storage.operations.chains import broken_audit, broken_cases, broken_seals
from storage.operations.comments_verify import bad_comments
from storage.operations.menus import broken_menus
from storage.operations.privacy import broken_erasures
from storage.operations.public_answers import bad_public_answers
from storage.rows.cases import delivery_hash
from storage.rows.plain import bars, moment, stamp

SETTLED_WITHIN = timedelta(minutes=10)
TAKEN_OVER_WITHIN = timedelta(minutes=1)  # after a claim lapsed
PAGE = 2000
RELEASED = frozenset({CorrectionState.APPROVED, CorrectionState.STOPPED})


class Verification(NamedTuple):
    """How much was looked at, and what is wrong with it."""

    counts: dict[str, int]
    violations: list[str]


def verify(*, now: datetime) -> Operation[Verification]:
    """Looks at everything; a message that somebody still works on is counted as in progress."""
    counted = yield from the("count_everything")
    names = ("messages", "cases", "events", "deliveries", "entry_versions", "audit_records")
    counts = {name: int(counted[name]) for name in names}
    wrong = yield from _messages(now)
    unsettled = int((yield from the("count_in_progress"))["amount"])
    counts["in_progress"] = unsettled - sum("has no outcome" in line for line in wrong)
    checks = (_cases(), broken_cases(), _deliveries(), _entries(), broken_audit())
    rest = (
        broken_seals(),
        broken_erasures(),
        bad_public_answers(),
        bad_comments(now),
        broken_menus(),
    )
    for check in (*checks, *rest):
        wrong += yield from check
    return Verification(counts, wrong)


def _messages(now: datetime) -> Operation[list[str]]:
    lapsed, old = stamp(now - TAKEN_OVER_WITHIN), stamp(now - SETTLED_WITHIN)
    unsettled = yield from rows("bad_unsettled", lapsed_before=lapsed, accepted_before=old)
    ends = yield from rows("bad_outcomes", outcomes=bars(each.value for each in Outcome))
    answers = yield from rows("bad_answers")
    given = yield from rows("bad_given")
    links = yield from rows("bad_links")
    lost = yield from rows("lost_messages")
    return [
        *(f"message {row['id']} has no outcome and nobody works on it" for row in unsettled),
        *(f"message {row['id']} ended as {row['outcome']!r}, which is not whole" for row in ends),
        *(f"message {row['id']} was answered without an entry's version" for row in answers),
        *(
            f"message {row['message_id']} was given {_version(row)}, never published"
            for row in given
        ),
        *(f"message {row['id']} is {row['outcome']} without a case" for row in links),
        *(f"message {row['message_id']} is gone; what followed from it is not" for row in lost),
    ]


def _cases() -> Operation[list[str]]:
    bad = yield from rows("bad_cases", states=bars(each.value for each in State))
    lost = yield from rows("lost_cases")
    owners = yield from rows("bad_owners")
    states = yield from rows("bad_states")
    replies = yield from rows("approved_replies")
    moved = yield from rows("bad_due")
    return [
        *(f"case {row['number']} has no due time, rule or known state" for row in bad),
        *(f"case {row['case_number']} is gone; its events are not" for row in lost),
        *(f"case {row['number']} belongs to an unknown department" for row in owners),
        *(f"case {row['number']} is not what its newest event says" for row in states),
        *(
            f"case {row['number']} was replied with a text that was not approved"
            for row in replies
            if text_hash(row["reply"]) != row["draft_hash"] or not row["is_approved"]
        ),
        *(f"case {row['number']} is due on a day that no step of it counted" for row in moved),
    ]


def _deliveries() -> Operation[list[str]]:
    wrong, after = [], ""
    while page := (yield from rows("deliveries_page", after=after, limit=PAGE)):
        wrong += [
            f"delivery {row['key']} has no frozen source" for row in page if not _sourced(row)
        ]
        after = page[-1]["key"]
    return wrong


def _sourced(row: Row) -> bool:
    """Whether a case's event, a settled message or a correction sent this text to this citizen.

    One that was erased cannot be compared; `broken_erasures` looks at it.
    """
    if row["erased"]:
        return True
    if row["event_hash"]:
        sent: str = delivery_hash(row["account"], row["citizen"], row["text"])
        return sent == str(row["event_hash"])
    if row["correction"] is not None:
        return _corrects(row)
    late = (row["late_account"], row["late_citizen"], row["late_text"])
    return late == (row["account"], row["citizen"], row["text"])


def _corrects(row: Row) -> bool:
    """Whether two people stand behind the text, and it went to who got the wrong answer."""
    if row["wronged_at"] is None or row["correction_state"] not in RELEASED:
        return False
    told = in_words(row["about"], moment(row["wronged_at"]), row["corrected"])
    whom = (row["account"], row["citizen"]) == (row["wronged_account"], row["wronged_citizen"])
    return whom and told == row["text"] and row["decided_by"] not in {"", row["author"]}


def _entries() -> Operation[list[str]]:
    alone = yield from rows("bad_published")
    return [f"{_version(row)} was published without a second person" for row in alone]


def _version(row: Row) -> str:
    return f"entry {row['entry_id']} version {row['version']}"
