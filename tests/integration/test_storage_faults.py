"""What storage says when the database is in the way."""

import sqlite3
from dataclasses import replace

import pytest

from storage import Storage, open_storage
from storage.errors import DataRefused, StorageUnavailable
from tests.values.storage import (
    NOW,
    OFFICER,
    accept,
    by_hand,
    entry,
    message,
    opening,
    settlement,
)


async def test_a_message_cannot_join_a_case_that_is_not_there(storage: Storage):
    accepted = await accept(storage, message())
    with pytest.raises(DataRefused):
        await storage.settle(accepted.id, settlement(accepted, joins="HY-9"))
    assert await storage.frozen_reply(accepted.id) is None


async def test_half_a_character_is_refused_and_the_rest_goes_on(storage: Storage):
    with pytest.raises(DataRefused):
        await storage.save_versions([entry(answer="\ud800")], actor="c", reason="")
    await storage.save_versions([entry()], actor="c", reason="")
    assert await storage.published_entries() == [entry()]


async def test_a_missing_table_is_named(storage: Storage, database_url: str):
    by_hand(database_url, "ALTER TABLE tokens RENAME TO taken")
    with pytest.raises(Exception, match="tokens"):
        await storage.token("main")
    with pytest.raises(Exception, match="tokens"):
        await storage.keep_token("main", "x", NOW)
    assert len(await storage.secret()) == 32


async def test_a_full_disk_fails_the_group_and_nothing_else(tmp_path):
    storage = await open_storage(f"sqlite:///{tmp_path}/x.db")
    await storage.migrate()
    connection = storage.driver._database.conn
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(StorageUnavailable):
        await storage.write_change(opening(text="水" * 100_000))
    connection.execute("PRAGMA max_page_count = 100000")
    assert (await storage.write_change(opening())).version == 1
    assert (await storage.verify(now=NOW)).violations == []
    await storage.close()


async def test_another_process_that_writes_is_waited_for(tmp_path):
    storage = await open_storage(f"sqlite:///{tmp_path}/x.db")
    await storage.migrate()
    other = await open_storage(f"sqlite:///{tmp_path}/x.db")
    for number in range(20):
        accepted = await accept(other if number % 2 else storage, message(number))
        assert accepted.claimed
    await other.close()
    await storage.close()


async def test_a_locked_file_is_an_error_and_not_a_loss(tmp_path, monkeypatch):
    storage = await open_storage(f"sqlite:///{tmp_path}/x.db")
    await storage.migrate()
    storage.driver._database.conn.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable, match="locked"):
        await accept(storage, message())
    other.execute("ROLLBACK")
    other.close()
    assert (await accept(storage, message())).claimed
    await storage.close()


@pytest.mark.postgres
async def test_a_server_that_hangs_up_is_met_again(postgres_url: str):
    storage = await open_storage(postgres_url)
    await accept(storage, message())
    by_hand(
        postgres_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name LIKE 'huiying-%'",
    )
    for _ in range(3):
        try:
            accepted = await accept(storage, message(2))
        except StorageUnavailable:
            continue
        break
    assert accepted.claimed
    await storage.close()


async def test_a_time_without_a_zone_is_refused(storage: Storage):
    naive = replace(message(), created_at=NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        await accept(storage, naive)
    assert OFFICER.scope
