"""The command line as a script calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.__main__ import build


def huiying(*arguments: object) -> Result:
    """The command, run to its end."""
    return CliRunner().invoke(build(), [str(each) for each in arguments])


def run_serve(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """`huiying serve` in a process of its own, which must end by itself."""
    command = [sys.executable, "-m", "bot", "serve", *map(str, arguments)]
    root = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(command, capture_output=True, text=True, env=env, timeout=60, check=False)


def rows_in(path: Path, *rows: dict[str, object]) -> Path:
    """A jsonl file."""
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return path
