"""An approved text is taken back as long as it has not left, and the case is as it was before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import AlreadyLeft, Case, State, StepNotPermitted
from cases.clock import due_of, read_clock
from cases.desk import Purpose
from cases.people import Person, Role
from cases.rules import load_rules
from tests.worlds.desk_office import BOSS, CHEN, NOW, SURE, WANG, ZHAO, Office


async def asked(office: Office) -> Case:
    """A case whose question to the citizen was approved."""
    case = await office.do(
        await office.accepted(), office.desk.draft, WANG, "是哪一栋？", purpose=Purpose.QUESTION
    )
    return await office.review(case)


async def test_a_reply_taken_back_is_a_draft_again_and_the_deadline_runs_on(office: Office) -> None:
    replied = await office.replied()
    back = await office.do(replied, office.desk.withdraw, ZHAO)
    assert (back.state, back.draft, back.drafted_by) == (State.DRAFTED, "已安排维修。", "王工")
    assert (back.reply, back.replied_at, back.reviewed_by) == ("", None, "")
    assert back.due_at == replied.due_at
    assert office.store.sent == {}
    assert (await office.review(back)).state is State.REPLIED


async def test_a_question_taken_back_never_stopped_the_clock(office: Office) -> None:
    waiting = await asked(office)
    office.later(days=4)
    back = await office.do(waiting, office.desk.withdraw, ZHAO)
    assert (back.state, back.draft, back.waiting_since) == (State.DRAFTED, "是哪一栋？", None)
    assert (back.drafted_by, back.due_date) == ("王工", waiting.due_date)
    clock = read_clock(back, await office.store.events(back.number), office.rules)
    assert due_of(clock, office.calendar).due_date == waiting.due_date
    assert (await office.review(back)).state is State.WAITING


async def test_what_was_put_away_before_it_arrived_can_still_be_taken_back(office: Office) -> None:
    closed = await office.do(await office.replied(), office.desk.close, WANG)
    back = await office.do(closed, office.desk.withdraw, BOSS)
    assert (back.state, back.closed_at) == (State.DRAFTED, None)


async def test_not_ours_is_taken_back_too(office: Office) -> None:
    text = "请向物业公司反映。"
    case = await office.do(
        await office.accepted(), office.desk.draft, WANG, text, purpose=Purpose.OUT_OF_SCOPE
    )
    told = await office.review(case)
    assert told.state is State.OUT_OF_SCOPE
    back = await office.do(told, office.desk.withdraw, ZHAO)
    assert (await office.review(back)).state is State.OUT_OF_SCOPE


async def test_what_has_left_stays_as_it_is(office: Office) -> None:
    replied = await office.replied()
    office.store.left |= office.store.sent.keys()
    with pytest.raises(AlreadyLeft, match="reply-"):
        await office.do(replied, office.desk.withdraw, ZHAO)
    assert await office.store.case(replied.number) == replied


async def test_only_who_may_approve_takes_back(office: Office) -> None:
    replied = await office.replied()
    foreign = Person(name="钱审", role=Role.REVIEWER, department="卫健局")
    for who in (WANG, CHEN, foreign):
        with pytest.raises(Exception, match="withdraw|" + replied.number):
            await office.do(replied, office.desk.withdraw, who)
    with pytest.raises(StepNotPermitted):
        await office.do(await office.drafted(), office.desk.withdraw, ZHAO)


async def test_a_rated_reply_was_read(office: Office) -> None:
    with pytest.raises(StepNotPermitted, match="rated"):
        await office.do(await office.rated(await office.replied(), 5), office.desk.withdraw, ZHAO)


async def test_every_letter_of_a_merged_reply_is_taken_back_or_none(office: Office) -> None:
    lead = await office.drafted()
    other = await office.open(replace(SURE, department="卫健局"))
    other = await office.do(other, office.desk.merge, CHEN, lead.number)
    replied = await office.review(await office.store.case(lead.number))
    keys = set(office.store.sent)
    assert len(keys) == 2
    shared = await office.store.case(other.number)
    with pytest.raises(StepNotPermitted, match="was answered with"):
        await office.do(shared, office.desk.withdraw, BOSS)
    office.store.left = {next(key for key in keys if other.number in key)}
    with pytest.raises(AlreadyLeft):
        await office.do(replied, office.desk.withdraw, ZHAO)
    assert set(office.store.sent) == keys
    office.store.left = set()
    await office.do(replied, office.desk.withdraw, ZHAO)
    back = await office.store.case(other.number)
    assert (back.state, back.department, back.reply) == (State.MERGED, "住建局", "")
    assert office.store.sent == {}


async def test_an_approved_text_waits_its_time_before_it_is_pushed() -> None:
    office = Office(rules=load_rules(undo=timedelta(seconds=30)))
    await office.replied()
    await asked(office)
    leaves = {sent.leaves_at for sent in office.store.sent.values()}
    assert leaves == {NOW + timedelta(seconds=30)}


async def test_a_question_taken_back_can_become_a_reply(office: Office) -> None:
    back = await office.do(await asked(office), office.desk.withdraw, ZHAO)
    changed = await office.do(back, office.desk.draft, WANG, "已派人查看。")
    assert (await office.review(changed)).reply == "已派人查看。"
