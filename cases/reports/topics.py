"""What citizens write about, where nobody sorted it: the departments' own keywords."""

import re
from collections.abc import Callable, Iterable

from cases.department import Department


def topic_finder(departments: Iterable[Department]) -> Callable[[str, str], str]:
    """(department, text) -> the keyword in the text, the department's own before any other."""
    own = {each.name: _pattern(each.keywords) for each in departments}
    every = _pattern(word for each in departments for word in each.keywords)

    def topic(department: str, text: str) -> str:
        for pattern in (own.get(department), every):
            found = pattern.search(text) if pattern else None
            if found:
                return found[0]
        return ""

    return topic


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """The longest word first: 小学入学 before 入学."""
    known = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, known))) if known else None
