"""A PostgreSQL server of our own for the tests: its own folder, its own socket, no port.

PostgreSQL refuses to run as root; then it runs as the user `postgres`, which its package made.
"""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from pytest_postgresql.janitor import DatabaseJanitor

from tests.servers.databases import migrated

TEMPLATE = "huiying_template"
QUICK = ("fsync=off", "full_page_writes=off", "autovacuum=off", "listen_addresses=")
"""A machine that loses power loses these tests as well; a killed process loses nothing by them."""


class NoPostgres(Exception):
    """The tests with PostgreSQL cannot run here; the message says why."""


@dataclass(frozen=True)
class Server:
    """A running server, reached by a socket in `folder`."""

    folder: Path

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def janitor(self, name: str) -> DatabaseJanitor:
        """Makes and drops a database with our schema."""
        return DatabaseJanitor(
            user="postgres",
            host=str(self.folder),
            port=5432,
            dbname=name,
            template_dbname=TEMPLATE,
        )


@contextmanager
def running_server() -> Iterator[Server]:
    """Raises `NoPostgres` where the programs or an ordinary user to run them are missing."""
    programs, user = _programs(), _user()
    folder = Path(tempfile.mkdtemp(prefix="huiying-pg-"))
    if user is not None:
        os.chown(folder, *user)
    who = {} if user is None else {"user": user[0], "group": user[1], "extra_groups": []}
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]
    process: subprocess.Popen[bytes] | None = None
    try:
        subprocess.run(
            [*initdb, "--locale=C.UTF-8"], check=True, capture_output=True, cwd=folder, **who
        )
        with (folder / "server.log").open("wb") as log:
            settings = [word for setting in QUICK for word in ("-c", setting)]
            start = [programs / "postgres", "-D", data, "-k", folder, *settings]
            process = subprocess.Popen(start, stdout=log, stderr=log, cwd=folder, **who)
        server = Server(folder)
        _wait(server, process)
        _make_template(server)
        yield server
    finally:
        if process is not None:
            process.send_signal(signal.SIGQUIT)  # at once: the folder goes with it
            process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The newest installed server's folder."""
    found = Path("/usr/lib/postgresql").glob("*/bin")
    places = sorted(found, key=lambda place: float(place.parts[-2]))
    on_path = shutil.which("initdb")
    if on_path is not None:
        places.append(Path(on_path).resolve().parent)
    for place in reversed(places):
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoPostgres("PostgreSQL's server programs are not installed")


def _user() -> tuple[int, int] | None:
    """Who runs the server instead of root."""
    if os.geteuid() != 0:
        return None
    try:
        postgres = pwd.getpwnam("postgres")
    except KeyError:
        raise NoPostgres(
            "PostgreSQL refuses to run as root, and there is no user postgres"
        ) from None
    return postgres.pw_uid, postgres.pw_gid


def _wait(server: Server, process: "subprocess.Popen[bytes]") -> None:
    give_up_at = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(server.url("postgres")).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > give_up_at:
                raise NoPostgres((server.folder / "server.log").read_text()) from None
            time.sleep(0.05)
        else:
            return


def _make_template(server: Server) -> None:
    """Our schema once; each test's database is a copy of it."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    asyncio.run(migrated(server.url(TEMPLATE)))
