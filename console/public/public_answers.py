"""Published questions and answers for anybody: searched on the server, without sign-in."""

from typing import Final

from aiohttp import web

from cases.publication import Standing
from cases.work_calendar import today
from console.deps import deps
from console.public.public import CACHED, public_page

PAGE_SIZE: Final = 20


async def show(request: web.Request) -> web.Response:
    """Answers by their newest, or those that hold the words somebody looks for."""
    box, query = deps(request), request.query
    text, department = query.get("q", "").strip()[:50], query.get("department", "")[:50]
    number = query.get("page", "")
    at = max(int(number), 1) if number.isascii() and number.isdecimal() and len(number) < 5 else 1
    amount = await box.answers.count_public_answers(
        Standing.PUBLISHED, viewer=None, text=text, department=department
    )
    found = await box.answers.public_answers(
        Standing.PUBLISHED,
        viewer=None,
        text=text,
        department=department,
        limit=PAGE_SIZE,
        offset=(at - 1) * PAGE_SIZE,
    )
    return public_page(
        request,
        "public/public_answers.html",
        CACHED,
        answers=found,
        amount=amount,
        text=text,
        department=department,
        day=today,
        number=at,
        pages=max(1, -(-amount // PAGE_SIZE)),
    )
