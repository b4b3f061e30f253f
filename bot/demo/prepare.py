"""The demo's first start: departments, entries, people, history."""

from collections.abc import Callable
from functools import partial

from bot.app import Service, running
from bot.clock import utc_now
from bot.config import Settings
from bot.demo.county import DEPARTMENTS, ENTRIES
from bot.demo.folder import DemoFolder
from bot.demo.history import MovingClock, live, rate
from bot.demo.offices import AUTHOR, REVIEWER, furnish, open_offices
from bot.demo.people import add_people
from bot.demo.publishing import publish
from bot.demo.vectors import lend
from cases.department_table import read_departments
from knowledge_base.exchange import plan_import, read_rows

Tell = Callable[[str, int, int], None]
PATIENCE = 30.0  # seconds for one encoding: nobody waits for the answers of the past


async def prepare(folder: DemoFolder, settings: Settings, tell: Tell) -> dict[str, str]:
    """Fills an empty demo folder, or leaves a filled one as it is; returns the passwords.

    `tell` hears (what, done, of). The passwords are written last: a first start that was
    interrupted is taken up again, and what it had done is not done twice.
    """
    passwords = folder.read_passwords()
    if passwords:
        return passwords
    clock = MovingClock(utc_now())
    patient = settings.answering.model_copy(update={"encoding_budget": PATIENCE})
    patiently = settings.model_copy(update={"answering": patient})
    async with running(patiently, clock=clock) as service:
        await _stock(service, tell)
        if not (await service.storage.verify(now=clock.now)).counts["messages"]:
            await live(service, clock, partial(tell, "living two weeks"))
            await rate(service, clock)
        passwords = await add_people(service.storage)
        await furnish(service.storage, clock.now)
        await open_offices(service.storage, clock.now)
        await publish(service.storage, clock.now)
    folder.keep_passwords(passwords)
    return passwords


async def _stock(service: Service, tell: Tell) -> None:
    """Departments and entries, by way of the same files and checks as a real import."""
    await service.storage.save_departments(read_departments(DEPARTMENTS).departments)
    await service.directory.load(await service.storage.departments())
    plan = plan_import(read_rows(ENTRIES).rows, await service.curator.imports.known(), publish=True)
    await service.curator.imports.keep(plan, author=AUTHOR, reviewer=REVIEWER)
    await lend(service.storage, service.encoder_name)
    await service.index.refresh(lambda done, of: tell(f"encoding {of} texts", done, of))
