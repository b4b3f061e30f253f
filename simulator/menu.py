"""The three buttons below a chat.

Source: WeChat, 自定义菜单: at most three buttons of 16 bytes, at most five sub-buttons of 60 bytes.
"""

from dataclasses import dataclass
from typing import Any

from simulator.errors import PlatformError


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button that sends `key` (click), opens `url` (view), or unfolds `buttons`."""

    name: str
    kind: str = ""
    key: str = ""
    url: str = ""
    buttons: tuple["Button", ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The platform's JSON shape."""
        if self.buttons:
            return {"name": self.name, "sub_button": [each.as_json() for each in self.buttons]}
        target = {"url": self.url} if self.kind == "view" else {"key": self.key}
        return {"type": self.kind, "name": self.name, **target, "sub_button": []}


# Used until the service creates its own; each key is a word a citizen could also type.
DEFAULT_MENU = (
    Button(
        name="办事咨询",
        buttons=(
            Button(name="怎么提问", kind="click", key="帮助"),
            Button(name="联系人工", kind="click", key="人工"),
            Button(name="政府网站", kind="view", url="https://www.gov.example/"),
        ),
    ),
    Button(name="我的进度", kind="click", key="查询"),
    Button(name="帮助", kind="click", key="帮助"),
)


def read_menu(body: dict[str, Any]) -> tuple[Button, ...]:
    """The buttons of a menu/create body; raises PlatformError with the rule it breaks."""
    rows = body.get("button")
    if not isinstance(rows, list) or not 1 <= len(rows) <= 3:
        raise PlatformError(40016)
    return tuple(_button(row, longest_name=16) for row in rows)


def _button(row: object, *, longest_name: int) -> Button:
    if not isinstance(row, dict):
        raise PlatformError(47001)
    name = str(row.get("name", ""))
    if not 1 <= len(name.encode()) <= longest_name:
        raise PlatformError(40018)
    below = row.get("sub_button") or []
    if below:
        return _parent(name, below)
    return _leaf(name, row)


def _parent(name: str, rows: object) -> Button:
    if not isinstance(rows, list) or len(rows) > 5:
        raise PlatformError(40023)
    return Button(name=name, buttons=tuple(_button(row, longest_name=60) for row in rows))


def _leaf(name: str, row: dict[str, Any]) -> Button:
    kind = str(row.get("type", ""))
    if kind == "view":
        return Button(name=name, kind=kind, url=str(row.get("url", "")))
    if kind != "click":
        raise PlatformError(40017, hint=kind)
    key = str(row.get("key", ""))
    if not 1 <= len(key.encode()) <= 128:
        raise PlatformError(40019)
    return Button(name=name, kind=kind, key=key)
