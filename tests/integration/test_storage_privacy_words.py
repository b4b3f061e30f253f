"""What an erasure leaves: words of staff, what was learnt, and the chain of hashes whole."""

import pytest

from cases.case import State
from cases.privacy import GONE, Retention
from storage import Storage
from storage.rows.cases import event_hash, event_values
from tests.integration.test_storage_privacy import LONG_AFTER, busy
from tests.values.storage import (
    DAY,
    NOW,
    SCHOOLS,
    by_hand,
    opening,
    step,
    without_trigger,
)

OLD_HASH_BEFORE = (
    "SELECT hash FROM case_events WHERE case_number = 'HY20261118-0001' AND version = 2"
)


HIDDEN = [
    "UPDATE messages SET erased = 'x', reply = '', text = '', late_text = ''",
    "UPDATE cases SET erased = 'x'",
    "UPDATE deliveries SET text = '', erased = 'x'",
    "UPDATE cases SET reply = '换一个' WHERE erased IS NOT NULL",
    "UPDATE messages SET erased = NULL WHERE id = 1",
]


REASON = "来信人说电话是 13812345678"


async def returned(storage: Storage) -> None:
    """A case whose log holds words of staff about its citizen."""
    case = await storage.case("HY20261118-0001")
    told = {"from": SCHOOLS, "reason": REASON, "draft": "王先生您好", "late": "yes"}
    await storage.write_change(step(case, State.CLOSED, details=told, closed_at=NOW))


class TestWordsOfStaff:
    async def test_they_go_from_the_log_and_the_chain_still_holds(
        self, storage: Storage, database_url: str
    ):
        await busy(storage)
        await returned(storage)
        erased = await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        last = (await storage.events("HY20261118-0001"))[-1]
        assert dict(last.details) == {"from": SCHOOLS, "late": "yes"}
        assert (last.actor, last.after) == ("officer", State.CLOSED)
        log = str(by_hand(database_url, "SELECT * FROM case_events"))
        assert not any(words in log for words in ("13812345678", "王先生"))
        assert erased.id in log
        assert not (await storage.verify(now=NOW + DAY)).violations

    async def test_an_event_of_before_there_were_salts_is_erased_as_well(
        self, storage: Storage, database_url: str
    ):
        await busy(storage)
        case = await storage.case("HY20261118-0001")
        change = step(case, State.CLOSED, details={"reason": REASON}, closed_at=NOW)
        before = by_hand(database_url, OLD_HASH_BEFORE)
        values = event_values(change.event, None, prev_hash=str(before[0][0]))
        old = {**values, "details_hash": "", "details_salt": ""}
        old["hash"] = event_hash(old)
        await storage.write_change(change)
        guard = without_trigger(database_url, "case_events", "case_events_kept")
        by_hand(
            database_url,
            guard,
            f"UPDATE case_events SET details_hash = '', details_salt = '', hash = '{old['hash']}'"
            " WHERE case_number = 'HY20261118-0001' AND version = 3",
        )
        assert not (await storage.verify(now=NOW + DAY)).violations
        await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        assert REASON not in str(by_hand(database_url, "SELECT details FROM case_events"))
        assert not (await storage.verify(now=NOW + DAY)).violations

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE case_events SET details = '{}', details_salt = '', erased = 'x'",
            "UPDATE case_events SET details_salt = '', erased = (SELECT MAX(erased) FROM cases)",
        ],
    )
    async def test_nobody_empties_an_event_by_hand(
        self, storage: Storage, database_url: str, statement: str
    ):
        await busy(storage)
        await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        by_hand(database_url, f"{statement} WHERE case_number = 'HY20261118-0002'")
        assert any("erasure" in line for line in (await storage.verify(now=NOW + DAY)).violations)


class TestLearning:
    async def test_a_citizens_wordings_leave_what_curators_keep(self, storage: Storage):
        await busy(storage)
        mine, ours = "我家小宝在城关小学三班能转学吗", "孩子转学要什么材料"
        case = opening("HY20261118-0003", "o-1", text=mine)
        await storage.write_change(case)
        await storage.write_change(step(case.case, State.CLOSED, closed_at=NOW))
        curator = {"actor": "curator", "now": NOW}
        await storage.dismiss([mine, ours], reason="", **curator)
        await storage.dismiss([mine], reason="", **curator)
        for text in (mine, ours):
            assert await storage.add_golden(text, "", **curator)
        since = NOW - DAY
        assert mine in {e.text for e in await storage.unmet_questions(since=since, limit=9)}
        await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        assert [each.wordings for each in await storage.dismissed()] == [(ours,)]
        assert [each.text for each in await storage.golden_questions()] == [ours]
        left = {e.text for e in await storage.unmet_questions(since=since, limit=9)}
        assert not {mine, GONE} & left

    async def test_dismissed_wordings_go_when_their_time_is_over(self, storage: Storage):
        await busy(storage)
        await storage.dismiss(["幼儿园要什么材料"], actor="curator", reason="", now=NOW)
        late = LONG_AFTER - DAY
        await storage.dismiss(["小学怎么报名"], actor="curator", reason="", now=late)
        periods = Retention(answered_days=365, cases_days=365)
        await storage.erase_old(periods, actor="desk", now=LONG_AFTER, only_look=True)
        assert len(await storage.dismissed()) == 2
        await storage.erase_old(periods, actor="desk", now=LONG_AFTER)
        assert [each.wordings for each in await storage.dismissed()] == [("小学怎么报名",)]

    async def test_what_others_asked_in_the_same_words_stays(self, storage: Storage):
        await busy(storage)
        same = "孩子上幼儿园要什么材料？"
        assert await storage.add_golden(same, "", actor="curator", now=NOW)
        await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        assert [each.text for each in await storage.golden_questions()] == [same]


class TestTampering:
    @pytest.mark.parametrize("statement", HIDDEN)
    async def test_nobody_hides_a_change_as_an_erasure(
        self, storage: Storage, database_url: str, statement: str
    ):
        await busy(storage)
        await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        by_hand(database_url, statement)
        assert any("erasure" in line for line in (await storage.verify(now=NOW + DAY)).violations)

    @pytest.mark.parametrize(
        "statement", ["UPDATE erasures SET messages = 0", "DELETE FROM erasures"]
    )
    async def test_the_record_of_an_erasure_is_kept(
        self, storage: Storage, database_url: str, statement: str
    ):
        await busy(storage)
        await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        with pytest.raises(Exception, match="append-only"):
            by_hand(database_url, statement)
