"""What a change does to the golden questions, shown before anybody confirms it."""

import hmac
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from cases.work_calendar import today
from console.deps import Deps, deps
from console.pages import page
from console.signing import mark
from knowledge_base.entry import Entry
from knowledge_base.golden import Move, Turn, moves
from knowledge_base.kinds import KindsLine
from knowledge_base.own_places import PlaceName
from knowledge_base.rehearsal import ask_all
from knowledge_base.synonyms import SynonymLine
from knowledge_base.versions import Merge

REASON: Final = 200
"""Characters."""
TURNS: Final = {
    Turn.BROKEN: ("late", "会答错"),
    Turn.STILL_WRONG: ("soon", "现在就不对"),
    Turn.MENDED: ("ok", "会答对"),
    Turn.MOVED: ("", "有变化"),
}


@dataclass(frozen=True, kw_only=True)
class WhatMoves:
    """The golden questions a change moves, or that fail anyway; `tried` were asked."""

    moves: tuple[Move, ...] = ()
    tried: int = 0

    @property
    def asks(self) -> bool:
        """Whether somebody has to confirm: what was wrong before and stays as it is does not."""
        return any(move.is_moved or move.turn is Turn.BROKEN for move in self.moves)

    @property
    def broken(self) -> int:
        return sum(move.turn is Turn.BROKEN for move in self.moves)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change that waits for a confirmation, in the words of its page.

    `deed` is the step in Chinese ("撤下"); `fields` are posted to `action` again, and `entries`
    named where they are not published yet. What is to be `explained` asks why, if it breaks any.
    """

    deed: str
    about: str
    advice: str
    action: str
    back: str
    fields: Sequence[tuple[str, str]]
    entries: Sequence[Entry] = ()
    explained: bool = False

    @property
    def text(self) -> str:
        """Exactly this change: what was shown is what is confirmed."""
        return repr((self.action, *self.fields))


@dataclass(frozen=True)
class Confirmed:
    """Somebody was shown what a change does; the `remark` goes into the record beside it."""

    remark: str = ""


def seal_of(box: Deps, change: str, broken: int) -> str:
    """Stands in the form below what a change does, so that no form without it is believed."""
    return mark(box.secret, "moves", f"{bool(broken)}:{change}")


def confirmed(
    box: Deps, change: str, form: Mapping[str, object], *, explained: bool = False
) -> Confirmed | None:
    """None where it was not shown, or where one that breaks golden questions is to be `explained`
    and no reason is given.
    """
    given = str(form.get("checked", "")).encode("utf-8", "replace")
    if hmac.compare_digest(given, seal_of(box, change, 0).encode()):
        return Confirmed()
    if not hmac.compare_digest(given, seal_of(box, change, 1).encode()):
        return None
    reason = str(form.get("reason", "")).strip()[:REASON] if explained else ""
    if explained and not reason:
        return None
    return Confirmed(f"必答题会答错，仍然发布：{reason}" if reason else "")


async def shown_first(
    request: web.Request,
    change: Change,
    find: Callable[[], Awaitable[WhatMoves]],
) -> web.Response | Confirmed:
    """The page with what moves, or that nothing stands in the way of the change."""
    if done := confirmed(
        deps(request), change.text, await request.post(), explained=change.explained
    ):
        return done
    found = await find()
    return await confirm_page(request, change, found) if found.asks else Confirmed()


async def what_moves(
    box: Deps,
    *,
    changed: Sequence[Entry] = (),
    gone: Collection[str] = (),
    merges: Sequence[Merge] = (),
    synonyms: Sequence[SynonymLine] | None = None,
    kinds: Sequence[KindsLine] | None = None,
    places: Sequence[PlaceName] | None = None,
) -> WhatMoves:
    """Asks every golden question now and with the change; nothing is changed.

    What is merged into `changed` goes with it, and its golden questions want what stays.
    """
    questions = await box.curating.golden.golden_questions()
    if not questions:
        return WhatMoves()
    ids = {(entry.id, entry.version) for entry in changed}
    known = [*merges, *await box.entries.open_merges()]
    into = {m.gone: m.kept for m in known if (m.kept, m.version) in ids}
    asked = [each.text for each in questions]
    after = await box.curating.rehearsal.ask(
        asked,
        changed,
        today=today(box.clock()),
        gone={*gone, *into},
        synonyms=synonyms,
        kinds=kinds,
        places=places,
    )
    before = await ask_all(asked, box.search)
    return WhatMoves(moves=moves(questions, before, after, into), tried=len(questions))


async def taken_by(changed: Sequence[Entry], box: Deps) -> Mapping[str, str]:
    """The questions that are merged away with each of these versions, by the id that stays."""
    ids = {(entry.id, entry.version) for entry in changed}
    found = [m for m in await box.entries.open_merges() if (m.kept, m.version) in ids]
    titles = await titles_of(box) if found else {}
    return {merge.kept: titles.get(merge.gone, merge.gone) for merge in found}


async def titles_of(box: Deps, more: Sequence[Entry] = ()) -> Mapping[str, str]:
    """The questions of the published entries, and of `more`, by id."""
    return {e.id: e.question for e in [*await box.entries.published_entries(), *more]}


async def confirm_page(request: web.Request, change: Change, found: WhatMoves) -> web.Response:
    """What moves, and the form that makes the change all the same."""
    return await page(
        request,
        "knowledge/change_check.html",
        change=change,
        checked=seal_of(deps(request), change.text, found.broken),
        moves=found.moves,
        broken=found.broken,
        turns=TURNS,
        titles=await titles_of(deps(request), change.entries),
    )
