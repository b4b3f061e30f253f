"""The demo's folder: its configuration with secrets of its own, its database, its passwords."""

import base64
import json
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

from bot.config import Settings, load_settings
from bot.config_account import AccountSettings

COUNTY = "东江省/南屏市/清禾县"
TITLE = "清禾发布"
TEMPLATE = """\
# Made by `huiying demo`. Try a setting here and start the demo again.
database_url = "sqlite:///{folder}/huiying.db"
public_url = "http://127.0.0.1:{port}"
port = {port}

[accounts.main]
title = "{title}"
appid = "{appid}"
secret = "{secret}"
token = "{token}"
mode = "safe"
aes_key = "{aes_key}"
kind = "service"
verified = true
api_base = "http://127.0.0.1:{port}/simulator/platform"

[accounts.main.notice]
template = "demo-template"
[accounts.main.notice.fields]
character_string1 = "number"
thing2 = "department"
thing3 = "what"
thing4 = "hint"

[answering]
region = "{region}"
"""


@dataclass(frozen=True)
class DemoFolder:
    """Where the demo lives; a second start finds everything as it was left."""

    path: Path

    @property
    def config(self) -> Path:
        return self.path / "huiying.toml"

    @property
    def passwords(self) -> Path:
        return self.path / "passwords.json"

    def settings(self, port: int) -> Settings:
        """The demo's settings on this port; written at the first start, kept afterwards."""
        self.path.mkdir(parents=True, exist_ok=True)
        if not self.config.exists():
            self._write(port)
        settings = load_settings(self.config)
        return settings if settings.port == port else _moved(settings, port)

    def _write(self, port: int) -> None:
        text = TEMPLATE.format(
            folder=self.path.resolve(),
            port=port,
            appid="wx" + secrets.token_hex(8),
            secret=secrets.token_hex(16),
            token=secrets.token_urlsafe(12),
            aes_key=base64.b64encode(secrets.token_bytes(32)).decode()[:43],
            region=COUNTY,
            title=TITLE,
        )
        tomllib.loads(text)
        self.config.touch(mode=0o600)
        self.config.write_text(text, encoding="utf-8")

    def keep_passwords(self, passwords: dict[str, str]) -> None:
        """Writes {"name": "password"}, for the owner's eyes only."""
        self.passwords.touch(mode=0o600)
        text = json.dumps(passwords, ensure_ascii=False, indent=2)
        self.passwords.write_text(text + "\n", encoding="utf-8")

    def read_passwords(self) -> dict[str, str]:
        """The demo's passwords; {} before the first start was complete."""
        if not self.passwords.exists():
            return {}
        found: dict[str, str] = json.loads(self.passwords.read_text(encoding="utf-8"))
        return found


def _moved(settings: Settings, port: int) -> Settings:
    """The same demo on another port: the simulator's address moves with it."""
    base = f"http://127.0.0.1:{port}"
    accounts: dict[str, AccountSettings] = {
        name: account.model_copy(update={"api_base": f"{base}/simulator/platform"})
        for name, account in settings.accounts.items()
    }
    return settings.model_copy(update={"port": port, "public_url": base, "accounts": accounts})
