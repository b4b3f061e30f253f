"""Every form of a case sent twice at the same moment takes one step and says what became of it."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import pytest

from cases.case import Case
from cases.desk import Purpose
from cases.people import Person
from cases.wording import text_hash
from console.cases.routes import CASE
from console.routes import ROUTES
from tests.values.console import PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, read, sign_in

REPLY = "您好！请带户口簿到片区小学报名。"
OFFICER, REVIEWER = PEOPLE["officer"], PEOPLE["reviewer"]
Step = Callable[..., Awaitable[Case]]
REPEATABLE = frozenset({"reveal", "keep", "notes", "publish"})
"""They take no step of the case: showing, keeping, a note (one), a proposal (one)."""
WHY = {"reason": "写明理由"}


@dataclass(frozen=True)
class Form:
    """Who sends it in a case of which kind, with which fields."""

    stands: str
    who: str = "officer"
    fields: Mapping[str, str] = field(default_factory=dict)


FORMS: Mapping[str, Form] = {
    "reveal": Form("routed"),
    "keep": Form("accepted", fields={"text": "写到一半"}),
    "notes": Form("accepted", fields={"text": "先问学区办"}),
    "publish": Form("replied", fields={"question": "转学要带什么", "answer": REPLY}),
    "accept": Form("routed"),
    "route": Form("received", "dispatcher", {"department": SCHOOLS}),
    "return": Form("routed", fields=WHY),
    "draft": Form("accepted", fields={"text": REPLY}),
    "review": Form("drafted", "reviewer"),
    "withdraw": Form("replied", "reviewer"),
    "send-back": Form("drafted", "reviewer", WHY),
    "resume": Form("waiting", fields=WHY),
    "extend": Form("extension", "supervisor", {"days": "2"} | WHY),
    "assign": Form("accepted", fields={"officer": "reviewer"}),
    "sort": Form("accepted", fields={"topic": "转学"}),
    "ask-for-help": Form("accepted", fields={"department": POLICE} | WHY),
    "end-help": Form("helped", fields={"department": POLICE}),
    "merge": Form("second", fields={"lead": "HY20261118-0001"}),
    "split": Form("merged"),
    "ask-extension": Form("accepted", fields={"days": "2"} | WHY),
    "decline-extension": Form("extension", "supervisor", WHY),
    "hear-rating": Form("rated", "supervisor", WHY),
    "reopen": Form("replied", "supervisor", WHY),
    "close": Form("replied"),
}


def every_form() -> list[str]:
    """What the route table posts to a case."""
    posted = [each.path for each in ROUTES if each.method == "POST"]
    return [path.removeprefix(f"{CASE}/") for path in posted if path.startswith(f"{CASE}/")]


async def stand(world: World, stands: str) -> Case:
    """A case that stands so."""
    desk, now = world.desk, world.clock.now

    async def do(
        take: Step, case: Case, *given: object, by: Person = OFFICER, **more: object
    ) -> Case:
        return await take(case.number, *given, version=case.version, actor=by, now=now, **more)

    case = await world.opened("转学", department="" if stands == "received" else SCHOOLS)
    if stands in {"received", "routed"}:
        return case
    case = await do(desk.accept, case)
    if stands in {"second", "merged"}:
        other = await world.opened("转学呢", department=SCHOOLS, citizen="o-citizen-2")
        return other if stands == "second" else await do(desk.merge, other, case.number)
    if stands == "helped":
        return await do(desk.ask_for_help, case, POLICE, "查户口")
    if stands == "extension":
        return await do(desk.ask_extension, case, 2, "待核实")
    if stands == "accepted":
        return case
    purpose = Purpose.QUESTION if stands == "waiting" else Purpose.REPLY
    case = await do(desk.draft, case, REPLY, purpose=purpose)
    if stands == "drafted":
        return case
    case = await do(desk.review, case, draft_hash=text_hash(REPLY), by=REVIEWER)
    if stands == "rated":
        case = await world.storage.write_change(desk.prepare_rating(case, rating=1, now=now))
    return case


def test_every_form_of_a_case_is_tried() -> None:
    assert set(every_form()) == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
async def test_a_form_sent_twice_at_once_takes_one_step(
    desk: World, client: Browser, name: str
) -> None:
    form = FORMS[name]
    case = await stand(desk, form.stands)
    await sign_in(client, form.who)
    where = f"/console/cases/{case.number}"
    page = await read(client, where if name != "publish" else f"{where}/publish")
    posted = {"csrf": field_of(page, "csrf"), "version": str(case.version)} | form.fields
    if 'name="draft_hash"' in page:
        posted["draft_hash"] = field_of(page, "draft_hash")

    async def send() -> tuple[int, str]:
        address = f"{where}/{name}"
        async with client.post(address, data=posted, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    first, second = sorted(await asyncio.gather(send(), send()))
    steps = (await desk.storage.events(case.number))[case.version :]
    assert first[0] in {200, 303}
    assert len(steps) == (0 if name in REPEATABLE else 1)
    assert len(await desk.storage.notes(case.number, viewer=PEOPLE["supervisor"])) <= 1
    if name not in REPEATABLE | {"return"}:  # what was given back is not theirs to see any more
        told = re.sub(r"<[^>]+>", "", second[1])
        assert second[0] == 409
        assert "您自己在 11月18日 09:30 已经办过一步，那一步算数" in told
