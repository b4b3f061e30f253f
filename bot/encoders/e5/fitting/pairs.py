"""What the network learns from: a text, texts that mean the same, texts that only look near.

`wordings/` is our own open set: an official question, an answer to it in one sentence, five ways to
ask for just that, and two near misses, each marked with "!"; the parts are separated by "|".
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORDINGS = Path(__file__).with_name("wordings")
_ANSWER = 250


@dataclass(frozen=True, kw_only=True)
class Text:
    """A question, or a passage, which the model wants marked as such."""

    text: str
    is_passage: bool = False


@dataclass(frozen=True, kw_only=True)
class Pair:
    """`text` belongs to any of `same` and to none of `other`; one batch has a `matter` once."""

    matter: str
    text: Text
    same: Sequence[Text]
    other: Sequence[Text] = ()


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One line of the open set."""

    question: str
    answer: str
    wordings: Sequence[str]
    near_misses: Sequence[str]

    @classmethod
    def of(cls, line: str) -> "Matter":
        """Raises `ValueError` for a line that lacks a part."""
        parts = [part.strip() for part in line.split("|")]
        near = [part[1:].strip() for part in parts if part.startswith("!")]
        question, answer, *wordings = (part for part in parts if not part.startswith("!"))
        if not (question and answer and len(wordings) == 5 and len(near) == 2 and all(parts)):
            raise ValueError(f"not a question, an answer, five wordings, two near misses: {line}")
        return cls(question=question, answer=answer, wordings=wordings, near_misses=near)

    def pairs(self) -> Iterator[Pair]:
        """Each wording to the question or the passage, and the question to the passage."""
        question = Text(text=self.question)
        passage = Text(text=f"{self.question} {self.answer}", is_passage=True)
        near = [Text(text=text) for text in self.near_misses]
        for wording in self.wordings:
            yield Pair(
                matter=self.question,
                text=Text(text=wording),
                same=(question, passage),
                other=near,
            )
        yield Pair(matter=self.question, text=question, same=(passage,), other=near)


def matters() -> list[Matter]:
    """The open set, those of one subject beside each other."""
    files = sorted(WORDINGS.glob("*.txt"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [Matter.of(line) for line in lines]


def paraphrases(data: Path, name: str, *, to_passages: bool = False) -> list[Pair]:
    """The open half of a research set, if it is there."""
    asked, known = data / f"{name}.queries.open.jsonl", data / f"{name}.corpus.jsonl"
    if not (asked.exists() and known.exists()):
        return []
    texts = {
        row["id"]: Text(text=row["text"][:_ANSWER], is_passage=to_passages) for row in _rows(known)
    }
    return [
        Pair(
            matter=str(row["group"]),
            text=Text(text=row["text"]),
            same=[texts[each] for each in row["pos"]],
            other=[texts[each] for each in row.get("neg", ())],
        )
        for row in _rows(asked)
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
