"""The sample county's texts, as they lie in `bot/sample_county`."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handlers.office_directory import Office

FOLDER = Path(__file__).parent.parent / "sample_county"
DEPARTMENTS = FOLDER / "departments.csv"
OFFICES = FOLDER / "offices.csv"
ENTRIES = FOLDER / "entries.jsonl"
MESSAGES = FOLDER / "messages.jsonl"
PUBLIC_ANSWERS = FOLDER / "public_answers.jsonl"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A citizen's message of the demo history, with the department's reply where it has one."""

    text: str
    department: str = ""
    reply: str = ""
    rating: int | None = None


def letters() -> Iterator[Letter]:
    """The demo history, in the order it is told."""
    for line in MESSAGES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Letter(
            text=row["text"],
            department=row.get("department", ""),
            reply=row.get("reply", ""),
            rating=row.get("rating"),
        )


def offices() -> list[Office]:
    """How to reach what people ask for besides departments."""
    with OFFICES.open(encoding="utf-8", newline="") as file:
        return [
            Office(
                name=row["name"],
                also=tuple(row["also"].split("、")),
                phone=row["phone"],
                address=row["address"],
                hours=row["hours"],
                what=row["what"],
                checked_on=date.fromisoformat(row["checked_on"]),
            )
            for row in csv.DictReader(file)
        ]


def public_answers() -> Iterator[tuple[str, str, str]]:
    """(words of the letter, question, answer): rewritten so that they fit anybody."""
    for line in PUBLIC_ANSWERS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["of"], row["question"], row["answer"]
