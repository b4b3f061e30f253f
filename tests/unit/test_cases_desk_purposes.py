"""Drafts that are no answer: a question to the citizen, and where else to go."""

from dataclasses import replace
from datetime import date

import pytest

from cases.case import (
    State,
    StepNotPermitted,
)
from cases.desk import Purpose
from tests.worlds.desk_office import BOSS, CHEN, WANG, Office


async def test_asking_the_citizen_stops_the_clock_until_the_answer(office: Office) -> None:
    case = await office.do(
        await office.accepted(), office.desk.draft, WANG, "请问是几栋？", purpose=Purpose.QUESTION
    )
    assert case.state is State.DRAFTED
    case = await office.review(case)
    assert (case.state, case.draft, case.officer) == (State.WAITING, "", "王工")
    assert office.store.sent[f"question-{case.number}-{case.version}"].text == "请问是几栋？"
    office.later(days=5)  # Wednesday 23rd
    change = office.desk.prepare_addition(case, text="三栋", now=office.now)
    case = await office.store.write_change(change)
    assert (case.state, case.due_date, case.waiting_since) == (
        State.ACCEPTED, date(2026, 10, 8), None,
    )  # fmt: skip


async def test_staff_can_go_on_without_the_answer(office: Office) -> None:
    case = await office.do(
        await office.accepted(), office.desk.draft, WANG, "请问是几栋？", purpose=Purpose.QUESTION
    )
    case = await office.review(case)
    case = await office.do(case, office.desk.resume, WANG, "已电话联系")
    assert (case.state, case.due_date) == (State.ACCEPTED, date(2026, 9, 24))


async def test_a_dispatcher_can_ask_before_routing(office: Office) -> None:
    case = await office.do(
        await office.open(None), office.desk.draft, CHEN, "在哪个镇？", purpose=Purpose.QUESTION
    )
    case = await office.review(case, BOSS)
    case = await office.store.write_change(
        office.desk.prepare_addition(case, text="禾丰镇", now=office.now)
    )
    assert case.state is State.RECEIVED


async def test_nobody_is_asked_who_cannot_be_reached(office: Office) -> None:
    case = await office.accepted()
    anonymous = replace(case, citizen="")  # of a comment written without a WeChat identity
    office.store.kept[case.number] = anonymous
    with pytest.raises(StepNotPermitted, match="no citizen"):
        await office.do(
            anonymous, office.desk.draft, WANG, "请问是几栋？", purpose=Purpose.QUESTION
        )
    assert (await office.do(anonymous, office.desk.draft, WANG, "已修好。")).draft == "已修好。"


async def test_out_of_scope_names_the_place_and_ends_the_case(office: Office) -> None:
    case = await office.do(
        await office.open(None),
        office.desk.draft,
        CHEN,
        "请向人民法院咨询（12368）。",
        purpose=Purpose.OUT_OF_SCOPE,
    )
    with pytest.raises(StepNotPermitted):
        await office.review(case, CHEN)
    case = await office.review(case, replace(CHEN, name="何派"))
    assert case.state is State.OUT_OF_SCOPE
    assert not case.is_open
    assert office.store.sent[f"reply-{case.number}-{case.version}"].text == case.reply
