"""What stands beside a case: the citizen's other cases, answered ones like it, fitting entries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cases.case import Case
from cases.elsewhere import Unit, places, where_to_go
from cases.people import Person
from cases.sources import entry_source, place_source
from cases.steps import OPEN
from cases.template import filled
from cases.work_calendar import today
from console.cases.one_matter import likeness, may_be_one_matter, words_of_the_matter
from console.deps import Deps
from console.words import written

MOST: Final = 3
WORDS: Final = 8
CHECKED_FOR: Final = timedelta(days=365)
LEAST_ALIKE: Final = 0.2


_TELEPHONE: Final = re.compile(r"\d{5}|\d{3,4}-\d{7}")


@dataclass(frozen=True, kw_only=True)
class Hint:
    """A text that may be put into the draft; `source` goes into the log with the draft."""

    key: str
    title: str
    text: str
    source: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Beside:
    """`others` are the citizen's own, `same` open ones that may be one matter with the case."""

    others: Sequence[Case]
    same: Sequence[Case]
    hints: Sequence[Hint]


async def beside(box: Deps, case: Case, person: Person, *, drafting: bool) -> Beside:
    """All of it, within what the person may see; hints only for those who draft."""
    others = await box.papers.cases_of_citizen(case.number, viewer=person)
    found = await _near(box, case, person)
    answered: dict[str, Case] = {}
    for each in found:
        if likeness(case.text, each.text) < LEAST_ALIKE:
            break
        answered.setdefault(each.reply, each)  # one reply is offered once, of the most alike
    hints = [_from_case(each) for reply, each in answered.items() if reply][:MOST]
    if drafting:
        hints = [*await _elsewhere(box, case), *await _from_entries(box, case), *hints]
    same = [
        each for each in found if each.state in OPEN and may_be_one_matter(case.text, each.text)
    ]
    return Beside(others=others, same=same[:MOST], hints=hints if drafting else ())


async def _near(box: Deps, case: Case, person: Person) -> list[Case]:
    """Letters that share a word of the matter, the most alike first."""
    longest = sorted(words_of_the_matter(case.text), key=len, reverse=True)[:WORDS]
    found = await box.papers.similar_cases(case.number, longest, viewer=person)
    return sorted(found, key=lambda each: -likeness(case.text, each.text))


def _from_case(case: Case) -> Hint:
    return Hint(
        key=f"case-{case.number}",
        title=case.text,
        text=case.reply,
        source=f"来信 {case.number}",
        link=f"/console/cases/{case.number}",
    )


async def from_templates(box: Deps, case: Case) -> list[Hint]:
    """The department's templates with what is known of the case already in them."""
    if not case.department:
        return []
    known = {each.name: each for each in await box.departments.departments()}
    return [
        Hint(
            key=f"template-{each.id}",
            title=each.name,
            text=filled(each.body, case, known.get(case.department)),
            source=f"模板 {each.name}",
            link="",
        )
        for each in await box.papers.reply_templates(case.department)
    ]


async def _elsewhere(box: Deps, case: Case) -> list[Hint]:
    """The unit outside the county that the letter seems to be for, to be named in the reply."""
    unit = where_to_go(case.text, await box.departments.departments())
    return [place_hint(unit, today(box.clock()))] if unit else []


def place_hint(unit: Unit, day: date) -> Hint:
    """Where to go, as a reply says it; `source` tells when the number was last checked.

    A number that nobody has checked for a year stands in the title for staff, not in the reply.
    """
    sure = unit.checked is not None and day - unit.checked < CHECKED_FOR
    call = f"，电话 {unit.phone}" if unit.phone and sure else ""
    unsure = f"，电话 {unit.phone}？" if unit.phone and not sure else ""
    return Hint(
        key=f"place-{unit.name}",
        title=f"{unit.name}{call}{unsure}",
        text=f"这件事要找{unit.name}{call}。{unit.what}",
        source=place_source(unit.name, _checked(unit, sure=sure)),
        link="",
    )


def _checked(unit: Unit, *, sure: bool) -> str:
    day = unit.checked
    if day is None:
        return "电话还没有人核对过" if unit.phone else "没有统一电话"
    on = f"{written(day)}核对"
    return on if sure else f"{on}，已过一年，请先打电话核对"


def all_places(day: date) -> list[Hint]:
    """Every unit of the table of places to go."""
    return [place_hint(each.unit, day) for each in places()]


def names_a_place(text: str) -> bool:
    """Whether a text says where to go: a unit of the table, or a telephone."""
    return bool(_TELEPHONE.search(text)) or any(each.unit.name in text for each in places())


async def _from_entries(box: Deps, case: Case) -> list[Hint]:
    finding = await box.search(case.text)
    entries = [each.entry for each in finding.ranking[:MOST]]
    return [
        Hint(
            key=f"entry-{entry.id}",
            title=entry.question or entry.answer,
            text=entry.answer,
            source=entry_source(entry.id, entry.version),
            link=f"/console/entries/{entry.id}",
        )
        for entry in entries
    ]
