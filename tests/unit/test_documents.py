"""What the documents name is there: files, links and commands with their options."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.__main__ import build

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
ROOMS = "bot|handlers|knowledge_base|cases|console|storage|simulator|tests|docs"
PATH = re.compile(rf"`((?:{ROOMS})/[\w./-]+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
COMMAND = re.compile(r"\bhuiying((?: [a-z]+)+)([^\n`|]*)")
COMMANDS = typer.main.get_command(build())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    places = [ROOT / path for path in PATH.findall(text)]
    places += [document.parent / path for path in LINK.findall(text)]
    assert [place for place in places if not place.exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_option_that_a_document_gives_a_command_is_one_of_it(document: Path) -> None:
    wrong = []
    for words, rest in COMMAND.findall(document.read_text("utf-8")):
        known = _options(words.split())
        given = re.findall(r"(?<!\S)--[a-z-]+", rest)
        wrong += [(words, one) for one in given if known and one not in known]
    assert wrong == []


def test_the_commands_of_the_documents_are_known() -> None:
    assert "--dry-run" in _options(["kb", "import", "entries"])
    assert _options(["kb"]) == _options(["desk"]) == frozenset()


def _options(words: list[str]) -> frozenset[str]:
    """The options of the command that these words begin with; none for a group of commands."""
    found: Any = COMMANDS
    for word in words:
        below = getattr(found, "commands", {})
        if word not in below:
            break
        found = below[word]
    if hasattr(found, "commands"):
        return frozenset()
    return frozenset(name for each in found.params for name in each.opts) | {"--help"}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", sorted(ROOT.glob("docs/deploy/*.service")), ids=lambda p: p.name)
def test_a_unit_is_confined(unit: Path) -> None:
    """From 0 (nothing is open) to 100; only reads the file, and starts nothing."""
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit]
    subprocess.run(command, check=True, capture_output=True)
