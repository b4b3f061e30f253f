"""Erasing a citizen's data, on request or when its time is over; the books still balance."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import State
from cases.department import Department
from cases.ports import CaseFilter
from cases.privacy import GONE, Erased, Retention, StillOpen
from cases.records import RecordFilter
from handlers.settlement import Outcome
from storage import Storage
from storage.rows.cases import event_hash, event_values
from tests.storage_values import (
    DAY,
    NOW,
    SCHOOLS,
    SUPERVISOR,
    accept,
    by_hand,
    entry,
    given,
    letter,
    message,
    opening,
    settlement,
    step,
    without_trigger,
)

LONG_AFTER = NOW + 400 * DAY


async def told(storage: Storage, citizen: str = "o-1", number: int = 1) -> None:
    """One citizen's answered question, late answer, and answered case."""
    await storage.save_departments([Department(name=SCHOOLS)])
    asked = await accept(storage, message(10 * number, citizen))
    answer = settlement(asked, outcome=Outcome.ANSWERED, given=given(1), reply="答复您：带材料。")
    await storage.settle(asked.id, answer)
    late = await accept(storage, message(10 * number + 1, citizen))
    await storage.freeze_reply(late.id, "已收到", now=NOW)
    await storage.settle(late.id, settlement(late, reply="答复您：晚到的。"))
    written = await accept(storage, message(10 * number + 2, citizen))
    change = opening(f"HY20261118-000{number}", citizen, department=SCHOOLS)
    ours = settlement(written, outcome=Outcome.CASED, change=change, joins=change.case.number)
    await storage.settle(written.id, ours)
    await answered(storage, change.case.number)


async def answered(storage: Storage, number: str) -> None:
    """The case's reply, approved and sent."""
    case = await storage.case(number)
    text = "带上户口簿。"
    change = step(case, State.REPLIED, reply=text, replied_at=NOW)
    await storage.write_change(letter(change, f"关于您的来信：{text}"))


async def busy(storage: Storage) -> None:
    await storage.save_versions([entry()], actor="curator", reason="new")
    await told(storage)
    await told(storage, "o-2", 2)


PICTURES = (
    "INSERT INTO attachments (message_id, account, citizen, kind, media_id, picture_url, sent_at,"
    " state, look_at, sha256) VALUES"
    " (1, 'main', 'o-1', 'image', 'm', '', '', 'kept', '', 'a'),"
    " (2, 'main', 'o-1', 'image', 'm', '', '', 'kept', '', 'b'),"
    " (4, 'main', 'o-2', 'image', 'm', '', '', 'kept', '', 'b')",
    "INSERT INTO case_notes (case_number, at, author, text, mentions)"
    " VALUES ('HY20261118-0001', '', 'officer', '评论里的话', '[]')",
    "INSERT INTO drafts (case_number, person, text, purpose, sources, version, saved_at)"
    " VALUES ('HY20261118-0001', 'officer', '评论里的话', 'reply', '[]', 1, '')",
    "INSERT INTO contents (sha256, content, kept_at) VALUES ('a', 'x', ''), ('b', 'y', '')",
    "INSERT INTO articles (account, msg_data_id, place, title, url, published_at, read_on,"
    " found_at, next_look_at) VALUES ('main', 1, 0, '', '', '', '', '', '')",
    "INSERT INTO comments (article_id, account, number, citizen, text, written_at, fetched_at,"
    " seen_at, elected, reply, message_id, filed_at)"
    " VALUES (1, 'main', 1, 'o-1', '评论里的话', '', '', '', 0, '', 1, '1')",
)
"""A picture of one citizen, one that two of them sent, and a comment filed as message 1."""


def whole_database(url: str) -> str:
    """Everything that stands in the tables that know citizens."""
    tables = (
        *("citizens", "messages", "cases", "deliveries", "case_messages", "case_search"),
        *("attachments", "contents", "comments", "case_notes", "drafts", "case_events"),
    )
    return "\n".join(str(by_hand(url, f"SELECT * FROM {table}")) for table in tables)


class TestDossier:
    async def test_everything_about_one_citizen_and_nobody_else(self, storage: Storage):
        await busy(storage)
        found = await storage.dossier("main", "o-1")
        assert [each.reply for each in found.messages] == ["答复您：带材料。", "已收到", "您好。"]
        assert [each.number for each in found.cases] == ["HY20261118-0001"]
        assert sorted(each.reply for each in found.letters) == [
            "关于您的来信：带上户口簿。",
            "答复您：晚到的。",
        ]
        assert found.first_seen_at == NOW
        assert (await storage.dossier("main", "o-9")).is_empty


class TestRequest:
    async def test_nothing_of_the_citizen_is_left_and_all_of_the_others(
        self, storage: Storage, database_url: str
    ):
        await busy(storage)
        before = await storage.dossier("main", "o-2")
        erased = await storage.erase_citizen(
            "main", "o-1", actor="supervisor", reason="本人申请", now=NOW
        )
        assert (erased.messages, erased.cases, erased.deliveries) == (3, 1, 2)
        assert (await storage.dossier("main", "o-1")).is_empty
        assert await storage.dossier("main", "o-2") == before
        by_hand(database_url, "DELETE FROM citizens WHERE openid = 'o-2'")
        rest = whole_database(database_url).replace(str(before), "")
        assert "o-1" not in rest
        case = await storage.case("HY20261118-0001")
        assert (case.text, case.reply, case.state) == (GONE, "", State.REPLIED)

    async def test_pictures_and_comments_go_with_their_messages(
        self, storage: Storage, database_url: str
    ):
        await busy(storage)
        by_hand(database_url, *PICTURES)
        await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        assert by_hand(database_url, "SELECT citizen, sha256 FROM attachments") == [("o-2", "b")]
        assert by_hand(database_url, "SELECT sha256 FROM contents") == [("b",)]
        assert by_hand(database_url, "SELECT * FROM case_notes") == []
        assert by_hand(database_url, "SELECT * FROM drafts") == []
        assert by_hand(database_url, "SELECT citizen, text, number FROM comments") == [("", "", 1)]

    async def test_what_was_erased_is_not_found_by_searching(self, storage: Storage):
        await busy(storage)
        await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        found = await storage.cases(CaseFilter(text="幼儿园"), viewer=SUPERVISOR)
        assert [each.number for each in found] == ["HY20261118-0002"]

    async def test_the_books_still_balance_and_the_log_says_so(self, storage: Storage):
        await busy(storage)
        figures = await storage.figures(since=NOW - DAY, until=NOW + DAY, now=NOW)
        await storage.erase_citizen("main", "o-1", actor="supervisor", reason="本人", now=NOW)
        assert (await storage.verify(now=NOW + DAY)).violations == []
        assert await storage.figures(since=NOW - DAY, until=NOW + DAY, now=NOW) == figures
        (record,) = await storage.records(RecordFilter(actions=("citizen_erased",)))
        assert record.details["messages"] == "3"
        assert "o-1" not in str(record)

    async def test_an_open_case_is_finished_first(self, storage: Storage):
        await storage.write_change(opening())
        with pytest.raises(StillOpen, match="HY20261118-0001"):
            await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        assert (await storage.case("HY20261118-0001")).citizen == "o-1"

    async def test_a_dry_run_counts_and_changes_nothing(self, storage: Storage, database_url: str):
        await busy(storage)
        before = whole_database(database_url)
        looked = await storage.erase_citizen(
            "main", "o-1", actor="s", reason="", now=NOW, only_look=True
        )
        assert looked.amount == 6
        assert whole_database(database_url) == before
        assert await storage.count_records(RecordFilter(actions=("citizen_erased",))) == 0

    async def test_a_text_that_has_not_gone_out_never_will(self, storage: Storage):
        await busy(storage)
        await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW)
        again = await accept(storage, message(99, "o-1"), now=NOW + DAY)
        assert again.waiting == ()


class TestRetention:
    async def test_what_is_old_goes_and_what_is_young_stays(self, storage: Storage):
        await busy(storage)
        young = await accept(storage, message(77, "o-3", created_at=LONG_AFTER), now=LONG_AFTER)
        await storage.settle(young.id, settlement(young, settled_at=LONG_AFTER))
        erased = await storage.erase_old(Retention(answered_days=365), actor="desk", now=LONG_AFTER)
        assert (erased.messages, erased.cases, erased.deliveries) == (4, 0, 2)
        assert len((await storage.dossier("main", "o-3")).messages) == 1
        assert [e.text for e in (await storage.dossier("main", "o-1")).cases] != [GONE]
        assert (await storage.verify(now=LONG_AFTER + DAY)).violations == []

    async def test_a_case_goes_with_its_messages_and_letters(self, storage: Storage):
        await busy(storage)
        erased = await storage.erase_old(Retention(cases_days=365), actor="desk", now=LONG_AFTER)
        assert (erased.messages, erased.cases, erased.deliveries) == (2, 2, 2)
        again = await storage.erase_old(Retention(cases_days=365), actor="desk", now=LONG_AFTER)
        assert again.amount == 0
        assert (await storage.verify(now=LONG_AFTER + DAY)).violations == []

    async def test_an_open_case_is_kept_however_old(self, storage: Storage):
        await storage.write_change(opening())
        erased = await storage.erase_old(Retention(cases_days=1), actor="desk", now=LONG_AFTER)
        assert erased.amount == 0

    async def test_who_left_nothing_behind_is_forgotten(self, storage: Storage):
        await busy(storage)
        everything = Retention(answered_days=365, cases_days=365)
        looked = await storage.erase_old(everything, actor="desk", now=LONG_AFTER, only_look=True)
        assert not (await storage.dossier("main", "o-1")).is_empty
        done = await storage.erase_old(everything, actor="desk", now=LONG_AFTER)
        assert (
            replace(looked, id="")
            == replace(done, id="")
            == Erased(messages=6, cases=2, deliveries=4)
        )
        assert (await storage.dossier("main", "o-1")).is_empty
        assert (await storage.dossier("main", "o-2")).is_empty

    async def test_without_periods_nothing_is_ever_erased(self, storage: Storage):
        await busy(storage)
        later = NOW + timedelta(days=9000)
        assert (await storage.erase_old(Retention(), actor="desk", now=later)).amount == 0


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
