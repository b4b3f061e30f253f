"""Seals tie the steps of cases to the audit log, of which a mark is kept elsewhere."""

import sqlite3

import psycopg
from psycopg.rows import dict_row

from cases.case import State
from cases.records import SEALED, RecordFilter
from storage import Storage
from storage.rows.cases import CHAIN_START, event_hash
from tests.integration.test_storage_verify import busy_desk, violations
from tests.values.storage import DAY, HOUR, NOW, by_hand, step, without_trigger


def rewritten_case(url: str) -> None:
    """All steps of HY-2 said to be a stranger's, each hash made anew: what no chain gives away."""
    read = "SELECT * FROM case_events WHERE case_number = 'HY-2' ORDER BY version"
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.row_factory = sqlite3.Row
        kept = [dict(row) for row in connection.execute(read)]
        connection.close()
    else:
        with psycopg.connect(url, row_factory=dict_row) as desk:
            kept = desk.execute(read).fetchall()
    changes, prev_hash = [], CHAIN_START
    for row in kept:
        actor = {"reviewer": "somebody"}.get(row["actor"], row["actor"])
        prev_hash = event_hash({**row, "actor": actor, "prev_hash": (last := prev_hash)})
        changes.append(
            f"UPDATE case_events SET actor = '{actor}', prev_hash = '{last}', hash = '{prev_hash}'"
            f" WHERE case_number = 'HY-2' AND version = {row['version']}"
        )
    by_hand(url, without_trigger(url, "case_events", "case_events_kept"), *changes)


class TestSeals:
    async def test_a_case_rewritten_with_all_its_hashes_contradicts_the_audit_log(
        self, storage: Storage, database_url: str
    ):
        await busy_desk(storage)
        assert await storage.seal_cases(now=NOW + HOUR) == 3
        mark = await storage.audit_mark()
        rewritten_case(database_url)
        said = "event 3 of case HY-2 is not the one of audit record 2"
        assert await violations(storage) == [said.replace("record 2", f"record {mark.number}")]
        assert said[:20] in (await storage.verify_records())[1][0]

    async def test_without_a_seal_nobody_would_see_it(self, storage: Storage, database_url: str):
        await busy_desk(storage)
        rewritten_case(database_url)
        assert await violations(storage) == []

    async def test_only_what_went_on_is_sealed_again(self, storage: Storage):
        await busy_desk(storage)
        assert await storage.seal_cases(now=NOW) == 3
        assert await storage.seal_cases(now=NOW) == 0
        case = await storage.case("HY-1")
        await storage.write_change(step(case, State.ACCEPTED))
        assert await storage.seal_cases(now=NOW + DAY) == 1
        newest = (await storage.records(RecordFilter(actions=(SEALED,))))[0]
        assert list(newest.details) == ["HY-1"]
        assert newest.details["HY-1"].startswith("2-")
        assert await violations(storage) == []

    async def test_an_erasure_leaves_the_seals_as_they_are(self, storage: Storage):
        await busy_desk(storage)
        for case in (await storage.case("HY-1"), await storage.case("HY-3")):
            told = step(case, State.CLOSED, details={"reason": "说不用了"}, closed_at=NOW + HOUR)
            await storage.write_change(told)
        await storage.seal_cases(now=NOW + HOUR)
        await storage.erase_citizen("main", case.citizen, actor="x", reason="", now=NOW + DAY)
        assert await violations(storage) == []
