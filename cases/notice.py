"""A State Council notice on a year's holidays, as `calendar import` reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

KEYS: Final = frozenset({"year", "source", "off", "work"})
YEARS: Final = range(1950, 2201)
MOST_BYTES: Final = 1_000_000
LIKE: Final = 'like {"year": 2027, "source": "…", "off": ["2027-01-01"], "work": []}'


class NoticeNotFit(ValueError):
    """A notice that cannot be loaded; the message names the file, the key and what is accepted.

    `tell` is the same for staff, "" where the text is not a notice at all.
    """

    def __init__(self, message: str, *, tell: str = "") -> None:
        super().__init__(message)
        self.tell = tell


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The days off and the weekend days worked of one year, with the notice's own name.

    It may name days of the December before (2019's made 2018-12-29 a working day).
    """

    year: int
    source: str
    off: frozenset[date]
    work: frozenset[date]


def read_notice(path: Path) -> Notice:
    """Reads `{"year", "source", "off": [dates], "work": [dates]}`; NoticeNotFit when it is not."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES)  # cut off, a larger file is no JSON any more
        return parse_notice(raw)
    except (OSError, NoticeNotFit) as error:
        said = (isinstance(error, OSError) and error.strerror) or error
        raise NoticeNotFit(f"{path}: {said}") from error


def parse_notice(raw: bytes) -> Notice:
    """The same from the file's content; NoticeNotFit names the key and what is accepted."""
    try:
        text = raw.decode("utf-8-sig")
        return _notice(json.loads(text, object_pairs_hook=_each_once))
    except UnicodeDecodeError as error:
        raise NoticeNotFit(f"not a JSON file in UTF-8: save it as UTF-8, {LIKE}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise NoticeNotFit(f"not a JSON file ({error}): it should be {LIKE}") from error
    except ValueError as error:
        raise NoticeNotFit(str(error)) from error


def notice_json(notice: Notice) -> str:
    """The notice as `calendar import` reads it."""
    table = {
        "year": notice.year,
        "source": notice.source,
        "off": sorted(day.isoformat() for day in notice.off),
        "work": sorted(day.isoformat() for day in notice.work),
    }
    return json.dumps(table, ensure_ascii=False)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError(f"the key {max(names, key=names.count)} stands twice")
    return dict(pairs)


def _notice(table: object) -> Notice:
    wanted = f"a notice is one object with exactly the keys {', '.join(sorted(KEYS))}"
    if not isinstance(table, dict):
        raise ValueError(wanted)  # noqa: TRY004 - one error for all of it
    if wrong := sorted(KEYS.symmetric_difference(table)):
        lacks = KEYS.intersection(wrong)
        told = [f"{name} {'is missing' if name in lacks else 'is unknown'}" for name in wrong]
        raise ValueError(f"{', '.join(told)}: {wanted}")
    year, source = table["year"], table["source"]
    if not isinstance(year, int) or isinstance(year, bool) or year not in YEARS:
        raise ValueError(f"year: {year!r} is not a year ({YEARS.start} … {YEARS.stop - 1})")
    if not isinstance(source, str) or not source.strip():
        raise ValueError("source: the notice's name or address is missing")
    off, work = (_days(table, key, year) for key in ("off", "work"))
    if not off:
        raise ValueError("off: a notice names at least one day off")
    if both := off & work:
        raise ValueError(f"{min(both)} is in off and in work")
    return Notice(year=year, source=source.strip(), off=off, work=work)


def _days(table: Mapping[str, Any], key: str, year: int) -> frozenset[date]:
    if not isinstance(table[key], list):
        raise ValueError(f"{key}: not a list of dates")  # noqa: TRY004 - one error for all of it
    days = [_day(value, key) for value in table[key]]
    for day in days:
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise ValueError(f"{key}: {day} is neither in {year} nor in the December before")
    if len(set(days)) != len(days):
        raise ValueError(f"{key}: {max(days, key=days.count)} is named twice")
    return frozenset(days)


def _day(value: object, key: str) -> date:
    try:
        if isinstance(value, str) and len(value) == len("2027-01-01"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"{key}: {value!r} is not a date like 2027-01-01")
