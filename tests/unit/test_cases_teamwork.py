"""Colleagues, helpers, merged letters and requests for more time, at the desk itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case, State, StepNotPermitted, TextNotFit, UnknownCase
from cases.merging import requested_days
from cases.people import Person, Role
from cases.steps import may_see
from cases.wording import text_hash
from tests.worlds.desk_office import BOSS, CHEN, OTHER, WANG, ZHAO, Office

LI = Person(name="李工", role=Role.OFFICER, department="住建局")


async def two(office: Office) -> tuple[Case, Case]:
    """An older case with a draft, and a newer one of another citizen."""
    lead = await office.drafted()
    office.later(hours=1)
    opened = await office.open()
    newer = replace(opened, citizen="o2")
    office.store.kept[newer.number] = newer
    return lead, newer


async def test_a_colleague_takes_a_new_case_on(office: Office) -> None:
    case = await office.do(await office.open(), office.desk.assign, ZHAO, LI)
    assert (case.state, case.officer) == (State.ACCEPTED, "李工")
    assert office.store.log[case.number][-1].details == {"from": "", "to": "李工"}


@pytest.mark.parametrize("officer", [OTHER, CHEN, WANG])
async def test_only_a_colleague_who_does_not_have_it_yet_takes_a_case_on(
    office: Office, officer: Person
) -> None:
    with pytest.raises(StepNotPermitted):
        await office.do(await office.accepted(), office.desk.assign, ZHAO, officer)


async def test_a_case_is_sorted_under_a_short_word(office: Office) -> None:
    case = await office.do(await office.accepted(), office.desk.sort, WANG, "  房屋  漏水 ")
    assert case.topic == "房屋 漏水"
    assert await office.do(case, office.desk.sort, WANG, "房屋 漏水") == case
    assert (await office.do(case, office.desk.sort, WANG, "")).topic == ""
    with pytest.raises(TextNotFit):
        await office.do(case, office.desk.sort, WANG, "长" * 31)


async def test_a_helper_sees_the_case_but_does_not_answer_it(office: Office) -> None:
    case = await office.do(
        await office.accepted(), office.desk.ask_for_help, WANG, "卫健局", "请看水质"
    )
    assert may_see(OTHER, case)
    with pytest.raises(StepNotPermitted):
        await office.do(case, office.desk.draft, OTHER, "不是我们答")
    ended = await office.do(case, office.desk.end_help, CHEN, "卫健局")
    assert not may_see(OTHER, ended)
    with pytest.raises(StepNotPermitted):
        await office.do(ended, office.desk.end_help, CHEN, "卫健局")


@pytest.mark.parametrize("department", ["住建局", "没有这个局"])
async def test_a_department_that_cannot_help_is_refused(office: Office, department: str) -> None:
    case = await office.accepted()
    with pytest.raises(StepNotPermitted):
        await office.do(case, office.desk.ask_for_help, WANG, department, "看看")


async def test_every_citizen_of_merged_letters_gets_the_reply(office: Office) -> None:
    lead, newer = await two(office)
    merged = await office.do(newer, office.desk.merge, WANG, lead.number)
    assert (merged.state, merged.lead) == (State.MERGED, lead.number)
    lead = office.store.kept[lead.number]
    await office.review(lead)
    shared = office.store.kept[newer.number]
    assert (shared.state, shared.reply) == (State.REPLIED, "已安排维修。")
    assert shared.draft_hash == text_hash(shared.reply)
    assert {each.citizen for each in office.store.sent.values()} == {"o1", "o2"}


async def test_merged_citizens_hear_of_a_delay(office: Office) -> None:
    lead, newer = await two(office)
    await office.do(newer, office.desk.merge, WANG, lead.number)
    lead = office.store.kept[lead.number]
    await office.do(lead, office.desk.extend, BOSS, 2, "等鉴定")
    told = [each for each in office.store.sent.values() if each.case == newer.number]
    assert "延期" in told[0].text
    assert office.store.kept[newer.number].state is State.MERGED


async def test_a_merged_letter_gets_the_leads_day_when_that_is_later_and_else_keeps_its_own(
    office: Office,
) -> None:
    lead, newer = await two(office)
    await office.do(newer, office.desk.merge, WANG, lead.number)
    own = office.store.kept[newer.number].due_date
    office.store.kept[newer.number] = replace(
        office.store.kept[newer.number], due_date=own + timedelta(days=60)
    )
    first = await office.do(office.store.kept[lead.number], office.desk.extend, BOSS, 1, "等鉴定")
    kept = office.store.kept[newer.number]
    assert first.due_date < kept.due_date == own + timedelta(days=60)
    office.store.kept[newer.number] = replace(kept, due_date=own)
    later = await office.do(first, office.desk.extend, BOSS, 1, "还要等")
    assert office.store.kept[newer.number].due_date == later.due_date > own


async def test_the_newest_request_for_more_time_is_the_one_that_counts(office: Office) -> None:
    asked = await office.do(await office.accepted(), office.desk.ask_extension, WANG, 3, "等鉴定")
    declined = await office.do(asked, office.desk.decline_extension, BOSS, "请先答复")
    again = await office.do(declined, office.desk.ask_extension, WANG, 2, "鉴定未到")
    events = await office.store.events(again.number)
    newest = requested_days(events)
    assert newest is not None
    assert newest.details["days"] == "2"
    assert requested_days(events[:1]) is None


async def test_nothing_is_sent_when_a_merged_case_moved_at_that_moment(office: Office) -> None:
    lead, newer = await two(office)
    merged = await office.do(newer, office.desk.merge, WANG, lead.number)
    split = await office.do(merged, office.desk.split, WANG)
    assert (split.state, split.lead) == (State.ROUTED, "")
    await office.review(office.store.kept[lead.number])
    assert office.store.kept[newer.number].state is State.ROUTED


async def test_nobody_waits_longer_because_others_wrote_too(office: Office) -> None:
    first = await office.accepted()
    office.later(days=5)
    second = await office.open()
    with pytest.raises(StepNotPermitted, match="due later"):
        await office.do(first, office.desk.merge, WANG, second.number)


async def test_a_case_goes_only_into_an_open_one_that_is_seen(office: Office) -> None:
    lead, newer = await two(office)
    with pytest.raises(StepNotPermitted):
        await office.do(newer, office.desk.merge, WANG, newer.number)
    with pytest.raises(UnknownCase):
        await office.do(newer, office.desk.merge, WANG, "HY-0")
    await office.do(newer, office.desk.merge, WANG, lead.number)
    third = await office.open()
    with pytest.raises(StepNotPermitted):
        await office.do(third, office.desk.merge, WANG, newer.number)
    lead = office.store.kept[lead.number]
    with pytest.raises(StepNotPermitted, match="leads"):
        await office.do(lead, office.desk.merge, CHEN, third.number)


async def test_an_officer_asks_and_a_supervisor_grants_more_time(office: Office) -> None:
    asked = await office.do(await office.accepted(), office.desk.ask_extension, WANG, 3, "等鉴定")
    assert (asked.asks, asked.due_date) == ("extension", (await office.open()).due_date)
    granted = await office.do(asked, office.desk.extend, BOSS, 3, "同意")
    assert granted.asks == ""
    assert granted.due_date > asked.due_date


async def test_a_supervisor_may_say_no(office: Office) -> None:
    asked = await office.do(await office.accepted(), office.desk.ask_extension, WANG, 3, "等鉴定")
    declined = await office.do(asked, office.desk.decline_extension, BOSS, "可以先答复")
    assert (declined.asks, declined.due_date) == ("", asked.due_date)
    with pytest.raises(StepNotPermitted):
        await office.do(declined, office.desk.decline_extension, BOSS, "再说一次")


async def test_nobody_asks_for_more_time_too_late_or_for_none(office: Office) -> None:
    case = await office.accepted()
    with pytest.raises(StepNotPermitted):
        await office.do(case, office.desk.ask_extension, WANG, 0, "等鉴定")
    office.now += timedelta(days=30)
    with pytest.raises(StepNotPermitted):
        await office.do(case, office.desk.ask_extension, WANG, 2, "等鉴定")


async def test_a_request_ends_with_the_reply(office: Office) -> None:
    asked = await office.do(await office.drafted(), office.desk.ask_extension, WANG, 3, "等鉴定")
    assert (await office.review(asked)).asks == ""


async def test_nobody_asks_for_more_time_than_can_be_granted(office: Office) -> None:
    case = await office.accepted()
    with pytest.raises(StepNotPermitted) as refused:
        await office.do(case, office.desk.ask_extension, WANG, 11, "等鉴定")
    assert "请把天数改小" in refused.value.tell
    asked = await office.do(case, office.desk.ask_extension, WANG, 10, "等鉴定")
    assert asked.asks == "extension"


async def test_what_cannot_lead_says_what_to_do_instead(office: Office) -> None:
    lead, newer = await two(office)
    await office.do(newer, office.desk.merge, WANG, lead.number)
    third = await office.open()
    with pytest.raises(StepNotPermitted) as merged:
        await office.do(third, office.desk.merge, WANG, newer.number)
    assert f"请改填 {lead.number}" in merged.value.tell
    await office.review(office.store.kept[lead.number])
    with pytest.raises(StepNotPermitted) as answered:
        await office.do(third, office.desk.merge, WANG, lead.number)
    assert "请单独答复这一件" in answered.value.tell
