"""A sentence that is sent in pieces is one: one case with all of it, or one list for all of it."""

from datetime import timedelta

import pytest

from handlers import texts
from tests.values.storage import SUPERVISOR
from tests.worlds.chat import Chat


@pytest.fixture
def chat(county_chat: Chat) -> Chat:
    return county_chat


async def told(chat: Chat, pieces: str) -> str:
    """The reply to the last of the pieces."""
    replies = [await chat.says(piece) for piece in pieces.split()]
    return replies[-1]


@pytest.mark.parametrize(
    ("pieces", "opened_after"),
    [
        ("厂里 三个月 没发工资，打电话也不接", 3),
        ("工地 老板 欠我两万块钱 人跑了", 3),
        ("小区 楼上 天天漏水 物业不管", 3),
        ("狗 没栓绳 咬人了", 2),
        ("养老金 少发了 问谁", 2),
        ("上学 户口不在这里 学校不收", 2),
        ("村里 修路 占了我家地 没给钱", 3),
        ("厕所 公园里的 脏死了 没纸", 3),
        ("小学门口 放学 堵得走不动 交警不来", 2),
        ("变压器 嗡嗡响 晚上睡不着", 2),
        ("公园 路灯 全黑的 不敢走", 4),
        ("我想投诉一家饭店 吃完拉肚子 在人民路12号 叫老王饭店", 1),
        ("这里乱收停车费 没有发票 十块钱一次 政务中心门口", 1),
        ("拆迁补偿款没到账 补多少钱", 1),
        ("我的身份证被人冒用了 办了贷款 怎么办 要报警吗", 1),
        ("我要反映垃圾中转站的问题 臭气熏天 在西门街", 1),
        ("我家电动车被偷了 停在小区里的", 1),
        ("我家噪音吵得睡不着 幸福小区三栋", 1),
        ("物业乱收费 找物业说找燃气公司", 1),
    ],
)
async def test_a_grievance_in_pieces_is_one_case_with_all_of_them(
    chat: Chat, pieces: str, opened_after: int
) -> None:
    await told(chat, pieces)
    case = await chat.only_case()
    assert case.text.split("\n") == pieces.split()[:opened_after]
    lines = await chat.storage.conversation(case.number, viewer=SUPERVISOR)
    assert [line.text for line in lines if line.speaker == "citizen"] == pieces.split()


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        ("超市 买的牛奶 过期了", "买到过期、变质的食品"),
        ("工地 老板", "包工头跑了"),
        ("驾校 交了钱 不给退", "想退学费"),
        ("医保卡 丢了", "社保卡丢了"),
        ("我儿子 当兵 家里 有补贴吗", "义务兵家庭优待金"),
    ],
)
async def test_what_is_found_for_all_of_them_is_offered(chat: Chat, pieces: str, line: str) -> None:
    first = (await told(chat, pieces)).split("1. ")[1]
    assert line in first.split("</a>")[0]
    assert await chat.cases() == []


async def test_who_goes_on_telling_past_a_list_gets_a_letter_and_keeps_the_line(
    chat: Chat,
) -> None:
    line = "1. 买到过期、变质的食品，能赔多少？"
    listed = await told(chat, "超市 买的牛奶")
    further = await chat.says("过期了没退")
    assert line in listed
    assert "已经登记" in further
    assert line in further
    assert (await chat.only_case()).text == "超市\n买的牛奶\n过期了没退"
    assert "价款10倍" in await chat.says("1")


async def test_a_question_that_pieces_explain_stands_before_them(chat: Chat) -> None:
    reply = await told(chat, "公租房什么时候能申请 我是外地人 有社保 要排队多久")
    assert "公租房怎么申请" in reply
    assert await chat.cases() == []


async def test_a_trouble_and_whom_they_told_in_vain_stand_together(chat: Chat) -> None:
    await told(chat, "楼上住户天天半夜吵 报过警也没用")
    assert (await chat.only_case()).text == "楼上住户天天半夜吵\n报过警也没用"


async def test_what_an_answer_asks_for_makes_a_case_of_what_was_asked(chat: Chat) -> None:
    assert "请告诉我们地点" in await chat.says("流浪狗成群在路上追人")
    await chat.says("在幼儿园门口")
    case = await chat.only_case()
    assert case.text == "流浪狗成群在路上追人\n在幼儿园门口"
    assert case.department == "综合行政执法局"


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("请帮我查一下", texts.talk.TELL_US),
        ("你们这个号是真的吗", texts.talk.TRUST),
        ("会不会骗人", texts.talk.TRUST),
    ],
)
async def test_who_has_said_nothing_yet_is_asked_and_who_doubts_is_told_who_we_are(
    chat: Chat, said: str, reply: str
) -> None:
    assert await chat.says(said) == reply
    assert await chat.cases() == []


async def test_how_far_a_repair_is_that_nobody_registered_here(chat: Chat) -> None:
    assert "没有登记在办的事情" in await chat.says("路灯报修的进度")


@pytest.mark.parametrize("said", ["谢谢你们上次帮忙", "路灯已经修好了", "感谢政府这么快解决"])
async def test_thanks_for_what_was_done_are_no_letter(chat: Chat, said: str) -> None:
    assert await chat.says(said) in {texts.general.THANKS, texts.general.SOLVED}
    assert await chat.cases() == []


async def test_what_follows_a_call_for_a_person_stands_in_that_case(chat: Chat) -> None:
    assert "1. " in await told(chat, "人工 我想问医保的事")
    lines = await chat.storage.conversation((await chat.only_case()).number, viewer=SUPERVISOR)
    citizens = [line.text for line in lines if line.speaker == "citizen"]
    assert citizens == ["人工", "我想问医保的事"]


async def test_how_far_it_is_is_told_to_who_has_nothing_there(chat: Chat) -> None:
    assert "没有登记在办的事情" in await chat.says("怎么查我的事情到哪一步了")
    assert await chat.cases() == []


@pytest.mark.parametrize(
    ("before", "grievance"),
    [
        ("低保", "三个月没发工资"),
        ("户口", "噪音太大"),
        ("身份证", "路灯坏了"),
        ("结婚证", "物业乱收费"),
    ],
)
async def test_a_matter_of_others_is_told_alone(chat: Chat, before: str, grievance: str) -> None:
    await told(chat, f"{before} {grievance}")
    assert (await chat.only_case()).text == grievance


async def test_nobody_is_sure_whose_it_is_by_the_first_piece_alone(chat: Chat) -> None:
    await told(chat, "劳动合同 司机绕路")
    case = await chat.only_case()
    assert case.text == "劳动合同\n司机绕路"
    assert case.department == ""


async def test_a_question_answered_before_is_no_piece_of_a_grievance(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办")
    await chat.says("楼上天天漏水")
    assert (await chat.only_case()).text == "楼上天天漏水"


async def test_an_answered_question_is_not_read_with_the_pieces_that_followed(chat: Chat) -> None:
    await told(chat, "身份证丢了怎么补办 狗 没栓绳")
    lines = await chat.storage.conversation((await chat.only_case()).number, viewer=SUPERVISOR)
    assert [line.text for line in lines if line.speaker == "citizen"] == ["狗", "没栓绳"]


async def test_a_piece_that_says_nothing_yet_is_heard_and_the_list_still_stands(
    chat: Chat,
) -> None:
    assert "1. " in await chat.says("医院")
    assert await chat.says("挂号") == texts.talk.TELL_ON
    assert "病历" in await chat.says("1")


async def test_pieces_of_more_than_ten_minutes_ago_are_none(chat: Chat) -> None:
    await chat.says("厂里")
    chat.now += timedelta(minutes=11)
    await chat.says("没发工资，打电话也不接")
    assert (await chat.only_case()).text == "没发工资，打电话也不接"
