"""The page of one case: the conversation, the facts, the steps that are possible, the history."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from aiohttp import web

from cases import steps
from cases.approval import purpose_of
from cases.case import Case, Event, State
from cases.department import Routing
from cases.desk import Purpose
from cases.extending import room_to_extend
from cases.merging import requested_days
from cases.people import SEES_CASES, Person
from cases.text_check import concerns, concerns_hash
from cases.wording import text_hash
from cases.work_calendar import today
from console.cases import attachments
from console.cases.case_beside import all_places, beside, from_templates, names_a_place
from console.cases.case_comment import Comments, comments_of
from console.cases.case_draft import box_of, with_hint
from console.cases.case_history import happened, wanted
from console.cases.case_talk import (
    Said,
    arrives,
    can_push,
    conversation,
    may_take_back,
    newest_word,
    troubles,
    window_words,
)
from console.cases.discontent import reasons
from console.cases.next_step import NextStep, added_since, gives_up, next_step, wish_of
from console.cases.reveal import revealing
from console.cases.standing import standing
from console.deps import SESSION, Deps, deps
from console.pages import WORK, page, work_of
from handlers.pages import LIMIT, push

HALF_REVIEWED: Final = "初审通过，还没有发给市民：等另一位同事再审。"
DONE: Final = {
    "accept": "已受理，由您经办。",
    "draft": "已提交审核。另一位同事通过后，答复才会发给市民。",
    "withdraw": "已撤回，没有发给市民。稿子还在：可以退回修改，也可以重新审核；期限照原来的算。",
    "send-back": "已退给拟稿人修改，您的意见会显示在这一页。",
    "route": "已转办。",
    "resume": "已恢复办理，期限重新开始计算。",
    "assign": "已交给同事。",
    "sort": "主题已保存。",
    "ask-for-help": "已请协办；那个部门现在看得到这封来信。",
    "end-help": "协办已结束。",
    "merge": "已并入；主办的那一件答复时，这位市民也会收到。",
    "part": "留言已分出去单独办理，不再属于这一件；系统已把它转给该办的部门。",
    "split": "已拆出来，单独办理，期限照旧。",
    "ask-extension": "申请已提交，由督办员批准。批准前期限不变。",
    "decline-extension": "已告知不批准延期。",
    "hear-rating": "已记下处理情况。",
    "note": "备注已留下；提到的同事会收到提醒。",
    "close": "已办结。市民对答复不满意时，仍可以要求重新办理。",
}
SENT: Final = {
    "review": "已通过",
    "extend": "已延期",
    "reopen": "已请部门重新办理",
}
"""Steps that tell the citizen something; what became of that is said behind them."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A form that was not accepted: which step, what the person had typed, and why not."""

    step: str
    fields: dict[str, str]
    fault: str
    blames: bool = True  # what was typed has to be changed; otherwise the case has moved on


async def show(request: web.Request) -> web.Response:
    """The page of one case, for those who may see it; what they were told of it is read now."""
    box, name = deps(request), request[SESSION].person.name
    if await box.supervision.unread_reminders(name):
        case = request.match_info["number"]
        await box.supervision.read_reminders(name, now=box.clock(), case=case)
    return await case_page(request)


async def case_page(
    request: web.Request, *, typed: Typed | None = None, status: int = 200
) -> web.Response:
    """The page, with what was typed when a form of it could not be accepted."""
    box, person = deps(request), request[SESSION].person
    case = await box.cases.case(request.match_info["number"], viewer=person)
    events = await box.cases.events(case.number, viewer=person)
    may = {step.name for step in steps.permitted_steps(case, person)}
    drafting = _drafting(box, case, events, person)
    comments = await comments_of(box, case, person)
    names = await box.people.display_names()
    talk = await _talk(request, case, events, comments)
    return await page(
        request,
        "cases/case.html",
        status=status,
        case=case,
        history=[happened(event, names) for event in reversed(events)],
        may=may,
        typed=typed,
        done=_done(request.query.get("done", ""), case, talk["said"]) if typed is None else "",
        asked=requested_days(events),
        room=room_to_extend(case, events, rules=box.rules, calendar=box.calendar),
        following=await _following(box, case, person) if "done" in request.query else "",
        one_message=0 if comments.opening else LIMIT,
        **talk,
        next=_next(case, events, person, may, drafting, talk["said"]),
        discontent=reasons(case, events, talk["said"]),
        **standing(box, case, events),
        **drafting,
        **await _desk(request, case, events, comments, drafting=steps.DRAFT.name in may),
        **await _team(box, case, person),
        **await _routing(box, case, events, may),
    )


def _next(
    case: Case,
    events: Sequence[Event],
    person: Person,
    may: set[str],
    drafting: Mapping[str, Any],
    said: Sequence[Said],
) -> NextStep | None:
    return next_step(
        case,
        may,
        own_draft=drafting["own_draft"],
        asked_again=drafting["wanted"].step if drafting["wanted"] else "",
        wish=wish_of(case, events, person),
        added=added_since(events),
        given_up=gives_up(case, [each.text for each in said if not each.ours]),
    )


def _done(name: str, case: Case, said: Sequence[Said]) -> str:
    """What became of the form that led here; a first of two reviews sends nothing yet."""
    if name == "review" and case.state is State.REVIEWED:
        return HALF_REVIEWED
    if name in SENT:
        return f"{SENT[name]}{arrives(said)}"
    return DONE.get(name, "")


async def _following(box: Deps, case: Case, person: Person) -> str:
    """The number of what waits for this person next, once this case does not any more."""
    if person.role not in WORK:
        return ""
    waiting = await box.cases.cases(replace(work_of(person), limit=1), viewer=person)
    if case.state in WORK[person.role] and case.officer in {"", person.name}:
        return ""
    return waiting[0].number if waiting else ""


async def _talk(
    request: web.Request, case: Case, events: Sequence[Event], comments: Comments
) -> dict[str, Any]:
    """What was said, by which way, and what has not arrived."""
    box, person = deps(request), request[SESSION].person
    lines = await box.cases.conversation(case.number, viewer=person)
    citizen = await box.citizens.citizen(case.account, case.citizen)
    pushes = box.channels.may_push(case.account)
    said = conversation(case, lines, pushable=pushes and can_push(citizen, box.clock()))
    notes = await box.papers.notes(case.number, viewer=person)
    inside = (*(each.text for each in notes), *(e.details.get("reason", "") for e in events))
    theirs = (each.text for each in said if not each.ours)
    return {
        "said": said,
        "troubles": await troubles(box, case, person),
        "undo": await may_take_back(box, case, events, person),
        "comments": comments,
        "attachments": await attachments.of_case(box, case, person),
        "window": window_words(case, comments.opening, citizen, box.clock(), pushes=pushes),
        "notes": notes,
        **revealing(request, case.number, (*theirs, *inside)),
    }


async def _desk(
    request: web.Request,
    case: Case,
    events: Sequence[Event],
    comments: Comments,
    *,
    drafting: bool,
) -> dict[str, Any]:
    """What lies beside the case, and what is being written; a hint the address asks to insert."""
    box, person = deps(request), request[SESSION].person
    near = await beside(box, case, person, drafting=drafting)
    templates = await from_templates(box, case) if drafting else []
    begun = await box_of(box, case, person, purpose_of(events).value, events)
    asked = request.query.get("insert", "")
    suggested = [each.hint for each in comments.suggestions if each.hint]
    elsewhere = all_places(today(box.clock()))
    every = (*near.hints, *suggested, *templates, *elsewhere)
    hint = next((each for each in every if each.key == asked), None)
    return {
        "begun": with_hint(begun, hint) if hint else begun,
        "beside": near,
        "templates": templates,
        "elsewhere": elsewhere,
        "there": await box.papers.present(case.number, viewer=person, now=box.clock()),
    }


async def _team(box: Deps, case: Case, person: Person) -> dict[str, Any]:
    """Who else can work on the case, and what it can be merged with or sorted under."""
    people = await box.people.people()
    names = [each.name for each in await box.departments.departments()]
    sees = [each for each in people if each.role in SEES_CASES and steps.may_see(each, case)]
    merged = await box.cases.merged_into(case.number)
    day = today(box.clock())
    rota = await box.supervision.rota(since=day)
    return {
        "away": {each.name for each in people if rota.is_away(each.name, day)},
        "colleagues": _nearest(case, [each for each in sees if each.name != person.name]),
        "office": [
            each
            for each in people
            if each.role in steps.OFFICE and each.department == case.department
        ],
        "could_help": [name for name in names if name not in {case.department, *case.helpers}],
        "topics": await box.cases.topics(viewer=person),
        "merged": [
            (each, await newest_word(box, each, person))
            for each in merged
            if steps.may_see(person, each)
        ],
    }


def _nearest(case: Case, people: Sequence[Person]) -> list[Person]:
    """Whoever works on the case first, then its department, then who sees every case."""
    at = {case.department: 1} | dict.fromkeys(case.helpers, 2)
    return sorted(
        people,
        key=lambda each: (
            0 if each.name == case.officer else at.get(each.department, 3), each.called
        ),
    )  # fmt: skip


def _drafting(box: Deps, case: Case, events: Sequence[Event], person: Person) -> dict[str, Any]:
    """The draft as the citizen will see it, what it is for, and whether it is this person's."""
    purpose = purpose_of(events)
    as_reply = replace(case, reply=case.draft)
    question = purpose is Purpose.QUESTION
    letter = box.letters.question(case, case.draft) if question else box.letters.reply(as_reply)
    found = concerns(case.draft) if case.is_open else ()
    first, rest = push(letter, case.number) if case.draft else ("", "")
    return {
        "purpose": purpose.value,
        "nowhere": purpose is Purpose.OUT_OF_SCOPE and not names_a_place(case.draft),
        "own_draft": person.name in {case.drafted_by, case.reviewed_by},
        "draft_hash": text_hash(case.draft),
        "wanted": wanted(case, events),
        "letter": first,
        "rest": rest,
        "concerns": found,
        "confirming": concerns_hash(found),
        "second": steps.APPROVE.before == {case.state}
        and purpose is Purpose.REPLY
        and case.kind in box.rules.second_review,
    }


async def _routing(box: Deps, case: Case, events: Sequence[Event], may: set[str]) -> dict[str, Any]:
    """The departments to choose from, suggestions first; never the one that gave it back."""
    if steps.ROUTE.name not in may:
        return {
            "suggested": (), "departments": [], "confidence": 0, "confirmed": False, "returned": []
        }  # fmt: skip
    names = [each.name for each in await box.departments.departments()]
    routing: Routing = await box.suggest(case.text)
    refused = Counter(e.details["from"] for e in events if e.step == steps.RETURN.name)
    unfit = {*refused, case.department}
    suggested = [name for name in routing.ranking[:3] if name in names and name not in unfit]
    return {
        "suggested": suggested,
        "departments": [n for n in names if n not in suggested and n != case.department],
        "returned": refused.most_common(),
        "confidence": 0 if refused else min(round(routing.confidence * 100), 99),
        "confirmed": routing.sure and routing.department == case.department,
    }
