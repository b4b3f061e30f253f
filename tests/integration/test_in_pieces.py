"""A county's citizens, with its own departments: what belongs together stays together."""

import pytest

from cases.case import Kind
from handlers import texts
from handlers.hearing.vocabulary import saying
from tests.values.storage import SUPERVISOR
from tests.worlds.chat import Chat


@pytest.fixture
def chat(county_chat: Chat) -> Chat:
    return county_chat


@pytest.mark.parametrize(
    ("told", "came_of_it"),
    [
        ("这个井盖坏了没人管", "车差点掉进去"),
        ("这里路灯坏了没人修", "晚上太黑了摔了好几个人"),
        ("路面坑坑洼洼没人修", "昨天又绊倒一个老太太"),
        ("半夜还在施工吵死了", "一家人都睡不着"),
    ],
)
async def test_what_came_of_a_grievance_belongs_to_it(
    chat: Chat, told: str, came_of_it: str
) -> None:
    await chat.says(told)
    assert "已经补充到" in await chat.says(came_of_it)
    await chat.only_case()


@pytest.mark.parametrize("said", ["孩子在学校摔断了腿", "小区电梯差点夹到人", "睡不着怎么办"])
def test_an_accident_somewhere_else_is_nothing_that_came_of_it(said: str) -> None:
    assert not saying("telling.consequence").said_in(said)


async def test_a_sum_that_is_told_is_no_question(chat: Chat) -> None:
    await chat.says("我在工地摔断了腿老板不管")
    assert "已经补充到" in await chat.says("住院花了三万多")
    assert (await chat.only_case()).kind is Kind.COMPLAINT


async def test_a_grievance_beside_a_question_is_a_case_and_the_question_a_list(chat: Chat) -> None:
    reply = await chat.says("请问结婚证丢了怎么补，另外我家门口垃圾堆了一个星期没人清")
    assert texts.talk.ALSO_ASKED in reply
    assert (await chat.only_case()).text == "我家门口垃圾堆了一个星期没人清"
    assert "结婚登记" in await chat.says("1") or "婚姻登记" in await chat.says("1")


@pytest.mark.parametrize(
    ("asked", "further", "told"),
    [
        ("外地户口怎么办居住证", "要照片吗", "带身份证、照片"),
        ("残疾人两项补贴怎么申请", "我不在家可以替她办不", "近亲属"),
        ("社保卡丢了，怎么挂失和补办？", "我妈八十几了走不动她咋个办", "可以请人代办"),
        ("社保卡丢了，怎么挂失和补办？", "要好多钱", "工本费"),
        ("公租房怎么申请？要什么条件？", "要什么条件", "上面的答复里写着"),
    ],
)
async def test_what_an_answer_says_is_told_to_who_asks_on(
    chat: Chat, asked: str, further: str, told: str
) -> None:
    await chat.says(asked)
    if not (await chat.says(further)).count(told):
        await chat.says("1")
        assert told in await chat.says(further)
    assert await chat.cases() == []


async def test_who_cannot_come_reads_who_may_do_it_for_them(chat: Chat) -> None:
    await chat.says("社保卡丢了，怎么挂失和补办？")
    await chat.says("1")
    assert "可以请人代办" in await chat.says("我在外地回不来")
    assert await chat.cases() == []


@pytest.mark.parametrize("said", ["那个人送医院了", "那家公司跑了", "这个司机还骂我"])
async def test_they_of_whom_was_told_are_no_other_matter(chat: Chat, said: str) -> None:
    await chat.says("公交站牌倒了没人管砸到人")
    assert "已经补充到" in await chat.says(said)
    await chat.only_case()


async def test_a_few_words_after_a_case_are_never_answered_directly(chat: Chat) -> None:
    await chat.says("房东把我赶出来了")
    assert "试用期不超过" not in await chat.says("合同还有三个月")


async def test_a_thing_that_is_told_of_after_a_case_is_offered_its_entry(chat: Chat) -> None:
    await chat.says("房东把我赶出来了")
    reply = await chat.says("我的社保卡丢了要补办")
    assert "1. 社保卡丢了，怎么挂失和补办？" in reply


async def test_an_address_with_a_trouble_is_no_introduction(chat: Chat) -> None:
    await chat.says("我家在和平路32号下水道冒水")
    await chat.says("写错了是23号")
    await chat.only_case()


async def test_doubt_after_a_case_belongs_to_it(chat: Chat) -> None:
    await chat.says("网上说我们县要并到市里了")
    await chat.says("真的假的")
    await chat.only_case()


async def test_a_word_sent_in_two_pieces_picks_its_line(chat: Chat) -> None:
    await chat.says("老年")
    assert "优待" in await chat.says("证")
    assert await chat.cases() == []


async def test_another_matter_after_one_that_is_not_the_countys_is_its_own(chat: Chat) -> None:
    await chat.says("租房能提公积金吗")
    assert "公积金中心" not in await chat.says("廉租房还有吗")


OF_NO_ENTRY = "我在邻县开的公司，那边吊销了我的执照，要怎么申诉"


async def test_the_question_before_a_refused_list_stands_in_the_cases_conversation(
    chat: Chat,
) -> None:
    offered = await chat.says(OF_NO_ENTRY)
    await chat.says("都不是")
    lines = await chat.storage.conversation((await chat.only_case()).number, viewer=SUPERVISOR)
    assert [line.text for line in lines][:3] == [OF_NO_ENTRY, offered, "都不是"]


async def test_of_what_was_asked_before_only_what_a_case_was_told_stands_there(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办")
    await chat.says(OF_NO_ENTRY, citizen="o-zhang")
    await chat.says(OF_NO_ENTRY)
    await chat.says("都不是")
    case = await chat.only_case()
    lines = await chat.storage.conversation(case.number, viewer=SUPERVISOR)
    citizens = [line.text for line in lines if line.speaker == "citizen"]
    assert citizens == [OF_NO_ENTRY, "都不是"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (["公交车", "3路的", "老是等半个小时", "司机还骂人"], 4),
        (["楼上装修", "半夜也施工", "吵得睡不着，管不管"], 3),
        (["医保怎么报销", "那外地住院的呢", "转人工"], 3),
        (["有个问题", "垃圾站", "臭", "在我们小区门口，都好几天没人来收了"], 3),
        (["身份证丢了怎么补办", "拖欠工资老板跑了，三个月没发"], 1),
    ],
)
async def test_what_was_said_just_before_stands_with_words_that_do_not_tell_whose_they_are(
    chat: Chat, told: list[str], kept: int
) -> None:
    for text in told:
        await chat.says(text)
    lines = await chat.storage.conversation((await chat.only_case()).number, viewer=SUPERVISOR)
    assert [line.text for line in lines if line.speaker == "citizen"] == told[-kept:]
