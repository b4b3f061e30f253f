"""A real `huiying serve` process on a free port, to talk to, to kill and to start again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers.wire import APPID, KEY, PREVIOUS_KEY, TOKEN

CONFIG = """\
database_url = "{database_url}"
public_url = "http://127.0.0.1:{port}"
port = {port}

[accounts.main]
appid = "{appid}"
secret = "a-secret"
token = "{token}"
mode = "{mode}"
aes_key = "{key}"
previous_aes_key = "{previous_key}"
verified = {verified}
api_base = "{api_base}"

[encoder]
kind = "none"

[answering]
region = "浙江省/丽水市/云和县"
"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass
class ServiceProcess:
    """`huiying serve` in a folder of its own."""

    folder: Path
    port: int = field(default_factory=free_port)
    database_url: str = ""
    mode: str = "safe"
    api_base: str = "http://127.0.0.1:9"
    process: subprocess.Popen[bytes] | None = None
    arguments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        url = self.database_url or f"sqlite:///{self.folder / 'desk.db'}"
        text = CONFIG.format(
            database_url=url,
            port=self.port,
            appid=APPID,
            token=TOKEN,
            mode=self.mode,
            key=KEY,
            previous_key=PREVIOUS_KEY,
            verified="true" if self.api_base != "http://127.0.0.1:9" else "false",
            api_base=self.api_base,
        )
        self.config.write_text(text, encoding="utf-8")

    @property
    def config(self) -> Path:
        return self.folder / "huiying.toml"

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.base}/wechat/main"

    def start(self, *, within: float = 90.0) -> None:
        """Starts and waits until it is ready."""
        command = [sys.executable, "-m", "bot", "serve", "--config", str(self.config)]
        log = (self.folder / "service.log").open("ab")
        self.process = subprocess.Popen([*command, *self.arguments], stderr=log, stdout=log)
        log.close()
        give_up_at = time.monotonic() + within
        while not self.is_ready():
            if time.monotonic() > give_up_at or self.process.poll() is not None:
                self.kill()
                raise AssertionError((self.folder / "service.log").read_text()[-3000:])
            time.sleep(0.05)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def kill(self) -> None:
        """kill -9: no farewell."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM, and its exit code."""
        if self.process is None or self.process.poll() is not None:
            return 0
        self.process.terminate()
        return self.process.wait(timeout=30)

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Another `huiying` command on the same desk."""
        command = [sys.executable, "-m", "bot", *arguments, "--config", str(self.config)]
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={**os.environ, "COLUMNS": "200"},
        )

    def verify(self) -> dict[str, Any]:
        """What `huiying verify --json` says."""
        found: dict[str, Any] = json.loads(self.run("verify", "--json").stdout)
        return found
