"""What people say besides their matter, and what names one after all."""

import pytest

from handlers import texts
from handlers.asides import aside, introduces
from handlers.hearing.commands import AskForPerson, parse
from handlers.hearing.dangers import Danger, danger_in
from handlers.hearing.preambles import matter_of, plainly
from handlers.hearing.spoken import announces, parse_spoken


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("您好领导", texts.general.GREETING),
        ("领导您好啊", texts.general.GREETING),
        ("早上好闺女", texts.general.GREETING),
        ("我耳朵不好", texts.talk.ASK_HERE),
        ("我不识字", texts.talk.NO_WRITING),
        ("闺女，我眼睛花，不会打字咋办", texts.talk.NO_WRITING),
        ("老头子不会拼音", texts.talk.NO_WRITING),
        ("我今年七十三了，耳朵背，打电话听不清，能在这里问吗", texts.talk.ASK_HERE),
        ("怎么没人理我", texts.talk.HERE),
        ("咋不回我呀", texts.talk.HERE),
        ("不等了，气死人", texts.talk.SORRY),
        ("求求你们了", texts.talk.SLOWLY),
        ("我问的你都没答", texts.talk.SORRY),
        ("你们这些当官的就知道骗老百姓", texts.talk.HEARD),
        ("县长家住哪里", texts.talk.OFFICIALS),
        ("把书记电话给我", texts.talk.OFFICIALS),
        ("镇长的手机号是多少", texts.talk.OFFICIALS),
        ("我是省电视台记者想采访你们局长", texts.talk.PRESS),
        ("新闻媒体想采访负责人", texts.talk.PRESS),
        ("听得到吗", texts.talk.NOT_HEARD),
        ("闺女在吗", texts.talk.HERE),
        ("你们到底管不管", texts.talk.HEARD),
        ("特别满意", texts.general.THANKS),
        ("怎么听不到语音", texts.talk.NOT_HEARD),
        ("你们办事真快，给你们点赞", texts.general.THANKS),
        ("帮我订个酒店", texts.general.CHAT),
        ("给我点杯奶茶", texts.general.CHAT),
        ("窗口的同志很有耐心，服务真好", texts.general.THANKS),
        ("人社局的小李态度特别好，帮我跑前跑后", texts.talk.PRAISED),
        ("我要表扬城关派出所的王警官", texts.talk.PRAISED),
        ("听说明天要地震是真的吗", texts.talk.RUMOUR),
        ("群里都在传水厂被污染了不能喝水", texts.talk.RUMOUR),
        ("有人讲水库要垮了是不是真的", texts.talk.RUMOUR),
        ("网传学校出了人命", texts.talk.RUMOUR),
        ("都说米要涨价了是真的不", texts.talk.RUMOUR),
        ("医保局那个刘姐太暖心了", texts.talk.PRAISED),
        ("环卫工人辛苦了，把街扫得干干净净", texts.general.THANKS),
        ("这次办证蛮顺利的", texts.general.THANKS),
    ],
)
def test_words_without_a_matter_get_a_human_word(said: str, reply: str) -> None:
    assert aside(said) == reply


@pytest.mark.parametrize(
    "said",
    [
        "不识字怎么考驾照",
        "工作人员态度很好但是没解决",
        "办事真快啊就是态度差",
        "服务态度不好",
        "表扬信怎么写",
        "听说明天停水是真的吗",
        "听说我们村要拆迁",
        "听说电费要涨了",
        "群里说要封路施工几天",
        "环卫工人辛苦了能不能涨点工资",
        "今天去办证太慢了",
        "刘姐太暖心了怎么表扬",
        "我们小区垃圾没人管",
        "能在这里办身份证吗",
        "路灯坏了没人修",
        "眼睛看不清能办残疾证吗",
        "政府补贴老百姓的钱什么时候发",
        "孩子不会写字能上学吗",
        "眼睛看不清",
        "村书记电话多少",
        "居委会主任电话",
        "县长信箱在哪",
        "局长接待日是哪天",
        "领导电话打不通",
        "记者证怎么办",
        "记者来采访被保安打了",
        "隔壁吵得听不见电视",
        "老人听不见办残疾证",
        "你好，我想问低保",
        "",
    ],
)
def test_what_names_a_matter_is_no_aside(said: str) -> None:
    assert aside(said) == ""


@pytest.mark.parametrize(
    "said",
    [
        "我娘八十了，就我一个闺女",
        "我怀孕五个月了",
        "我们是外地的",
        "我妈五十九",
        "我没有工作",
        "我是清禾县城关镇的，今年68",
        "我叫王大山",
        "我是个老农民",
        "我姓王，住东门",
    ],
)
def test_who_only_says_who_they_are_is_asked_for_the_matter(said: str) -> None:
    assert introduces(said)


@pytest.mark.parametrize(
    "said",
    [
        "我妈被车撞了",
        "我家停电了",
        "我爸工伤了",
        "我妈的低保停了",
        "我家房子漏了",
        "我是外地的怎么上学",
        "我家住五楼漏水没人管",
        "我叫车被宰了",
        "我是被骗的",
        "我住院能报多少",
    ],
)
def test_what_tells_or_asks_more_is_no_introduction(said: str) -> None:
    assert not introduces(said)


@pytest.mark.parametrize("said", ["我要找真人", "找个活人说话", "请转人工服务", "叫工作人员来"])
def test_a_person_is_asked_for_in_many_words(said: str) -> None:
    assert parse(said) == AskForPerson()


@pytest.mark.parametrize("said", ["找工作", "我要找工作人员反映路灯", "人工授精能报销吗"])
def test_these_ask_for_no_person(said: str) -> None:
    assert parse(said) is None


@pytest.mark.parametrize("said", ["闺女，我问个事", "同志，打听个事"])
def test_an_announcement_may_begin_with_whom_it_is_for(said: str) -> None:
    assert announces(said)


@pytest.mark.parametrize("said", ["还要等几天", "得等到什么时候", "怎么没人理我", "气死人了"])
def test_waiting_and_anger_are_about_the_open_case(said: str) -> None:
    assert parse_spoken(said, has_case=True) is not None
    assert parse_spoken(said, has_case=False) is None


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("我头晕恶心胸口疼", Danger.ILLNESS),
        ("心慌得厉害", Danger.ILLNESS),
        ("老伴突然半边身子动不了", Danger.ILLNESS),
        ("电话里说我医保卡被冻结了要我转账", Danger.FRAUD),
        ("有人让我把钱转到安全账户", Danger.FRAUD),
    ],
)
def test_what_cannot_wait_is_seen(said: str, danger: Danger) -> None:
    assert danger_in(said) is danger


@pytest.mark.parametrize(
    "said",
    ["胸口疼挂什么科", "房东要我转账交押金", "社保卡被冻结了怎么办", "心脏病能办慢病吗"],
)
def test_what_can_wait_takes_the_usual_way(said: str) -> None:
    assert danger_in(said) is None


def test_dialects_ask_the_same() -> None:
    assert plainly("我想问哈低保要啥子材料，好多钱") == "我想问一下低保要什么材料，多少钱"
    assert plainly("哪里办老年证") == "哪里办老年证"
    assert plainly("佢冇身份证得唔得") == "他没有身份证行不行"
    assert plainly("阮阿母欲领津贴爱啥物条件") == "我妈妈想领津贴要什么条件"


def test_where_is_asked_also_with_the_wrong_character() -> None:
    assert plainly("老年证在那里办") == "老年证在哪里办"
    assert plainly("我在那里办的") == "我在那里办的"


def test_the_business_of_a_matter_is_the_matter() -> None:
    assert matter_of("低保的事") == "低保"
    assert matter_of("低保怎么申请") == "低保怎么申请"
    assert matter_of("那驾照呢") == "驾照"
    assert matter_of("那外地户口呢") == "那外地户口呢"
