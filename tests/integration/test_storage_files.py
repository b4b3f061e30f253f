"""Opening, migrating, copying and restoring a database of either kind."""

import asyncio
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cases.case import UnknownCase
from storage import Storage, open_storage, postgres, sqlite_files
from storage.errors import (
    AlreadyServed,
    BackupFailed,
    SchemaTooNew,
    StorageUnavailable,
    WrongDatabaseUrl,
)
from storage.migrations import MIGRATIONS
from tests.values.storage import NOW, accept, by_hand, entry, message, opening, settlement


def migrations_table(url: str) -> str:
    return "_sqlite_migrations" if url.startswith("sqlite") else "migrations"


def future(url: str) -> str:
    """As a newer version would leave it."""
    on_sqlite = url.startswith("sqlite")
    columns = "(migration_set, name, applied_at)" if on_sqlite else "(name)"
    values = "('huiying', '9999_future', '')" if on_sqlite else "('9999_future')"
    return f"INSERT INTO {migrations_table(url)} {columns} VALUES {values}"


def emptied(url: str) -> str:
    """The address of a database without any schema."""
    if url.startswith("sqlite"):
        return f"{url}-empty"
    by_hand(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return url


class TestOpening:
    @pytest.mark.parametrize("url", ["huiying.db", "sqlite://", "mysql://x/y", "sqlite:///", ""])
    async def test_an_address_of_another_kind_is_refused(self, url: str):
        with pytest.raises(WrongDatabaseUrl):
            await open_storage(url)

    async def test_a_password_is_not_repeated_in_the_error(self):
        with pytest.raises(WrongDatabaseUrl) as refused:
            await open_storage("mysql://root:geheim@host/x")
        assert "geheim" not in str(refused.value)

    async def test_a_folder_that_is_not_there(self, tmp_path: Path):
        with pytest.raises(StorageUnavailable):
            await open_storage(f"sqlite:///{tmp_path}/nowhere/x.db")

    async def test_a_server_that_is_not_there(self, tmp_path: Path):
        with pytest.raises(StorageUnavailable):
            await open_storage(f"postgresql://postgres@/x?host={tmp_path}")

    async def test_a_file_that_is_no_database(self, tmp_path: Path):
        (tmp_path / "x.db").write_text("dear diary, " * 500)
        with pytest.raises(StorageUnavailable):
            await open_storage(f"sqlite:///{tmp_path}/x.db")

    async def test_after_closing_nothing_works(self, tmp_path: Path):
        storage = await open_storage(f"sqlite:///{tmp_path}/x.db")
        await storage.migrate()
        await storage.close()
        with pytest.raises(StorageUnavailable):
            await storage.secret()

    async def test_sqlite_is_opened_for_durable_writing(self, tmp_path: Path):
        storage = await open_storage(f"sqlite:///{tmp_path}/x.db")
        await storage.migrate()
        await storage.close()
        with sqlite3.connect(tmp_path / "x.db") as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.close()


class TestMigrating:
    async def test_again_is_harmless(self, storage: Storage):
        await storage.secret()
        await storage.migrate()
        assert await storage.schema_is_current()

    async def test_a_newer_schema_is_left_alone(self, storage: Storage, database_url: str):
        by_hand(database_url, future(database_url))
        with pytest.raises(SchemaTooNew, match="9999_future"):
            await storage.migrate()

    async def test_a_database_without_schema_is_not_current(self, tmp_path: Path):
        storage = await open_storage(f"sqlite:///{tmp_path}/x.db")
        assert not await storage.schema_is_current()
        await storage.close()


class TestCopies:
    async def test_back_from_a_copy_is_the_same_desk(self, storage: Storage, tmp_path: Path):
        await storage.save_versions([entry()], actor="c", reason="")
        await storage.write_change(opening("HY-1"))
        await storage.backup(tmp_path / "copy")
        await storage.write_change(opening("HY-2"))
        await storage.save_versions([entry(version=2)], actor="c", reason="")
        await storage.restore(tmp_path / "copy")
        assert await storage.published_entries() == [entry()]
        (case,) = (await storage.reread((await accept(storage, message())).id)).cases
        assert case.number == "HY-1"
        assert (await storage.verify(now=NOW)).counts["events"] == 1

    async def test_a_database_without_a_desk_is_not_taken_for_one(
        self, storage: Storage, database_url: str, tmp_path: Path
    ):
        by_hand(database_url, "ALTER TABLE case_events RENAME TO of_something_else")
        with pytest.raises(BackupFailed, match="holds no desk: look at database_url"):
            await storage.backup(tmp_path / "copy")
        with pytest.raises(BackupFailed, match="there is no file"):
            await storage.restore(tmp_path / "copy")

    async def test_a_copy_made_while_messages_come_in_is_whole(
        self, storage: Storage, tmp_path: Path
    ):
        async def talk(number: int) -> None:
            accepted = await accept(storage, message(number))
            await storage.settle(accepted.id, settlement(accepted))

        talking = asyncio.gather(*(talk(number) for number in range(300)))
        await storage.backup(tmp_path / "copy")
        await talking
        await storage.restore(tmp_path / "copy")
        counts, wrong = await storage.verify(now=NOW)
        assert counts["messages"] <= 300
        assert wrong == []

    async def test_a_copy_of_an_older_version_is_restored_and_brought_up_to_date(
        self, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        url = emptied(database_url)
        older = MIGRATIONS[: MIGRATIONS.index("0165_corrections")]
        with monkeypatch.context() as before:
            for module in (sqlite_files, postgres):
                before.setattr(module, "MIGRATIONS", older)
            storage = await open_storage(url)
            await storage.driver.migrate()
            secret = await storage.secret()
            await storage.backup(tmp_path / "copy")
        await storage.migrate()
        await storage.write_change(opening("HY-1"))
        await storage.restore(tmp_path / "copy")
        assert await storage.schema_is_current()
        assert await storage.secret() == secret
        with pytest.raises(UnknownCase):
            await storage.case("HY-1")
        await storage.close()

    async def test_a_copy_over_an_older_one_replaces_it(self, storage: Storage, tmp_path: Path):
        await storage.backup(tmp_path / "copy")
        await storage.backup(tmp_path / "copy")
        assert not (tmp_path / "copy.part").exists()

    async def test_no_copy_where_nothing_can_be_written(self, storage: Storage, tmp_path: Path):
        with pytest.raises(BackupFailed, match="Name a file"):
            await storage.backup(tmp_path / "nowhere" / "copy")

    async def test_only_a_copy_of_ours_is_restored(self, storage: Storage, tmp_path: Path):
        await storage.write_change(opening("HY-1"))
        (tmp_path / "letter").write_text("dear diary")
        sqlite3.connect(tmp_path / "empty").close()
        for name in ("missing", "letter", "empty"):
            with pytest.raises(BackupFailed, match="Name a copy"):
                await storage.restore(tmp_path / name)
        assert (await storage.case("HY-1")).number == "HY-1"

    async def test_a_copy_of_a_newer_version_replaces_nothing(
        self, storage: Storage, database_url: str, tmp_path: Path
    ):
        await storage.write_change(opening("HY-1"))
        by_hand(database_url, future(database_url))
        await storage.backup(tmp_path / "copy")
        table = migrations_table(database_url)
        by_hand(database_url, f"DELETE FROM {table} WHERE name = '9999_future'")
        await storage.write_change(opening("HY-2"))
        with pytest.raises(SchemaTooNew, match="nothing was changed"):
            await storage.restore(tmp_path / "copy")
        assert (await storage.case("HY-2")).number == "HY-2"


class TestServing:
    async def test_a_second_service_of_one_file_is_refused_until_the_first_ends(
        self, tmp_path: Path
    ):
        first = await open_storage(f"sqlite:///{tmp_path}/x.db")
        second = await open_storage(f"sqlite:///{tmp_path}/x.db")
        first.serve_alone()
        with pytest.raises(AlreadyServed, match=r"x\.db is served by another process"):
            second.serve_alone()
        await first.close()
        second.serve_alone()
        await second.close()

    @pytest.mark.postgres
    async def test_a_postgres_that_a_service_uses_is_not_restored(
        self, postgres_url: str, tmp_path: Path
    ):
        service, command = await open_storage(postgres_url), await open_storage(postgres_url)
        await command.backup(tmp_path / "copy")
        await accept(service, message())
        with pytest.raises(AlreadyServed, match="in use by a service"):
            await command.restore(tmp_path / "copy")
        assert (await command.verify(now=NOW)).counts["messages"] == 1
        await service.close()
        await command.restore(tmp_path / "copy")
        assert (await command.verify(now=NOW)).counts["messages"] == 0
        await command.close()

    async def test_workers_share_a_postgres(self, postgres_url: str):
        first, second = await open_storage(postgres_url), await open_storage(postgres_url)
        first.serve_alone()
        second.serve_alone()
        await first.close()
        await second.close()

    def test_what_is_wrong_with_a_place_is_said(self, tmp_path: Path):
        (tmp_path / "letter").write_text("dear diary, " * 500)
        told = {}
        for name in (".", "nowhere/x.db", "letter"):
            with pytest.raises(StorageUnavailable) as refused:
                asyncio.run(open_storage(f"sqlite:///{tmp_path}/{name}"))
            told[name] = str(refused.value)
        assert "is a folder" in told["."]
        assert f"there is no folder {tmp_path}/nowhere" in told["nowhere/x.db"]
        assert "letter is no SQLite database" in told["letter"]


class TestPostgresRefusals:
    async def test_each_says_what_to_do_and_never_the_password(self, postgres_url: str):
        base = urlsplit(postgres_url)
        for wrong, words in (
            (base._replace(path="/nowhere"), "createdb"),
            (base._replace(netloc="nobody:geh@im@127.0.0.1:1"), "%40"),
            (base._replace(netloc="nobody:geheim@127.0.0.1:abc", query=""), "%40"),
            (base._replace(netloc="nobody:geheim@127.0.0.1:1", query=""), "Does it run"),
        ):
            with pytest.raises((StorageUnavailable, WrongDatabaseUrl)) as refused:
                await open_storage(wrong.geturl())
            assert words in str(refused.value)
            assert "geh" not in str(refused.value)

    async def test_a_user_who_may_make_no_tables_is_told_so(self, postgres_url: str):
        exists = by_hand(postgres_url, "SELECT 1 FROM pg_roles WHERE rolname = 'guest'")
        if not exists:
            by_hand(postgres_url, "CREATE ROLE guest LOGIN")
        base = urlsplit(postgres_url)
        guest = "guest@" + base.netloc.rpartition("@")[2]
        storage = await open_storage(base._replace(netloc=guest).geturl())
        with pytest.raises(StorageUnavailable, match="OWNER TO"):
            await storage.migrate()
        await storage.close()
