"""试一问: ask as a citizen would, see why it ends so, and what a variant would change."""

from dataclasses import dataclass, replace
from typing import Final

from aiohttp import web

from cases.people import Role
from cases.work_calendar import today
from console.deps import SESSION, deps
from console.knowledge.reasons import Reason, reasons_by_entry
from console.pages import page
from knowledge_base.entry import Entry, Status
from knowledge_base.explanation import Explanation
from knowledge_base.features import OTHER_KIND
from knowledge_base.golden import Move, moves
from knowledge_base.kinds import Mistaken, mistaken
from knowledge_base.outcome import Answer, Candidate, Finding, Held, Nothing, Suggestions, Veto
from knowledge_base.rehearsal import ask_all
from knowledge_base.text import question_of

SHOWN: Final = 10
LONGEST: Final = 500
DECISIONS: Final = {Answer: "answer", Suggestions: "suggest", Nothing: "none"}
INSTEAD: Final = {
    "small_talk": "会回一句话，不登记",
    "other_place": "会告诉群众这是别的地方的事，该往哪里问，不登记",
}
"""What follows where nothing is found, unless it becomes a letter."""
A_LETTER: Final = "多半会登记为来信，转给部门办理"
SILENCE: Final = {
    "unlikely": "没有哪一条够像。",
    "empty": "知识库里还没有已发布的条目。",
    "small_talk": "像是打招呼或闲聊，不是在问事情。",
    "other_place": "问的是别的地方的事。",
    "vetoed": "最像的几条都写明了“不是这个问题”，或是别的地区的。",
}

HELD: Final = {
    Held.VETOED_BEFORE: "排在最前面的条目写明了“不是这个问题”（看下面），其余的先请群众选。",
    Held.UNLIKELY: "第 1 条的把握还不到直接答复的线。如果就是它，把这种说法加为它的问法，"
    "下次就能直接答。",
    Held.FEW_WORDS: "第 1 条意思很近，但和条目的问法没几个词相同。只凭意思相近容易答错，"
    "所以先请群众选。把这种说法加为它的问法，下次就能直接答。",
    Held.NO_QUESTION: "听着像投诉、求助或者要找人，不是在问政策，所以不直接答复。",
    Held.ELSEWHERE: "问的是别的地方的事，所以不直接答复。",
    Held.ONLY_A_NAME: "只说了事情的名称，没说要问什么，所以先请群众选。",
    Held.DOUBTED: "第 1 条的反例里有更像的说法，所以不直接答复。如果就是它，"
    "把这种说法加为它的问法。",
    Held.PART: "第 1 条只适用于一个乡镇或街道，群众没有说是哪里，所以先请群众选。",
    Held.PRESUMES: "第 1 条说的是丢了、坏了，或者要注销、取消的情形，群众没有这样说，"
    "所以先请群众选。如果就是它，把这种说法加为它的问法。",
    Held.OTHER_SIDE: "问的和第 1 条说的不是同一方面，所以不直接答复。如果答案里都写到了，"
    "把这种说法加为它的问法。",
}
"""Why the first line is offered and not sent."""
OF_ANOTHER_KIND: Final = (
    "问的是“{told.asked}”，第 1 条说的是“{told.told}”，全文也没有提到“{told.asked}”，"
    "所以不直接答复。如果这一条也适用，请在答案里写明。"
)


@dataclass(frozen=True, kw_only=True)
class Near:
    """An entry that was considered, with its chance in whole percent and what moved its rank.

    `veto` is what keeps it from being offered.
    """

    candidate: Candidate
    percent: int
    reasons: tuple[Reason, ...]
    veto: Veto | None = None


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What one more variant of `entry` would change."""

    entry: Entry
    variant: str
    finding: Finding
    percent: int
    golden: tuple[Move, ...]
    tried: int


async def show(request: web.Request) -> web.Response:
    """The form, and what the question in the address leads to."""
    box, text = deps(request), request.query.get("q", "").strip()[:LONGEST]
    finding = await box.search(text) if text else None
    explained = box.curating.explain(finding) if finding else None
    return await page(
        request,
        "knowledge/trial.html",
        text=text,
        decision=_decision(finding),
        instead=INSTEAD.get(_why_not(finding), A_LETTER),
        silence=SILENCE.get(_why_not(finding), ""),
        answer=finding.best.entry if isinstance(finding, Answer) else None,
        exact=isinstance(finding, Answer) and finding.exact,
        choices=finding.choices if isinstance(finding, Suggestions) else (),
        held=held_back(text, finding),
        answer_at=round(explained.answer_at * 100) if explained else 0,
        near=_nearest(finding, explained) if finding and explained else [],
        bound=box.curating.bound(),
        what_if=await _what_if(request, text) if text else None,
        decisions={"answer": "直接答复", "suggest": "请群众选择", "none": "没有答案"},
    )


def _why_not(finding: Finding | None) -> str:
    return str(finding.reason) if isinstance(finding, Nothing) else ""


def _decision(finding: Finding | None) -> str:
    return DECISIONS[type(finding)] if finding else ""


def held_back(text: str, finding: Finding | None) -> str:
    """Why the first line is not sent as the answer, and what to do about it; "" where it is, or
    where only a matter was named.
    """
    if not isinstance(finding, Suggestions) or finding.held is None:
        return ""
    if told := other_kind(text, finding):
        return OF_ANOTHER_KIND.format(told=told)
    return HELD[finding.held]


def other_kind(text: str, finding: Finding | None) -> Mistaken | None:
    """The words that keep the first line from being the answer: it is about another kind."""
    if not isinstance(finding, Suggestions):
        return None
    best = finding.choices[0]
    return mistaken(question_of(text), best.matched) if best.features.get(OTHER_KIND) else None


def _nearest(finding: Finding, explained: Explanation) -> list[Near]:
    reasons = reasons_by_entry(explained)
    return [
        Near(
            candidate=each,
            percent=round(each.probability * 100),
            reasons=reasons.get(each.entry.id, ()),
            veto=finding.vetoes.get(each.entry.id),
        )
        for each in finding.ranking[:SHOWN]
    ]


async def _what_if(request: web.Request, text: str) -> WhatIf | None:
    """Rehearses one more variant, for curators; nothing is saved."""
    chosen, variant = request.query.get("entry", ""), request.query.get("variant", "").strip()
    if not chosen or not variant or request[SESSION].person.role is not Role.CURATOR:
        return None
    box = deps(request)
    versions = await box.entries.entry_versions(chosen)
    live = next((each for each in versions if each.status is Status.PUBLISHED), None)
    if live is None:
        return None
    changed = replace(live, variants=(*live.variants, variant[:LONGEST]))
    golden = await box.curating.golden.golden_questions()
    asked = [each.text for each in golden]
    day = today(box.clock())
    first, *after = await box.curating.rehearsal.ask([text, *asked], [changed], today=day)
    before = await ask_all(asked, box.search)
    best = first.best if isinstance(first, Answer) else next(iter(first.ranking), None)
    return WhatIf(
        entry=live,
        variant=variant[:LONGEST],
        finding=first,
        percent=round(best.probability * 100) if best else 0,
        golden=moves(golden, before, after),
        tried=len(golden),
    )
