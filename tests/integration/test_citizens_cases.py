"""What a citizen writes while a case is open, minutes or days after."""

from datetime import timedelta

import pytest

from cases.case import Case, State
from cases.desk import Purpose
from cases.wording import text_hash
from handlers import texts
from tests.worlds.chat import LABOUR, OFFICER, REVIEWER, WAGES, Chat


async def asked_back(chat: Chat) -> Case:
    """A case whose department has asked the citizen something, two days ago."""
    await chat.says(WAGES)
    case = await chat.only_case()
    case = await chat.desk.accept(case.number, version=case.version, actor=OFFICER, now=chat.now)
    question = "请问是哪个工地？"
    case = await chat.desk.draft(
        case.number,
        question,
        version=case.version,
        actor=OFFICER,
        now=chat.now,
        purpose=Purpose.QUESTION,
    )
    case = await chat.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(question),
        actor=REVIEWER,
        now=chat.now,
    )
    chat.now += timedelta(days=2)
    return case


async def test_the_answer_to_a_departments_question_needs_no_command(chat: Chat) -> None:
    case = await asked_back(chat)
    assert case.state is State.WAITING
    assert case.number in await chat.says("城东安置房，老板姓张")
    assert (await chat.only_case()).state is not State.WAITING


async def test_who_is_asked_reads_what_to_do_and_no_day_while_the_clock_stands(
    chat: Chat,
) -> None:
    case = await asked_back(chat)
    progress = await chat.says("查询")
    assert "等您补充情况：回复「补充」加上内容，收到后接着办" in progress
    assert "最晚" not in progress
    assert (await chat.only_case()).version == case.version


async def test_the_day_that_is_told_is_the_one_counted_from_the_answer(chat: Chat) -> None:
    asked = await asked_back(chat)
    chat.now += timedelta(days=10)
    told = await chat.says("城东安置房，老板姓张")
    case = await chat.only_case()
    assert case.due_at > asked.due_at
    assert f"最晚{texts.cases.due_day(case)}答复您" in told


@pytest.mark.parametrize(
    "said", ["查询", "补充 一共八个人", "怎么还没人来联系我", "人工", "我就想问问到底什么时候办好"]
)
async def test_a_day_that_has_passed_is_not_promised_again(chat: Chat, said: str) -> None:
    await chat.says(WAGES)
    case = await chat.only_case()
    chat.now += timedelta(days=20)
    told = await chat.says(said)
    assert case.number in told
    assert f"原定{texts.cases.due_day(case)}答复您，已经过了，对不起" in told
    assert "最晚" not in told


@pytest.mark.parametrize(
    ("said", "score"), [("5分", 5), ("挺满意的 给五星", 5), ("给两分", None), ("打3分", 3)]
)
async def test_a_score_in_other_words_rates_the_reply(
    chat: Chat, said: str, score: int | None
) -> None:
    await chat.says(WAGES)
    await chat.answer(await chat.only_case(), "工资周五前发放。")
    await chat.says("查询")
    await chat.says(said)
    rated = [case.rating for case in await chat.cases() if case.department == LABOUR]
    assert score in rated


async def test_who_says_that_it_is_well_again_opens_no_case(chat: Chat) -> None:
    await chat.says(WAGES)
    await chat.answer(await chat.only_case(), "工资周五前发放。")
    await chat.says("查询")
    assert await chat.says("好的 现在恢复正常了") == texts.general.SOLVED
    assert await chat.says("不满意") == texts.talk.UNSATISFIED
    await chat.only_case()


async def test_a_case_is_withdrawn_in_the_words_it_was_told_in(chat: Chat) -> None:
    await chat.says("我们小区门口的井盖破了一个大洞，差点把老人摔了，没人管")
    reply = await chat.says("我改主意了 不用修井盖了 自己找物业修好了")
    assert reply.startswith("好的，已经记下")
    await chat.only_case()


async def test_whoever_wants_a_person_hears_who_has_the_matter(chat: Chat) -> None:
    await chat.says(WAGES)
    assert "0500-00000101" in await chat.says("我要找你们局长")
    assert "留下电话" in await chat.says("你们能打电话给我吗")
    await chat.only_case()


async def test_anger_at_the_desk_speeds_the_open_complaint(chat: Chat) -> None:
    await chat.says("工地半夜打桩吵死了，没人管")
    assert (await chat.says("打12345也没用 你们到底管不管")).startswith("让您着急了")


async def test_facts_after_a_list_make_a_case_of_the_question(chat: Chat) -> None:
    asked = "身份证办理太慢"
    assert "1. " in await chat.says(asked)
    await chat.says("在奶茶店 就是步行街那家")
    assert (await chat.only_case()).text.startswith(asked)


async def test_pass_it_on_means_what_was_asked_just_before(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办")
    await chat.says("对那个就是你帮我反映一下吧小区叫幸福花园")
    assert (await chat.only_case()).text.startswith("身份证丢了怎么补办\n")


async def test_more_to_add_is_added_however_it_is_announced(chat: Chat) -> None:
    await chat.says("楼上邻居每晚拖桌椅，物业推诿没人管")
    chat.now += timedelta(hours=5)
    case = await chat.only_case()
    added = await chat.says("想再补充一点：这种情况已经持续了四个月，我们有失业补办退休的录音。")
    assert case.number in added
    await chat.only_case()


async def test_where_the_family_lives_and_works_is_no_case(chat: Chat) -> None:
    said = "我户口在贵州毕节，老公在清禾这边工地上"
    assert await chat.says(said) == texts.talk.GO_ON
    assert await chat.cases() == []


@pytest.mark.parametrize("said", ["第一个", "最后一个", "再看看第二个"])
async def test_a_line_of_no_list_is_asked_back(chat: Chat, said: str) -> None:
    assert await chat.says(said) == texts.talk.NO_LIST
    assert await chat.cases() == []


async def test_a_telephone_alone_goes_with_the_open_case(chat: Chat) -> None:
    await chat.says(WAGES)
    assert (await chat.only_case()).number in await chat.says("13800000001")
    await chat.only_case()


@pytest.mark.parametrize("said", ["昨天来人了 但是走了又开", "又开始了", "昨晚一直吵到三点"])
async def test_what_goes_on_days_later_belongs_to_the_complaint(chat: Chat, said: str) -> None:
    await chat.says("我家楼下的烧烤店油烟太大了，夜里吵死人，没人管")
    chat.now += timedelta(days=2)
    assert (await chat.only_case()).number in await chat.says(said)
    await chat.only_case()


@pytest.mark.parametrize(
    ("said", "begins"),
    [("你们管不管", "让您着急了"), ("什么时候来查", "HY"), ("那算了", "好的，已经记下")],
)
async def test_short_words_are_meant_for_the_open_complaint(
    chat: Chat, said: str, begins: str
) -> None:
    await chat.says("我家楼下的烧烤店油烟太大了，没人管")
    assert (await chat.says(said)).startswith(begins)


async def test_small_pieces_of_a_long_story_stay_together(chat: Chat) -> None:
    await chat.says("石桥乡的文化广场今年还建不建")
    for piece in ("他妈跑了", "我一个人带", "娃儿七岁了", "说没得户口"):
        await chat.says(piece)
    await chat.only_case()


async def test_nothing_changed_reopens_what_was_answered(chat: Chat) -> None:
    await chat.says(WAGES)
    await chat.answer(await chat.only_case(), "已责令整改。")
    await chat.says("查询")
    assert "重新办理" in await chat.says("根本没改")


@pytest.mark.parametrize("said", ["他妈跑了", "安澜街23号 老李烧烤"])
async def test_what_points_back_to_a_question_takes_it_along(chat: Chat, said: str) -> None:
    assert "1. " in await chat.says("身份证办理太慢")
    await chat.says(said)
    assert (await chat.only_case()).text == f"身份证办理太慢\n{said}"
