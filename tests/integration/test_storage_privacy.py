"""Erasing a citizen's data, on request or when its time is over; the books still balance."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cases.case import State
from cases.department import Department
from cases.ports import CaseFilter
from cases.privacy import GONE, Erased, Retention, StillOpen
from cases.records import RecordFilter
from handlers.settlement import Outcome
from storage import Storage
from tests.servers.databases import fresh_storage
from tests.values.storage import (
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


def in_files(folder: Path, *words: str) -> set[str]:
    """Which of the words stand in any file there."""
    held = b"".join(file.read_bytes() for file in folder.iterdir())
    return {word for word in words if word.encode() in held}


async def busy(storage: Storage) -> None:
    await storage.save_versions([entry()], actor="curator", reason="new")
    await told(storage)
    await told(storage, "o-2", 2)


async def test_figures_count_an_erased_case_by_the_topic_it_had(storage: Storage):
    await busy(storage)
    await storage.save_departments([Department(name=SCHOOLS, keywords=("幼儿园",))])
    await storage.erase_citizen("main", "o-1", actor="supervisor", reason="本人要求", now=NOW)
    facts = await storage.facts(since=NOW - DAY, until=NOW + DAY, viewer=SUPERVISOR)
    assert [fact.topic for fact in facts] == ["幼儿园", "幼儿园"]
    assert (await storage.verify(now=NOW)).violations == []


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

    async def test_not_a_byte_of_the_words_is_left_in_the_files(self, tmp_path: Path):
        storage = await fresh_storage(tmp_path / "desk.db")
        words, pairs = "紫檀鹦鹉街道夜里施工", ("紫檀", "檀鹦", "鹦鹉")
        await storage.save_departments([Department(name=SCHOOLS)])
        for number in range(1, 8):
            text = words if number == 4 else f"第{number}中学的校车"
            change = opening(f"HY-{number}", f"o-{number}", text=text, department=SCHOOLS)
            await storage.write_change(change)
            await answered(storage, f"HY-{number}")
        assert in_files(tmp_path, words, *pairs) == {words, *pairs}
        await storage.erase_citizen("main", "o-4", actor="s", reason="本人申请", now=LONG_AFTER)
        assert in_files(tmp_path, words, *pairs) == set()
        await storage.close()

    async def test_the_books_still_balance_and_the_log_says_so(self, storage: Storage):
        await busy(storage)
        figures = await storage.figures(since=NOW - DAY, until=NOW + DAY, now=NOW)
        await storage.erase_citizen("main", "o-1", actor="supervisor", reason="本人", now=NOW)
        assert (await storage.verify(now=NOW + DAY)).violations == []
        assert await storage.figures(since=NOW - DAY, until=NOW + DAY, now=NOW) == figures
        (record,) = await storage.records(RecordFilter(actions=("citizen_erased",)))
        assert record.details["messages"] == "3"
        assert "o-1" not in str(record)

    async def test_of_those_without_a_name_only_the_one_of_the_case_is_meant(
        self, storage: Storage
    ):
        await storage.save_departments([Department(name=SCHOOLS)])
        for number in (1, 2):
            written = await accept(storage, message(number, "", text=f"无名氏{number}"))
            change = opening(f"HY20261118-000{number}", "", department=SCHOOLS)
            ours = settlement(written, outcome=Outcome.CASED, change=change)
            await storage.settle(written.id, ours)
            await answered(storage, change.case.number)
        whose = {"case": "HY20261118-0001"}
        found = await storage.dossier("main", "", **whose)
        assert [each.text for each in found.messages] == ["无名氏1"]
        assert [each.number for each in found.cases] == ["HY20261118-0001"]
        gone = await storage.erase_citizen("main", "", actor="s", reason="", now=NOW, **whose)
        assert (gone.messages, gone.cases) == (1, 1)
        left = await storage.dossier("main", "", case="HY20261118-0002")
        assert [each.text for each in left.messages] == ["无名氏2"]
        assert (await storage.verify(now=LONG_AFTER)).violations == []
        with pytest.raises(ValueError, match="known by a case only"):
            await storage.dossier("main", "")

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
