"""Streets, villages, estates and the like that a text names."""

import re
from typing import Final

_KINDS: Final = (
    r"(?:路|街|巷|弄|大道|小区|花园|社区|村|镇|乡|街道|市场|广场|公园|学校|小学|中学|医院|桥|站)"
)
PLACE: Final = re.compile(rf"[\u4e00-\u9fff]{{2,6}}?{_KINDS}")
_KIND: Final = re.compile(rf"{_KINDS}$")
_SHORT: Final = 3
"""Characters of a name without what kind it is (幸福苑) that are enough to know it by."""


def named_places(text: str) -> set[str]:
    """All of them, as they are written."""
    return set(PLACE.findall(text))


def name_other_places(one: str, other: str) -> bool:
    """Whether both texts name places, and none of them can be the same.

    县城幸福路 and 幸福路 may be one place: people leave out what is clear to them.
    """
    here, there = named_places(one), named_places(other)
    return bool(here and there) and not _share(here, there)


def name_one_place(one: str, other: str) -> bool:
    """Whether both texts name a place that can be the same: 幸福苑3号楼 and 幸福苑小区 are."""
    here, there = named_places(one), named_places(other)
    return _share(here, there) or _is_said(here, other) or _is_said(there, one)


def _share(here: set[str], there: set[str]) -> bool:
    return any(a.endswith(b) or b.endswith(a) for a in here for b in there)


def _is_said(places: set[str], text: str) -> bool:
    """Whether a text has the end of a place's name, without what kind of place it is."""
    names = (_KIND.sub("", place)[-_SHORT:] for place in places)
    return any(len(name) == _SHORT and name in text for name in names)
