"""What WeChat would refuse of a menu, and what it is sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.ways.menu_form import fields_of, read
from handlers.menu import (
    SUGGESTED,
    Button,
    Does,
    as_wechat,
    faults,
    link_fault,
    pack,
    unpack,
)
from handlers.service_directory import Health, Look, Service, ServiceState, fault, judge
from simulator.menu import read_menu

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
SERVICES = {"7": "https://www.zjzwfw.gov.cn/ybjf"}
DIRECTORY = "https://desk.example/public/services"
OPENS = {Health.UNKNOWN, Health.GOOD, Health.UNSURE}
SERVICE = Service(
    id=7,
    name="居民医保缴费",
    link=SERVICES["7"],
    department="医保局",
    state=ServiceState.PUBLISHED,
    author="curator",
    saved_at=NOW,
)


def test_the_suggested_menu_is_one_that_the_platform_takes() -> None:
    assert faults(SUGGESTED, {}) == []
    assert len(read_menu({"button": as_wechat(SUGGESTED, {}, DIRECTORY)})) == 3


@pytest.mark.parametrize(
    ("button", "says"),
    [
        (Button(name="办事服务厅", value="帮助"), "最多显示 4 个字"),
        (Button(name="", value="帮助"), "没有名称"),
        (Button(name="帮助"), "没有写点了以后说什么"),
        (Button(name="帮助", value="help"), "至少要有一个汉字"),
        (Button(name="帮助", value="长" * 43), "太长"),
        (Button(name="网站", does=Does.LINK, value="www.gov.cn"), "https://"),
        (Button(name="医保", does=Does.SERVICE, value="8"), "还没有发布"),
        (Button(name="更多", buttons=(Button(name="甲", value="查询"),) * 6), "最多 5 个"),
        (Button(name="更多", buttons=(Button(name="子" * 9, value="查询"),)), "最多显示 8 个字"),
    ],
)
def test_each_rule_is_told_in_words(button: Button, says: str) -> None:
    assert any(says in fault for fault in faults((button,), SERVICES))


def test_a_fourth_button_is_one_too_many() -> None:
    assert "最多 3 个" in faults((Button(name="查", value="查询"),) * 4, {})[0]


def test_an_entrance_becomes_its_link_and_the_directory_its_page() -> None:
    buttons = (
        Button(name="医保", does=Does.SERVICE, value="7"),
        Button(name="掌上办事", does=Does.DIRECTORY),
        Button(name="网站", does=Does.LINK, value="https://www.gov.cn/"),
    )
    sent = as_wechat(buttons, SERVICES, DIRECTORY)
    assert [each["url"] for each in sent] == [SERVICES["7"], DIRECTORY, "https://www.gov.cn/"]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "ftp://x/y",
        "https://user@evil/",
        "https://[::1",
        "https://x/" + "长" * 400,
    ],
)
def test_an_address_that_no_citizen_should_open_is_refused(link: str) -> None:
    assert link_fault(link) != ""


def test_the_form_gives_back_what_it_was_filled_with() -> None:
    menu = (*SUGGESTED[:2], Button(name="医保", does=Does.SERVICE, value="7"))
    form = {}
    for field in fields_of(menu):
        for each in (field, *field.below):
            form |= {
                f"name-{each.at}": each.name,
                f"does-{each.at}": each.does,
                f"value-{each.at}": each.value,
            }
    assert read(form) == menu
    assert unpack(pack(menu)) == menu


@pytest.mark.parametrize(
    ("name", "link", "department", "says"),
    [
        ("", "https://x.cn/", "医保局", "名称要填"),
        ("长" * 31, "https://x.cn/", "医保局", "最多 30 个字"),
        ("缴费", "x.cn", "医保局", "网址不完整"),
        ("缴费", "https://x.cn/", "没有的局", "请选择负责的部门"),
        ("缴费", "https://x.cn/", "医保局", ""),
    ],
)
def test_an_entrance_needs_a_name_a_link_and_a_department(
    name: str, link: str, department: str, says: str
) -> None:
    found = fault(name, link, department, {"医保局"})
    assert says in found
    assert bool(found) == bool(says)


def test_one_failure_is_looked_at_again_before_anybody_is_told() -> None:
    found = judge(SERVICE, Look(health=Health.BROKEN, reason="连不上"), NOW)
    assert (found.health, found.look_at) == (Health.UNKNOWN, NOW + timedelta(minutes=10))
    again = replace(SERVICE, failures=found.failures)
    broken = judge(again, Look(health=Health.BROKEN, reason="连不上"), NOW)
    assert (broken.health, broken.broken_since) == (Health.BROKEN, NOW)
    assert broken.look_at == NOW + timedelta(days=1)


def test_a_mended_link_is_good_at_once() -> None:
    broken = replace(SERVICE, failures=5, health=Health.BROKEN, broken_since=NOW)
    found = judge(broken, Look(health=Health.GOOD), NOW)
    assert (found.health, found.failures, found.broken_since) == (Health.GOOD, 0, None)


@pytest.mark.parametrize("state", ServiceState)
@pytest.mark.parametrize("health", Health)
def test_citizens_are_led_only_to_what_is_published_and_opens(
    state: ServiceState, health: Health
) -> None:
    led = replace(SERVICE, state=state, health=health).usable
    assert led == ((state, health) in {(ServiceState.PUBLISHED, each) for each in OPENS})
