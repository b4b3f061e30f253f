"""What was said on a case and whether it arrived: delivered, read, waiting, or what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases import steps, withdrawing
from cases.case import Case, Event
from cases.people import Person
from cases.ports import Line
from console import words
from console.cases import attachments
from console.deps import Deps
from console.ways import channel_words
from handlers.citizen import Citizen
from handlers.comments.comment import Comment
from handlers.texts.general import as_read

WITHHELD = "（这条消息里还带去了另一封来信的答复，这里不显示）"
PUBLIC = "来信人的公开留言"
PUSHING = "正在推送"
ARRIVED = frozenset({"sent", "delivered"})


@dataclass(frozen=True, kw_only=True)
class Said:
    """One line of the conversation as the page shows it."""

    ours: bool
    by: str
    at: datetime
    text: str
    delivery: str


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A text that its citizen does not have yet: how it stands, why, and what a person can do."""

    key: str
    stands: str
    why: str
    failed: bool
    may_retry: bool


def conversation(case: Case, lines: Sequence[Line], *, pushable: bool) -> list[Said]:
    """Oldest first; a text that arrived before the citizen wrote again was read by them."""
    last = max((line.at for line in lines if line.speaker == "citizen"), default=case.received_at)
    said = [_said(line, pushable=pushable, wrote_last=last) for line in lines]
    if any(not each.ours for each in said):
        return said
    return [Said(ours=False, by="来信人", at=case.received_at, text=case.text, delivery=""), *said]


def arrives(said: Sequence[Said]) -> str:
    """How the newest of our texts gets to its citizen, as the end of a sentence."""
    newest = next((each.delivery for each in reversed(said) if each.delivery), "")
    if newest == PUSHING:
        return "，马上推送给市民；到没到，看对话里的标注。"
    if newest == words.DELIVERIES["waiting"]:
        return "。现在推送不到市民那里，下次来信时送达；急的话请打电话告诉市民。"
    return "。到没到市民那里，看对话里的标注。"


def _said(line: Line, *, pushable: bool, wrote_last: datetime) -> Said:
    ours = line.speaker != "citizen"
    passive = line.speaker == "desk" and line.state == "sent"  # an answer in the chat itself
    waiting = PUSHING if pushable else words.DELIVERIES["waiting"]
    delivery = waiting if line.state == "waiting" else words.DELIVERIES.get(line.state, "")
    if line.state in ARRIVED and line.at < wrote_last:
        delivery = f"{delivery}，市民看过后又来过信"
    return Said(
        ours=ours,
        by=PUBLIC if line.kind == "comment" and not ours else name_of(line.speaker),
        at=line.at,
        text=_text(line),
        delivery="" if passive or not ours else delivery,
    )


def _text(line: Line) -> str:
    told = as_read(line.text) if line.speaker == "desk" else line.text
    text = told or ("" if line.withheld else attachments.name_of(line.kind))
    return "\n\n".join(part for part in (WITHHELD if line.withheld else "", text) if part)


def name_of(actor: str) -> str:
    return {"citizen": "来信人", "desk": "自动"}.get(actor, actor)


def window_words(
    case: Case, comment: Comment | None, citizen: Citizen | None, now: datetime, *, pushes: bool
) -> str:
    """How the reply of an open case will reach the citizen."""
    if not case.is_open:
        return ""
    if comment is None:
        return push_words(citizen, now) if pushes else channel_words.CANNOT_PUSH
    return "公开回复在留言下" + ("，也会发给本人" if case.citizen else "")


def can_push(citizen: Citizen | None, now: datetime) -> bool:
    """Whether WeChat would take a message for this citizen now."""
    if citizen is None or not citizen.subscribed or citizen.push_until is None:
        return False
    return now < citizen.push_until and citizen.push_left > 0


def push_words(citizen: Citizen | None, now: datetime) -> str:
    """还可主动推送：至明天 16:20，剩 4 条 — or how the reply gets there otherwise."""
    if citizen is None or not citizen.subscribed:
        return "市民没有关注公众号，下次来信时送达"
    if not can_push(citizen, now):
        return channel_words.why_not_pushed(citizen.push_until, now)
    return f"还可主动推送：至{words.moment(citizen.push_until, now=now)}，剩 {citizen.push_left} 条"


async def may_take_back(box: Deps, case: Case, events: Sequence[Event], person: Person) -> str:
    """Until when this person can take the approved text back, in words; "" when they cannot."""
    released = withdrawing.released(events)
    if released is None or case.lead or case.rating is not None:
        return ""
    if not steps.permitted(steps.WITHDRAW, case, person):
        return ""
    now = box.clock()
    here = await box.cases.leaving(case.number, withdrawing.release_of(released), now=now)
    if here is None:
        return ""
    if now < here.leaves_at:
        return f"{words.clock(here.leaves_at)} 以后才发出，那以前可以撤回。"
    return "还没有送到市民手里，送达以前可以撤回。"


async def troubles(box: Deps, case: Case, person: Person) -> list[Trouble]:
    """The texts of a case that have not arrived, and what can be done about each."""
    found = await box.channels.store.undelivered_of_case(case.number, viewer=person)
    card = box.channels.accounts.get(case.account)
    pushes, now = card is not None and card.pushes, box.clock()
    return [
        Trouble(
            key=item.delivery.key,
            stands=channel_words.how_it_stands(item, pushes=pushes, now=now),
            why=channel_words.why(item),
            failed=item.state == "failed",
            may_retry=pushes and channel_words.may_retry(item),
        )
        for item in found
    ]


async def newest_word(box: Deps, case: Case, person: Person) -> str:
    """What a merged letter's citizen said last; the letter itself when they added nothing."""
    lines = await box.cases.conversation(case.number, viewer=person)
    said = (each.text for each in reversed(lines) if each.speaker == "citizen" and each.text)
    return next(said, case.text)
