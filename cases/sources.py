"""Where parts of a reply came from, as the log of a case keeps it with the draft."""

import re

_ENTRY = re.compile(r"条目 ([^、]+?) 第 (\d+) 版")
_ELSEWHERE = "去处表 "


def entry_source(entry: str, version: int) -> str:
    """An entry of the knowledge base, in this version."""
    return f"条目 {entry} 第 {version} 版"


def place_source(unit: str, checked: str) -> str:
    """A unit of the table of places to go, and when its number was last checked."""
    return f"{_ELSEWHERE}{unit}（{checked}）"


def the_entry(sources: str) -> tuple[str, int] | None:
    """The entry and version that a draft was made from.

    None when it was none or more than one, or when the draft also sends the citizen elsewhere.
    """
    named = dict.fromkeys(_ENTRY.findall(sources))
    if len(named) != 1 or _ELSEWHERE in sources:
        return None
    entry, version = next(iter(named))
    return entry, int(version)
