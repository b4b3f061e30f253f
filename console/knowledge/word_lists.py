"""词表: lists of the desk's own words over those of the release, a page for each."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from aiohttp import web

from console import background
from console.deps import SESSION, deps
from console.guard import Handler
from console.knowledge import golden
from console.knowledge.what_moves import Change, Confirmed, shown_first, what_moves
from console.pages import page

DROPPED: Final = "已去掉。"


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A change of a list that waits to be kept.

    `tried` has the whole list as it would be, by its name in `what_moves`; `fields` are posted
    again where somebody has to confirm, `keep` writes it down.
    """

    about: str
    fields: Sequence[tuple[str, str]]
    tried: Mapping[str, Any]
    keep: Callable[[], Awaitable[None]]
    deed: str = "修改"
    done: str = "saved"


@dataclass(frozen=True, kw_only=True)
class WordList:
    """What one list's page is made of.

    `shown` gives the values of its template, with what was filled in where a fault is told;
    `saved` what a posted form would change, or what is wrong with it; `dropped` what taking a line
    out would change, None where it is gone already.
    """

    name: str
    path: str
    template: str
    advice: str
    done: Mapping[str, str]
    shown: Callable[[web.Request, str], Awaitable[Mapping[str, Any]]]
    saved: Callable[[web.Request], Awaitable[Edit | str]]
    dropped: Callable[[web.Request], Awaitable[Edit | None]]

    @property
    def handlers(self) -> tuple[Handler, Handler, Handler]:
        """To show the page, to save a line and to drop one."""
        return partial(_show, self), partial(_save, self), partial(_drop, self)


async def _show(
    words: WordList, request: web.Request, fault: str = "", status: int = 200
) -> web.Response:
    return await page(
        request,
        words.template,
        status=status,
        fault=fault,
        path=words.path,
        done=words.done.get(request.query.get("done", ""), ""),
        **await words.shown(request, fault),
    )


async def _save(words: WordList, request: web.Request) -> web.StreamResponse:
    edit = await words.saved(request)
    if isinstance(edit, str):
        return await _show(words, request, edit, 422)
    return await _made(words, request, edit)


async def _drop(words: WordList, request: web.Request) -> web.StreamResponse:
    edit = await words.dropped(request)
    if edit is None:
        raise web.HTTPSeeOther(words.path)
    return await _made(words, request, edit)


async def _made(words: WordList, request: web.Request, edit: Edit) -> web.StreamResponse:
    """Keeps it; first shows what it would move. Then asks the golden questions with it."""
    box = deps(request)
    change = Change(
        deed=edit.deed,
        about=edit.about,
        advice=words.advice,
        action=request.path,
        back=words.path,
        fields=edit.fields,
    )
    shown = await shown_first(request, change, partial(what_moves, box, **edit.tried))
    if not isinstance(shown, Confirmed):
        return shown
    await edit.keep()
    await background.refresh_now(box)
    if await box.curating.golden.golden_questions():
        await golden.start_run(request, f"修改{words.name}之后")
    raise web.HTTPSeeOther(f"{words.path}?done={edit.done}")


def who(request: web.Request) -> str:
    """Who makes the change."""
    return request[SESSION].person.name
