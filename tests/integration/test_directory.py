"""The router of a running desk learns from what departments answered."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.directory import Directory
from cases.routing import Router
from tests.worlds.chat import CITY, DEPARTMENTS, LABOUR, open_chat

PLACES = (
    "东街",
    "西街",
    "南门",
    "北门",
    "桥头",
    "河边",
    "车站",
    "菜场",
    "学校",
    "医院",
    "新村",
    "老街",
)


async def test_what_a_department_answered_is_what_the_router_learns(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        await chat.says("老板拖欠我三个月工资一直不给，请帮帮我")
        await chat.answer(await chat.only_case(), "监察大队已上门，工资周五前发放。")
        assert await chat.storage.answered_matters(limit=5) == [
            ("老板拖欠我三个月工资一直不给，请帮帮我", LABOUR)
        ]
        chat.now += timedelta(minutes=1)


async def test_a_word_no_duty_names_is_routed_once_it_was_answered_often() -> None:
    answered = [(f"{place}的蓝精灵又来了吵得很", CITY) for place in PLACES * 2]
    answered += [(f"{place}的厂子又拖着工钱", LABOUR) for place in PLACES * 2]
    directory = Directory(Router())
    await directory.load(DEPARTMENTS)
    before = await directory.route("村口有蓝精灵")
    await directory.load(DEPARTMENTS, answered)
    after = await directory.route("村口有蓝精灵")
    assert after.department == CITY
    assert after.confidence > before.confidence


async def test_what_a_text_names_is_looked_for_again_in_a_new_table() -> None:
    directory = Directory(Router())
    text, unit = f"{DEPARTMENTS[0].name}在哪", directory.elsewhere("电费单不对找谁")
    assert directory.named(text) is None
    await directory.load(DEPARTMENTS)
    named = directory.named(text)
    assert named is not None
    assert named.department is DEPARTMENTS[0]
    own = [replace(DEPARTMENTS[0], name="县供电公司"), *DEPARTMENTS[1:]]
    await directory.load(own)
    assert directory.named(text) is None
    assert unit is not None
    assert directory.elsewhere("电费单不对找谁") != unit
