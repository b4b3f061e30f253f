"""A citizen asks what is stored about them, or to have it deleted; a supervisor sees to it."""

from typing import Final

from aiohttp import web

from cases.case import CaseError, UnknownCase
from cases.masking import masked
from cases.privacy import Dossier
from console import words
from console.deps import SESSION, deps, record
from console.pages import page
from console.sheets import Cell, Sheet, download
from handlers.message import KIND_NAMES
from handlers.texts.general import as_read

FEWEST: Final = 4  # characters of a reason
MESSAGES: Final = (("时间", 17), ("类型", 10), ("留言", 60), ("回复", 60))
CASES: Final = (("编号", 18), ("收到", 17), ("状态", 12), ("来信", 60), ("答复", 60), ("评价", 8))
LETTERS: Final = (("时间", 17), ("发给您的内容", 80))


async def show(request: web.Request) -> web.Response:
    """What is stored about the citizen of a case, personal data hidden."""
    return await _privacy_page(request, number=request.query.get("case", "").strip()[:30])


async def export(request: web.Request) -> web.Response:
    """Everything in full, as a file for the citizen; that it was made is recorded."""
    number = str((await request.post()).get("case", ""))
    found = await _dossier(request, number)
    who = request[SESSION].person.name
    await record(deps(request), who, "citizen_shown", case=number)
    return await download(f"{number}-个人信息.xlsx", _sheets(found))


async def erase(request: web.Request) -> web.Response:
    """Deletes the citizen's words and name for good, once the number was typed again."""
    form, box = await request.post(), deps(request)
    number, reason = str(form.get("case", "")), masked(str(form.get("reason", "")).strip()[:200])
    found = await _dossier(request, number)
    fault = wrong = ""
    if len(reason) < FEWEST:
        fault = "请写明是谁、怎样申请的，例如：本人 11 月 18 日来电申请，已核对身份。"
        wrong = "reason"
    elif str(form.get("again", "")).strip() != number:
        fault = "两次的编号不一样，没有删除。请再输一次编号，确认没有选错人。"
        wrong = "again"
    if fault:
        return await _privacy_page(
            request, number=number, fault=fault, wrong=wrong, reason=reason, status=422
        )
    try:
        await box.privacy.erase_citizen(
            found.account,
            found.citizen,
            actor=request[SESSION].person.name,
            reason=reason,
            now=box.clock(),
            case=number,
        )
    except CaseError as error:
        return await _privacy_page(
            request, number=number, fault=error.tell, reason=reason, status=409
        )
    box.curating.learning.forget()  # it may still list the citizen's wordings
    raise web.HTTPSeeOther("/console/privacy?done=erased")


async def _dossier(request: web.Request, number: str) -> Dossier:
    """Raises `UnknownCase`."""
    box = deps(request)
    case = await box.cases.case(number, viewer=request[SESSION].person)
    return await box.privacy.dossier(case.account, case.citizen, case=number)


async def _privacy_page(
    request: web.Request,
    *,
    number: str,
    fault: str = "",
    wrong: str = "",
    reason: str = "",
    status: int = 200,
) -> web.Response:
    box, found = deps(request), None
    if number:
        try:
            found = await _dossier(request, number)
        except UnknownCase:
            fault, wrong, status = f"没有编号是 {number} 的来信，请核对。", "case", 404
    return await page(
        request,
        "people/privacy.html",
        status=status,
        number=number,
        found=found,
        fault=fault,
        wrong=wrong,
        reason=reason,
        retention=box.retention,
        kinds=KIND_NAMES,
        erased=request.query.get("done") == "erased",
    )


def _sheets(found: Dossier) -> list[Sheet]:
    messages: list[list[Cell]] = [
        [e.at, KIND_NAMES.get(e.kind, e.kind), e.text, as_read(e.reply)] for e in found.messages
    ]
    cases: list[list[Cell]] = [
        [e.number, e.received_at, words.STATES[e.state], e.text, e.reply, e.rating]
        for e in found.cases
    ]
    letters: list[list[Cell]] = [[e.at, e.reply] for e in found.letters]
    return [
        Sheet(title="留言", columns=MESSAGES, rows=messages),
        Sheet(title="来信", columns=CASES, rows=cases),
        Sheet(title="另外发出的内容", columns=LETTERS, rows=letters),
    ]
