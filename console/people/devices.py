"""What a browser is called on its owner's page: enough to know one's own computer again."""

from typing import Final

# The first that fits counts: every browser also names those it descends from.
BROWSERS: Final = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ 浏览器"),
    ("QIHU", "360 浏览器"),
    ("360SE", "360 浏览器"),
    ("UBrowser", "UC 浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("UOS", "统信"),
    ("Kylin", "麒麟"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)


def device_of(agent: str) -> str:
    """Chrome · Windows 电脑, from a User-Agent; 其他程序 for what is no known browser."""
    named = [_first(agent, table) for table in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in named if name) or "其他程序"


def _first(agent: str, table: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in table if mark in agent), "")
