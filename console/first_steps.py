"""The card that shows a new officer how a letter is answered, until they have answered one."""

from datetime import timedelta
from typing import Final

from aiohttp import web

from cases.people import Person, Role
from console.deps import SESSION, Deps, deps
from console.signing import mark

COOKIE: Final = "huiying_first_steps"
KEPT: Final = timedelta(days=365)


async def are_shown(request: web.Request) -> bool:
    """Whether the first page shows the card: to officers who never submitted a text.

    Put away once, it stays away for that person in this browser.
    """
    box, person = deps(request), request[SESSION].person
    if person.role is not Role.OFFICER:
        return False
    put_away = request.cookies.get(COOKIE) == _whose(box, person)
    return not put_away and not await box.papers.has_drafted(viewer=person)


async def put_away(request: web.Request) -> web.Response:
    """Hides the card; nothing else changes."""
    box, person = deps(request), request[SESSION].person
    response = web.Response(status=303, headers={"Location": "/console/"})
    response.set_cookie(
        COOKIE,
        _whose(box, person),
        max_age=int(KEPT.total_seconds()),
        path="/console/",
        httponly=True,
        samesite="Strict",
        secure=box.secure_cookies,
    )
    return response


def _whose(box: Deps, person: Person) -> str:
    return mark(box.secret, "first-steps", person.name)
