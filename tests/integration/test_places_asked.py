"""Where to go, when and by which telephone: told at once from the desk's tables, never a case."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.county import offices
from handlers import texts
from handlers.service_directory import ServiceState
from tests.worlds.chat import Chat, open_chat


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path) as desk:
        desk.directory.know(
            [
                replace(office, id=number, state=ServiceState.PUBLISHED)
                for number, office in enumerate(offices(), start=1)
            ]
        )
        yield desk


@pytest.mark.parametrize(
    "said",
    [
        "孩子发烧了去哪个医院",
        "哪家医院能看牙",
        "半夜肚子疼哪个医院有急诊",
        "小孩发高烧39度去哪看",
        "我妈腰疼挂什么科",
        "口腔医院在哪里",
        "发热门诊在哪",
    ],
)
async def test_whoever_looks_for_a_hospital_reads_120_and_where_they_are(
    chat: Chat, said: str
) -> None:
    told = await chat.says(said)
    assert "120" in told.splitlines()[0]
    assert told.index("清禾县人民医院") < told.index("清禾县中医院")
    assert await chat.cases() == []


async def test_what_is_told_of_the_illness_next_is_no_case_either(chat: Chat) -> None:
    await chat.says("孩子发烧了去哪个医院")
    assert "120" in await chat.says("烧到39度5了")
    assert "清禾县人民医院" in await chat.says("晚上有人值班吗")
    assert await chat.cases() == []


@pytest.mark.parametrize(
    "said",
    [
        "医院收费太贵能报销吗",
        "牙疼看病能用医保吗",
        "孩子被狗咬了去哪打疫苗",
        "去哪个医院做伤残鉴定",
    ],
)
async def test_what_asks_for_more_than_a_hospital_is_searched(chat: Chat, said: str) -> None:
    assert not (await chat.says(said)).startswith(texts.contacts.TREATED_FIRST)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("产检在哪里做", "清禾县妇幼保健院"),
        ("在哪里交水费", "清禾县自来水公司"),
        ("哪里交电费", "清禾县供电公司"),
        ("办护照到哪里", "清禾县公安局出入境接待大厅"),
        ("哪里可以打狂犬疫苗", "清禾县疾病预防控制中心"),
        ("办证大厅怎么走", "清禾县政务服务中心"),
        ("交警队电话", "清禾县公安局交通警察大队"),
        ("法院在哪里", "清禾县人民法院"),
        ("县医院怎么挂号", "清禾县人民医院"),
        ("劳动局在哪儿", "人力资源和社会保障局"),
        ("人社局几楼", "人力资源和社会保障局"),
        ("请问人社局在哪条路，几点开门，电话多少", "人力资源和社会保障局"),
    ],
)
async def test_the_place_where_something_is_done_is_told(chat: Chat, said: str, place: str) -> None:
    assert place in await chat.says(said)
    assert await chat.cases() == []


async def test_a_small_thing_only_the_place_can_say_is_asked_there(chat: Chat) -> None:
    assert "打电话问最准" in await chat.says("中医院能看小孩吗")
    assert await chat.cases() == []


@pytest.mark.parametrize("said", ["邮局几点关门", "附近哪有药店", "停车场在哪", "体育馆开门吗"])
async def test_a_place_the_tables_do_not_have_is_looked_up_elsewhere(chat: Chat, said: str) -> None:
    assert await chat.says(said) == texts.contacts.NOT_LISTED_PLACE
    assert await chat.cases() == []


async def test_the_hours_all_departments_share_are_told_to_whoever_asks_nobody(chat: Chat) -> None:
    departments = await chat.storage.departments()
    hours = "工作日 8:30—12:00，14:00—17:30"
    await chat.directory.load([replace(each, hours=hours) for each in departments])
    for asked in ("你们周末上班吗", "周末有人没", "星期天开不开门", "礼拜天办不办公"):
        assert hours in await chat.says(asked), asked
    await chat.directory.load([replace(departments[0], hours="9:00—17:00"), departments[1]])
    await chat.directory.load([replace(each, hours=each.name) for each in departments])
    assert await chat.says("你们周末上班吗") == texts.contacts.WHICH


@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("我告他欠钱，法院一直不开庭", "12368"),
        ("县领导受贿我要举报", "12388"),
        ("我去报案公安局一直不给立案", "12309"),
        ("我要投诉银行乱扣款", "12378"),
        ("飞机票退票不给退", "12326"),
    ],
)
async def test_a_complaint_of_what_is_not_the_countys_is_told_where_to_go(
    chat: Chat, said: str, phone: str
) -> None:
    told = await chat.says(said)
    assert (phone in told, "人工" in told) == (True, True)
    assert await chat.cases() == []


async def test_the_desk_still_passes_it_on_when_asked(chat: Chat) -> None:
    await chat.says("我告他欠钱，法院一直不开庭")
    await chat.says("人工")
    assert "法院" in (await chat.only_case()).text


async def test_the_countys_own_place_stands_beneath_the_number(chat: Chat) -> None:
    told = await chat.says("我的案子在县法院半年没判")
    assert "12368" in told
    assert "清禾县人民法院\n电话：0500-00000261" in told
    assert "2026年11月2日核对" in told


async def test_who_has_just_opened_a_case_goes_on_in_it(chat: Chat) -> None:
    await chat.says("工地老板拖欠我三个月工资不给")
    await chat.says("再不给我就去法院告他")
    assert len(await chat.cases()) == 1
