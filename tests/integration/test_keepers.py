"""The keepers of entries hear of a last day 30 days before it, and when it is over."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.keepers import Keepers
from cases.people import Account, Person, Role
from cases.supervision.reminder import Reminder, ReminderKind, SendingState
from knowledge_base.curation import Curator
from knowledge_base.entry import Entry
from storage import Storage
from tests.worlds.watch import Office, china

MORNING = china(11, 20)
ENTRY = Entry(id="a", question="灵活就业人员社保补贴怎么申请", answer="到人社局窗口申请。")
LAST = date(2026, 12, 20)


@pytest.fixture
async def office(storage: Storage) -> Office:
    """A desk with two curators."""
    office = await Office(storage).staffed()
    for name in ("ann", "ben"):
        person = Person(name=name, role=Role.CURATOR)
        await storage.save_account(Account(person=person, password_hash="x"))
    return office


async def publish(office: Office, entry: Entry, author: str = "ann") -> Entry:
    curator = Curator(office.storage)
    draft = await curator.draft(entry, author=author)
    await curator.submit(draft.id, version=draft.version, actor=author)
    return await curator.publish(draft.id, version=draft.version, reviewer="eve")


async def look(office: Office, now: datetime) -> int:
    curator = Curator(office.storage)
    keepers = Keepers(curator=curator, store=office.storage, watch=office.watch)
    return await keepers.round(now)


async def told(office: Office, name: str) -> list[Reminder]:
    return await office.storage.reminders_of(name, limit=10)


async def test_the_author_is_warned_thirty_days_before_the_last_day_and_once(
    office: Office,
) -> None:
    await publish(office, replace(ENTRY, valid_until=LAST))
    assert await look(office, china(11, 19)) == 0
    assert [await look(office, MORNING), await look(office, MORNING)] == [1, 0]
    reminder = (await told(office, "ann"))[0]
    assert (reminder.message.kind, reminder.message.link) == (
        ReminderKind.ENTRY,
        "/console/entries/a",
    )
    assert "2026-12-20" in reminder.message.text
    assert ENTRY.question in reminder.message.text
    assert await told(office, "ben") == []


async def test_every_curator_is_warned_of_a_text_whose_author_keeps_none(office: Office) -> None:
    await publish(office, replace(ENTRY, valid_until=LAST), author="import")
    assert await look(office, MORNING) == 2
    assert [len(await told(office, name)) for name in ("ann", "ben")] == [1, 1]


async def test_many_entries_of_one_keeper_are_one_reminder(office: Office) -> None:
    for number in range(8):
        await publish(
            office, replace(ENTRY, id=f"e{number}", question=f"第{number}问", valid_until=LAST)
        )
    assert await look(office, MORNING) == 1
    message = (await told(office, "ann"))[0].message
    assert message.title == "8 条答复快到失效日期"
    assert "还有 3 条" in message.text
    assert message.link == "/console/checks"


async def test_an_entry_is_withdrawn_after_its_last_day_and_its_keeper_hears_of_it(
    office: Office,
) -> None:
    await publish(office, replace(ENTRY, valid_until=LAST))
    await look(office, china(12, 20))
    assert [each.id for each in await office.storage.published_entries()] == ["a"]
    assert await look(office, china(12, 21, 0, 5)) == 1
    assert await office.storage.published_entries() == []
    assert (await told(office, "ann"))[0].message.title == "1 条答复过了失效日期，已自动撤下"


async def test_a_new_last_day_is_warned_of_anew(office: Office) -> None:
    await publish(office, replace(ENTRY, valid_until=LAST))
    await look(office, MORNING)
    await publish(office, replace(ENTRY, valid_until=date(2027, 12, 20)))
    assert await look(office, MORNING) == 0
    assert await look(office, datetime(2027, 11, 25, 10, tzinfo=MORNING.tzinfo)) == 1


async def test_without_a_curator_the_administrator_is_told(storage: Storage) -> None:
    office = await Office(storage).staffed()
    await publish(office, replace(ENTRY, valid_until=LAST))
    await look(office, MORNING)
    assert len(await told(office, "administrator")) == 1


async def test_a_warning_goes_to_the_mailbox_in_working_hours(office: Office) -> None:
    await office.storage.save_mailbox("ann", "ann@example.com")
    await publish(office, replace(ENTRY, valid_until=LAST))
    night = china(11, 20, 23)
    await look(office, night)
    assert (await told(office, "ann"))[0].state is SendingState.WAITING
    until = china(11, 23, 9)
    assert await office.storage.take_reminders(now=night, claim_until=until, limit=9) == []
    taken = await office.storage.take_reminders(
        now=china(11, 23, 8, 30), claim_until=until, limit=9
    )
    assert [each.recipient.address for each in taken] == ["ann@example.com"]


async def test_what_was_approved_for_a_day_is_given_from_that_day_on(office: Office) -> None:
    await publish(office, ENTRY)
    curator, day = Curator(office.storage), date(2026, 12, 1)
    later = replace(ENTRY, answer="网上申请。", valid_from=day)
    await curator.draft(later, author="ann")
    await curator.submit("a", version=2, actor="ann")
    await curator.publish("a", version=2, reviewer="eve", today=date(2026, 11, 20))
    await curator.draft(replace(later, answer="还没想好。"), author="ben")
    await look(office, china(11, 30))
    assert [e.version for e in await office.storage.published_entries()] == [1]
    await look(office, china(12, 1))
    assert [e.version for e in await office.storage.published_entries()] == [2]
    steps = await office.storage.entry_history("a")
    assert ("system", "到了生效日期，自动换上") in [(each.actor, each.reason) for each in steps]
    assert (await office.storage.verify(now=china(12, 1))).violations == []


async def test_a_newer_approved_text_overtakes_one_that_waits_for_its_day(office: Office) -> None:
    await publish(office, ENTRY)
    curator, day = Curator(office.storage), date(2026, 12, 1)
    for version, begins in ((2, day), (3, None)):
        text = replace(ENTRY, answer=f"第{version}版。", valid_from=begins)
        await curator.draft(text, author="ann")
        await curator.submit("a", version=version, actor="ann")
        await curator.publish("a", version=version, reviewer="eve", today=date(2026, 11, 20))
    await look(office, china(12, 2))
    assert [e.version for e in await office.storage.published_entries()] == [3]
