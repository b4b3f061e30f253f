"""Where to go with a matter that no county desk answers for (places.toml)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from cases.department import Department

SHORT, LONG = 60, 200
"""Characters: up to SHORT one word decides, up to LONG two do. A longer letter names courts and
banks in passing; what it is about is for a dispatcher to read."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit outside the county's desk: its name, nationwide phone ("" for none), what it does.

    `checked` is the day somebody last compared the number with public sources; None: nobody yet.
    """

    name: str
    phone: str
    what: str
    source: str = ""
    checked: date | None = None

    @property
    def known_phone(self) -> str:
        """What a citizen may be told: nothing that nobody has checked."""
        return self.phone if self.checked else ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A unit, and the words that point to it."""

    unit: Unit
    words: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    own: tuple[str, ...]

    def hits(self, text: str, keywords: frozenset[str]) -> int:
        """How many of its words stand in a text, not counting what a department is known by."""
        if any(pattern.search(text) for pattern in self.unless):
            return 0
        found = (match.group() for pattern in self.words for match in pattern.finditer(text))
        return sum(word not in keywords for word in found)


def where_to_go(text: str, departments: Sequence[Department]) -> Unit | None:
    """The outside unit that a matter clearly belongs to; None when the county may answer it.

    A unit the county has a department for, and words that are a department's keywords, are the
    county's own. The unit with most words wins; a tie goes to the first of the table.
    """
    if len(text) > LONG:
        return None
    keywords = frozenset(word for each in departments for word in each.keywords)
    names = [department.name for department in departments]
    best, most = None, 0 if len(text) <= SHORT else 1
    for place in places():
        if any(own in name for own in place.own for name in names):
            continue
        hits = place.hits(text, keywords)
        if hits > most:
            best, most = place.unit, hits
    return best


@cache
def places() -> tuple[Place, ...]:
    """The curated table, in its order."""
    text = files("cases").joinpath("places.toml").read_text("utf-8")
    return tuple(_place(row) for row in tomllib.loads(text)["place"])


def _place(row: Mapping[str, Any]) -> Place:
    unit = Unit(
        name=row["name"],
        phone=row["phone"],
        what=row["what"],
        source=row["source"],
        checked=row.get("checked"),
    )
    return Place(
        unit=unit,
        words=tuple(map(re.compile, row["words"])),
        unless=tuple(map(re.compile, row["unless"])),
        own=tuple(row["own"]),
    )
