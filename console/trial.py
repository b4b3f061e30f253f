"""试一问: ask as a citizen would and see what the knowledge base makes of it."""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from console.deps import deps
from console.pages import page
from knowledge_base.outcome import Answer, Candidate, Nothing, Suggestions

SHOWN: Final = 8
LONGEST: Final = 500
DECISIONS: Final = {Answer: "answer", Suggestions: "suggest", Nothing: "none"}


@dataclass(frozen=True, kw_only=True)
class Near:
    """An entry that was considered, with its chance in whole percent."""

    candidate: Candidate
    percent: int


async def show(request: web.Request) -> web.Response:
    """The form, and what the question in the address leads to."""
    text = request.query.get("q", "").strip()[:LONGEST]
    finding = await deps(request).search(text) if text else None
    return await page(
        request,
        "trial.html",
        text=text,
        decision=DECISIONS[type(finding)] if finding else "",
        answer=finding.best.entry if isinstance(finding, Answer) else None,
        choices=finding.choices if isinstance(finding, Suggestions) else (),
        near=[_near(each) for each in finding.ranking[:SHOWN]] if finding else [],
    )


def _near(candidate: Candidate) -> Near:
    return Near(candidate=candidate, percent=round(candidate.probability * 100))
