"""After the answer: ratings, having it done again, reopening."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases import steps
from cases.case import (
    State,
    StepNotPermitted,
)
from cases.desk import Purpose
from cases.privacy import GONE
from tests.worlds.desk_office import BOSS, CHEN, WANG, ZHAO, Office


async def test_a_rating_is_from_one_to_five_and_for_an_answered_case(office: Office) -> None:
    case = await office.replied()
    assert office.desk.prepare_rating(case, rating=5, now=office.now).case.rating == 5
    for wrong in (0, 6, True):
        with pytest.raises(StepNotPermitted):
            office.desk.prepare_rating(case, rating=wrong, now=office.now)
    with pytest.raises(StepNotPermitted):
        office.desk.prepare_rating(await office.open(), rating=5, now=office.now)


async def test_a_text_pasted_from_a_word_processor_becomes_plain(office: Office) -> None:
    pasted = (
        "\ufeff您好：\r\n\uf0b7\t带身份证\v\uf0b7\t带户口簿\u2028"
        "“周一”——周五\xa0办理\u200b👨\u200d👩\u200d👧\f\uf0fe 已带 \uf0a8 未带 \uf0e8"
    )
    case = await office.drafted(pasted)
    assert case.draft == (
        "您好：\n·\t带身份证\n·\t带户口簿\n“周一”——周五\xa0办理👨\u200d👩\u200d👧\n☑ 已带 □ 未带 ·"
    )


async def test_a_bad_rating_waits_for_the_supervisor_until_it_is_dealt_with(
    office: Office,
) -> None:
    bad = await office.rated(await office.replied(), 2)
    assert (bad.asks, bad.state) == ("rating", State.REPLIED)
    closed = await office.do(bad, office.desk.close, WANG)
    assert closed.asks == "rating"  # putting it away does not hide it
    heard = await office.do(closed, office.desk.hear_rating, BOSS, "已电话回访")
    assert (heard.asks, heard.state, heard.rating) == ("", State.CLOSED, 2)
    with pytest.raises(StepNotPermitted, match="no bad rating"):
        await office.do(heard, office.desk.hear_rating, BOSS, "再说一次")
    assert (await office.rated(heard, 5)).asks == ""


async def test_a_supervisor_has_it_done_again_with_a_new_date_and_the_citizen_is_told(
    office: Office,
) -> None:
    bad = await office.rated(await office.replied(), 1)
    office.now += timedelta(days=40)  # a supervisor is not bound to the citizen's fifteen days
    with pytest.raises(StepNotPermitted):
        await office.do(bad, office.desk.reopen, WANG, "重新办")
    again = await office.do(bad, office.desk.reopen, BOSS, "请到现场看了再答复")
    assert (again.state, again.asks, again.rating, again.reply) == (State.ROUTED, "", None, "")
    assert again.due_date > bad.due_date
    assert bad.number in office.store.sent[f"reopened-{again.number}-{again.version}"].text


async def test_a_citizen_may_reopen_for_fifteen_days(office: Office) -> None:
    case = await office.do(await office.replied(), office.desk.close, WANG)
    office.later(days=15)
    again = office.desk.prepare_reopening(case, now=office.now).case
    assert (again.state, again.department, again.reply) == (State.ROUTED, "住建局", "")
    assert again.due_date == date(2026, 10, 13)
    office.later(days=1)
    assert not office.desk.may_reopen(case, office.now)
    with pytest.raises(StepNotPermitted):
        office.desk.prepare_reopening(case, now=office.now)


async def test_a_reopened_case_of_nobody_goes_to_the_dispatcher(office: Office) -> None:
    case = await office.do(
        await office.open(None), office.desk.draft, CHEN, "请找法院。", purpose=Purpose.OUT_OF_SCOPE
    )
    case = await office.review(case, BOSS)
    again = office.desk.prepare_reopening(case, now=office.now)
    assert again.case.state is State.RECEIVED
    assert again.event.details["was_due"] == case.due_at.isoformat()


async def test_an_open_case_cannot_be_reopened(office: Office) -> None:
    with pytest.raises(StepNotPermitted):
        office.desk.prepare_reopening(await office.open(), now=office.now)


async def test_a_reopened_letter_goes_its_own_way_and_its_reply_can_be_taken_back(
    office: Office,
) -> None:
    lead, newer = await office.drafted(), await office.open()
    await office.do(newer, office.desk.merge, WANG, lead.number)
    await office.review(office.store.kept[lead.number])
    again = office.desk.prepare_reopening(office.store.kept[newer.number], now=office.now)
    case = await office.store.write_change(again)
    assert (case.state, case.lead) == (State.ROUTED, "")
    case = await office.do(case, office.desk.accept, WANG)
    case = await office.review(await office.do(case, office.desk.draft, WANG, "又修了一遍。"))
    assert (await office.do(case, office.desk.withdraw, ZHAO)).state is State.DRAFTED


async def test_an_answer_whose_letter_was_erased_is_not_begun_again(office: Office) -> None:
    case = await office.replied()
    for step, words in ((steps.REOPEN, "重新办理"), (steps.WITHDRAW, "撤回")):
        assert words in step.words
        assert steps.permitted(step, case, BOSS)
        assert not steps.permitted(step, replace(case, text=GONE), BOSS)
