"""What is told or asked in pieces: one matter is one case, whoever says little is asked back."""

from datetime import timedelta

import pytest

from cases.department import Department, Routing
from handlers import texts
from handlers.joining import names_a_matter
from handlers.message import MessageKind
from knowledge_base.follow_up import is_follow_up
from tests.worlds.chat import DEPARTMENTS, Chat


async def test_short_questions_soon_after_one_are_one_case(chat: Chat) -> None:
    await chat.says("燃气开户找谁")
    for asked in ("多久能通", "要不要自己买表", "一立方多少钱", "有优惠没", "村里能办不"):
        assert "已经补充到" in await chat.says(asked), asked
    await chat.only_case()


@pytest.mark.parametrize(
    "told",
    [
        "幸福家园5栋",
        "幸福家园5栋301室",
        "农贸市场东头那家",
        "开发商说要等",
        "交房都五年了",
        "找过他几次",
        "发票在我这",
        "能不能管管",
    ],
)
async def test_what_is_told_soon_after_belongs_to_the_letter(chat: Chat, told: str) -> None:
    await chat.says("水费单子比上月多了三倍")
    assert "已经补充到" in await chat.says(told)
    await chat.only_case()


@pytest.mark.parametrize("told", ["臭得很", "能不能管管", "天天这样"])
async def test_a_cry_after_a_list_is_a_case_with_what_it_is_of(chat: Chat, told: str) -> None:
    await chat.says("身份证")
    await chat.says(told)
    assert (await chat.only_case()).text == f"身份证\n{told}"


async def test_the_same_words_an_hour_later_are_a_case_of_their_own(chat: Chat) -> None:
    await chat.says("燃气开户找谁")
    chat.now += timedelta(hours=1)
    await chat.says("一立方要花好多钱啊")
    assert len(await chat.cases()) == 2


async def test_a_short_matter_clearly_of_another_department_is_a_case_of_its_own(
    chat: Chat,
) -> None:
    buses = Department(name="交通运输局", duties="公交车、出租车", keywords=("公交", "公交车"))
    await chat.directory.load((*DEPARTMENTS, buses))
    await chat.says("燃气开户找谁")
    assert (await chat.directory.route("公交车能不能加一班")).sure
    await chat.says("公交车能不能加一班")
    assert len(await chat.cases()) == 2


async def test_who_says_how_they_are_is_asked_what_they_want(chat: Chat) -> None:
    assert await chat.says("我娘八十了，就我一个闺女") == texts.talk.GO_ON
    await chat.says("那每个月给多少钱")
    await chat.says("人工")
    assert (await chat.only_case()).text == "我娘八十了，就我一个闺女\n那每个月给多少钱"


async def test_a_condition_that_is_the_matter_itself_is_offered_what_there_is_on_it(
    chat: Chat,
) -> None:
    assert is_follow_up("失业了要带什么")
    assert "失业金怎么申请" in await chat.says("失业了要带什么")
    assert await chat.cases() == []


async def test_an_event_of_which_the_last_answer_says_nothing_is_a_new_question(
    chat: Chat,
) -> None:
    assert "派出所" in await chat.says("身份证丢了怎么补办")
    assert "失业金怎么申请" in await chat.says("失业要带什么")
    assert await chat.cases() == []


async def test_an_event_of_which_the_last_answer_speaks_asks_on_about_it(chat: Chat) -> None:
    await chat.says("失业金怎么申请")
    assert "关于「失业金怎么申请」" in await chat.says("失业多久可以领")


@pytest.mark.parametrize(
    "said", ["听说有个政策", "我也不懂这些", "人家都领了", "不知道是不是真的", "就是那个钱"]
)
async def test_whoever_names_nothing_is_asked_what_it_is_about(chat: Chat, said: str) -> None:
    assert await chat.says(said) == texts.talk.WHICH_MATTER
    assert await chat.cases() == []


async def test_a_link_gives_the_words_after_it_their_matter(chat: Chat) -> None:
    await chat.sends(kind=MessageKind.LINK, text="老兵过节都发大米")
    await chat.says("这个是真的吗")
    assert (await chat.only_case()).text == "老兵过节都发大米\n这个是真的吗"


async def test_words_that_follow_on_a_list_take_its_question_along(chat: Chat) -> None:
    assert "都不是" in await chat.says("身份证办理太慢")
    await chat.says("去了三趟")
    assert (await chat.only_case()).text == "身份证办理太慢\n去了三趟"


async def test_whoever_corrects_themselves_is_answered_on_what_they_meant(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办？")
    reply = await chat.says("不是，我问的是失业金怎么申请")
    assert "在手机上申领" in reply
    assert await chat.cases() == []


async def test_a_number_without_a_list_is_told_so_and_ten_is_beyond_one_of_three(
    chat: Chat,
) -> None:
    assert await chat.says("①") == texts.talk.NO_LIST
    assert "都不是" in await chat.says("身份证")
    assert (await chat.says("10")).startswith("请回复 1")


async def test_a_figure_after_a_report_belongs_to_it(chat: Chat) -> None:
    await chat.says("房东不退我押金，没人管")
    assert "已经补充到" in await chat.says("1500")


async def test_the_third_of_three_questions_is_not_lost_in_silence(chat: Chat) -> None:
    reply = await chat.says("我想问一下失业金咋申请？另外身份证掉了去哪补办？还有公园能不能遛鸟？")
    assert reply.startswith(texts.talk.SEVERAL)
    assert "「公园能不能遛鸟」没有现成的答复" in reply


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("昨天办社保卡，小姑娘态度特别好，十分钟就办好了，谢谢", texts.talk.PRAISED),
        ("好好好谢谢啊你真有耐心", texts.general.THANKS),
        ("唔该晒", texts.general.THANKS),
        ("对不起刚才话说重了", texts.talk.FORGIVEN),
        ("你们是不是中国移动", texts.talk.WHO),
        ("你们是卖房子的吗", texts.talk.WHO),
    ],
)
async def test_these_hold_no_matter(chat: Chat, said: str, reply: str) -> None:
    assert await chat.says(said) == reply
    assert await chat.cases() == []


async def test_dialects_ask_the_same(chat: Chat) -> None:
    assert "本人带户口簿" in await chat.says("身份证丢了点算")
    await chat.says("俺家门口路灯坏了没人修")
    assert (await chat.says("恁管不管")).startswith("让您着急了")


async def test_a_telephone_that_nobody_calls_is_haste(chat: Chat) -> None:
    await chat.says("工地老板拖欠我三个月工资不给")
    assert (await chat.says("怎么还没人打电话")).startswith("让您着急了")


async def test_whoever_is_threatened_reads_the_number_and_takes_it_along(chat: Chat) -> None:
    assert "110" in await chat.says("有人威胁我")
    await chat.says("我欠了网上借的钱，他们说要到我家里来")
    assert (await chat.only_case()).text.startswith("有人威胁我\n")


async def test_a_question_of_another_place_is_asked_of_the_county_by_two_words(
    chat: Chat,
) -> None:
    assert "杭州" in await chat.says("杭州的失业金在哪里申请")
    assert "失业金怎么申请" in await chat.says("那你们清禾的呢")
    assert await chat.cases() == []


async def test_a_demand_soon_after_a_grievance_belongs_to_it(chat: Chat) -> None:
    await chat.says("楼下饭店油烟太大，臭得没法开窗")
    for said in ("菜市场旁边那家", "请你们严查", "打过12345了"):
        assert "已经补充到" in await chat.says(said), said
    await chat.only_case()


async def test_names_and_threats_of_whoever_complains_stay_with_it(chat: Chat) -> None:
    await chat.says("反映了三次了没人管，垃圾堆在门口半个月了")
    for said in ("今天再不来我就发抖音", "新民村三组 张大山", "欠我两万六"):
        assert "已经补充到" in await chat.says(said), said
    await chat.only_case()


async def test_days_later_it_is_told_that_it_is_quiet_now(chat: Chat) -> None:
    await chat.says("半夜还在施工吵死了")
    chat.now += timedelta(days=2)
    assert "已经补充到" in await chat.says("现在不吵了 谢谢")


async def test_a_follow_up_on_what_was_replied_takes_the_case_along(chat: Chat) -> None:
    await chat.says("工地老板拖欠我三个月工资不给")
    first = await chat.only_case()
    await chat.answer(first, "三日内约谈用工单位。")
    await chat.says("约谈了没")
    newest = max(await chat.cases(), key=lambda case: case.number)
    assert newest.text.startswith("约谈了没（接着「工地老板拖欠我三个月工资不给」的答复说的")


async def test_who_disputes_what_was_replied_has_the_case_taken_up_again(chat: Chat) -> None:
    await chat.says("工地老板拖欠我三个月工资不给")
    await chat.answer(await chat.only_case(), "经查没有拖欠。")
    assert "重新办理" in await chat.says("你们根本没来看")
    assert (await chat.only_case()).is_open


async def test_a_reply_is_rated_in_words(chat: Chat) -> None:
    await chat.says("工地老板拖欠我三个月工资不给")
    await chat.answer(await chat.only_case(), "已经补发。")
    await chat.says("还行吧")
    assert (await chat.only_case()).rating == 3


async def test_words_of_praise_after_another_answer_rate_no_case(chat: Chat) -> None:
    await chat.says("工地老板拖欠我三个月工资不给")
    await chat.answer(await chat.only_case(), "已经补发。")
    await chat.says("身份证丢了怎么补办")
    assert "很满意" not in await chat.says("很满意")
    assert (await chat.only_case()).rating is None


async def test_who_breaks_off_is_let_go_on(chat: Chat) -> None:
    assert await chat.says("我们村那个") == texts.talk.GO_ON
    await chat.says("自来水什么时候通")
    assert (await chat.only_case()).text == "我们村那个\n自来水什么时候通"


@pytest.mark.parametrize("said", ["我妈", "娃帮我发的", "就是我家门口那个", "关于"])
async def test_who_says_only_for_whom_is_asked_on(chat: Chat, said: str) -> None:
    assert await chat.says(said) == texts.talk.GO_ON
    assert await chat.cases() == []


@pytest.mark.parametrize("said", ["我不信", "怎么证明你是真的", "你们不会是骗子吧"])
async def test_who_does_not_trust_the_desk_reads_how_to_check_it(chat: Chat, said: str) -> None:
    assert await chat.says(said) == texts.talk.TRUST
    assert await chat.cases() == []


async def test_what_is_not_found_of_two_questions_is_said(chat: Chat) -> None:
    reply = await chat.says("身份证丢了怎么补办顺便问下公园能不能遛鸟")
    assert "身份证丢了怎么补办" in reply
    assert texts.talk.left_out(["公园能不能遛鸟"]) in reply


async def test_who_they_are_and_where_belongs_to_a_question_without_an_answer(
    chat: Chat,
) -> None:
    await chat.says("燃气开户找谁")
    assert "已经补充到" in await chat.says("新民村三组 张大山")


@pytest.mark.parametrize(
    ("said", "confidence", "names"),
    [
        ("租房纠纷找哪个部门", 0.2, True),
        ("小区没有暖气", 0.95, True),
        ("小区没有暖气", 0.6, False),
        ("要不要自己买表", 0.41, False),
        ("会坐牢吗", 0.48, False),
    ],
)
def test_a_matter_is_named_by_many_words_or_by_a_manifest_department(
    said: str, confidence: float, names: bool
) -> None:
    assert names_a_matter(said, Routing(department="民政局", confidence=confidence)) is names


async def test_a_telephone_nobody_checked_is_no_part_of_a_fresh_case(chat: Chat) -> None:
    await chat.says("燃气开户找谁")
    assert await chat.says("检察院怎么走") == texts.contacts.NOT_LISTED_PLACE
    assert "已经补充到" in await chat.says("找谁")


async def test_what_is_asked_after_a_word_of_despair_is_no_part_of_that_case(chat: Chat) -> None:
    await chat.says("我不想活了")
    assert "您不是一个人" not in await chat.says("天安门在哪个城市啊")
