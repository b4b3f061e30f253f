"""What offices usually answer for, where a county's own table says nothing but a name."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from cases.department import Department

TABLE: Final = Path(__file__).with_name("usual_duties.toml")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of government; `names` are parts of the names of departments that have it."""

    names: tuple[str, ...]
    duties: str
    keywords: tuple[str, ...]


@cache
def usual_fields() -> tuple[Field, ...]:
    """The shipped table, read when it is first asked for."""
    with TABLE.open("rb") as file:
        rows = tomllib.load(file)["field"]
    return tuple(
        Field(names=tuple(row["names"]), duties=row["duties"], keywords=tuple(row["keywords"]))
        for row in rows
    )


def is_described(department: Department) -> bool:
    """Whether the county said what the department answers for."""
    return bool(department.duties.strip() or department.keywords)


def described(department: Department) -> Department:
    """The department itself, or with the usual duties of its name when it has none of its own."""
    if is_described(department):
        return department
    fields = [usual_fields()[n] for n in fields_of(department.name)]
    keywords = dict.fromkeys(word for field in fields for word in field.keywords)
    duties = "".join(field.duties for field in fields)
    return replace(department, duties=duties, keywords=tuple(keywords))


def fields_of(name: str) -> list[int]:
    """Numbers of the usual fields whose names it holds: longer ones first, no character twice."""
    fields, found = usual_fields(), set[int]()
    for part in sorted({part for field in fields for part in field.names}, key=_longest_first):
        if part in name:
            name = name.replace(part, " " * len(part))
            found |= {n for n, field in enumerate(fields) if part in field.names}
    return sorted(found)


def _longest_first(part: str) -> tuple[int, str]:
    return -len(part), part
