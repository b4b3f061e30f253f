"""Personal data on a case's page: hidden until somebody asks to see it, and that is recorded."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from aiohttp import web

from cases.masking import Personal, found_in
from console.deps import SESSION, deps, record
from console.people.totp import seal_fits, sealed

PURPOSE: Final = "reveal"
SHOWN_FOR: Final = timedelta(minutes=10)
KINDS: Final = {
    Personal.PHONE: "电话",
    Personal.IDENTITY: "身份证号",
    Personal.BANK_CARD: "银行卡号",
    Personal.OPENID: "微信标识",
    Personal.ADDRESS: "门牌号",
    Personal.PLATE: "车牌号",
    Personal.EMAIL: "邮箱",
    Personal.NAME: "姓名",
    Personal.NUMBER: "账号或证件号",
}


async def reveal(request: web.Request) -> web.Response:
    """Writes down who looks, then shows the case in full to this session for ten minutes."""
    box, session = deps(request), request[SESSION]
    case = await box.cases.case(request.match_info["number"], viewer=session.person)
    await record(box, session.person.name, "reveal", case=case.number)
    until = box.clock() + SHOWN_FOR
    seal = sealed(PURPOSE, (case.number, session.token_hash), box.secret, until=until)
    raise web.HTTPSeeOther(f"/console/cases/{case.number}?full={seal}#talk")


def revealing(request: web.Request, number: str, texts: Iterable[str]) -> dict[str, Any]:
    """For the page: whether the case is shown in full (and the proof), what kinds are hidden."""
    kinds = {found.kind for text in texts for found in found_in(text)}
    shown = is_revealed(request, number)
    return {
        "revealed": shown,
        "hidden": [words for kind, words in KINDS.items() if kind in kinds],
        "proof": request.query["full"] if shown else "",
    }


def is_revealed(request: web.Request, number: str) -> bool:
    """Whether this session asked, within the last ten minutes, to see the case in full."""
    box, seal = deps(request), request.query.get("full", "")
    parts = (number, request[SESSION].token_hash)
    return seal_fits(seal, PURPOSE, parts, box.secret, now=box.clock())
