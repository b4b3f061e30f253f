"""The departments and what each answers for."""

from aiohttp import web

from console.deps import deps
from console.pages import page


async def show(request: web.Request) -> web.Response:
    """All departments with their duties, for anybody on the desk."""
    found = await deps(request).departments.departments()
    return await page(request, "supervision/departments.html", departments=found)
