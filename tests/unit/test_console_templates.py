"""The console's templates as files."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "console" / "templates"
DRAWN = re.compile(r"\b(icon|seal)\(")
AT_HAND = re.compile(r"import ([\w, ]+) %}|macro (icon|seal)\b")


def at_hand(text: str) -> set[str]:
    return {name for found in AT_HAND.findall(text) for name in re.findall(r"\w+", "".join(found))}


def test_each_template_imports_the_pictures_that_it_draws_itself() -> None:
    texts = {path.name: path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")}
    missing = {name: set(DRAWN.findall(text)) - at_hand(text) for name, text in texts.items()}
    assert {name: lacks for name, lacks in missing.items() if lacks} == {}
