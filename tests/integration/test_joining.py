"""What is said soon after a case was opened: a piece of it, or another matter."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.worlds.chat import Chat, open_chat


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path) as desk:
        await desk.says("工地老板拖欠我三个月工资不给")
        yield desk


@pytest.mark.parametrize(
    "said",
    [
        "他叫王建国",
        "一共两万三",
        "没签合同",
        "合同在我手上",
        "电话也不接",
        "还有四个工友也没拿到",
        "在清河大道那个工地",
        "聊天记录我都留着",
        "别说是我反映的",
        "现在在医院没钱交费",
    ],
)
async def test_a_piece_of_the_story_joins_the_case(chat: Chat, said: str) -> None:
    await chat.says(said)
    assert len(await chat.cases()) == 1


@pytest.mark.parametrize(
    "said", ["路灯坏了", "残疾证过期了", "家里没暖气", "村口的大树倒了", "广场舞噪音太吵"]
)
async def test_another_things_name_is_a_matter_of_its_own(chat: Chat, said: str) -> None:
    await chat.says(said)
    first, second = sorted(await chat.cases(), key=lambda case: case.number)
    assert (first.text, second.text) == ("工地老板拖欠我三个月工资不给", said)


async def test_the_name_of_what_the_case_tells_of_already_goes_on_in_it(chat: Chat) -> None:
    await chat.says("人工 邻居养狗天天叫还咬人")
    await chat.says("狗没打疫苗")
    assert len(await chat.cases()) == 2
