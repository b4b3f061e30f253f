"""A second question that leans on the first, and a choice that is answered in words."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers import texts
from knowledge_base.follow_up import is_follow_up
from tests.worlds.chat import ENTRIES, Chat, open_chat

MEDICAL = tuple(
    replace(ENTRIES[0], id=number, question=question, variants=(), answer=answer, department="")
    for number, question, answer in (
        ("staff", "职工医保异地就医怎么备案", "由单位经办人在网上办，当天生效。"),
        ("resident", "城乡居民医保异地就医怎么备案", "本人在手机上办，三天内生效。"),
    )
)

PENSIONS = tuple(
    replace(ENTRIES[0], id=number, question=question, variants=(), answer=answer, department="")
    for number, question, answer in (
        ("staff", "职工养老保险交满多少年能领养老金", "交满最低年限，退休后按月领。"),
        ("farm", "农村居民养老保险多少岁能领养老金", "农民年满六十周岁，按月领。"),
    )
)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path, entries=(*ENTRIES, *MEDICAL)) as desk:
        yield desk


@pytest.fixture
async def pensions(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path, entries=(*ENTRIES, *PENSIONS)) as desk:
        yield desk


async def test_a_further_question_is_answered_from_the_last_answer(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办？")
    reply = await chat.says("那多久能领到？")
    assert reply.startswith("关于「身份证丢了怎么补办」，答复里是这样说的：\n本人带户口簿")
    assert "依据：" in reply
    assert await chat.cases() == []


async def test_where_a_matter_is_done_is_asked_of_the_list_that_stands(two: Chat) -> None:
    listed = await two.says("异地就医怎么备案呀")
    assert "1. " in listed
    for asked in ("在哪里办", "地址在哪"):
        assert "职工医保异地就医怎么备案" in await two.says(asked)


async def test_the_whole_answer_follows_on_request(chat: Chat) -> None:
    first = await chat.says("身份证丢了怎么补办？")
    await chat.says("多久能领到")
    assert await chat.says("更多") == first


async def test_what_the_last_answer_does_not_say_goes_to_a_person_with_its_matter(
    chat: Chat,
) -> None:
    await chat.says("身份证丢了怎么补办？")
    await chat.says("那要多少钱？")
    case = await chat.only_case()
    assert case.text == "那要多少钱？（接着「身份证丢了怎么补办」问的）"


async def test_a_few_words_after_an_answer_are_asked_back_and_the_answer_stays_in_mind(
    chat: Chat,
) -> None:
    await chat.says("身份证丢了怎么补办？")
    assert await chat.says("上回在省城办的") == texts.talk.ASK_ON
    assert "答复里是这样说的" in await chat.says("那多久能领到？")
    assert await chat.cases() == []


async def test_a_word_or_two_after_an_answer_do_not_lose_it(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办？")
    assert await chat.says("不会弄") == texts.talk.ASK_ON
    assert "答复里是这样说的" in await chat.says("那多久能领到？")


async def test_what_care_is_paid_for_is_a_matter_of_its_own(chat: Chat) -> None:
    assert await chat.says("门诊能报销吗") != texts.talk.WHICH_MATTER


async def test_what_goes_wrong_after_an_answer_still_goes_to_a_person(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办？")
    await chat.says("我的照片拍错了")
    assert (await chat.only_case()).text == "身份证丢了怎么补办？\n我的照片拍错了"


@pytest.mark.parametrize(
    ("told", "meant"), [("她是农民", "农村居民养老"), ("我在厂里上班的", "职工养老")]
)
async def test_what_is_told_of_a_list_leaves_the_line_that_it_means(
    pensions: Chat, told: str, meant: str
) -> None:
    listed = await pensions.says("我妈五十五了能领养老金不")
    assert all(line in listed for line in ("职工养老", "农村居民养老"))
    narrowed = await pensions.says(told)
    assert [line for line in ("职工养老", "农村居民养老") if line in narrowed] == [meant]
    assert await pensions.cases() == []


async def test_an_older_letter_takes_nothing_of_what_is_told_of_a_list_or_an_answer(
    pensions: Chat,
) -> None:
    await pensions.says("幸福路的路灯坏了没人修")
    pensions.now += timedelta(hours=1)
    await pensions.says("我妈五十五了能领养老金不")
    assert "农村居民养老" in await pensions.says("她是农民")
    await pensions.says("身份证丢了怎么补办？")
    assert await pensions.says("不会弄") == texts.talk.ASK_ON
    await pensions.only_case()


async def test_who_says_who_they_are_beside_a_list_keeps_it(pensions: Chat) -> None:
    await pensions.says("能领养老金不")
    assert await pensions.says("我是个种地的") == texts.general.choose_between(2)
    assert "六十周岁" in await pensions.says("2")


async def test_what_is_told_of_a_list_of_one_line_leaves_it(pensions: Chat) -> None:
    assert "农村居民养老" in await pensions.says("多少岁能领养老金")
    again = await pensions.says("她是农民")
    assert "农村居民养老" in again
    assert await pensions.cases() == []


async def test_what_is_told_of_a_list_in_vain_is_a_case_with_its_question(pensions: Chat) -> None:
    await pensions.says("我妈五十五了能领养老金不")
    await pensions.says("她以前的档案在广东")
    assert (await pensions.only_case()).text == "我妈五十五了能领养老金不\n她以前的档案在广东"


@pytest.mark.parametrize("asked", ["要学几天", "在哪报名", "在老家还是在这"])
def test_what_any_matter_can_be_asked_for_names_none(asked: str) -> None:
    assert is_follow_up(asked)


@pytest.mark.parametrize("asked", ["没有发票行吗", "没有身份证复印件能办吗", "没带户口簿得唔得"])
async def test_whether_it_goes_without_a_paper_is_asked_of_the_last_answer(
    chat: Chat, asked: str
) -> None:
    assert is_follow_up(asked)
    await chat.says("身份证丢了怎么补办？")
    assert (await chat.says(asked)).startswith("关于「身份证丢了怎么补办」")
    assert await chat.cases() == []


async def test_a_cry_after_an_answer_is_a_case_with_its_question(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办？")
    await chat.says("没给钱")
    assert (await chat.only_case()).text == "身份证丢了怎么补办？\n没给钱"


async def test_a_question_that_finds_only_what_was_just_read_gets_no_list_of_it(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办？")
    reply = await chat.says("身份证丢了孩子也可以补办吗")
    assert reply.startswith("关于这件事，我们查到的都在上面的答复里了")
    assert await chat.cases() == []


async def test_a_further_question_half_an_hour_later_stands_alone(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办？")
    chat.now += timedelta(minutes=31)
    assert "答复里是这样说的" not in await chat.says("那多久能领到？")


async def test_a_question_with_a_matter_of_its_own_is_no_further_question(chat: Chat) -> None:
    await chat.says("身份证丢了怎么补办？")
    assert "在手机上申领" in await chat.says("失业金怎么申请")


async def test_entries_that_differ_in_one_condition_are_told_apart_by_asking_for_it(
    two: Chat,
) -> None:
    reply = await two.says("异地就医怎么备案呀")
    assert reply.startswith("您参加的是职工的，还是城乡居民的？")
    assert "职工：职工医保异地就医怎么备案" in reply
    assert "城乡居民：城乡居民医保异地就医怎么备案" in reply


async def test_the_condition_can_be_answered_in_words(two: Chat) -> None:
    await two.says("异地就医怎么备案呀")
    assert "三天内生效" in await two.says("我是城乡居民")


async def test_what_only_both_questions_together_find_is_offered_and_not_answered(
    tmp_path: Path,
) -> None:
    fee = replace(
        ENTRIES[0],
        id="fee",
        question="身份证丢了怎么补办要多少钱",
        variants=("身份证丢了怎么补办那要多少钱",),
        answer="工本费四十元。",
    )
    async with open_chat(tmp_path, entries=(*ENTRIES, fee)) as chat:
        await chat.says("身份证丢了怎么补办？")
        reply = await chat.says("那要多少钱？")
    assert "四十元" not in reply
    assert "1. 身份证丢了怎么补办要多少钱" in reply


@pytest.mark.parametrize("asked", ["电瓶车过户怎么弄", "二手电动车怎么过户"])
async def test_what_is_to_be_done_with_a_thing_is_a_matter_where_nothing_came_before(
    chat: Chat, asked: str
) -> None:
    await chat.says(asked)
    assert (await chat.only_case()).text == asked


async def test_what_somebody_may_do_names_no_matter(chat: Chat) -> None:
    assert await chat.says("老人怎么报销") == texts.talk.WHICH_MATTER
    assert await chat.cases() == []


async def test_how_long_to_pay_in_is_no_time_until_a_thing_is_done(county_chat: Chat) -> None:
    await county_chat.says("失业金怎么领")
    reply = await county_chat.says("那要交满多久")
    assert "交失业保险满一年" in reply
    assert "工作日" not in reply
    assert "十个工作日" in await county_chat.says("多久能办好")
