"""Logs that the database itself lets nobody change."""

import pytest

from knowledge_base.entry import Status
from storage import Storage
from tests.values.storage import (
    by_hand,
    entry,
)
from tests.worlds.busy_desk import busy_desk, violations

REFUSED = [
    "UPDATE case_events SET actor = 'x'",
    "UPDATE case_events SET erased = 'x', actor = 'x'",
    "UPDATE case_events SET erased = 'x', details_hash = ''",
    "DELETE FROM case_events",
    "UPDATE audit_log SET actor = 'x'",
    "DELETE FROM audit_log",
    "UPDATE entry_versions SET answer = 'x'",
    "UPDATE entry_versions SET published_at = NULL",
    "DELETE FROM entry_versions",
    "UPDATE messages SET reply = 'x'",
    "UPDATE messages SET reply = NULL",
    "UPDATE deliveries SET text = 'x'",
    "UPDATE deliveries SET citizen = 'x'",
]


class TestAppendOnly:
    @pytest.mark.parametrize("statement", REFUSED)
    async def test_the_database_refuses(self, storage: Storage, database_url: str, statement: str):
        await busy_desk(storage)
        with pytest.raises(Exception, match=r"append-only|never") as refused:
            by_hand(database_url, statement)
        assert type(refused.value).__module__.split(".")[0] in {"sqlite3", "psycopg"}
        assert not await violations(storage)

    async def test_a_draft_may_still_be_changed(self, storage: Storage, database_url: str):
        await storage.save_versions([entry(status=Status.DRAFT)], actor="c", reason="")
        by_hand(database_url, "UPDATE entry_versions SET answer = 'x'")
        assert (await storage.entry_versions("kindergarten"))[0].answer == "x"
