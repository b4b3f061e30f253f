"""Choice lists: lines that can be told apart on a phone, and the line an answer means."""

import re
from collections.abc import Callable, Sequence

from handlers import texts
from handlers.citizen import Choice
from knowledge_base.condition import chosen_by_words
from knowledge_base.entry import Entry
from knowledge_base.lexical import says_nothing, telling_words
from knowledge_base.outcome import Suggestions
from knowledge_base.parts import name_in, names_it, town_in
from knowledge_base.synonyms import official
from knowledge_base.text import normalise

LINE = 40
"""Characters of an entry's question that a line shows."""
LONGEST_SIDE = 10
"""Characters of an answer that names a side ("外地的") and is not a question of its own."""
LONGEST_PIECE = 3
"""Characters of the rest of a word whose beginning was sent before."""
_YES = re.compile(r"(?:嗯|恩|,)*(?:对|是|没错|不错|正是|就是|对头|这个|那个)+[的啊呀了吧嘛哦,]*")
_POINTS = re.compile(
    r"(?:对|是|嗯|没错|我?(?:要|问|说|选|看|指)的?是?|就|,|那)*(.{1,8}?)的?(?:那|这)(?:个|条|项|种|件)?[啊呀吧的]*"
)
_PART = re.compile(r"\(([^()]+)\)?$")  # a normalised title has lost its last bracket
_LIVES = re.compile(r"我们|我|咱们?|在|住|是|这边|这里|人|的")
_TELLING: tuple[Callable[[Entry], str], ...] = (
    lambda entry: entry.region,
    lambda entry: entry.audience,
    lambda entry: entry.topic,
    lambda entry: entry.department,
    lambda entry: texts.general.excerpt(entry.answer, 16),
)


def choices_of(found: Suggestions) -> tuple[Choice, ...]:
    """The lines of a list: the entries' questions, with what sets them apart where it must."""
    entries = [each.entry for each in found.choices]
    titles = [texts.general.excerpt(entry.question or entry.answer, LINE) for entry in entries]
    if found.separation is not None:
        pairs = zip(found.separation.labels, titles, strict=True)
        titles = [f"{label}：{title}" for label, title in pairs]
    elif len(set(map(normalise, titles))) < len(titles):
        titles = _told_apart(titles, entries)
    titles = [_with_part(title, entry.region) for title, entry in zip(titles, entries, strict=True)]
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
    titles = [normalise(choice.title) for choice in choices]
    place = chosen_by_words(said, [choice.title for choice in choices])
    if place is None:
        place = _of_the_part(said, titles)
    if place is None:
        place = _pointed_at(said, titles)
    return None if place is None else place + 1


def named_in_pieces(before: str, text: str, choices: Sequence[Choice]) -> int | None:
    """The number of the only line with a word that was sent in two pieces: 老年 and then 证."""
    said, word = normalise(text), normalise(f"{before}{text}")
    if len(said) > LONGEST_PIECE or len(word) > LONGEST_SIDE:
        return None
    fitting = [n for n, choice in enumerate(choices, 1) if word in normalise(choice.title)]
    return fitting[0] if len(fitting) == 1 else None


def says_yes(text: str) -> bool:
    """Whether a text only says that the line offered is meant."""
    return _YES.fullmatch(normalise(text)) is not None


def _of_the_part(said: str, titles: Sequence[str]) -> int | None:
    """The place of the only title for the town that a text names, and nothing else: 云岭镇的."""
    fitting = [
        place
        for place, title in enumerate(titles)
        if (name := name_in(said, _part_of(title)))
        if says_nothing(_LIVES.sub("", said.replace(name, "")))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _part_of(title: str) -> str:
    """The town that a title is for by its mark, or names."""
    mark = _PART.search(title)
    return mark[1] if mark else town_in(title)


def _pointed_at(said: str, titles: Sequence[str]) -> int | None:
    """The place of the only title with all the words that a text points by ("丢了的那个")."""
    found = _POINTS.fullmatch(said)
    if found is None:
        return None
    words = telling_words(found[1])
    fitting = [
        place
        for place, title in enumerate(titles)
        if words and all(word in forms for word in words for forms in [f"{title}{official(title)}"])
    ]
    return fitting[0] if len(fitting) == 1 else None


def _with_part(title: str, region: str) -> str:
    """A title that says for which town it is."""
    if not region or names_it(normalise(title), region):
        return title
    return f"{title}（{region.rpartition('/')[2]}）"


def _told_apart(titles: Sequence[str], entries: Sequence[Entry]) -> list[str]:
    """Adds the first thing in which all of the entries differ."""
    for telling in _TELLING:
        marks = [telling(entry) for entry in entries]
        if all(marks) and len(set(marks)) == len(marks):
            return [f"{title}（{mark}）" for title, mark in zip(titles, marks, strict=True)]
    return list(titles)
