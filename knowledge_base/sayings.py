"""Words as named tables: patterns that people read and change, kept in TOML beside the code.

`any` are the alternatives (regular expressions over normalised text) of which one is enough; `head`
and `tail` stand around all of them; `unless` are words that make it none; a text of more than
`longest` characters has more to say. `{kin}` in any of them stands for the alternatives of the list
`kin` under `[lists]`, which all files of a folder share.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

_LIST: Final = re.compile(r"\{([a-z_]+)\}")
_NEVER: Final = re.compile(r"(?!)")


@dataclass(frozen=True, kw_only=True)
class Saying:
    """One table: the words that say it, those that take it back, and how long it may be."""

    words: re.Pattern[str]
    unless: re.Pattern[str] = _NEVER
    longest: int | None = None

    def said_in(self, text: str) -> bool:
        """Whether a normalised text says it anywhere."""
        if self.longest is not None and len(text) > self.longest:
            return False
        return self.words.search(text) is not None and self.unless.search(text) is None


def read_sayings(room: str, names: Sequence[str]) -> Mapping[str, Saying]:
    """The tables of a room's files (`words/{name}.toml`), in their order, each as "file.table"."""
    tables = {name: read_words(room, name) for name in names}
    lists = {name: each for table in tables.values() for name, each in _lists(table).items()}
    return {
        f"{file}.{name}": _saying(row, lists)
        for file, table in tables.items()
        for name, row in table.items()
        if name != "lists"
    }


def read_words(room: str, name: str) -> Mapping[str, Any]:
    """One file as it stands."""
    return tomllib.loads(files(room).joinpath(f"words/{name}.toml").read_text("utf-8"))


def _lists(table: Mapping[str, Any]) -> Mapping[str, str]:
    return {name: "|".join(any_of) for name, any_of in table.get("lists", {}).items()}


def _saying(row: Mapping[str, Any], lists: Mapping[str, str]) -> Saying:
    any_of = "|".join(row["any"])
    head, tail = row.get("head", ""), row.get("tail", "")
    whole = f"{head}(?:{any_of}){tail}" if head or tail else any_of
    unless = re.compile(_written_out("|".join(row["unless"]), lists)) if "unless" in row else _NEVER
    return Saying(
        words=re.compile(_written_out(whole, lists)), unless=unless, longest=row.get("longest")
    )


def _written_out(pattern: str, lists: Mapping[str, str]) -> str:
    """A pattern with the alternatives of every list it names, also of those named in lists."""
    while found := _LIST.search(pattern):
        pattern = pattern.replace(found.group(), lists[found[1]])
    return pattern
