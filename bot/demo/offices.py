"""Who holds which post in the sample county, who is on duty, and its offices; all invented."""

from datetime import datetime, timedelta

from bot.demo.county import offices
from bot.demo.people import FIRST, SECOND
from cases.supervision.alarm import Contact, Post
from cases.supervision.rota import Shift
from cases.work_calendar import today
from handlers.service_directory import ServiceState
from storage import Storage

NAMES = {
    FIRST: {Post.LIAISON: "周小满", Post.DEPUTY_HEAD: "吴立夏", Post.HEAD: "郑处暑"},
    SECOND: {Post.LIAISON: "王谷雨", Post.DEPUTY_HEAD: "冯白露", Post.HEAD: "陈清明"},
}
AUTHOR, REVIEWER = "curator", "curator2"
ON_DUTY = {FIRST: "officer", SECOND: "officer2"}
FOR = timedelta(days=30)


async def furnish(storage: Storage, now: datetime) -> None:
    """Two departments with their posts filled and a month's duty planned; safe to repeat."""
    day = today(now)
    planned = {shift.department for shift in (await storage.rota(since=day)).shifts}
    for department, posts in NAMES.items():
        for post, name in posts.items():
            contact = Contact(department=department, post=post, name=name)
            await storage.save_contact(contact, actor="administrator", now=now)
        if department not in planned:
            shift = Shift(
                department=department,
                first_day=day,
                last_day=day + FOR,
                main=ON_DUTY[department],
            )
            await storage.add_shift(shift, actor="administrator", now=now)


async def open_offices(storage: Storage, now: datetime) -> None:
    """The places people ask for, each published by a second person; safe to repeat."""
    known = {office.name: office for office in await storage.offices()}
    for office in offices():
        if office.name in known:
            continue
        number = await storage.add_office(office, author=AUTHOR, now=now)
        for step, actor in ((ServiceState.IN_REVIEW, AUTHOR), (ServiceState.PUBLISHED, REVIEWER)):
            kept = await storage.office(number)
            assert kept is not None
            await storage.move_office(kept, step, actor=actor, now=now)
