"""Whoever has to act because of somebody else's step is told, once, and nobody else."""

import asyncio

import pytest

from cases.case import Case, Kind
from cases.desk import Purpose
from cases.papers import Note
from cases.people import Account, Person, Role
from cases.supervision.audience import Robot
from cases.wording import text_hash
from storage import Storage, open_storage
from tests.worlds.watch import PEOPLE, POLICE, SCHOOLS, Office, china

OFFICER, COLLEAGUE, REVIEWER = PEOPLE["officer"], PEOPLE["colleague"], PEOPLE["reviewer"]
BOSS, DISPATCHER, OTHER = PEOPLE["supervisor"], PEOPLE["dispatcher"], PEOPLE["officer2"]


@pytest.fixture
async def office(storage: Storage) -> Office:
    robots = (Robot(name="police", department=POLICE),)
    return await Office(storage, robots=robots).staffed()


async def told(office: Office, name: str) -> list[str]:
    """What a person still has to read, after a look of the watch; read from now on."""
    await office.look()
    unread = [each for each in await office.told(name) if each.read_at is None]
    await office.storage.read_reminders(name, now=office.now)
    return [each.message.title for each in unread if each.message.kind != "digest"]


async def drafted(office: Office) -> Case:
    case = await office.accepted()
    return await office.desk.draft(
        case.number, "请到学校报名。", version=case.version, actor=OFFICER, now=office.now
    )


async def test_a_letter_handed_to_a_colleague_is_told_to_them_alone(office: Office):
    case = await office.accepted()
    assert await told(office, "colleague") == []
    await office.desk.assign(
        case.number, COLLEAGUE, version=case.version, actor=OFFICER, now=office.wait(minutes=1)
    )
    title = f"officer把来信 {case.number} 交给您办，余 5 个工作日"
    assert await told(office, "colleague") == [title]
    assert [await told(office, name) for name in ("officer", "reviewer")] == [[], []]
    office.wait(hours=1)
    assert await told(office, "colleague") == []


async def test_many_letters_handed_over_at_once_are_one_message(office: Office):
    cases = [await office.accepted() for _ in range(5)]
    for case in cases:
        await office.desk.assign(
            case.number, COLLEAGUE, version=case.version, actor=OFFICER, now=office.now
        )
    assert await told(office, "colleague") == ["officer把 5 件来信交给您办"]
    (only,) = await office.told("colleague", "turn")
    assert only.message.link == "/console/cases?tab=own"
    assert all(each.number in only.message.text for each in cases)


async def test_a_new_letter_is_told_to_the_department_or_the_dispatcher(office: Office):
    case, unrouted = await office.opened(), await office.opened(department="")
    assert await told(office, "officer") == [f"收到来信 {case.number}，余 5 个工作日"]
    assert await told(office, "dispatcher") == [f"收到来信 {unrouted.number}，余 5 个工作日"]
    (arrival,) = await office.told("officer", "turn")
    assert arrival.message.text == "9月14日截止。不归本部门办的，请最晚9月8日退回。"
    assert [await told(office, name) for name in ("reviewer", "officer2", "supervisor")] == [[]] * 3


async def test_a_text_is_told_to_who_may_approve_it_and_its_return_to_its_author(office: Office):
    case = await drafted(office)
    assert await told(office, "reviewer") == [f"来信 {case.number} 的答复等您审核，余 5 个工作日"]
    await office.desk.send_back(
        case.number, "写清地点", version=case.version, actor=REVIEWER, now=office.wait(minutes=1)
    )
    assert await told(office, "officer") == [
        f"reviewer请您修改来信 {case.number} 的答复，余 5 个工作日"
    ]


async def test_a_reviewers_own_text_is_told_to_the_supervisor(office: Office):
    case = await office.accepted()
    await office.desk.draft(
        case.number, "请到学校报名。", version=case.version, actor=REVIEWER, now=office.now
    )
    assert await told(office, "supervisor") == [f"来信 {case.number} 的答复等您审核，余 5 个工作日"]


async def test_a_second_review_that_the_only_reviewer_cannot_give_is_the_supervisors(
    storage: Storage,
):
    office = await Office(storage, second_review=(Kind.QUESTION,)).staffed()
    case = await drafted(office)
    assert await told(office, "supervisor") == []
    await office.desk.review(
        case.number, version=case.version, draft_hash=text_hash(case.draft), actor=REVIEWER,
        now=office.wait(minutes=1),
    )  # fmt: skip
    assert await told(office, "supervisor") == [f"来信 {case.number} 的答复等您复审，余 5 个工作日"]


async def test_a_citizens_answer_is_told_to_the_officer(office: Office):
    case = await drafted(office)
    case = await office.desk.draft(
        case.number,
        "哪所学校？",
        version=case.version,
        actor=OFFICER,
        now=office.now,
        purpose=Purpose.QUESTION,
    )
    case = await office.desk.review(
        case.number, version=case.version, draft_hash=text_hash(case.draft), actor=REVIEWER,
        now=office.now,
    )  # fmt: skip
    assert await told(office, "officer") == []
    office.wait(hours=2)
    added = office.desk.prepare_addition(case, text="实验小学", now=office.now)
    await office.storage.write_change(added)
    assert await told(office, "officer") == [f"来信人补充了来信 {case.number}，余 5 个工作日"]


async def test_what_is_asked_of_the_supervisor_and_granted_is_told_to_either(office: Office):
    case = await office.accepted()
    await office.look()
    case = await office.desk.ask_extension(
        case.number, 2, "等检测", version=case.version, actor=OFFICER, now=office.now
    )
    assert await told(office, "supervisor") == [
        f"{SCHOOLS}申请延长来信 {case.number} 的期限，余 5 个工作日"
    ]
    await office.desk.extend(
        case.number, 2, "等检测", version=case.version, actor=BOSS, now=office.wait(minutes=1)
    )
    assert await told(office, "officer") == [f"来信 {case.number} 已批准延期，余 7 个工作日"]


async def test_a_bad_rating_and_a_second_round_are_told(office: Office):
    case = await office.answered(await office.accepted())
    bad = office.desk.prepare_rating(case, rating=1, now=office.wait(hours=1))
    case = await office.storage.write_change(bad)
    assert await told(office, "supervisor") == [f"来信 {case.number} 的答复评价低，请看看"]
    await office.desk.reopen(
        case.number, "再去看看", version=case.version, actor=BOSS, now=office.wait(minutes=1)
    )
    assert await told(office, "officer") == [f"来信 {case.number} 要重新办理，余 5 个工作日"]


async def test_a_department_that_is_asked_to_help_is_told_and_its_word_to_the_officer(
    office: Office,
):
    case = await office.accepted()
    await office.desk.ask_for_help(
        case.number, POLICE, "请看停靠点", version=case.version, actor=OFFICER, now=office.now
    )
    assert await told(office, "officer2") == [
        f"{SCHOOLS}请本部门协办来信 {case.number}，余 5 个工作日"
    ]
    note = Note(case=case.number, at=office.now, author="officer2", text="可以停")
    await office.storage.add_note(note, viewer=OTHER)
    assert await told(office, "officer") == [f"协办的{POLICE}在来信 {case.number} 写了备注"]


async def test_what_has_been_done_is_nobodys_to_read(office: Office):
    case = await office.opened()
    await office.look()
    await office.desk.accept(case.number, version=1, actor=COLLEAGUE, now=office.wait(minutes=1))
    await office.look()
    (found,) = await office.told("officer", "turn")
    assert found.read_at is not None


async def test_a_step_is_told_once_by_two_workers_and_after_a_restart(
    storage: Storage, database_url: str
):
    first = await Office(storage).staffed()
    case = await first.accepted()
    await first.desk.assign(
        case.number, COLLEAGUE, version=case.version, actor=OFFICER, now=first.now
    )
    other = storage
    if database_url.startswith("postgresql"):
        other = await open_storage(database_url)
    await asyncio.gather(*(each.look(first.now) for each in (first, Office(other)) * 3))
    if other is not storage:
        await other.close()
    again = await open_storage(database_url)
    await Office(again).look(first.wait(days=1))
    assert len(await first.told("colleague", "turn")) == 1
    await again.close()


async def test_a_letter_that_is_done_again_is_told_to_who_answered_it(office: Office):
    case = await office.answered(await office.accepted())
    again = office.desk.prepare_reopening(case, now=office.wait(days=2), text="还没解决")
    again_case = await office.storage.write_change(again)
    assert (again_case.state.value, again_case.officer) == ("routed", "officer")
    title = f"来信 {case.number} 要重新办理，余 5 个工作日"
    assert title in await told(office, "officer")
    assert title not in await told(office, "colleague")
    await office.desk.accept(
        case.number, version=again_case.version, actor=COLLEAGUE, now=office.now
    )


class TestMovedAfterItsWarning:
    async def test_the_new_holder_is_warned_at_once_and_once(self, office: Office):
        case = await office.accepted()
        await office.look(china(9, 10))
        await office.desk.route(
            case.number, POLICE, version=case.version, actor=DISPATCHER, now=office.wait(hours=1)
        )
        await office.look()
        assert await office.titles("officer2") == [f"来信 {case.number} 余 2 个工作日"]
        for _ in range(3):
            office.wait(hours=1)
            await office.look()
        assert len(await office.told("officer2", "due")) == 1
        (old,) = await office.told("officer", "due")
        assert old.read_at is not None  # it is not theirs any more

    async def test_in_the_evening_its_mail_waits_for_the_morning(self, office: Office):
        await office.storage.save_mailbox("officer2", "officer2@example.com")
        case = await office.accepted()
        await office.look(china(9, 10))
        office.now = china(9, 10, 19)
        await office.desk.route(
            case.number, POLICE, version=case.version, actor=DISPATCHER, now=office.now
        )
        await office.look()
        taken = [
            await office.storage.take_reminders(now=at, claim_until=at, limit=9, resting=False)
            for at in (china(9, 11, 8, 29), china(9, 11, 8, 30))
        ]
        assert [len(each) for each in taken] == [0, 2]  # the officer and the department's group

    async def test_the_head_hears_as_well_when_their_rung_has_passed(self, office: Office):
        head = Person(name="head2", role=Role.REVIEWER, department=POLICE)
        await office.storage.save_account(Account(person=head, password_hash="x"))
        case = await office.accepted()
        await office.look(china(9, 11))
        await office.desk.route(
            case.number, POLICE, version=case.version, actor=DISPATCHER, now=office.now
        )
        await office.look()
        said = [f"来信 {case.number} 余 1 个工作日"]
        assert [await office.titles(name, "due") for name in ("officer2", "head2")] == [said, said]

    async def test_a_letter_given_back_warns_the_dispatcher(self, office: Office):
        case = await office.accepted()
        await office.look(china(9, 10))
        await office.desk.return_to_dispatcher(
            case.number, "不归我们", version=case.version, actor=OFFICER, now=office.wait(hours=1)
        )
        await office.look()
        assert await office.titles("dispatcher", "due") == [f"来信 {case.number} 余 2 个工作日"]

    async def test_an_urgent_new_letter_is_one_warning_and_no_second_message(self, office: Office):
        case = await office.opened()
        office.now = china(9, 10)
        await office.look()
        assert await told(office, "officer") == [f"来信 {case.number} 余 2 个工作日"]
