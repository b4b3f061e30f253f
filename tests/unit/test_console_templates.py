"""The console's templates as files."""

import re
from pathlib import Path

from console.errors import WRITTEN

TEMPLATES = Path(__file__).parents[2] / "console" / "templates"
DRAWN = re.compile(r"\b(icon|seal)\(")
BRIEF = re.compile(r'maxlength="[1-5]?\d\d"')
AT_HAND = re.compile(r"import ([\w, ]+) %}|macro (icon|seal)\b")


def at_hand(text: str) -> set[str]:
    return {name for found in AT_HAND.findall(text) for name in re.findall(r"\w+", "".join(found))}


def test_each_template_imports_the_pictures_that_it_draws_itself() -> None:
    texts = {path.name: path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")}
    missing = {name: set(DRAWN.findall(text)) - at_hand(text) for name, text in texts.items()}
    assert {name: lacks for name, lacks in missing.items() if lacks} == {}


def test_no_failure_costs_anybody_what_they_wrote() -> None:
    texts = "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    names = {*re.findall(r'<textarea[^>]* name="(\w+)"', texts)}
    names |= {*re.findall(r"\{\{ area\('(\w+)'", texts)}
    assert {"text", "duties", "negatives"} <= names <= {*WRITTEN}


def test_what_takes_long_to_write_is_kept_in_the_browser() -> None:
    texts = "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    boxes = re.findall(r"<textarea[^>]*>", texts)
    pasted = "notice-text"  # the calendar's, copied from where it still stands
    lost = [each for each in boxes if "keep" not in each and not BRIEF.search(each)]
    assert [each for each in lost if pasted not in each and "readonly" not in each] == []
