"""Two grievances of one citizen are two cases, and what is said next joins the right one."""

import pytest

from tests.values.storage import SUPERVISOR
from tests.worlds.chat import Chat


@pytest.fixture
def chat(county_chat: Chat) -> Chat:
    return county_chat


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("学校乱收费", "小区停车乱收费"),
        ("路灯不亮", "小区又停水了"),
        ("广场舞太吵", "路边乱停车"),
        ("小区路灯坏了没人修", "学校门口路灯坏了"),
    ],
)
async def test_a_grievance_against_others_is_a_case_of_its_own(
    chat: Chat, one: str, other: str
) -> None:
    await chat.says(one)
    assert "已经登记" in await chat.says(other)
    assert {case.text for case in await chat.cases()} == {one, other}


@pytest.mark.parametrize(
    ("told", "next_of_it"),
    [
        ("广场舞太吵", "每天跳到十点"),
        ("小区停水三天了", "物业不管"),
        ("老板拖欠工资", "人跑了"),
    ],
)
async def test_more_of_the_same_joins_it(chat: Chat, told: str, next_of_it: str) -> None:
    await chat.says(told)
    assert "已经补充" in await chat.says(next_of_it)
    await chat.only_case()


@pytest.mark.parametrize(
    ("one", "other", "of_the_first"),
    [
        ("老板拖欠我三个月工资一直不给", "小区路灯坏了没人修", "拖欠工资的老板人跑了"),
        ("小区路灯坏了没人修", "老板拖欠工资", "路灯还是不亮"),
    ],
)
async def test_what_shares_a_word_with_an_older_case_joins_that(
    chat: Chat, one: str, other: str, of_the_first: str
) -> None:
    for text in (one, other, of_the_first):
        await chat.says(text)
    (first,) = [case for case in await chat.cases() if case.text == one]
    lines = await chat.storage.conversation(first.number, viewer=SUPERVISOR)
    assert [line.text for line in lines if line.speaker == "citizen"] == [one, of_the_first]


async def test_a_question_asked_before_is_no_part_of_another_grievance(chat: Chat) -> None:
    await chat.says("养老金怎么查")
    await chat.says("小区停车乱收费")
    lines = await chat.storage.conversation((await chat.only_case()).number, viewer=SUPERVISOR)
    assert [line.text for line in lines if line.speaker == "citizen"] == ["小区停车乱收费"]


async def test_a_question_before_pieces_is_no_part_of_a_complaint(chat: Chat) -> None:
    for text in ("公租房什么时候能申请", "我是外地人", "司机骂人"):
        await chat.says(text)
    assert "公租房" not in (await chat.only_case()).text


async def test_a_question_that_is_found_is_offered_its_list_beside_a_complaint(chat: Chat) -> None:
    await chat.says("工厂夜里排黑烟")
    assert "1. 孩子上小学" in await chat.says("孩子上学怎么报名")
    await chat.only_case()


async def test_who_else_is_complained_of_is_not_added(chat: Chat) -> None:
    await chat.says("电梯停了一个星期")
    assert "已经补充" not in await chat.says("饭店吃坏肚子")


async def test_what_an_older_answer_asked_for_belongs_to_the_complaint_since(chat: Chat) -> None:
    for text in ("流浪狗成群在路上追人", "路灯坏了没人修", "在幼儿园门口"):
        await chat.says(text)
    assert (await chat.only_case()).text == "路灯坏了没人修"


async def test_what_a_person_was_called_for_stands_there_though_it_is_answered(chat: Chat) -> None:
    for text in ("人工", "身份证丢了怎么补办"):
        await chat.says(text)
    lines = await chat.storage.conversation((await chat.only_case()).number, viewer=SUPERVISOR)
    assert "身份证丢了怎么补办" in [line.text for line in lines]
