"""What citizens say that is no matter for a department: a human word, and no case."""

import pytest

from cases.case import Kind
from handlers import texts
from tests.worlds.chat import Chat

LETTER = (
    "【紧急通知】各位家长请注意！从2027年1月1日起，全国将取消学区房，所有小学实行全域摇号入学，"
    "户口满六年者优先。请各位家长相互转告，尽快办理落户手续。以上消息来自教育部门内部人士！！"
)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("你好啊闺女我想问个事", texts.talk.TELL_US),
        ("老师我问哈子", texts.talk.TELL_US),
        ("你们是干什么吃的", texts.talk.HEARD),
        ("你们就知道踢皮球", texts.talk.HEARD),
        ("打了八次电话没人接", texts.talk.HERE),
        ("今天天气真好", texts.general.CHAT),
        ("没事就随便聊聊", texts.general.CHAT),
        ("你会干什么", texts.talk.WHO),
        ("你觉得政府好不好", texts.general.CHAT),
        ("六四是怎么回事", texts.general.CHAT),
        ("我妈住院了心里难受", texts.talk.SLOWLY),
        ("叔叔阿姨 我是五年级的学生", texts.talk.GO_ON),
        ("Where can I extend my visa?", texts.talk.FOREIGN),
        ("等了一个星期了什么答复都没有", texts.talk.NOTHING_WAITING),
        (LETTER, texts.talk.FORWARDED),
        ("打市长热线没用", texts.talk.HERE),
        ("没人给我解决问题", texts.talk.HERE),
        ("约吗美女", texts.general.CHAT),
        ("帮我写个检讨书", texts.general.CHAT),
        ("我看不见 用语音打的字 标点可能不对", texts.talk.GO_ON),
    ],
)
async def test_words_without_a_matter_get_a_fitting_word(chat: Chat, said: str, reply: str) -> None:
    assert await chat.says(said) == reply
    assert await chat.cases() == []


@pytest.mark.parametrize(
    "said",
    [
        "负责路灯的人是谁",
        "天气太热工地还让我们干活",
        "我要举报群里转发的谣言，说全县停水三天，大家都在抢水，请你们查一查是谁发的，不能再让他们这样骗人了，"
        "超市的水都涨价了，请马上处理转发的人",
        "打了八次物业电话没人接，电梯还是坏的",
    ],
)
async def test_what_only_sounds_like_that_is_still_taken_up(chat: Chat, said: str) -> None:
    given = {texts.general.CHAT, texts.talk.FORWARDED, texts.talk.HERE}
    assert await chat.says(said) not in given


async def test_whether_a_forwarded_letter_is_true_is_answered_like_the_letter(chat: Chat) -> None:
    await chat.says(LETTER)
    assert await chat.says("这个是真的吗") == texts.talk.FORWARDED
    assert await chat.cases() == []


async def test_anger_while_a_complaint_is_open_is_haste_in_that(chat: Chat) -> None:
    await chat.says("幸福路的路灯坏了没人修")
    assert "催办" in await chat.says("你们就知道踢皮球")
    assert len(await chat.cases()) == 1


async def test_a_child_who_is_bullied_is_comforted_and_heard_the_next_day(chat: Chat) -> None:
    reply = await chat.says("我们班有人欺负我 还要我给钱")
    case = await chat.only_case()
    assert all(part in reply for part in ("12355", "110", "不是你的错", case.number))
    assert (case.kind, (case.due_date - chat.now.date()).days) == (Kind.DANGER, 1)


@pytest.mark.parametrize(
    "said", ["孩子在学校被同学欺负怎么办", "老板欺负我不给工资", "邻居老是骂我占他家地"]
)
async def test_a_grown_ups_trouble_is_no_childs(chat: Chat, said: str) -> None:
    assert "12355" not in await chat.says(said)


async def test_life_is_a_burden_is_heard_as_it_is_meant(chat: Chat) -> None:
    assert "12356" in await chat.says("活着好累啊")
    assert (await chat.only_case()).kind is Kind.DANGER


async def test_what_is_told_next_of_a_danger_is_answered_as_the_danger(chat: Chat) -> None:
    first = await chat.says("有人打电话说我医保卡冻结了要我转钱")
    assert await chat.says("我已经转了两千") == first
    assert await chat.says("怎么追回来") == first
    assert await chat.cases() == []


async def test_who_has_not_eaten_for_days_is_sent_to_shelter_at_once(chat: Chat) -> None:
    told = await chat.says("三天没吃东西")
    assert all(part in told for part in ("救助管理站", "110", "120"))
    assert await chat.says("我在汽车站") == told
    assert await chat.cases() == []


async def test_an_emergency_number_that_is_engaged_is_no_matter_of_days(chat: Chat) -> None:
    assert "改打" in await chat.says("120打不通怎么办")
    assert "120" in await chat.says("120")
    assert await chat.cases() == []


async def test_what_to_do_now_after_an_answer_opens_no_case(chat: Chat) -> None:
    await chat.says("失业金怎么申请")
    assert "接着问我们" in await chat.says("我该怎么办")
    assert await chat.cases() == []
