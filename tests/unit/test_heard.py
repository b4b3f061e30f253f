"""A text beside an open case: whether it has a matter of its own."""

from datetime import UTC, datetime

import pytest

from cases.case import Case, Kind, State
from cases.department import Routing
from handlers.heard import Heard
from handlers.joining import is_beside
from knowledge_base.intent import Intent

NOW = datetime(2026, 9, 7, 2, tzinfo=UTC)
LAMPS = Case(
    number="HY20260907-0001",
    account="main",
    citizen="o1",
    kind=Kind.QUESTION,
    state=State.ROUTED,
    text="路灯坏了找谁修",
    received_at=NOW,
    due_at=NOW,
    due_date=NOW.date(),
    provisional=False,
    rule="reply",
    department="住建局",
)


@pytest.mark.parametrize(("said", "beside"), [("校车超载了", False), ("校车一直超载", True)])
def test_a_statement_of_five_characters_is_no_matter_whatever_word_it_has(
    said: str, beside: bool
) -> None:
    schools = Routing(department="教育局", confidence=0.95, threshold=0.99)
    heard = Heard(
        text=said, intent=Intent.QUESTION, routing=schools, case=LAMPS, owners=("住建局",)
    )
    assert is_beside(heard) is beside
