"""Notes, unfinished drafts, presences, and the cases beside a case; all within a viewer's scope."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cases.case import Case
from cases.papers import PRESENT, SAME_NOTE, KeptDraft, Note, Presence, ReplyTemplate, SavedView
from cases.people import Person
from storage.operation import Operation, Row, one, rows, run, the
from storage.operations import cases
from storage.rows.cases import case_from
from storage.rows.plain import moment, packed, stamp, storable, unpacked
from storage.rows.wordings import search_for_any
from storage.scope import scope_of


def add_note(note: Note, *, viewer: Person) -> Operation[Note]:
    """The note with its id, the first one's when it is left twice. Raises `UnknownCase`."""
    said = {"case_number": note.case, "author": note.author, "text": storable(note.text)}
    # A sign of the author, whose row makes a second press of the button wait for the first.
    yield from come_to(note.case, viewer=viewer, writing=False, now=note.at)
    row = yield from one("same_note", **said, since=stamp(note.at - SAME_NOTE))
    if row is None:
        row = yield from the("add_note", **said, at=stamp(note.at), mentions=packed(note.mentions))
    return replace(note, id=row["id"])


def notes(number: str, *, viewer: Person) -> Operation[list[Note]]:
    """Oldest first."""
    found = yield from rows("notes_for", number=number, scope=scope_of(viewer))
    return [note_from(row) for row in found]


def note_from(row: Row) -> Note:
    return Note(
        id=row["id"],
        case=row["case_number"],
        at=moment(row["at"]),
        author=row["author"],
        text=row["text"],
        mentions=tuple(unpacked(row["mentions"])),
    )


def keep_draft(
    draft: KeptDraft, *, viewer: Person, seen: str | None = None
) -> Operation[KeptDraft | None]:
    """Replaces what the same person kept before; an empty text takes it away.

    Where the text that stands there is neither the one of mark `seen` nor this one, it stays
    and is given back.
    """
    # A sign of the writer, whose row makes another window of theirs wait for this one.
    writing = bool(draft.text.strip())
    yield from come_to(draft.case, viewer=viewer, writing=writing, now=draft.saved_at)
    there = (yield from kept_draft(draft.case, viewer=viewer)) if seen is not None else None
    if there is not None and there.mark != seen and there.text != draft.text:
        return there
    if not writing:
        yield from run("drop_draft", case_number=draft.case, person=draft.person)
        return None
    yield from run(
        "keep_draft",
        case_number=draft.case,
        person=draft.person,
        text=storable(draft.text),
        purpose=draft.purpose,
        sources=packed(draft.sources),
        version=draft.version,
        saved_at=stamp(draft.saved_at),
    )
    return None


def kept_draft(number: str, *, viewer: Person) -> Operation[KeptDraft | None]:
    """What the viewer is still writing on a case."""
    found = yield from _drafts(viewer, number)
    return found[0] if found else None


def kept_drafts(*, viewer: Person) -> Operation[list[KeptDraft]]:
    """All that the viewer is still writing, newest first."""
    return (yield from _drafts(viewer, ""))


def _drafts(viewer: Person, number: str) -> Operation[list[KeptDraft]]:
    found = yield from rows("drafts_for", scope=scope_of(viewer), person=viewer.name, number=number)
    return [
        KeptDraft(
            case=row["case_number"],
            person=row["person"],
            text=row["text"],
            purpose=row["purpose"],
            sources=tuple(unpacked(row["sources"])),
            version=row["version"],
            saved_at=moment(row["saved_at"]),
        )
        for row in found
    ]


def has_drafted(*, viewer: Person) -> Operation[bool]:
    """Whether the viewer has ever submitted a text on a case they may see."""
    return bool((yield from rows("has_drafted_for", scope=scope_of(viewer), person=viewer.name)))


def come_to(
    number: str, *, viewer: Person, writing: bool, now: datetime
) -> Operation[list[Presence]]:
    """A sign of the viewer at a case; returns who else is there. Raises `UnknownCase`."""
    yield from cases.case(number, viewer=viewer)
    yield from run(
        "come_to",
        case_number=number,
        person=viewer.name,
        seen_at=stamp(now),
        writing=int(writing),
    )
    return (yield from present(number, viewer=viewer, now=now))


def present(number: str, *, viewer: Person, now: datetime) -> Operation[list[Presence]]:
    """Who else is at a case."""
    found = yield from rows(
        "present_for",
        scope=scope_of(viewer),
        number=number,
        person=viewer.name,
        since=stamp(now - PRESENT),
    )
    return [
        Presence(person=row["person"], seen_at=moment(row["seen_at"]), writing=bool(row["writing"]))
        for row in found
    ]


def cases_of_citizen(number: str, *, viewer: Person, limit: int = 20) -> Operation[list[Case]]:
    """The same citizen's other cases, newest first. Raises `UnknownCase`.

    Who commented without a WeChat identity has no others: that name is everybody's.
    """
    case = yield from cases.case(number, viewer=viewer)
    if not case.citizen:
        return []
    found = yield from rows(
        "cases_of_citizen_for",
        scope=scope_of(viewer),
        number=number,
        account=case.account,
        citizen=case.citizen,
        limit=limit,
    )
    return _cases(found)


def similar_cases(
    number: str, words: Sequence[str], *, viewer: Person, limit: int = 30
) -> Operation[list[Case]]:
    """Other cases that share words, best first."""
    asked = search_for_any(words)
    if not asked:
        return []
    found = yield from rows(
        "similar_cases_for", scope=scope_of(viewer), number=number, found=asked, limit=limit
    )
    return _cases(found)


def _cases(found: Sequence[Row]) -> list[Case]:
    return [case_from(row) for row in found]


def saved_views(*, viewer: Person) -> Operation[list[SavedView]]:
    """A person's own, in the order in which they were first saved."""
    found = yield from rows("saved_views", person=viewer.name)
    return [SavedView(name=row["name"], query=row["query"]) for row in found]


def save_view(view: SavedView, *, viewer: Person, now: datetime) -> Operation[None]:
    """Replaces one of the same name."""
    yield from run(
        "save_view",
        person=viewer.name,
        name=storable(view.name),
        query=storable(view.query),
        saved_at=stamp(now),
    )


def remove_view(name: str, *, viewer: Person) -> Operation[None]:
    yield from run("remove_view", person=viewer.name, name=storable(name))


def reply_templates(department: str) -> Operation[list[ReplyTemplate]]:
    """Those of a department first, then those of all."""
    found = yield from rows("reply_templates", department=department)
    return [
        ReplyTemplate(
            id=row["id"],
            department=row["department"],
            name=row["name"],
            body=row["body"],
            author=row["author"],
        )
        for row in found
    ]


def add_reply_template(template: ReplyTemplate, *, now: datetime) -> Operation[None]:
    yield from run(
        "add_reply_template",
        department=template.department,
        name=storable(template.name),
        body=storable(template.body),
        author=template.author,
        saved_at=stamp(now),
    )


def remove_reply_template(template: int, *, department: str) -> Operation[bool]:
    """False when the department has none with this id."""
    return bool((yield from run("remove_reply_template", id=template, department=department)))
