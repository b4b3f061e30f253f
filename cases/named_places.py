"""Streets, villages, estates and the like that a text names."""

import re
from typing import Final

PLACE: Final = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?:路|街|巷|弄|大道|小区|花园|社区|村|镇|乡|街道|市场|广场|公园|学校|小学|中学|医院|桥|站)"
)


def named_places(text: str) -> set[str]:
    """All of them, as they are written."""
    return set(PLACE.findall(text))


def name_other_places(one: str, other: str) -> bool:
    """Whether both texts name places, and none of them can be the same.

    县城幸福路 and 幸福路 may be one place: people leave out what is clear to them.
    """
    here, there = named_places(one), named_places(other)
    if not here or not there:
        return False
    return not any(a.endswith(b) or b.endswith(a) for a in here for b in there)
