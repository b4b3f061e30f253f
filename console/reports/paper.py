"""A report as a text with figures, written once and shown as a page or taken along as a file."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A number with the address of its cases; "" for what is no number of cases.

    `of` says whose it is where it does not count them: their days.
    """

    shown: str
    link: str = ""
    of: str = ""


Part = str | Figure


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading between paragraphs."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One paragraph in parts; `blank` is a place for its writer to fill in.

    One that is `flush` begins at the margin, as whom a text is for does.
    """

    parts: Sequence[Part]
    blank: bool = False
    flush: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table; each row has a part for every column."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Part]]


Block = Heading | Paragraph | Table


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The whole text; `lines` break its title where its sense does, `signed` stands at its end."""

    lines: Sequence[str]
    blocks: Sequence[Block]
    signed: Sequence[str]

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.lines)


def text_of(part: Part) -> str:
    """A part without its link."""
    return part.shown if isinstance(part, Figure) else part
