"""Choice lists: lines that can be told apart on a phone, and the line an answer means."""

from collections.abc import Callable, Sequence

from handlers import texts
from handlers.citizen import Choice
from knowledge_base.condition import chosen_by_words
from knowledge_base.entry import Entry
from knowledge_base.outcome import Suggestions
from knowledge_base.text import normalise

LINE = 40
"""Characters of an entry's question that a line shows."""
LONGEST_SIDE = 10
"""Characters of an answer that names a side ("外地的") and is not a question of its own."""
_TELLING: tuple[Callable[[Entry], str], ...] = (
    lambda entry: entry.region,
    lambda entry: entry.audience,
    lambda entry: entry.topic,
    lambda entry: entry.department,
    lambda entry: texts.excerpt(entry.answer, 16),
)


def choices_of(found: Suggestions) -> tuple[Choice, ...]:
    """The lines of a list: the entries' questions, with what sets them apart where it must."""
    entries = [each.entry for each in found.choices]
    titles = [texts.excerpt(entry.question or entry.answer, LINE) for entry in entries]
    if found.separation is not None:
        pairs = zip(found.separation.labels, titles, strict=True)
        titles = [f"{label}：{title}" for label, title in pairs]
    elif len(set(map(normalise, titles))) < len(titles):
        titles = _told_apart(titles, entries)
    return tuple(
        Choice(entry=entry.id, title=title) for entry, title in zip(entries, titles, strict=True)
    )


def meant(text: str, choices: Sequence[Choice]) -> int | None:
    """The number of the line that a short answer means by its words; None when it is unclear."""
    if not choices:
        return None
    said = normalise(text)
    if len(said) > LONGEST_SIDE:
        return None
    place = chosen_by_words(said, [choice.title for choice in choices])
    return None if place is None else place + 1


def _told_apart(titles: Sequence[str], entries: Sequence[Entry]) -> list[str]:
    """Adds the first thing in which all of the entries differ."""
    for telling in _TELLING:
        marks = [telling(entry) for entry in entries]
        if all(marks) and len(set(marks)) == len(marks):
            return [f"{title}（{mark}）" for title, mark in zip(titles, marks, strict=True)]
    return list(titles)
