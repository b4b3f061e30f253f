"""Telling those who were given a wrong answer, over the real databases."""

from datetime import timedelta

import pytest

from cases.privacy import Retention
from handlers.settlement import Given, Outcome
from knowledge_base.corrections import Correction, CorrectionMovedOn, CorrectionState
from knowledge_base.curation import Curator
from knowledge_base.entry import Entry
from storage import Storage
from tests.values.storage import DAY, HOUR, NOW, accept, by_hand, message, settlement

WRONG = Correction(
    entry="e1",
    versions=(1,),
    since=NOW - DAY,
    about="低保怎么申请",
    text="申请低保不收任何费用。",
    reason="标准写错了",
)


async def published(storage: Storage) -> None:
    curator = Curator(storage)
    await curator.draft(Entry(id="e1", question="低保怎么申请", answer="先交钱。"), author="李梅")
    await curator.submit("e1", version=1, actor="李梅")
    await curator.publish("e1", version=1, reviewer="王强")


async def answered(storage: Storage, number: int, citizen: str, *, version: int = 1) -> int:
    accepted = await accept(storage, message(number, citizen, text="低保怎么办"))
    given = (Given(entry="e1", version=version),)
    change = {"outcome": Outcome.ANSWERED, "given": given, "reply": "先交钱。", "probability": 0.9}
    await storage.settle(accepted.id, settlement(accepted, **change))
    return accepted.id


async def released(storage: Storage) -> int:
    number = await storage.propose_correction(WRONG, author="李梅", now=NOW + HOUR)
    await storage.decide_correction(
        number, CorrectionState.APPROVED, actor="王强", remark="", now=NOW + HOUR
    )
    return number


async def test_everybody_who_got_the_wrong_answer_is_told_once(storage: Storage) -> None:
    await published(storage)
    for number, citizen in enumerate(("o-1", "o-1", "o-2"), start=1):
        await answered(storage, number, citizen)
    other = await accept(storage, message(9, "o-3"))
    await storage.settle(other.id, settlement(other))
    at = NOW + 2 * HOUR
    reach = await storage.reach("e1", (1,), since=NOW - DAY, now=at)
    assert (reach.people, reach.at_once) == (2, 2)
    await released(storage)
    taken = await storage.take_deliveries(now=at, limit=9, accounts=("main",))
    assert sorted(each.delivery.citizen for each in taken) == ["o-1", "o-2"]
    assert all("您11月18日问过“低保怎么申请”" in each.delivery.text for each in taken)
    assert (await storage.verify(now=at)).violations == []


async def test_after_48_hours_the_correction_comes_with_the_next_message(storage: Storage) -> None:
    await published(storage)
    await answered(storage, 1, "o-1")
    late = NOW + 3 * DAY
    assert (await storage.reach("e1", (1,), since=NOW - DAY, now=late)).at_once == 0
    await released(storage)
    assert await storage.take_deliveries(now=late, limit=9, accounts=("main",)) == []
    accepted = await accept(storage, message(2, "o-1", created_at=late), now=late)
    assert [each.text[:4] for each in accepted.waiting] == ["【更正】"]


async def test_nobody_releases_their_own_correction(storage: Storage) -> None:
    await published(storage)
    await answered(storage, 1, "o-1")
    number = await storage.propose_correction(WRONG, author="李梅", now=NOW)
    with pytest.raises(CorrectionMovedOn):
        await storage.decide_correction(
            number, CorrectionState.APPROVED, actor="李梅", remark="", now=NOW
        )
    assert [each.id for each in await storage.open_corrections()] == [number]
    assert await storage.take_deliveries(now=NOW, limit=9, accounts=("main",)) == []


async def test_a_stopped_correction_reaches_nobody_more_and_still_verifies(
    storage: Storage,
) -> None:
    await published(storage)
    await answered(storage, 1, "o-1")
    number = await released(storage)
    await storage.stop_correction(number, actor="李梅", now=NOW + HOUR)
    assert await storage.take_deliveries(now=NOW + HOUR, limit=9, accounts=("main",)) == []
    (kept,) = await storage.corrections_of("e1")
    assert (kept.state, kept.stopped_by, kept.waiting) == (CorrectionState.STOPPED, "李梅", 0)
    assert (await storage.verify(now=NOW + HOUR)).violations == []


async def test_only_the_versions_that_were_wrong_are_corrected(storage: Storage) -> None:
    await published(storage)
    await answered(storage, 1, "o-1", version=11)
    assert (await storage.reach("e1", (1,), since=NOW - DAY, now=NOW)).people == 0


async def test_verify_finds_a_correction_that_nobody_released(
    storage: Storage, database_url: str
) -> None:
    await published(storage)
    await answered(storage, 1, "o-1")
    number = await released(storage)
    by_hand(database_url, "UPDATE corrections SET decided_by = author")
    (wrong,) = (await storage.verify(now=NOW + HOUR)).violations
    assert wrong.startswith(f"delivery correction-{number}-")


async def test_what_was_sent_is_found_by_words_of_question_or_reply(storage: Storage) -> None:
    await published(storage)
    number = await answered(storage, 1, "o-1")
    for words in ("低保 怎么", "交钱"):
        (found,) = await storage.find_sent(words, since=NOW - DAY, limit=9)
        assert (found.message, found.entry, found.version) == (number, "e1", 1)
    assert await storage.find_sent("100%", since=NOW - DAY, limit=9) == []
    assert await storage.find_sent("低保", since=NOW + DAY, limit=9) == []


async def test_the_list_of_an_entry_says_who_was_told(storage: Storage) -> None:
    await published(storage)
    first = await answered(storage, 1, "o-1")
    await released(storage)
    later = await answered(storage, 2, "o-1")
    found = await storage.sent_of_entry("e1", limit=9)
    assert [(each.message, each.corrected) for each in found] == [(later, ""), (first, "waiting")]


async def test_a_correction_is_erased_with_the_message_it_corrects(storage: Storage) -> None:
    await published(storage)
    await answered(storage, 1, "o-1")
    await released(storage)
    later = NOW + 5000 * DAY
    erased = await storage.erase_old(Retention(answered_days=365), actor="system", now=later)
    assert (erased.messages, erased.deliveries) == (1, 1)
    assert await storage.sent_of_entry("e1", limit=9) == []
    assert (await storage.verify(now=later + timedelta(hours=1))).violations == []
