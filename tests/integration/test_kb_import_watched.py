"""An import of the knowledge base in a real terminal."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path


def test_whoever_watches_an_import_sees_that_it_is_being_saved(tmp_path: Path) -> None:
    config = tmp_path / "huiying.toml"
    database = f"sqlite:///{tmp_path / 'desk.db'}"
    config.write_text(f'database_url = "{database}"\n[encoder]\nkind = "none"\n', "utf-8")
    (tmp_path / "a.csv").write_text("问题,答案\n甲,好\n", "utf-8")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "bot", "kb", "import", tmp_path / "a.csv", "--config", config]
    env = os.environ | {"TERM": "xterm", "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=follower, env=env, check=True)
    os.close(follower)
    seen = b""
    with suppress(OSError):  # the end of a terminal
        while part := os.read(leader, 65_536):
            seen += part
    os.close(leader)
    assert seen.index(b"reading") < seen.index(b"saving, all or nothing")
