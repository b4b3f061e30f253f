"""A citizen's cases as they are talked of: opened, added to, asked about, answered, reopened."""

from datetime import timedelta

import pytest

from cases.case import State
from handlers import texts
from handlers.message import MessageKind
from tests.worlds.chat import LABOUR, Chat


async def test_asking_for_a_person_takes_the_question_just_answered_along(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办")
    await chat.says("人工")
    assert (await chat.only_case()).text == "身份证丢了怎么补办"


async def test_asking_for_a_person_without_a_question_opens_a_case_that_takes_what_follows(
    chat: Chat,
) -> None:
    assert "写下来" in await chat.says("人工")
    await chat.says("我的养老金这个月少发了三十块")
    case = await chat.only_case()
    assert case.text == texts.general.CITIZEN_ASKED_FOR_PERSON


async def test_an_unsolved_answer_becomes_a_case(chat: Chat) -> None:
    await chat.says("失业金怎么申请")
    reply = await chat.says("没有解决")
    assert (await chat.only_case()).number in reply


async def test_a_second_message_about_the_same_matter_joins_the_open_case(chat: Chat) -> None:
    await chat.says("幸福路三号门口的路灯坏了一个多月了没人修")
    reply = await chat.says("就是幸福路三号门口那几盏路灯，昨晚有老人摔了")
    assert (await chat.only_case()).number in reply
    assert "补充" in reply


async def test_another_matter_opens_another_case(chat: Chat) -> None:
    await chat.says("幸福路三号门口的路灯坏了一个多月了没人修")
    await chat.says("老板拖欠我三个月工资一直不给，请帮帮我")
    assert len(await chat.cases()) == 2


async def test_a_supplement_is_added_to_the_open_case(chat: Chat) -> None:
    await chat.says("幸福路三号门口的路灯坏了一个多月了没人修")
    case = await chat.only_case()
    assert case.number in await chat.says("补充 一共五盏不亮")
    assert (await chat.only_case()).version == case.version + 1


async def test_words_right_behind_a_supplement_join_the_case_days_later(chat: Chat) -> None:
    await chat.says("幸福路三号门口的路灯坏了一个多月了没人修")
    case = await chat.only_case()
    chat.now += timedelta(days=2)
    assert case.number in await chat.says("补充身份证号后四位1234")
    assert (await chat.only_case()).version == case.version + 1


async def test_a_picture_joins_the_open_case_and_else_asks_for_words(chat: Chat) -> None:
    assert await chat.sends(kind=MessageKind.IMAGE) == texts.general.WORDS_PLEASE
    await chat.says("幸福路三号门口的路灯坏了一个多月了没人修")
    reply = await chat.sends(kind=MessageKind.IMAGE, details={"PicUrl": "http://p/1"})
    assert (await chat.only_case()).number in reply


async def test_progress_lists_own_cases_and_nobody_elses(chat: Chat) -> None:
    await chat.says("幸福路三号门口的路灯坏了一个多月了没人修")
    number = (await chat.only_case()).number
    assert number in await chat.says("查询")
    assert number in await chat.says(f"查询 {number}")
    assert await chat.says("查询", citizen="o-li") == texts.general.NO_CASES
    assert await chat.says(f"查询 {number}", citizen="o-li") == texts.general.UNKNOWN_NUMBER


async def test_a_reply_reaches_the_citizen_with_the_next_message_and_can_be_rated(
    chat: Chat,
) -> None:
    await chat.says("老板拖欠我三个月工资一直不给，请帮帮我")
    case = await chat.only_case()
    if case.department != LABOUR:
        pytest.fail(f"routed to {case.department!r}")
    await chat.answer(case, "监察大队已上门，工资周五前发放。")
    read = await chat.says("查询")
    assert "监察大队已上门" in read
    assert "监察大队" not in await chat.says("你好")
    assert await chat.says("评价 5") == texts.cases.rated(5)
    assert (await chat.only_case()).rating == 5


async def test_a_reply_within_the_window_can_be_pushed_once(chat: Chat) -> None:
    await chat.says("老板拖欠我三个月工资一直不给，请帮帮我")
    await chat.answer(await chat.only_case(), "监察大队已上门，工资周五前发放。")
    assert ["监察大队已上门" in each.text for each in await chat.deliveries()] == [True]
    assert await chat.deliveries() == []


async def test_an_answered_case_can_be_reopened_with_no_solution(chat: Chat) -> None:
    await chat.says("老板拖欠我三个月工资一直不给，请帮帮我")
    await chat.answer(await chat.only_case(), "监察大队已上门，工资周五前发放。")
    reply = await chat.says("没有解决")
    case = await chat.only_case()
    assert case.state in {State.ROUTED, State.RECEIVED}
    assert case.number in reply


async def test_a_number_says_which_of_two_answered_cases_is_not_solved(chat: Chat) -> None:
    await chat.says("老板拖欠我三个月工资一直不给，请帮帮我")
    wages = await chat.only_case()
    await chat.answer(wages, "监察大队已上门，工资周五前发放。")
    chat.now += timedelta(days=1)
    await chat.says("投诉，我的养老金这个月少发了三十块")
    (pension,) = [case for case in await chat.cases() if case.number != wages.number]
    await chat.answer(pension, "少发的下个月补上。")
    assert wages.number in await chat.says(f"没有解决 {wages.number} 还是没给我钱")
    states = {case.number: case.state for case in await chat.cases()}
    assert states[wages.number] in {State.ROUTED, State.RECEIVED}
    assert states[pension.number] not in {State.ROUTED, State.RECEIVED}
    assert await chat.says("没有解决 HY20250101-0001") == texts.general.UNKNOWN_NUMBER


async def test_a_number_says_to_which_of_two_open_cases_something_is_added(chat: Chat) -> None:
    await chat.says("老板拖欠我三个月工资一直不给，请帮帮我")
    wages = await chat.only_case()
    chat.now += timedelta(days=1)
    await chat.says("人工 我的养老金这个月少发了三十块")
    (pension,) = [case for case in await chat.cases() if case.number != wages.number]
    assert wages.number in await chat.says(f"补充 {wages.number} 在幸福工地三号楼")
    assert pension.number in await chat.says("补充 是十月份的")


async def test_what_is_still_open_is_not_opened_again_for_being_unsolved(chat: Chat) -> None:
    await chat.says("老板拖欠我三个月工资一直不给，请帮帮我")
    case = await chat.only_case()
    assert case.number in await chat.says(f"{case.number} 还没解决")
    assert (await chat.only_case()).state is case.state
