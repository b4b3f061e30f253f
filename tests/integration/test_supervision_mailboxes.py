"""What of a person's turn leaves the desk by mail, and what they read in the console before."""

from cases.papers import Note
from cases.supervision.reminder import SendingState
from tests.worlds.watch import PEOPLE, Office, china


async def test_a_mention_reaches_the_colleagues_mailbox_in_working_hours(office: Office):
    await office.storage.save_mailbox("reviewer", "reviewer@example.com")
    case = await office.accepted()
    office.now = china(9, 7, 20)
    note = Note(
        case=case.number, at=office.now, author="officer", text="@reviewer 看看",
        mentions=("reviewer",),
    )  # fmt: skip
    await office.storage.add_note(note, viewer=PEOPLE["officer"])
    await office.look()
    await office.look()
    (found,) = await office.told("reviewer", "note")
    assert found.message.title == f"officer在来信 {case.number} 的备注里提到您"
    assert found.message.link == f"/console/cases/{case.number}#notes"
    assert "看看" not in found.message.text
    later = china(9, 8, 8, 30)
    taken = [
        await office.storage.take_reminders(now=at, claim_until=at, limit=9, resting=False)
        for at in (china(9, 8, 8, 29), later)
    ]
    assert [len(each) for each in taken] == [0, 1]


async def test_what_was_read_in_the_console_is_not_mailed(office: Office):
    await office.storage.save_mailbox("colleague", "colleague@example.com")
    case = await office.accepted()
    await office.desk.assign(
        case.number,
        PEOPLE["colleague"],
        version=case.version,
        actor=PEOPLE["officer"],
        now=office.now,
    )
    await office.look()
    await office.storage.read_reminders("colleague", now=office.now, case=case.number)
    (found,) = await office.told("colleague", "turn")
    assert (found.state, found.read_at) == (SendingState.NONE, found.at)
