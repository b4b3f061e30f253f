"""A desk with something of everything in its rows, and what verify says of it."""

from dataclasses import replace

from cases.department import Department
from handlers.settlement import Outcome
from storage import Storage
from tests.values.storage import (
    DAY,
    NOW,
    POLICE,
    SCHOOLS,
    accept,
    entry,
    given,
    message,
    opening,
    replied,
    settlement,
)


async def busy_desk(storage: Storage) -> None:
    """One of everything that `verify` looks at, all in order."""
    await storage.save_departments([Department(name=SCHOOLS), Department(name=POLICE)])
    await storage.save_versions([entry()], actor="curator", reason="new")
    await storage.save_versions([entry(version=2)], actor="curator", reason="law changed")
    answered = await accept(storage, message(1))
    await storage.settle(
        answered.id, settlement(answered, outcome=Outcome.ANSWERED, given=given(1))
    )
    cased = await accept(storage, message(2))
    change = opening("HY-1", department=SCHOOLS)
    await storage.settle(cased.id, settlement(cased, outcome=Outcome.CASED, change=change))
    late = await accept(storage, message(3))
    await storage.freeze_reply(late.id, "已收到", now=NOW)
    await storage.settle(late.id, settlement(late))
    await replied(storage, opening("HY-2", department=SCHOOLS))
    counted = opening("HY-3", department=SCHOOLS)
    kept = replace(counted.event, details={"due": counted.case.due_date.isoformat()})
    await storage.write_change(replace(counted, event=kept))
    await storage.log("administrator", "backup", {"file": "a.db"}, NOW)


async def violations(storage: Storage, now=NOW + DAY) -> list[str]:
    return (await storage.verify(now=now)).violations
