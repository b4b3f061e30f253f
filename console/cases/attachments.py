"""Pictures, voice and video of a case: shown to those who see the case, never run by a browser.

They may hold anything about a person, so they are hidden like personal data in words: until
somebody asks to see them, and that is recorded (`console.cases.reveal`).
"""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from cases.case import Case
from cases.people import Person
from console.cases.reveal import is_revealed
from console.deps import SESSION, Deps, deps
from console.ways import channel_words
from handlers.attachment import EXTENSIONS, IMAGE, KINDS, Attachment

HEADERS: Final = {
    # Nothing in it may run, whatever it is; the page around it may still show it as a picture.
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
STATES: Final = {"wanted": "正在从微信取回", "fetching": "正在从微信取回"}


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One of them as the case page lists it; `path` is "" while there is nothing to open."""

    words: str
    path: str
    picture: bool
    size: str
    says: str
    attachment: Attachment


async def of_case(box: Deps, case: Case, person: Person) -> list[Piece]:
    """Everything the citizen sent to the case besides words, oldest first."""
    found = await box.channels.store.attachments(case.number, viewer=person)
    return [_piece(each, case.number) for each in found]


def _piece(attachment: Attachment, number: str) -> Piece:
    kept = attachment.state == "kept"
    path = f"/console/cases/{number}/attachments/{attachment.id}" if kept else ""
    return Piece(
        words=KINDS[attachment.kind].words,
        path=path,
        picture=kept and attachment.content_type.startswith(f"{IMAGE}/"),
        size=channel_words.size(attachment.size) if kept else "",
        says="" if kept else STATES.get(attachment.state, attachment.reason),
        attachment=attachment,
    )


def name_of(kind: str) -> str:
    """What stands in the conversation for a message without words: ［图片］."""
    return f"［{KINDS[kind].words}］" if kind in KINDS else ""


async def serve(request: web.Request) -> web.Response:
    """One of a case's, to be saved; its type is one of a short list that no browser runs."""
    given, number = request.match_info["attachment"], request.match_info["number"]
    if not given.isascii() or not given.isdecimal() or len(given) > 15:
        raise web.HTTPNotFound
    found = await deps(request).channels.store.attachment_content(
        int(given), number, viewer=request[SESSION].person
    )
    if found is None:
        raise web.HTTPNotFound
    if not is_revealed(request, number):
        raise web.HTTPSeeOther(f"/console/cases/{number}#attachments")
    attachment, content = found
    extension = EXTENSIONS.get(attachment.content_type)
    name = f"{number}-{attachment.id}.{extension or 'bin'}"
    return web.Response(
        body=content,
        content_type=attachment.content_type if extension else "application/octet-stream",
        headers={**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'},
    )
