"""Facts and counts for reports: the same on both databases, and within the viewer's scope."""

from dataclasses import replace
from datetime import timedelta

from cases.case import State
from cases.department import Department
from handlers.settlement import Outcome
from storage import Storage
from tests.values.storage import (
    AUDITOR,
    DAY,
    HOUR,
    NOW,
    OFFICER,
    POLICE,
    SCHOOLS,
    STRANGER,
    SUPERVISOR,
    accept,
    entry,
    event,
    given,
    message,
    opening,
    replied,
    settlement,
    step,
)

PERIOD = {"since": NOW - DAY, "until": NOW + DAY}


async def told(storage: Storage) -> None:
    await storage.save_departments([Department(name=SCHOOLS, keywords=("幼儿园",))])
    await replied(storage, opening("HY-1", department=SCHOOLS, topic="入园"))
    case = await storage.write_change(opening("HY-2", department=POLICE))
    case = await storage.write_change(step(case, State.RETURNED, department=""))
    back = step(case, State.ROUTED, department=POLICE)
    await storage.write_change(back)
    await storage.write_change(opening("HY-3", department=SCHOOLS, received_at=NOW - 9 * DAY))


class TestFacts:
    async def test_a_case_with_its_steps_and_topic(self, storage: Storage):
        await told(storage)
        first, second = await storage.facts(**PERIOD, viewer=SUPERVISOR)
        assert (first.number, first.topic, first.replied_at) == ("HY-1", "入园", NOW + HOUR)
        assert (second.number, second.topic) == ("HY-2", "幼儿园")
        assert (first.officer, second.returned, second.reopened) == ("", 0, 0)

    async def test_everybody_counts_what_is_theirs(self, storage: Storage):
        await told(storage)
        for viewer, numbers in (
            (None, ["HY-1", "HY-2"]),
            (SUPERVISOR, ["HY-1", "HY-2"]),
            (OFFICER, ["HY-1"]),
            (STRANGER, ["HY-2"]),
            (AUDITOR, []),
        ):
            found = await storage.facts(**PERIOD, viewer=viewer)
            assert [each.number for each in found] == numbers

    async def test_returns_and_reopenings_are_counted(self, storage: Storage):
        case = await storage.write_change(opening("HY-1", department=SCHOOLS))
        for name in ("return", "return", "reopen"):
            change = step(case, State.ROUTED, department=SCHOOLS)
            named = replace(change.event, step=name)
            case = await storage.write_change(replace(change, event=named))
        (fact,) = await storage.facts(**PERIOD, viewer=None)
        assert (fact.returned, fact.reopened) == (2, 1)

    async def test_closing_makes_no_reply_of_where_else_to_go(self, storage: Storage):
        for number, answer in (("HY-1", State.OUT_OF_SCOPE), ("HY-2", State.REPLIED)):
            case = await storage.write_change(opening(number, department=SCHOOLS))
            case = await storage.write_change(step(case, answer, replied_at=NOW + HOUR))
            await storage.write_change(step(case, State.CLOSED))
        facts = await storage.facts(**PERIOD, viewer=None)
        assert [each.told_elsewhere for each in facts] == [True, False]
        figures = await storage.figures(**PERIOD, now=NOW + DAY)
        assert [(each.received, each.replied) for each in figures.departments] == [(1, 1)]

    async def test_what_was_told_last_says_whether_a_citizen_was_sent_elsewhere(
        self, storage: Storage
    ):
        case = await storage.write_change(opening("HY-1", department=SCHOOLS))
        for state in (State.OUT_OF_SCOPE, State.ROUTED, State.REPLIED, State.CLOSED):
            case = await storage.write_change(step(case, state, replied_at=NOW + HOUR))
        (fact,) = await storage.facts(**PERIOD, viewer=None)
        assert not fact.told_elsewhere

    async def test_the_ledger_has_the_words(self, storage: Storage):
        await told(storage)
        entries = await storage.ledger(**PERIOD, viewer=OFFICER)
        assert [(each.text, each.reply) for each in entries] == [
            ("孩子上幼儿园要什么材料？", "带上户口簿。")
        ]


class TestMessages:
    async def test_questions_by_account_day_in_china_and_outcome(self, storage: Storage):
        await storage.save_versions([entry(topic="入园")], actor="curator", reason="")
        evening = NOW.replace(hour=16, minute=5)  # 00:05 on the next day in China
        for number, at in ((1, NOW), (2, NOW + timedelta(minutes=9)), (3, evening)):
            got = await accept(storage, message(number), now=at)
            answer = settlement(got, outcome=Outcome.ANSWERED, given=given(1), settled_at=at)
            await storage.settle(got.id, answer)
        tapped = await accept(storage, event("CLICK", key="help"))
        await storage.settle(tapped.id, settlement(tapped, outcome=Outcome.IGNORED))
        counts = await storage.message_counts(**PERIOD)
        assert counts == {
            ("main", "2026-11-18", "answered"): 2,
            ("main", "2026-11-19", "answered"): 1,
        }
        assert await storage.answered_topics(**PERIOD) == [("入园", 3)]
