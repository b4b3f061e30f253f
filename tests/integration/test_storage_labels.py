"""What both databases tell of a desk's own labels."""

from dataclasses import replace
from datetime import datetime

import pytest

from cases.case import Change, Event, Kind, State
from cases.sources import entry_source
from handlers.settlement import Outcome
from handlers.texts.general import CITIZEN_ASKED_FOR_PERSON
from knowledge_base.labels import Kind as Of
from knowledge_base.labels import Label
from storage import Storage
from tests.values.storage import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    accept,
    event,
    given,
    message,
    opening,
    settlement,
    step,
)

ASKED = "孩子上幼儿园要什么材料？"
LATER = NOW + DAY


async def labels(storage: Storage, since: datetime = NOW - DAY) -> list[Label]:
    return await storage.desk_labels(since=since, now=LATER, limit=99)


async def say(
    storage: Storage, number: int, text: str, outcome: Outcome, probability: float | None = None
) -> None:
    at = NOW + number * MINUTE
    accepted = await accept(storage, message(number, text=text), at)
    ended = settlement(accepted, outcome=outcome, probability=probability, settled_at=at)
    if outcome is Outcome.ANSWERED:
        ended = replace(ended, given=given(3))
    await storage.settle(accepted.id, ended)


async def answer(
    storage: Storage, opened: Change, sources: str, *more: str, rating: int | None = None
) -> None:
    """A case drafted from `sources`, and again from each of `more`; replied and rated."""
    case = await storage.write_change(opened)
    for each in (sources, *more):
        drafted = step(case, State.DRAFTED, details={"sources": each} if each else {})
        case = await storage.write_change(replace(drafted, event=_named(drafted.event, "draft")))
    replied = step(case, State.REPLIED, reply="带上户口簿。", replied_at=NOW + HOUR)
    case = await storage.write_change(replied)
    if rating is not None:
        await storage.write_change(step(case, State.CLOSED, actor="citizen", rating=rating))


def _named(taken: Event, name: str) -> Event:
    return replace(taken, step=name)


def label(kind: Of, text: str = ASKED) -> Label:
    return Label(text=text, entry="kindergarten", version=3, kind=kind)


SOURCE = entry_source("kindergarten", 3)


async def test_a_direct_answer_without_objection_is_right(storage: Storage) -> None:
    await say(storage, 1, ASKED, Outcome.ANSWERED, 0.97)
    await say(storage, 2, "谢谢", Outcome.CHATTED)
    assert await labels(storage) == [label(Of.ANSWERED)]


async def test_a_line_of_a_list_answers_the_question_before_it(storage: Storage) -> None:
    await say(storage, 1, ASKED, Outcome.SUGGESTED)
    await say(storage, 2, "1", Outcome.ANSWERED)
    assert await labels(storage) == [label(Of.CHOSEN)]


async def test_a_tap_on_the_menus_button_for_a_person_is_an_objection(storage: Storage) -> None:
    await say(storage, 1, ASKED, Outcome.ANSWERED, 0.97)
    at = NOW + 2 * MINUTE
    tapped = await accept(storage, event("click", at=at, key="人工"), at)
    await storage.settle(tapped.id, settlement(tapped, outcome=Outcome.CASED, settled_at=at))
    assert await labels(storage) == [label(Of.UNSOLVED)]


async def test_another_citizens_words_are_no_objection(storage: Storage) -> None:
    await say(storage, 1, ASKED, Outcome.ANSWERED, 0.97)
    at = NOW + 2 * MINUTE
    other = await accept(storage, message(2, "o-2", text="没有解决"), at)
    await storage.settle(other.id, settlement(other, outcome=Outcome.CASED, settled_at=at))
    assert await labels(storage) == [label(Of.ANSWERED)]


async def test_the_entry_of_an_approved_reply_is_right(storage: Storage) -> None:
    await answer(storage, opening(), SOURCE, rating=4)
    assert await labels(storage) == [label(Of.CASE)]


async def test_the_entry_of_a_reply_that_was_rated_badly_is_not(storage: Storage) -> None:
    await answer(storage, opening(), SOURCE, rating=2)
    assert await labels(storage) == [label(Of.UNSOLVED)]


@pytest.mark.parametrize(
    ("opened", "sources"),
    [
        (opening(), ("",)),
        (opening(), (SOURCE, "")),
        (opening(kind=Kind.COMPLAINT), (SOURCE,)),
        (opening(text=CITIZEN_ASKED_FOR_PERSON), (SOURCE,)),
        (opening(lead="HY20261118-0009"), (SOURCE,)),
    ],
    ids=["by hand", "written anew", "complaint", "no words", "merged"],
)
async def test_a_reply_that_shows_no_entry_for_a_question_is_no_label(
    storage: Storage, opened: Change, sources: tuple[str, ...]
) -> None:
    await answer(storage, opened, *sources)
    assert await labels(storage) == []


async def test_what_is_erased_or_long_ago_says_nothing(storage: Storage) -> None:
    await say(storage, 1, ASKED, Outcome.ANSWERED, 0.97)
    await answer(storage, opening(), SOURCE)
    assert len(await labels(storage)) == 2
    assert await labels(storage, since=NOW + DAY) == []
    await storage.erase_citizen("main", "o-1", actor="ann", reason="本人申请", now=LATER)
    assert await labels(storage) == []


async def test_the_newest_label_comes_first(storage: Storage) -> None:
    await say(storage, 1, ASKED, Outcome.ANSWERED, 0.97)
    await say(storage, 2, "小学入学怎么报名", Outcome.ANSWERED, 0.97)
    await answer(storage, opening(), SOURCE)
    assert [each.kind for each in await labels(storage)] == [Of.CASE, Of.ANSWERED, Of.ANSWERED]
    assert (await labels(storage))[1].text == "小学入学怎么报名"
