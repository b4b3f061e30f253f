"""Importing and exporting entries: the work behind kb import and kb export."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import typer

from bot.clock import utc_now
from bot.commands import golden_check
from bot.commands.common import desk_storage, progress_bar, refuse, said_of, teller
from bot.commands.given_files import written
from bot.commands.judging import encoder_of
from bot.commands.signing import unknown_people
from bot.config import Settings
from cases.masking import Personal, found_in
from console.knowledge.text_safety import must_go
from handlers.texts.general import CHINA
from knowledge_base.calibration import load_model
from knowledge_base.curation import Curator
from knowledge_base.curation_steps import FILE, CurationError
from knowledge_base.entry import Entry
from knowledge_base.exchange import (
    ImportFile,
    ImportPlan,
    Rejected,
    UnreadableFile,
    plan_import,
    read_rows,
    write_entries,
    write_rejected,
    write_template,
)
from knowledge_base.exchange.open_data import write_open_data
from knowledge_base.golden import Move, Turn
from knowledge_base.imports import require_whole, too_early
from knowledge_base.ports import EncoderUnavailable
from knowledge_base.search import KnowledgeBase
from storage import Storage


async def import_file(
    settings: Settings,
    file: Path,
    dry_run: bool,
    author: str,
    reviewer: str,
    *,
    replacing: bool = False,
    anyway: bool = False,
) -> dict[str, Any]:
    """Plans, and unless it is a dry run saves, the import of a file; returns the counts.

    Rows that cannot be used never stop the others: they are written beside the file, each with
    the reason. Vectors of published entries are made at once, so that the service starts ready.
    """
    _require_both(author, reviewer)
    today = utc_now().astimezone(CHINA).date()
    read = _read(file)
    async with desk_storage(settings) as storage:
        curator = Curator(storage, must_go)
        unknown = await unknown_people(storage, author, reviewer) if reviewer else []
        plan = plan_import(read.rows, await curator.imports.known(), publish=bool(reviewer))
        rejected_file = _write_rejected(file, plan.rejected)
        early = too_early(plan, await storage.published_entries(), today) if reviewer else ()
        found = await _golden(settings, storage, plan, replacing, early) if reviewer else ()
        if replacing:
            _refuse_parts(plan)
        if not dry_run:
            if not anyway:
                _stop_at_broken(found)
            await _keep(curator, plan, author or FILE, reviewer, replacing=replacing, today=today)
            if reviewer:
                await _encode(settings, storage)
    counts = _counts(plan, rejected_file, found) | _left_out(read)
    if reviewer:
        counts |= _waiting(plan, early) | {"unknown_people": unknown}
    return counts | {"withdrawn": len(plan.missing)} if replacing else counts


def _refuse_parts(plan: ImportPlan) -> None:
    """A dry run is told as well that the file cannot replace what is published."""
    try:
        require_whole(plan)
    except CurationError as error:
        refuse(f"nothing was imported: {error}")


def _left_out(read: ImportFile) -> dict[str, Any]:
    """What of the file was not taken, and what nobody saw in it, where there is any."""
    left = {"unknown_columns": read.unknown, "unread_sheets": read.unread, "hidden": read.hidden}
    return {name: list(of) if isinstance(of, tuple) else of for name, of in left.items() if of}


def _require_both(author: str, reviewer: str) -> None:
    if bool(author) != bool(reviewer):
        refuse("--published-by and --reviewed-by belong together: two persons stand for an entry")


async def _keep(
    curator: Curator,
    plan: ImportPlan,
    author: str,
    reviewer: str,
    *,
    replacing: bool,
    today: date,
) -> None:
    people = {"author": author, "reviewer": reviewer}
    try:
        with progress_bar() as bar:
            bar.add_task("saving, all or nothing", total=None)
            await curator.imports.keep(plan, **people, replacing=replacing, today=today)
    except CurationError as error:
        refuse(f"nothing was imported: {error}")


def _stop_at_broken(found: tuple[Move, ...]) -> None:
    if any(move.turn is Turn.BROKEN for move in found):
        typer.echo(BREAKS, err=True)
        raise typer.Exit(1)


async def _golden(
    settings: Settings,
    storage: Storage,
    plan: ImportPlan,
    replacing: bool,
    early: Collection[str],
) -> tuple[Move, ...]:
    now = replace(plan, changed=tuple(e for e in plan.changed if e.id not in early))
    found = await golden_check.golden_moves(settings, storage, now, replacing=replacing)
    if found:
        typer.echo(golden_check.lines(found), err=True)
    return found


def template_file(file: Path) -> None:
    """Writes the workbook to fill in."""
    if file.suffix.lower() != ".xlsx":
        refuse(f"{file}: the template is an xlsx file")
    with written("FILE", file):
        write_template(file)


async def snapshot_file(settings: Settings, file: Path) -> dict[str, Any]:
    """Writes the open data; entries with somebody's personal data in them are left out."""
    now = utc_now()
    async with desk_storage(settings) as storage:
        published = await storage.published_entries()
    public = [entry for entry in published if not holds_personal_data(entry)]
    with written("FILE", file):
        count = write_open_data(
            file,
            public,
            place=settings.answering.region.rpartition("/")[2],
            made_at=now,
            today=now.astimezone(CHINA).date(),
        )
    left_out = [entry.id for entry in published if holds_personal_data(entry)]
    return {"file": str(file), "entries": count, "left_out": left_out}


def snapshot_lines(data: dict[str, Any]) -> str:
    """The result for a person."""
    line = f"{data['entries']:,} entries in {data['file']}; open it with: datasette {data['file']}"
    if data["left_out"]:
        line += f"\nleft out, for they hold personal data: {', '.join(data['left_out'])}"
    return line


def holds_personal_data(entry: Entry) -> bool:
    """Whether a number in an entry's texts is a person's: identity, bank card or mobile phone."""
    kinds = {Personal.IDENTITY, Personal.BANK_CARD, Personal.PHONE}
    texts = (entry.question, entry.answer, *entry.variants, entry.audience, entry.topic)
    return any(
        each.kind in kinds and not text[each.start : each.end].startswith("0")
        for text in texts
        for each in found_in(text)
    )


async def export_file(settings: Settings, file: Path) -> int:
    """Writes the newest version of every entry; returns how many."""
    async with desk_storage(settings) as storage:
        entries = await storage.newest_entries()
    try:
        with written("FILE", file), progress_bar() as bar:
            task = bar.add_task("exporting", total=len(entries))
            write_entries(file, entries, lambda done: bar.update(task, completed=done))
    except UnreadableFile as error:
        refuse(f"{file}: nothing was written: {error}")
    return len(entries)


def summary(counts: dict[str, Any], *, dry_run: bool) -> str:
    """The counts for a person."""
    line = ", ".join(
        f"{counts[name]:,} {name}" for name in (*COUNTED, "withdrawn") if name in counts
    )
    for name, told in LEFT_OUT.items():
        if left := counts.get(name):
            line += f"\n{told}: {left if isinstance(left, int) else '、'.join(left)}"
    if held := counts.get("held"):
        line += f"\nkept as drafts, for they may not be public: {', '.join(held)}"
    if later := counts.get("later"):
        line += f"\napproved, and put in place on the day they begin: {', '.join(later)}"
    if not any(counts[name] for name in COUNTED):
        line += "\nthe file holds no entry: nothing stands below its header"
    if dry_run:
        line = f"nothing was imported; an import would give: {line}"
    return f"{line}\nrejected rows: {counts['rejected_file']}" if counts["rejected_file"] else line


COUNTED = ("added", "changed", "unchanged", "rejected")
LEFT_OUT = {
    "unknown_columns": "columns that mean nothing here and were left out",
    "unread_sheets": "sheets that were not read, for they are hidden or have no header",
    "hidden": "rows that are hidden in the sheet, and were read all the same",
}
BREAKS = (
    "nothing was imported: these golden questions would be answered wrongly. Mend the file, "
    "or say --anyway"
)
TOLD = 10
"""Rejected rows whose reasons are told at once; all of them stand in the file."""


def _read(file: Path) -> ImportFile:
    try:
        with progress_bar() as bar:
            task = bar.add_task("reading", total=None)
            return read_rows(file, lambda done: bar.update(task, completed=done))
    except UnreadableFile as error:
        refuse(f"nothing was imported: {file}: {error}")


def _write_rejected(file: Path, rejected: tuple[Rejected, ...]) -> str | None:
    for each in rejected[:TOLD]:
        typer.echo(each.sentence, err=True)
    if not rejected:
        return None
    try:
        return str(write_rejected(file, rejected))
    except OSError as error:
        refuse(
            f"nothing was imported: the {len(rejected):,} rejected rows could not be written beside"
            f" {file}: {said_of(error)}. Copy it to a folder with room that the user who runs this"
            " may write to, and import the copy."
        )


def _counts(plan: ImportPlan, rejected_file: str | None, found: tuple[Move, ...]) -> dict[str, Any]:
    counts = {name: len(getattr(plan, name)) for name in COUNTED}
    golden = {"golden": golden_check.told(found)} if found else {}
    return {**counts, "rejected_file": rejected_file, **golden}


def _waiting(plan: ImportPlan, early: Collection[str]) -> dict[str, list[str]]:
    """The entries that were not published at once: for good, or until the day they begin."""
    held = [each.id for each in (*plan.added, *plan.changed) if must_go(each)]
    return {"held": held, "later": sorted(set(early).difference(held))}


async def _encode(settings: Settings, storage: Storage) -> None:
    """Encodes the questions of everything that is published; what is known costs nothing.

    The answers' texts take several times as long: the service encodes them while it runs.
    """
    encoder = encoder_of(settings)
    if encoder is None:
        return
    kb = KnowledgeBase(encoder, storage, load_model(), settings.answering.region, 1.0)
    try:
        with progress_bar() as bar:
            await kb.encode_questions(await storage.published_entries(), teller(bar, "encoding"))
    except EncoderUnavailable as error:
        typer.echo(f"imported; the service will encode it, for just now: {error}", err=True)
    finally:
        await kb.close()
