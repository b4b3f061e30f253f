"""`verify` finds what somebody did to the database by hand, and triggers refuse most of it."""

from datetime import timedelta

import pytest

from cases.case import State
from cases.department import Department
from cases.wording import text_hash
from storage import Storage
from tests.values.storage import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SCHOOLS,
    accept,
    by_hand,
    entry,
    letter,
    message,
    opening,
    step,
    without_trigger,
)
from tests.worlds.busy_desk import busy_desk, violations
from tests.worlds.watch import MONDAY, PEOPLE, Office

TAMPERED = [
    ("messages", "", "UPDATE messages SET outcome = NULL WHERE id = 1", "has no outcome"),
    ("messages", "", "UPDATE messages SET outcome = 'lost' WHERE id = 1", "not whole"),
    ("messages", "", "UPDATE messages SET settled_at = NULL WHERE id = 1", "not whole"),
    ("given", "", "DELETE FROM given", "answered without an entry's version"),
    ("given", "", "UPDATE given SET version = 9", "never published"),
    ("case_messages", "", "DELETE FROM case_messages", "cased without a case"),
    ("cases", "", "UPDATE cases SET due_at = ''", "no due time"),
    ("cases", "", "UPDATE cases SET due_date = '2020-01-01'", "no due time"),
    ("cases", "", "UPDATE cases SET department = '外星局'", "unknown department"),
    ("cases", "", "UPDATE cases SET state = 'closed'", "not what its newest event says"),
    ("cases", "", "UPDATE cases SET version = 9", "not what its newest event says"),
    ("cases", "", "UPDATE cases SET reply = '别来' WHERE number = 'HY-2'", "not approved"),
    (
        "cases",
        "",
        f"UPDATE cases SET reply = '别来', draft_hash = '{text_hash('别来')}'"
        " WHERE number = 'HY-2'",
        "not approved",
    ),
    (
        "cases",
        "",
        "UPDATE cases SET due_date = '2026-12-25', due_at = '2026-12-25T16:00:00.000000+00:00'"
        " WHERE number = 'HY-3'",
        "no step of it counted",
    ),
    (
        "case_events",
        "case_events_kept",
        "UPDATE case_events SET actor = 'x' WHERE version = 2",
        "breaks the chain",
    ),
    (
        "case_events",
        "case_events_kept",
        "UPDATE case_events SET details = '{}' WHERE version = 2",
        "breaks the chain",
    ),
    (
        "case_events",
        "case_events_whole",
        "DELETE FROM case_events WHERE version = 2",
        "event 3 of case HY-2 follows event 1",
    ),
    (
        "case_events",
        "case_events_whole",
        "DELETE FROM case_events WHERE version = 3",
        "not what its newest event says",
    ),
    ("deliveries", "deliveries_frozen", "UPDATE deliveries SET text = '别的'", "no frozen source"),
    ("deliveries", "deliveries_frozen", "UPDATE deliveries SET citizen = 'o'", "no frozen source"),
    (
        "entry_versions",
        "entry_versions_frozen",
        "UPDATE entry_versions SET reviewer = author",
        "without a second person",
    ),
    (
        "audit_log",
        "audit_log_kept",
        "UPDATE audit_log SET actor = 'x' WHERE number = 2",
        "audit record 2 breaks",
    ),
    ("audit_log", "audit_log_whole", "DELETE FROM audit_log WHERE number = 2", "3 follows 1"),
    ("audit_log", "audit_log_whole", "DELETE FROM audit_log WHERE number = 3", "ends at 2"),
]


class TestVerify:
    async def test_a_desk_in_order(self, storage: Storage):
        await busy_desk(storage)
        counts, wrong = await storage.verify(now=NOW + DAY)
        assert wrong == []
        assert counts == {
            "messages": 3,
            "cases": 3,
            "events": 5,
            "deliveries": 2,
            "entry_versions": 2,
            "audit_records": 3,
            "in_progress": 0,
        }

    @pytest.mark.parametrize(("table", "trigger", "statement", "found"), TAMPERED)
    async def test_tampering_is_found(
        self,
        storage: Storage,
        database_url: str,
        table: str,
        trigger: str,
        statement: str,
        found: str,
    ):
        await busy_desk(storage)
        guard = [without_trigger(database_url, table, trigger)] if trigger else []
        by_hand(database_url, *guard, statement)
        assert any(found in line for line in await violations(storage))

    @pytest.mark.parametrize(
        ("statement", "found"),
        [
            ("DELETE FROM cases", "case HY-2 is gone"),
            ("DELETE FROM cases", "message 2 is cased without a case"),
            ("DELETE FROM messages WHERE id = 1", "message 1 is gone"),
            ("DELETE FROM messages WHERE id = 2", "message 2 is gone"),
        ],
    )
    async def test_what_was_deleted_by_hand_is_missed(
        self, storage: Storage, database_url: str, statement: str, found: str
    ):
        await busy_desk(storage)
        is_sqlite = database_url.startswith("sqlite")  # it looks after no references by itself
        unguarded = [] if is_sqlite else ["SET session_replication_role = replica"]
        by_hand(database_url, *unguarded, statement)
        assert any(found in line for line in await violations(storage))

    async def test_nothing_personal_is_in_a_violation(self, storage: Storage, database_url: str):
        await busy_desk(storage)
        by_hand(database_url, "UPDATE cases SET due_at = ''", "UPDATE messages SET outcome = NULL")
        said = "\n".join(await violations(storage))
        assert "o-1" not in said
        assert "幼儿园" not in said

    async def test_a_message_being_handled_is_in_progress(self, storage: Storage):
        accepted = await storage.accept(message(), now=NOW, claim_until=NOW + HOUR)
        counts, wrong = await storage.verify(now=NOW + 9 * MINUTE)
        assert (counts["in_progress"], wrong) == (1, [])
        old = await storage.verify(now=NOW + 10 * MINUTE)
        assert (old.counts["in_progress"], len(old.violations)) == (0, 1)
        assert f"message {accepted.id} " in old.violations[0]

    async def test_a_lapsed_claim_nobody_takes_over_is_a_violation(self, storage: Storage):
        await accept(storage, message())
        assert not await violations(storage, now=NOW + MINUTE + timedelta(seconds=30))
        assert await violations(storage, now=NOW + 3 * MINUTE)

    async def test_an_approval_by_the_drafter_is_found(self, storage: Storage):
        await storage.save_departments([Department(name=SCHOOLS)])
        case = await storage.write_change(opening(department=SCHOOLS))
        sha = {"sha256": "a" * 64}
        case = await storage.write_change(step(case, State.DRAFTED, actor="li", details=sha))
        await storage.write_change(step(case, State.REPLIED, actor="li", details=sha))
        (line,) = await violations(storage)
        assert "approves the drafter's own text" in line

    async def test_an_approval_of_another_text_is_found(self, storage: Storage):
        case = await storage.write_change(opening())
        drafted = step(case, State.DRAFTED, actor="li", details={"sha256": "a" * 64})
        case = await storage.write_change(drafted)
        approved = step(case, State.REPLIED, actor="wang", details={"sha256": "b" * 64})
        await storage.write_change(approved)
        (line,) = await violations(storage)
        assert "not the draft" in line

    async def test_what_happens_while_a_draft_waits_is_no_violation(self, storage: Storage):
        office = await Office(storage).staffed()
        officer, reviewer = PEOPLE["officer"], PEOPLE["reviewer"]
        case = await office.accepted()
        case = await office.desk.draft(
            case.number, "请报名。", version=case.version, actor=officer, now=MONDAY
        )
        change = office.desk.prepare_addition(case, text="补充", now=MONDAY)
        case = await storage.write_change(change)
        colleague = PEOPLE["colleague"]
        case = await office.desk.assign(
            case.number, colleague, version=case.version, actor=reviewer, now=MONDAY
        )
        await office.desk.review(
            case.number,
            version=case.version,
            draft_hash=text_hash(case.draft),
            actor=reviewer,
            now=MONDAY,
        )
        assert await violations(storage, now=MONDAY) == []

    async def test_a_case_sent_text_to_another_citizen_is_found(
        self, storage: Storage, database_url: str
    ):
        case = await storage.write_change(opening())
        await storage.write_change(letter(step(case, State.WAITING), "请补充"))
        forged = (
            "INSERT INTO deliveries"
            " (key, account, citizen, text, case_number, created_at, state, look_at)"
            " VALUES ('x', 'main', 'o-9', '骗人的', '', '', 'waiting', '')"
        )
        by_hand(database_url, forged)
        assert await violations(storage) == ["delivery x has no frozen source"]

    async def test_an_entry_published_by_one_person_alone_is_found(self, storage: Storage):
        alone = entry(reviewer="curator")
        await storage.save_versions([alone], actor="curator", reason="hurry")
        assert await violations(storage) == [
            "entry kindergarten version 1 was published without a second person"
        ]


async def test_one_cases_chain_is_read_alone(storage: Storage, database_url: str) -> None:
    await busy_desk(storage)
    events, wrong = await storage.case_chain("HY-2")
    assert [each.version for each in events] == list(range(1, len(events) + 1))
    assert (len(events) > 1, wrong) == (True, [])
    assert await storage.case_chain("HY-none") == ([], [])
    unguarded = without_trigger(database_url, "case_events", "case_events_kept")
    by_hand(
        database_url, unguarded, "UPDATE case_events SET actor = 'x' WHERE case_number = 'HY-2'"
    )
    _, wrong = await storage.case_chain("HY-2")
    assert "event 1 of case HY-2 breaks the chain of hashes" in wrong
    assert (await storage.case_chain("HY-1"))[1] == []
