"""Notes, unfinished drafts, who is at a case, and the cases beside it, on both databases."""

import asyncio
from dataclasses import replace

import pytest

from cases.case import Case, State, UnknownCase
from cases.papers import KeptDraft, Note
from storage import Storage
from storage.errors import DataRefused
from tests.values.storage import (
    HOUR,
    MINUTE,
    NOW,
    OFFICER,
    POLICE,
    REVIEWER,
    SCHOOLS,
    STRANGER,
    SUPERVISOR,
    by_hand,
    opening,
    replied,
    step,
)


async def opened(storage: Storage, **changed: object) -> Case:
    return await storage.write_change(opening(**{"department": SCHOOLS} | changed))


def kept(case: Case, text: str, person: str = "officer", minutes: int = 0) -> KeptDraft:
    return KeptDraft(
        case=case.number,
        person=person,
        text=text,
        purpose="reply",
        sources=("条目 e1",),
        version=case.version,
        saved_at=NOW + minutes * MINUTE,
    )


async def test_notes_stay_in_their_order_and_never_change(storage: Storage, database_url: str):
    case = await opened(storage)
    for n, text in enumerate(("先问学区办", "已经问过，“不涉密”\0")):
        note = Note(case=case.number, at=NOW, author="officer", text=text, mentions=("reviewer",))
        assert (await storage.add_note(note, viewer=OFFICER)).id == n + 1
    found = await storage.notes(case.number, viewer=REVIEWER)
    assert [note.text for note in found] == ["先问学区办", "已经问过，“不涉密”"]
    assert found[0].mentions == ("reviewer",)
    with pytest.raises(Exception, match="append-only"):
        by_hand(database_url, "UPDATE case_notes SET text = ''")


async def test_a_note_whose_button_was_pressed_twice_is_one_note(storage: Storage):
    case = await opened(storage)
    note = Note(case=case.number, at=NOW, author="officer", text="先问学区办")
    both = await asyncio.gather(*(storage.add_note(note, viewer=OFFICER) for _ in range(2)))
    assert {each.id for each in both} == {1}
    await storage.add_note(replace(note, at=NOW + 2 * MINUTE), viewer=OFFICER)
    assert len(await storage.notes(case.number, viewer=OFFICER)) == 2


async def test_nobody_notes_or_reads_on_a_case_that_is_not_theirs(storage: Storage):
    case = await opened(storage)
    note = Note(case=case.number, at=NOW, author="officer2", text="看看")
    with pytest.raises(UnknownCase):
        await storage.add_note(note, viewer=STRANGER)
    with pytest.raises(UnknownCase):
        await storage.keep_draft(kept(case, "x", "officer2"), viewer=STRANGER)
    with pytest.raises(UnknownCase):
        await storage.come_to(case.number, viewer=STRANGER, writing=False, now=NOW)
    assert await storage.notes(case.number, viewer=STRANGER) == []
    assert await storage.present(case.number, viewer=STRANGER, now=NOW) == []


async def test_a_draft_is_replaced_as_it_is_written_and_only_its_writer_sees_it(storage: Storage):
    case = await opened(storage)
    for text in ("写到", "写到一半"):
        await storage.keep_draft(kept(case, text), viewer=OFFICER)
    await storage.keep_draft(kept(case, "另一份", "reviewer", 5), viewer=REVIEWER)
    assert await storage.kept_draft(case.number, viewer=OFFICER) == kept(case, "写到一半")
    assert [each.text for each in await storage.kept_drafts(viewer=REVIEWER)] == ["另一份"]
    await storage.keep_draft(kept(case, "  "), viewer=OFFICER)
    assert await storage.kept_draft(case.number, viewer=OFFICER) is None


async def test_a_draft_from_another_window_stays_and_is_given_back(storage: Storage):
    case = await opened(storage)
    first = kept(case, "第一个窗口")
    assert await storage.keep_draft(first, viewer=OFFICER, seen="") is None
    second = kept(case, "第二个窗口", minutes=1)
    assert await storage.keep_draft(second, viewer=OFFICER, seen="") == first
    assert await storage.keep_draft(first, viewer=OFFICER, seen="") is None  # said twice
    assert await storage.keep_draft(second, viewer=OFFICER, seen=first.mark) is None
    assert await storage.kept_draft(case.number, viewer=OFFICER) == second


async def test_of_two_windows_that_write_at_once_one_is_told(storage: Storage):
    case = await opened(storage)
    told = await asyncio.gather(
        *(storage.keep_draft(kept(case, f"窗口 {n}"), viewer=OFFICER, seen="") for n in range(4))
    )
    assert sum(each is None for each in told) == 1


async def test_a_draft_on_a_case_that_went_elsewhere_is_hidden_but_not_lost(storage: Storage):
    case = await opened(storage)
    await storage.keep_draft(kept(case, "写到一半"), viewer=OFFICER)
    moved = replace(OFFICER, department=POLICE)
    assert await storage.kept_drafts(viewer=moved) == []
    assert len(await storage.kept_drafts(viewer=OFFICER)) == 1


async def test_two_people_on_one_case_see_each_other_for_a_minute(storage: Storage):
    case = await opened(storage)
    assert not await storage.come_to(case.number, viewer=OFFICER, writing=True, now=NOW)
    (other,) = await storage.come_to(case.number, viewer=REVIEWER, writing=False, now=NOW)
    assert (other.person, other.writing) == ("officer", True)
    await storage.come_to(case.number, viewer=OFFICER, writing=False, now=NOW)
    (other,) = await storage.present(case.number, viewer=REVIEWER, now=NOW)
    assert not other.writing
    assert await storage.present(case.number, viewer=REVIEWER, now=NOW + MINUTE) == []


async def test_the_same_citizens_other_cases(storage: Storage):
    first = await opened(storage, number="HY-1", received_at=NOW - HOUR)
    await opened(storage, number="HY-2")
    await opened(storage, number="HY-3", department=POLICE)
    await opened(storage, number="HY-4", citizen="o-2")
    found = await storage.cases_of_citizen("HY-2", viewer=SUPERVISOR)
    assert [case.number for case in found] == ["HY-3", "HY-1"]
    assert await storage.cases_of_citizen("HY-2", viewer=OFFICER) == [first]


async def test_somebody_without_a_name_has_no_other_cases(storage: Storage):
    await opened(storage, number="HY-1", citizen="")
    await opened(storage, number="HY-2", citizen="")
    assert await storage.cases_of_citizen("HY-2", viewer=SUPERVISOR) == []


async def test_similar_cases_come_by_the_words_they_share(storage: Storage):
    await opened(storage, number="HY-0", text="实验小学的校车早上总是迟到")
    await opened(storage, number="HY-1", text="校车几点发车")
    await replied(storage, opening("HY-2", text="路灯坏了"), "校车的事请问实验小学。")
    await opened(storage, number="HY-3", text="户口怎么迁", department=POLICE)
    await opened(storage, number="HY-4", text="校车也超载", department=POLICE)
    words = ["实验小学", "校车", "迟到"]
    found = await storage.similar_cases("HY-0", words, viewer=SUPERVISOR)
    assert found[0].number == "HY-2"
    assert {case.number for case in found} == {"HY-1", "HY-2", "HY-4"}
    theirs = await storage.similar_cases("HY-0", words, viewer=OFFICER)
    assert {case.number for case in theirs} == {"HY-1"}
    assert await storage.similar_cases("HY-0", ["，"], viewer=SUPERVISOR) == []


async def test_a_note_needs_its_case(storage: Storage):
    with pytest.raises((UnknownCase, DataRefused)):
        await storage.add_note(
            Note(case="HY-0", at=NOW, author="officer", text="x"), viewer=SUPERVISOR
        )


async def test_only_who_submitted_a_text_has_drafted(storage: Storage):
    case = await opened(storage)
    assert not await storage.has_drafted(viewer=OFFICER)
    taken = step(case, State.DRAFTED)
    await storage.write_change(replace(taken, event=replace(taken.event, step="draft")))
    assert await storage.has_drafted(viewer=OFFICER)
    assert not await storage.has_drafted(viewer=replace(OFFICER, name="officer9"))
    assert not await storage.has_drafted(viewer=STRANGER)
