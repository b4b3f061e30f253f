"""Towns and quarters that an entry is for: 云岭镇 of a county, 城东街道 of a city."""

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge_base.places import Region
from knowledge_base.text import normalise

_KIND = re.compile(r"(?:街道办事处|街道办|街道|办事处|社区|镇|乡|村)$")
_TOWN = re.compile(
    r"(?:(?![我你他咱哪那这每各全本所某个们在到去回住的是有来从上下里外老家])[\u4e00-\u9fff]){2}(?:镇|乡|街道)"
)
"""Two characters and what kind of town they name; 我们镇 and 老家乡下 are no names."""
_BETWEEN = re.compile(r"[、，,;；\s]+")


def is_part(region: str, desk: Region) -> bool:
    """Whether a region is less than the whole place the desk stands for, or lies outside it."""
    if not region:
        return False
    return region not in re.split(r"[/\s>·]+", desk.name) and not Region(region).holds(desk)


def name_in(text: str, region: str) -> str:
    """How a normalised text names a region, whole or without what kind it is; "" if it does not."""
    return max((name for name in _said_as(region) if name in text), key=len, default="")


def names_it(text: str, region: str) -> bool:
    """Whether a normalised text names a region."""
    return bool(name_in(text, region))


def names_another(text: str, region: str, regions: Iterable[str]) -> bool:
    """Whether a normalised text names another town, or another region that entries are for."""
    if not _is_town(region) or names_it(text, region):
        return False
    return bool(town_in(text)) or any(
        _is_town(other) and names_it(text, other) for other in regions
    )


def town_in(text: str) -> str:
    """The first town that a text names with what kind it is (云岭镇), or ""."""
    found = _TOWN.search(text)
    return found[0] if found else ""


@lru_cache(maxsize=4096)
def _said_as(region: str) -> frozenset[str]:
    """The names of a region, of each where several are listed."""
    whole = {normalise(name.rpartition("/")[2]) for name in _BETWEEN.split(region)}
    short = {name for name in (_KIND.sub("", each) for each in whole) if len(name) > 1}
    return frozenset(filter(None, whole | short))


def _is_town(region: str) -> bool:
    return all(_KIND.search(name) for name in _BETWEEN.split(region))
