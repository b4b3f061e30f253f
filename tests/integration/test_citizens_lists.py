"""What citizens say when a list stands: in words, several lines at once, something aside."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from handlers import texts
from handlers.message import MessageKind
from tests.worlds.chat import ENTRIES, Chat, open_chat

OTHER = replace(
    ENTRIES[1], id="leave", question="失业金丢了卡怎么补", answer="带身份证到银行补卡。"
)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path, entries=(*ENTRIES, OTHER)) as desk:
        assert "2. " in await desk.says("失业金")
        yield desk


@pytest.mark.parametrize("said", ["最后一个", "倒数第一个", "我选2", "对 就是丢了卡的那个"])
async def test_a_line_is_picked_in_words(two: Chat, said: str) -> None:
    titles = await two.says("失业金")
    last = OTHER if "2. 失业金丢了卡" in titles else ENTRIES[1]
    wanted = OTHER if "丢了" in said else last
    assert wanted.answer in await two.says(said)


async def test_one_line_after_another_can_be_read(two: Chat) -> None:
    first, second = await two.says("1"), await two.says("2")
    assert {"带身份证" in first, "带身份证" in second} == {True, False}
    assert await two.cases() == []


@pytest.mark.parametrize("said", ["选1和2", "1、2", "都要", "全都想看"])
async def test_several_lines_at_once_are_read_one_by_one(two: Chat, said: str) -> None:
    assert await two.says(said) == texts.talk.ONE_BY_ONE
    assert "没有解决？" in await two.says("2")


@pytest.mark.parametrize("said", ["谢谢", "哈哈", "人社局电话多少", "孩子的"])
async def test_an_aside_leaves_the_list_standing(two: Chat, said: str) -> None:
    await two.says(said)
    assert "没有解决？" in await two.says("1")


async def test_a_picture_for_the_open_case_leaves_the_list_standing(two: Chat) -> None:
    await two.says("幸福路的路灯坏了没人修")
    await two.says("失业金")
    await two.sends(kind=MessageKind.IMAGE)
    assert "没有解决？" in await two.says("1")


@pytest.mark.parametrize("said", ["是的", "对", "嗯 对的", "就是这个"])
async def test_yes_to_a_list_of_one_line_is_that_line(chat: Chat, said: str) -> None:
    assert "1. " in await chat.says("失业金")
    assert ENTRIES[1].answer in await chat.says(said)


async def test_yes_to_a_longer_list_is_asked_which(two: Chat) -> None:
    assert await two.says("是的") == texts.talk.YES_TO_WHICH


async def test_who_asks_on_about_a_list_of_one_line_means_it(chat: Chat) -> None:
    assert "1. " in await chat.says("失业金")
    assert "在手机上申领" in await chat.says("怎么办")


async def test_none_of_these_is_said_in_many_ways(two: Chat) -> None:
    await two.says("不要这些")
    assert (await two.only_case()).text == "失业金"
