"""The names of places the desk adds; each change reaches every worker like a publication."""

from datetime import datetime

from knowledge_base.own_places import PlaceName
from storage.operation import Operation, rows, run, the
from storage.operations import audit
from storage.rows.plain import moment, stamp


def own_places() -> Operation[list[PlaceName]]:
    """The desk's own first, then by what they belong to."""
    return [
        PlaceName(
            name=row["name"],
            belongs=row["belongs"],
            changed_by=row["changed_by"],
            changed_at=moment(row["changed_at"]),
        )
        for row in (yield from rows("own_places"))
    ]


def save_place(name: str, belongs: str, *, actor: str, now: datetime) -> Operation[None]:
    """Adds a name or says anew where it belongs."""
    yield from run("hold_counter", name="index")
    yield from run(
        "save_place", name=name, belongs=belongs, changed_by=actor, changed_at=stamp(now)
    )
    yield from the("count_up", name="index")
    yield from audit.log(actor, "places changed", {"name": name, "belongs": belongs}, now)


def drop_place(name: str, *, actor: str, now: datetime) -> Operation[None]:
    yield from run("hold_counter", name="index")
    if (yield from run("drop_place", name=name)):
        yield from the("count_up", name="index")
        yield from audit.log(actor, "places dropped", {"name": name}, now)
