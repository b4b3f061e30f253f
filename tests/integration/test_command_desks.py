"""The commands that serve, begin, copy and restore a desk."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import typer

from bot.commands.common import run
from storage import open_storage
from storage.sqlite_serving import ServingLock
from tests.values.storage import NOW
from tests.worlds.command_line import huiying, run_serve

pytestmark = pytest.mark.usefixtures("empty_folder")


def test_serve_takes_the_model_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "huiying.toml").write_text('[encoder]\nkind = "none"\n', encoding="utf-8")
    command = [sys.executable, "-m", "bot", "serve", "--port", "0", "--model", "gone.json"]
    paths = {"PYTHONPATH": str(Path(__file__).parents[2])}
    told = subprocess.run(
        command, env=os.environ | paths, capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == 2
    assert "gone.json cannot be used: No such file or directory" in told.stderr
    assert "kb fit" in told.stderr


def test_a_copy_of_a_desk_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", "sqlite:///desk.db")
    told = huiying("backup", "copy.db")
    assert told.exit_code == 2
    assert f"there is no database {Path('desk.db').absolute()}" in told.stderr
    assert list(Path().iterdir()) == []


def test_a_command_that_begins_a_desk_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", "sqlite:///desk.db")
    assert f"began in {Path('desk.db').absolute()}" in huiying("migrate").stderr
    assert huiying("migrate").stderr == ""


def test_a_desk_of_a_newer_version_is_copied_as_it_is_and_replaced_by_an_older_copy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", "sqlite:///desk.db")
    huiying("migrate")
    assert huiying("backup", "older.db").exit_code == 0
    with closing(sqlite3.connect("desk.db")) as desk, desk:
        desk.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('huiying', '9999_future', '')"
        )
    assert "Install that version again" in huiying("verify").stderr
    assert huiying("backup", "newer.db").exit_code == 0
    assert huiying("restore", "older.db").exit_code == 0
    assert huiying("verify").exit_code == 0


def test_nothing_is_restored_under_a_running_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", "sqlite:///desk.db")
    huiying("migrate")
    huiying("backup", "copy.db")
    serving = ServingLock(Path("desk.db"))
    serving.take()
    told = huiying("restore", "copy.db")
    serving.release()
    assert (told.exit_code, "is served by another process" in told.stderr) == (2, True)


def test_a_port_that_is_taken_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
        told = run_serve("--port", port)
    assert told.returncode == 2
    assert f"127.0.0.1:{port} is taken" in told.stderr


@pytest.mark.postgres
def test_workers_that_could_never_start_are_not_started(
    monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    wrong = urlsplit(postgres_url)._replace(path="/nowhere").geturl()
    monkeypatch.setenv("HUIYING_DATABASE_URL", wrong)
    told = run_serve("--port", 0, "--workers", 2)
    assert told.returncode == 2
    assert "createdb" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_desk_on_a_port_of_the_systems_choice_says_which(tmp_path: Path) -> None:
    Path("huiying.toml").write_text('[encoder]\nkind = "none"\n', encoding="utf-8")
    log, paths = tmp_path / "said", {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "bot", "serve", "--port", "0"]
    with log.open("wb") as said:
        desk = subprocess.Popen(command, env=os.environ | paths, stdout=said, stderr=said)
    try:
        until = time.monotonic() + 60
        while (ready := re.search(r"ready on (\S+),", log.read_text())) is None:
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        with urllib.request.urlopen(f"{ready[1]}/healthz", timeout=5) as answer:
            assert answer.status == 200
    finally:
        desk.terminate()
        desk.wait(timeout=30)


def test_a_full_disk_under_the_desk_is_told_with_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def filling() -> None:
        storage = await open_storage("sqlite:///desk.db")
        await storage.migrate()
        connection = storage.driver._database.conn
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        try:
            await storage.log("desk", "export", {"what": "水" * 100_000}, NOW)
        finally:
            await storage.close()

    with pytest.raises(typer.Exit) as ended:
        run(filling())
    assert ended.value.exit_code == 2
    assert "disk is full. Make room on the database's disk" in capsys.readouterr().err


def test_a_demo_that_cannot_have_its_folder_says_what_to_do() -> None:
    told = huiying("demo", "--data", "/proc/x")
    assert told.exit_code == 2
    assert told.stderr.startswith("--data /proc/x: the demo did not start, nothing was changed: ")
    assert "Name a folder" in told.stderr


def test_a_copy_counts_though_the_desk_cannot_note_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", "sqlite:///desk.db")
    huiying("migrate")
    with closing(sqlite3.connect("desk.db")) as desk, desk:
        desk.execute(
            "CREATE TRIGGER full BEFORE INSERT ON audit_log"
            " BEGIN INSERT INTO nowhere VALUES (1); END"
        )
    told = huiying("backup", "copy.db")
    assert (told.exit_code, Path("copy.db").is_file()) == (0, True)
    assert "the copy was made; the desk's log has no note of it: " in told.stderr
