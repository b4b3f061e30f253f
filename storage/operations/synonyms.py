"""The desk's own synonyms; each change reaches every worker's index like a publication."""

from collections.abc import Sequence
from datetime import datetime

from knowledge_base.synonyms import SynonymLine
from storage.operation import Operation, rows, run, the
from storage.operations import audit
from storage.rows.plain import moment, packed, stamp, unpacked


def synonyms() -> Operation[list[SynonymLine]]:
    """By official word."""
    return [
        SynonymLine(
            official=row["official"],
            words=tuple(unpacked(row["words"])),
            changed_by=row["changed_by"],
            changed_at=moment(row["changed_at"]),
        )
        for row in (yield from rows("synonyms"))
    ]


def save_synonym(
    official: str, words: Sequence[str], *, actor: str, now: datetime
) -> Operation[None]:
    """Adds or replaces a line; without words the release's line is not used."""
    yield from run("hold_counter", name="index")
    values = {"words": packed(words), "changed_by": actor, "changed_at": stamp(now)}
    yield from run("save_synonym", official=official, **values)
    yield from the("count_up", name="index")
    details = {"official": official, "words": " ".join(words)}
    yield from audit.log(actor, "synonyms changed", details, now)


def drop_synonym(official: str, *, actor: str, now: datetime) -> Operation[None]:
    """Back to what the release says."""
    yield from run("hold_counter", name="index")
    if (yield from run("drop_synonym", official=official)):
        yield from the("count_up", name="index")
        yield from audit.log(actor, "synonyms dropped", {"official": official}, now)
