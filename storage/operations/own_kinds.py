"""The desk's own kinds; each change reaches every worker like a publication."""

from datetime import datetime

from knowledge_base.kinds import KindsLine
from storage.operation import Operation, rows, run, the
from storage.operations import audit
from storage.rows.plain import moment, stamp


def own_kinds() -> Operation[list[KindsLine]]:
    """Those in use first, by their line."""
    return [
        KindsLine(
            line=row["line"],
            in_use=bool(row["in_use"]),
            changed_by=row["changed_by"],
            changed_at=moment(row["changed_at"]),
        )
        for row in (yield from rows("own_kinds"))
    ]


def save_kinds(
    line: str, *, in_use: bool, actor: str, now: datetime, was: str = ""
) -> Operation[None]:
    """Adds a line, in the place of `was`; not in use: the release's line is left out."""
    yield from run("hold_counter", name="index")
    if was and was != line:
        yield from run("drop_kinds", line=was)
    yield from run(
        "save_kinds", line=line, in_use=int(in_use), changed_by=actor, changed_at=stamp(now)
    )
    yield from the("count_up", name="index")
    details = {"line": line, "in_use": "yes" if in_use else "no"}
    yield from audit.log(actor, "kinds changed", details, now)


def drop_kinds(line: str, *, actor: str, now: datetime) -> Operation[None]:
    """Takes an own line out, or the release's back in."""
    yield from run("hold_counter", name="index")
    if (yield from run("drop_kinds", line=line)):
        yield from the("count_up", name="index")
        yield from audit.log(actor, "kinds dropped", {"line": line}, now)
