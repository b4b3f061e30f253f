"""A conversation as citizens hold it: danger, contacts, haste, thanks, and questions in pieces."""

from dataclasses import replace
from pathlib import Path

import pytest

from cases.case import Kind
from handlers import texts
from handlers.message import MessageKind
from tests.worlds.chat import ENTRIES, Chat, open_chat


async def test_danger_is_answered_with_the_number_to_call_and_no_case(chat: Chat) -> None:
    assert (await chat.says("我家厨房着火了")).startswith("请马上拨打 119")
    assert await chat.cases() == []


async def test_asking_for_a_person_after_that_takes_the_danger_along(chat: Chat) -> None:
    await chat.says("我老公打我")
    await chat.says("人工")
    assert (await chat.only_case()).text == "我老公打我"


async def test_who_speaks_of_dying_reads_whom_to_call_and_is_heard_the_next_day(
    chat: Chat,
) -> None:
    reply = await chat.says("欠我的工资再不给，我就不想活了")
    case = await chat.only_case()
    assert all(part in reply for part in ("12356", "120", case.number))
    assert (case.kind, (case.due_date - chat.now.date()).days) == (Kind.DANGER, 1)


async def test_a_second_word_of_despair_joins_that_case(chat: Chat) -> None:
    await chat.says("我不想活了")
    assert "12356" in await chat.says("活着没意思")
    await chat.only_case()


async def test_a_departments_telephone_comes_from_its_table(chat: Chat) -> None:
    reply = await chat.says("人社局电话多少")
    assert reply.startswith("人力资源和社会保障局\n电话：0500-00000101")
    assert await chat.cases() == []


async def test_where_to_go_after_an_answer_is_its_departments_address(chat: Chat) -> None:
    await chat.says("失业金怎么申请")
    assert "电话：0500-00000101" in await chat.says("电话多少")


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("要带什么材料", texts.talk.WHICH_MATTER),
        ("多少钱", texts.talk.WHICH_MATTER),
        ("你们电话多少", texts.contacts.WHICH),
        ("13800001111", texts.talk.NUMBER_ALONE),
        ("谢谢你啊小姑娘", texts.general.THANKS),
        ("不用了", texts.talk.ALL_RIGHT),
        ("没事了", texts.talk.ALL_RIGHT),
        ("再见", texts.talk.FAREWELL),
        ("你是真人吗", texts.talk.WHO),
        ("什么破公众号 问啥啥不知道", texts.talk.SORRY),
        ("你说的不对", texts.talk.SORRY),
        ("shenfenzheng diu le", texts.talk.LETTERS),
        ("我要投诉", texts.talk.TELL_US),
        ("你好，想反映一个事", texts.talk.TELL_US),
        ("能不能说简单点", texts.talk.SORRY),
        ("明天会下雨吗", texts.general.CHAT),
    ],
)
async def test_what_names_no_matter_opens_no_case(chat: Chat, said: str, reply: str) -> None:
    assert await chat.says(said) == reply
    assert await chat.cases() == []


async def test_thanks_with_a_wish_behind_them_are_no_thanks(chat: Chat) -> None:
    assert await chat.says("谢谢，帮我修一下路灯") != texts.general.THANKS


async def test_an_answer_beside_the_point_becomes_a_case_with_an_excuse(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办？")
    assert (await chat.says("答非所问")).startswith("对不起，刚才没答到点子上")
    assert (await chat.only_case()).text == "身份证丢了怎么补办？"


async def test_haste_and_withdrawal_stay_with_the_open_case(chat: Chat) -> None:
    await chat.says("幸福路的路灯坏了，赶快来修")
    case = await chat.only_case()
    assert (await chat.says("怎么还没人来")).startswith("让您着急了")
    assert case.number in await chat.says("我的事办得怎么样了")
    assert (await chat.says("不用修了")).startswith("好的，已经记下")
    await chat.only_case()


async def test_where_it_is_joins_the_case_though_a_line_could_be_offered(chat: Chat) -> None:
    place = "就在办证大厅和失业中心那条路旁边"
    assert texts.talk.MAYBE in await chat.says(place)
    await chat.says("路灯坏了半个月没人修，太黑了")
    case = await chat.only_case()
    assert case.number in await chat.says(place)


async def test_a_matter_that_is_also_a_condition_is_answered_though_a_case_is_open(
    tmp_path: Path,
) -> None:
    guide = replace(
        ENTRIES[0],
        id="retire",
        question="快到退休年龄了，退休手续怎么办理",
        variants=("办退休的手续怎么办",),
        answer="本人或单位向人社窗口申请。",
    )
    async with open_chat(tmp_path, entries=(*ENTRIES, guide)) as chat:
        await chat.says("路灯坏了半个月没人修，太黑了")
        assert "向人社窗口申请" in await chat.says("办退休手续怎么办")


async def test_a_question_in_pieces_leans_on_the_answer_before(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办？")
    assert "本人带户口簿" in await chat.says("那要带什么")
    assert "60 天内领证" in await chat.says("多久能拿")


async def test_a_place_and_a_link_are_not_said_to_be_kept(chat: Chat) -> None:
    assert await chat.sends(kind=MessageKind.LOCATION) == texts.talk.PLACE_SEEN
    assert await chat.sends(kind=MessageKind.LINK) == texts.talk.LINK_SEEN


async def test_a_picture_between_a_list_and_a_digit_keeps_the_list(chat: Chat) -> None:
    assert "失业金怎么申请" in await chat.says("失业金")
    await chat.sends(kind=MessageKind.IMAGE)
    assert "在手机上申领" in await chat.says("1")


async def test_several_questions_in_one_message_get_a_line_each(chat: Chat) -> None:
    reply = await chat.says("我想问一下失业金咋申请？另外身份证掉了去哪补办？")
    assert reply.startswith(texts.talk.SEVERAL)
    assert all(title in reply for title in ("失业金怎么申请", "身份证丢了怎么补办"))


async def test_one_word_gets_a_list_and_no_case(chat: Chat) -> None:
    assert "身份证丢了怎么补办" in await chat.says("身份证")
    assert await chat.cases() == []


async def test_another_report_is_a_case_of_its_own(chat: Chat) -> None:
    await chat.says("举报村口卫生室卖过期药")
    await chat.says("我要举报隔壁小吃店用地沟油")
    assert len(await chat.cases()) == 2


async def test_that_what_was_told_is_a_complaint_is_added_to_it(chat: Chat) -> None:
    await chat.says("举报村口卫生室卖过期药")
    assert "已经补充到" in await chat.says("我要实名举报他们")
    await chat.only_case()


async def test_a_lawyer_is_to_be_asked_where_lawyers_are(chat: Chat) -> None:
    assert "12348" in await chat.says("没钱请律师，能申请法律援助吗")


async def test_one_word_that_belongs_elsewhere_is_told_where(chat: Chat) -> None:
    assert "住房公积金管理中心" in await chat.says("公积金")


async def test_a_matter_of_another_department_is_no_part_of_the_open_case(chat: Chat) -> None:
    await chat.says("工地老板拖欠我三个月工资不给")
    await chat.says("包工头电话也不接，没人管")
    assert len(await chat.cases()) == 1
    await chat.says("幸福路的路灯坏了没人修")
    assert len(await chat.cases()) == 2


async def test_a_grievance_told_after_a_wish_to_die_is_a_case_of_its_own(chat: Chat) -> None:
    await chat.says("我不想活了")
    await chat.says("幸福路的路灯坏了没人修")
    found = {case.kind for case in await chat.cases()}
    assert found == {Kind.DANGER, Kind.COMPLAINT}


@pytest.mark.parametrize(
    "said", ["闺女，我问个事", "我不识字", "怎么没人理我", "不等了，气死人", "你吃饭了没"]
)
async def test_words_without_a_matter_open_no_case(chat: Chat, said: str) -> None:
    await chat.says(said)
    assert await chat.cases() == []


async def test_whoever_waits_is_told_how_far_it_is(chat: Chat) -> None:
    await chat.says("幸福路的路灯坏了没人修")
    case = await chat.only_case()
    assert case.number in await chat.says("还要等几天")
    assert (await chat.says("怎么没人理我")).startswith("让您着急了")


async def test_facts_go_with_what_was_just_asked_and_not_with_an_older_case(chat: Chat) -> None:
    await chat.says("幸福路的路灯坏了没人修")
    lamp = await chat.only_case()
    asked = "身份证办理太慢"
    assert "都不是" in await chat.says(asked)
    await chat.says("地址是东街8号")
    newest = max(await chat.cases(), key=lambda case: case.number)
    assert (newest.number != lamp.number, newest.text) == (True, f"{asked}\n地址是东街8号")
    assert newest.number in await chat.says("就在菜场对面")


@pytest.mark.parametrize("place", ["台湾", "香港", "日本"])
async def test_nobody_is_sent_to_a_12345_that_does_not_exist(chat: Chat, place: str) -> None:
    reply = await chat.says(f"{place}什么时候放假")
    assert f"{place}的事答不了" in reply
    assert "12345" not in reply


async def test_somebody_at_home_who_hits_is_answered_with_whom_to_call(chat: Chat) -> None:
    await chat.says("我现在一分钱都没有了，奶粉都买不起")
    assert "12338" in await chat.says("他还打我")
