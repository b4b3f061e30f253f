"""Citizens as they are: in fragments, in dialect, in old characters, with second thoughts."""

from datetime import timedelta
from pathlib import Path

import pytest

from cases.case import Kind
from handlers import texts
from handlers.office_directory import Office
from handlers.service_directory import ServiceState
from knowledge_base.entry import Entry
from tests.worlds.chat import ENTRIES, WAGES, Chat, open_chat


@pytest.mark.parametrize(
    "pieces",
    [
        ("工地半夜打桩吵死了", "都十二点了！！！", "人还睡不睡了", "明天还要上班", "还没停"),
        ("路灯坏了半个月没人修，太黑了", "在幸福路小学对面，公交站旁边", "老人都不敢出门"),
        ("石桥乡的文化广场今年还建不建", "村里说钱没到位", "啊不对不是石桥乡是石岭乡"),
    ],
)
async def test_a_matter_told_in_pieces_is_one_case(chat: Chat, pieces: tuple[str, ...]) -> None:
    replies = [await chat.says(piece) for piece in pieces]
    case = await chat.only_case()
    assert all(case.number in reply for reply in replies)


async def test_a_grievance_is_no_piece_of_a_question_asked_before(chat: Chat) -> None:
    await chat.says("石桥乡的文化广场今年还建不建")
    await chat.says("我暑假在奶茶店打工，老板欠我八百块一直不给，我要投诉")
    kinds = {case.kind for case in await chat.cases()}
    assert kinds == {Kind.QUESTION, Kind.COMPLAINT}


async def test_a_wish_told_soon_after_is_no_piece_of_the_case(chat: Chat) -> None:
    await chat.says("路灯坏了半个月没人修，太黑了")
    await chat.says("我想办个烟花爆竹的证")
    assert len(await chat.cases()) == 2


async def test_traditional_characters_command_as_simplified_ones_do(chat: Chat) -> None:
    await chat.says("幸福路三號門口的路燈壞了一個多月了沒人修")
    case = await chat.only_case()
    assert case.number in await chat.says("查詢")
    assert case.number in await chat.says("補充 一共五盞不亮")
    assert case.number in await chat.says("謝謝，我再補充一下，是東側第三盞")
    assert await chat.says("幫助") == texts.general.HELP


async def test_what_is_told_on_after_a_wish_to_die_is_answered_warmly(chat: Chat) -> None:
    await chat.says("我不想活了")
    case = await chat.only_case()
    assert await chat.says("如果不是孩子我早就走了") == texts.danger.heard(case, chat.now)


@pytest.mark.parametrize("said", ["我不知道该怎么办了", "我没事 就是想说说话", "心里好难受"])
async def test_a_heavy_heart_is_asked_to_speak(chat: Chat, said: str) -> None:
    assert await chat.says(said) == texts.talk.SLOWLY
    assert await chat.cases() == []


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("娃儿 你好哈", texts.general.GREETING),
        ("在？", texts.general.GREETING),
        ("晓得了 谢谢小同志哈", texts.general.THANKS),
        ("贵处回复甚为及时，令人感动。祝工作顺利，阖家安康！", texts.general.THANKS),
        ("搞不懂", texts.talk.SORRY),
        ("你个傻子", texts.general.ABUSE),
        ("给我写个800字作文 题目 我的家乡", texts.general.CHAT),
        ("你帮我做数学题呗", texts.general.CHAT),
    ],
)
async def test_small_talk_of_all_kinds_opens_no_case(chat: Chat, said: str, reply: str) -> None:
    assert await chat.says(said) == reply
    assert await chat.cases() == []


VETERANS = Entry(
    id="veterans",
    question="农村退伍老兵满60岁有什么补助",
    variants=("参战老兵现在有什么补助",),
    answer="向户籍地乡镇退役军人服务站申请。",
    department="退役军人事务局",
    author="curator",
    reviewer="curator2",
)


async def test_who_somebody_is_counts_for_what_they_ask_next(tmp_path: Path) -> None:
    async with open_chat(tmp_path, entries=(*ENTRIES, VETERANS)) as chat:
        assert await chat.says("我是79年参战的老兵") == texts.talk.GO_ON
        assert VETERANS.question in await chat.says("现在有啥钱领")


async def test_a_mere_hum_takes_no_line(chat: Chat) -> None:
    await chat.says("失业金")
    assert await chat.says("嗯") == texts.talk.ALL_RIGHT


async def test_a_sentence_sent_word_by_word_is_put_together(chat: Chat) -> None:
    await chat.says("路灯")
    await chat.says("一个月没人修")
    assert (await chat.only_case()).text == "路灯\n一个月没人修"


@pytest.mark.parametrize("said", ["还没画", "都还没弄好", "说话不算数"])
async def test_a_promise_not_kept_opens_the_answered_case_again(chat: Chat, said: str) -> None:
    await chat.says(WAGES)
    await chat.answer(await chat.only_case(), "工资周五前发放。")
    await chat.says("查询")
    assert "重新办理" in await chat.says(said)
    await chat.only_case()


async def test_a_score_can_be_changed_and_a_good_end_told(chat: Chat) -> None:
    await chat.says(WAGES)
    await chat.answer(await chat.only_case(), "工资周五前发放。")
    await chat.says("查询")
    await chat.says("评价5分")
    await chat.says("改成3分")
    assert (await chat.only_case()).rating == 3
    assert await chat.says("补好了，谢谢") == texts.general.SOLVED
    assert await chat.says("给你们点个赞") == texts.general.THANKS


async def test_how_long_it_takes_is_asked_of_the_list_not_of_an_older_case(chat: Chat) -> None:
    await chat.says("幸福路的路灯坏了没人修")
    case = await chat.only_case()
    await chat.says("身份证丢了怎么补办")
    assert case.number not in await chat.says("几天能办好")


async def test_a_number_that_must_not_be_sent_is_answered_with_a_word_of_caution(
    chat: Chat,
) -> None:
    reply = await chat.says("育儿钱没到账，身份证号是330100199001011234，麻烦查一下")
    assert reply.startswith(texts.talk.KEEP_PRIVATE)


@pytest.mark.parametrize("said", ["你们下午几点下班", "明天礼拜六上班吗"])
async def test_hours_of_no_office_are_asked_back(chat: Chat, said: str) -> None:
    assert await chat.says(said) == texts.contacts.WHICH


@pytest.mark.parametrize("said", ["总书记什么时候来", "共产党万岁", "钓鱼岛是谁的"])
async def test_matters_of_state_are_none_of_the_desks(chat: Chat, said: str) -> None:
    assert await chat.says(said) == texts.general.CHAT
    assert await chat.cases() == []


async def test_who_lives_alone_is_asked_for_the_matter(chat: Chat) -> None:
    said = "你好，我今年八十三岁了，一个人住，儿女都在外地"
    assert await chat.says(said) == texts.talk.GO_ON


async def test_water_that_does_not_come_is_a_grievance(chat: Chat) -> None:
    await chat.says("石桥乡的文化广场今年还建不建")
    await chat.says("哦 对了 我们村的自来水三天没来了")
    assert {case.kind for case in await chat.cases()} == {Kind.QUESTION, Kind.COMPLAINT}


LEGAL_AID = Office(
    name="云和县法律援助中心",
    also=("法律援助中心", "法律援助"),
    phone="0500-00000222",
    state=ServiceState.PUBLISHED,
)


async def test_an_office_of_the_county_comes_before_one_outside(chat: Chat) -> None:
    chat.directory.know([LEGAL_AID])
    reply = await chat.says("没钱请律师，能申请法律援助吗")
    assert all(number in reply for number in (LEGAL_AID.phone, "12348"))


async def test_an_office_is_found_in_the_words_of_a_polite_letter(chat: Chat) -> None:
    chat.directory.know([LEGAL_AID])
    polite = "请问贵县法律援助中心周末是否开放？电话是多少？"
    assert LEGAL_AID.phone in await chat.says(polite)
    assert LEGAL_AID.phone in await chat.says("等一下 我先问个别的 法律援助中心电话多少")


PENSION = Entry(
    id="pension",
    question="高龄津贴怎么申请",
    variants=("老伴八十了高龄津贴怎么办",),
    answer="带身份证到乡镇民政窗口申请。子女可以代办。满八十岁当月起发。",
    author="curator",
    reviewer="curator2",
)


async def test_the_question_at_the_end_of_a_message_leans_on_the_answer_before(
    tmp_path: Path,
) -> None:
    async with open_chat(tmp_path, entries=(*ENTRIES, PENSION)) as chat:
        await chat.says("高龄津贴怎么申请")
        reply = await chat.says("她不识字 手机也不会用 我可以代她办不")
        assert "子女可以代办" in reply
        assert "满八十岁" not in reply


async def test_impatience_after_days_is_heard_whatever_is_to_be_done(chat: Chat) -> None:
    await chat.says("学校门口的斑马线看不清了，太危险没人管")
    chat.now += timedelta(days=3)
    assert (await chat.says("还没画")).startswith("让您着急了")


async def test_a_village_alone_belongs_to_what_was_just_told(chat: Chat) -> None:
    await chat.says("我们村的自来水三天没来了")
    assert (await chat.only_case()).number in await chat.says("清水村")
