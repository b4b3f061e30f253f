"""A running desk with its people, and a real browser: the world of the acceptance walks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page

from cases.department import Department
from cases.people import Account, Person, Role
from knowledge_base.entry import Entry
from tests.browser.chromium import tidy
from tests.servers.databases import fresh_storage
from tests.servers.service_process import ServiceProcess, free_port
from tests.worlds.console import quick_passwords

PASSWORD = "correct horse battery"
LABOUR = "人力资源和社会保障局"
DEPARTMENTS = (
    Department(
        name=LABOUR,
        duties="拖欠工资、社保、工伤、失业、退休",
        keywords=("工资", "欠薪", "拖欠工资", "社保"),
        phone="0500-00000101",
    ),
    Department(
        name="综合行政执法局",
        duties="噪音、占道、违建、路灯",
        keywords=("噪音", "占道", "违建", "路灯"),
        phone="0500-00000114",
    ),
)


@dataclass
class Town:
    """The desk as a process, and whoever comes to it."""

    service: ServiceProcess
    browser: Browser

    async def at(self, path: str, *, width: int = 1280) -> Page:
        """A page in a fresh profile."""
        context = await self.browser.new_context(viewport={"width": width, "height": 844})
        page = await context.new_page()
        await page.goto(self.service.base + path)
        return page

    async def staff(self, name: str, *, width: int = 1280) -> Page:
        """Somebody of the desk, signed in."""
        context = await self.browser.new_context(viewport={"width": width, "height": 844})
        base = self.service.base
        answer = await context.request.post(
            f"{base}/console/sign-in",
            form={"username": name, "password": PASSWORD},
            max_redirects=0,
        )
        assert answer.status == 303, name
        page = await context.new_page()
        await page.goto(f"{base}/console/")
        return page


@asynccontextmanager
async def open_town(
    folder: Path, chromium: Browser, people: tuple[Person, ...], entries: tuple[Entry, ...]
) -> AsyncIterator[Town]:
    """A desk that runs, with WeChat's side beside it on the same port."""
    port = free_port()
    service = ServiceProcess(
        folder,
        port=port,
        api_base=f"http://127.0.0.1:{port}/simulator/platform",
        arguments=("--simulator",),
    )
    await furnish(service, people, entries)
    try:
        service.start(within=60)
        yield Town(service=service, browser=chromium)
        await tidy(chromium)
    finally:
        service.stop()


def person(name: str, role: Role) -> Person:
    """Somebody of the desk; officers and reviewers belong to the labour bureau."""
    own = LABOUR if role in {Role.OFFICER, Role.REVIEWER} else ""
    return Person(name=name, role=role, department=own)


async def furnish(
    service: ServiceProcess, people: tuple[Person, ...], entries: tuple[Entry, ...] = ()
) -> None:
    """Gives a desk that has not started yet its departments, people and entries.

    Straight into its database: a command for each would take two seconds of processor time.
    """
    storage = await fresh_storage(service.folder / "desk.db")
    passwords = quick_passwords()
    hashed = await passwords.hash(PASSWORD)
    passwords.close()
    await storage.save_departments(DEPARTMENTS)
    for each in people:
        await storage.save_account(Account(person=each, password_hash=hashed))
    if entries:
        await storage.save_versions(entries, actor="ann", reason="test")
    await storage.close()
