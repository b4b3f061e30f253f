"""One step in several cases at once; each is taken or refused on its own."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl

from aiohttp import web

from cases.case import Case, CaseError, ChangedMeanwhile
from console.cases.case_list import Told, list_page
from console.deps import SESSION, deps

MOST: Final = 100
Take = Callable[[str, int, str], Awaitable[Case]]
NOTHING_TICKED: Final = "还没有勾选来信：请先在每行左边打勾，再点按钮。"
AS_SUGGESTED: Final = "suggested"
NOBODY_CHOSEN: Final = "请先选择要交给谁，再点按钮。"


async def give(request: web.Request) -> web.StreamResponse:
    """The dispatcher gives the ticked cases to a department, an office to a colleague.

    Of a ticked case comes "number:version", and after it what was suggested for it, if anything:
    the dispatcher may send each to where its own row said.
    """
    form = await request.post()
    back = dict(parse_qsl(str(form.get("back", ""))[:2000]))
    picked = [str(each) for each in form.getall("pick", [])][:MOST]
    take = await _step(request, {name: str(given) for name, given in form.items()})
    if not picked or take is None:
        words = NOBODY_CHOSEN if picked else NOTHING_TICKED
        return await list_page(request, back, Told(refused=(("", words),)), status=422)
    as_suggested = form.get("as", "") == AS_SUGGESTED
    known = [each for each in picked if each.count(":") > 1] if as_suggested else picked
    left = len(picked) - len(known)
    names = await deps(request).people.display_names()
    done, refused = await _each(known, take, actor=request[SESSION].person.name, names=names)
    said = f"已办好 {done} 件。" if done else ""
    said += f"{left} 件没有推荐的部门，还留在这里，请逐件打开来定。" if left else ""
    told = Told(done=said, refused=tuple(refused))
    return await list_page(request, back, told, status=409 if refused else 200)


async def _step(request: web.Request, form: Mapping[str, str]) -> Take | None:
    """The step that was chosen; None when nobody was."""
    box, actor = deps(request), request[SESSION].person
    now = box.clock()
    department, name = form.get("department", ""), form.get("officer", "")
    each_its_own = form.get("as", "") == AS_SUGGESTED

    def route(number: str, version: int, suggested: str) -> Awaitable[Case]:
        to = suggested if each_its_own else department
        return box.desk.route(number, to, version=version, actor=actor, now=now)

    if department or each_its_own:
        return route
    account = await box.people.account(name) if name else None
    if account is None:
        return None
    return lambda number, version, _: box.desk.assign(
        number, account.person, version=version, actor=actor, now=now
    )


async def _each(
    picked: Sequence[str], take: Take, *, actor: str, names: Mapping[str, str]
) -> tuple[int, list[tuple[str, str]]]:
    """How many were done, and (number, why not) of the others."""
    done, refused = 0, []
    for each in picked:
        number, version, suggested = (*each.split(":", 2), "", "")[:3]
        seen = int(version) if version.isdecimal() and len(version) < 10 else 0
        try:
            await take(number, seen, suggested)
            done += 1
        except CaseError as error:
            refused.append((number[:30], _why(error, actor, names)))
    return done, refused


def _why(error: CaseError, actor: str, names: Mapping[str, str]) -> str:
    """In a list several are done at once, so one's own other window is told in a few words."""
    if not isinstance(error, ChangedMeanwhile):
        return error.tell
    return error.told_of("您自己" if error.by == actor else names.get(error.by, error.by))
