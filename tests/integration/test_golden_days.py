"""Golden questions on the day an entry begins or ends: what moves is seen by a curator."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.golden_days import GoldenDays
from bot.keepers import Keepers
from cases.people import Account, Person, Role
from cases.supervision.reminder import Reminder
from knowledge_base.calibration import load_model
from knowledge_base.curation import Curator
from knowledge_base.entry import Entry, Status
from knowledge_base.jobs import Job, JobState
from knowledge_base.outcome import Finding
from knowledge_base.search import KnowledgeBase
from storage import Storage
from tests.worlds.watch import Office, china

LAST = date(2026, 11, 19)
ENTRY = Entry(id="a", question="灵活就业人员社保补贴怎么申请", answer="到人社局窗口申请。")
OTHER = Entry(id="b", question="居住证怎么办理", answer="到派出所办理。")


class Desk:
    """A desk with one curator, its own index, and the round of a worker."""

    def __init__(self, office: Office) -> None:
        self.storage, self.watch = office.storage, office.watch
        self.kb = KnowledgeBase(None, None, load_model(), "", 1.0)
        self.curator = Curator(self.storage)
        self.fails = False

    async def search(self, text: str, day: date) -> Finding:
        if self.fails:
            raise RuntimeError("no index")
        return await self.kb.search(text, today=day)

    async def refresh(self) -> None:
        await self.kb.load(await self.storage.published_entries())

    async def publish(self, entry: Entry, *, today: date | None = None) -> None:
        draft = await self.curator.draft(entry, author="ann")
        await self.curator.submit(draft.id, version=draft.version, actor="ann")
        await self.curator.publish(draft.id, version=draft.version, reviewer="eve", today=today)

    async def look(self, now: datetime) -> None:
        keepers = Keepers(curator=self.curator, store=self.storage, watch=self.watch)
        await GoldenDays(
            storage=self.storage, keepers=keepers, search=self.search, refresh=self.refresh
        ).round(now)

    async def runs(self) -> list[Job]:
        return await self.storage.jobs(("golden",), limit=10)

    async def told(self) -> list[Reminder]:
        found = await self.storage.reminders_of("ann", limit=10)
        return [each for each in found if "必答题" in each.message.title]


@pytest.fixture
async def desk(storage: Storage) -> Desk:
    office = await Office(storage).staffed()
    person = Person(name="ann", role=Role.CURATOR)
    await storage.save_account(Account(person=person, password_hash="x"))
    made = Desk(office)
    for entry in (ENTRY, OTHER):
        await storage.add_golden(entry.question, entry.id, actor="ann", now=china(11, 1))
    return made


async def test_an_entry_that_is_over_is_withdrawn_and_its_golden_question_told(
    desk: Desk,
) -> None:
    await desk.publish(replace(ENTRY, valid_until=LAST))
    await desk.publish(OTHER)
    await desk.look(china(11, 19))
    assert (await desk.runs(), await desk.told()) == ([], [])
    await desk.look(china(11, 20, 0, 5))
    (run,), (reminder,) = await desk.runs(), await desk.told()
    assert (run.state, run.result["kept"], run.result["queries"]) == (JobState.DONE, 1, 2)
    (move,) = run.result["moved"]
    assert (move["text"], move["turn"]) == (ENTRY.question, "答错了")
    assert "已自动撤下" in run.result["turned"][0][2]
    assert reminder.message.link == f"/console/evaluations/{run.id}"
    assert ENTRY.question in reminder.message.text
    assert [e.id for e in await desk.storage.published_entries()] == ["b"]


async def test_it_is_asked_once_a_day_by_one_worker(desk: Desk) -> None:
    await desk.publish(replace(ENTRY, valid_until=LAST))
    for _ in range(3):
        await desk.look(china(11, 20, 0, 5))
    assert (len(await desk.runs()), len(await desk.told())) == (1, 1)


async def test_a_text_that_takes_anothers_place_on_its_day_is_asked_too(desk: Desk) -> None:
    await desk.publish(ENTRY)
    new = replace(
        ENTRY, question="高龄津贴每月多少", answer="换了。", valid_from=date(2026, 11, 20)
    )
    await desk.publish(new, today=LAST)
    await desk.look(china(11, 19))
    assert await desk.runs() == []
    await desk.look(china(11, 20, 0, 5))
    (run,) = await desk.runs()
    assert [move["text"] for move in run.result["moved"]] == [ENTRY.question]
    assert (await desk.storage.entry_versions("a"))[0].status is Status.PUBLISHED


async def test_what_began_while_the_service_was_off_is_put_down_to_its_days(desk: Desk) -> None:
    await desk.look(china(11, 19))
    await desk.publish(replace(OTHER, valid_from=date(2026, 11, 21)))
    await desk.look(china(11, 23))
    (run,) = await desk.runs()
    first = run.result["moved"][0]
    assert (first["text"], first["turn"]) == (OTHER.question, "答对了")


async def test_a_day_on_which_nothing_begins_or_ends_asks_nothing(desk: Desk) -> None:
    await desk.publish(OTHER)
    for day in (19, 20, 21):
        await desk.look(china(11, day))
    assert (await desk.runs(), await desk.told()) == ([], [])


async def test_whatever_stops_the_questions_what_is_over_is_withdrawn(desk: Desk) -> None:
    await desk.publish(replace(ENTRY, valid_until=LAST))
    desk.fails = True
    await desk.look(china(11, 20, 0, 5))
    (run,) = await desk.runs()
    assert run.state is JobState.FAILED
    assert await desk.storage.published_entries() == []
