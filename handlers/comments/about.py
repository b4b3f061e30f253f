"""What a comment means under its article: many name no matter, because the title has named it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from cases.department import Routing
from handlers.ports import Departments, Knowledge
from handlers.telling import asks
from knowledge_base.follow_up import asks_on
from knowledge_base.outcome import Answer, Candidate, Finding, Suggestions
from knowledge_base.text import question_of

OWN = 0.6
"""The chance from which what is found for the words alone is what they mean."""


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Whose business a comment is, and the entries that may answer it, likeliest reading first."""

    routing: Routing
    found: tuple[Candidate, ...] = ()


class Reader:
    """Reads comments alone and beneath their titles; it settles nothing.

    Of 27 comments of our own under four titles 11 are led to the right department by their words
    (three wrong ones without a dispatcher), 26 with their title (no wrong one without).
    """

    def __init__(self, knowledge: Knowledge, departments: Departments) -> None:
        self._knowledge = knowledge
        self._departments = departments

    async def read(self, text: str, title: str, today: date) -> Meant:
        """What the words mean; an article without a title adds nothing to them."""
        alone = await self._knowledge.search(question_of(text), today=today)
        routing = await self._departments.route(text)
        own = _is_own(alone)
        if not title or (routing.sure and (own or not asks(text))):
            return Meant(routing=routing, found=_lines(alone))
        beneath = f"{title} {question_of(text)}"
        together = await self._knowledge.search(beneath, today=today)
        first, then = (alone, together) if own else (together, alone)
        of_title = not own and asks_on(question_of(text))
        told = title if of_title else f"{title}\n{text}"
        return Meant(
            routing=_agreed(routing, await self._departments.route(told), text),
            found=_without_doubles([*_lines(first), *_lines(then)]),
        )


def _is_own(alone: Finding) -> bool:
    """Whether the words name their matter themselves: 社保卡丢了能领吗."""
    match alone:
        case Answer():
            return True
        case Suggestions(choices=(first, *_)):
            return first.probability >= OWN
        case _:
            return False


def _agreed(alone: Routing, beneath: Routing, text: str) -> Routing:
    """The department with the title, or of a grievance the surer one.

    Where a question's words alone surely say another, a dispatcher looks.
    """
    if not asks(text) and alone.confidence >= beneath.confidence:
        return alone
    if not alone.sure or alone.department == beneath.department:
        return beneath
    ranking = tuple(dict.fromkeys([beneath.department, alone.department, *beneath.ranking]))
    return replace(beneath, ranking=ranking, threshold=inf)


def _lines(finding: Finding) -> tuple[Candidate, ...]:
    match finding:
        case Answer(best=best):
            return (best,)
        case Suggestions(choices=choices):
            return choices
        case _:
            return ()


def _without_doubles(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    by_entry: dict[str, Candidate] = {}
    for each in found:
        by_entry.setdefault(each.entry.id, each)
    return tuple(by_entry.values())
