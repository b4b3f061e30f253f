"""The buttons below a chat, as curators write them and WeChat takes them.

Source: WeChat, 自定义菜单-创建接口 (three buttons, five below each; what does not fit is cut off).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

TOP, BELOW = 3, 5
TOP_NAME, BELOW_NAME = 4, 8  # characters of Chinese that are shown
KEY_BYTES, LINK_BYTES = 128, 1024


class Does(StrEnum):
    """What a tap does."""

    WORDS = "words"  # says the words, as if the citizen had typed them
    LINK = "link"  # opens an address
    SERVICE = "service"  # opens an entry of the directory 掌上办事, by its number
    DIRECTORY = "directory"  # opens the whole directory


@dataclass(frozen=True, kw_only=True)
class Button:
    """One button; a parent has `buttons` and does nothing itself."""

    name: str
    does: Does = Does.WORDS
    value: str = ""
    buttons: tuple["Button", ...] = ()


class MenuState(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    REPLACED = "replaced"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Menu:
    """One version of an account's buttons; no buttons at all take the menu away."""

    account: str
    version: int
    buttons: tuple[Button, ...]
    state: MenuState
    author: str
    reviewer: str = ""
    remark: str = ""
    saved_at: datetime
    published_at: datetime | None = None


class MenuError(Exception):
    """Something that cannot be done with a menu or the directory; `tell` says so in Chinese."""

    def __init__(self, tell: str) -> None:
        super().__init__(tell)
        self.tell = tell


def faults(buttons: Sequence[Button], services: Mapping[str, str]) -> list[str]:
    """What WeChat would refuse or cut off, in Chinese; `services` are published links by number."""
    found = [] if len(buttons) <= TOP else [f"一级菜单最多 {TOP} 个。"]
    for button in buttons:
        found += _name_faults(button, TOP_NAME, "一级菜单")
        if len(button.buttons) > BELOW:
            found.append(f"“{button.name}”下面最多 {BELOW} 个子菜单。")
        for below in button.buttons:
            found += _name_faults(below, BELOW_NAME, "子菜单")
            found += _target_faults(below, services)
        if not button.buttons:
            found += _target_faults(button, services)
    return found


def _name_faults(button: Button, longest: int, place: str) -> list[str]:
    if not button.name:
        return [f"有一个{place}没有名称。"]
    if width(button.name) > longest:
        return [f"“{button.name}”太长：{place}最多显示 {longest} 个字，多出来的会变成省略号。"]
    return []


def width(name: str) -> float:
    """How many Chinese characters wide a name is."""
    return sum(0.5 if character.isascii() else 1 for character in name)


def _target_faults(button: Button, services: Mapping[str, str]) -> list[str]:
    match button.does:
        case Does.WORDS if not button.value:
            return [f"“{button.name}”没有写点了以后说什么。"]
        case Does.WORDS if len(button.value.encode()) > KEY_BYTES:
            return [f"“{button.name}”要说的话太长，最多 40 个字。"]
        case Does.WORDS if not any("\u4e00" <= each <= "\u9fff" for each in button.value):
            return [f"“{button.name}”要说的话里至少要有一个汉字，例如“查询”。"]
        case Does.LINK if fault := link_fault(button.value):
            return [f"“{button.name}”{fault}"]
        case Does.SERVICE if button.value not in services:
            return [f"“{button.name}”选的办事入口还没有发布，或者已经撤下。"]
    return []


def link_fault(link: str) -> str:
    """What is wrong with an address that citizens are to open, "" when nothing is."""
    try:
        parts = urlsplit(link)
        good = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        )
        _ = parts.port
    except ValueError:
        good = False
    if not good or any(each.isspace() or ord(each) < 32 for each in link):
        return "的网址不完整：要以 https:// 开头，中间没有空格。"
    if len(link.encode()) > LINK_BYTES:
        return "的网址太长，微信最多收 1024 个字节。"
    return ""


def as_wechat(
    buttons: Sequence[Button], services: Mapping[str, str], directory: str
) -> list[dict[str, Any]]:
    """The body of menu/create; `directory` is the address of 掌上办事."""
    return [
        _as_wechat(button, lambda each: _address(each, services, directory)) for button in buttons
    ]


def _as_wechat(button: Button, address: Callable[[Button], str]) -> dict[str, Any]:
    if button.buttons:
        return {"name": button.name, "sub_button": [_as_wechat(b, address) for b in button.buttons]}
    if button.does is Does.WORDS:
        return {"type": "click", "name": button.name, "key": button.value}
    return {"type": "view", "name": button.name, "url": address(button)}


def _address(button: Button, services: Mapping[str, str], directory: str) -> str:
    match button.does:
        case Does.DIRECTORY:
            return directory
        case Does.SERVICE:
            return services[button.value]
        case _:
            return button.value


def pack(buttons: Sequence[Button]) -> list[Any]:
    """Plain JSON."""
    return [[each.name, each.does.value, each.value, pack(each.buttons)] for each in buttons]


def unpack(kept: Sequence[Any]) -> tuple[Button, ...]:
    """The buttons of `pack`."""
    return tuple(
        Button(name=name, does=Does(does), value=value, buttons=unpack(below))
        for name, does, value, below in kept
    )


SUGGESTED: Final = (
    Button(
        name="问一问",
        buttons=(
            Button(name="怎么提问", value="帮助"),
            Button(name="找工作人员", value="人工"),
        ),
    ),
    Button(name="查进度", value="查询"),
    Button(name="掌上办事", does=Does.DIRECTORY),
)
"""What a new account may begin with."""
