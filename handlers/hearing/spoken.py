"""What citizens say where the help names a command: how far is it, hurry, never mind, not this."""

from typing import Final

from handlers.hearing.commands import (
    NUMERALS,
    Command,
    Displeased,
    NotThis,
    Progress,
    Rate,
    Solved,
    Unsolved,
    Urge,
    Withdraw,
)
from handlers.hearing.vocabulary import saying, words
from knowledge_base.lexical import says_nothing, telling_words
from knowledge_base.remembered import remembered
from knowledge_base.text import ASKING, normalise

_LONGEST = 24
"""Characters of a normalised text; a longer one has more to tell."""
_OF_A_CASE: Final = (
    ("spoken.withdraw", Withdraw()),
    ("spoken.urge", Urge()),
    ("spoken.progress", Progress()),
)
_CONTENT: Final = (("spoken.five", 5), ("spoken.four", 4), ("spoken.three", 3))


def judges(text: str) -> Command | None:
    """What a short text says of the reply that a department has just given; None for all others.

    The scores are those of the State Council's 政务服务“好差评”: 非常满意, 满意, 基本满意.
    """
    said = normalise(text)
    if saying("spoken.rejected").said_in(said):
        return Unsolved()
    if words("spoken.belittled").match(said):
        return Displeased()
    return next((Rate(score) for name, score in _CONTENT if words(name).match(said)), None)


def parse_spoken(
    text: str, *, has_case: bool, has_reply: bool = False, about: str = ""
) -> Command | None:
    """The command a short text stands for; None where it names a matter of its own.

    Haste, withdrawal and progress are understood only of somebody who has a case, a verdict only
    of one who has a reply that is not rated yet. `about` is the open case's text: its words name
    no other matter.
    """
    said = normalise(text)
    if len(said) > _LONGEST:
        return None
    if has_reply and (verdict := _verdict(said)):
        return verdict
    if (has_reply or has_case) and words("spoken.still_not").search(said):
        return Urge() if has_case else Unsolved()
    if words("spoken.not_this").search(said):
        return NotThis()
    if words("spoken.progress_of_own").match(said):
        return Progress()
    if not has_case:
        return None
    rest = said
    for name, _ in _OF_A_CASE:
        rest = words(name).sub(" ", rest)
    rest = words("spoken.around").sub(" ", rest)
    if not says_nothing(" ".join(word for word in telling_words(rest) if word not in about)):
        return None
    return next((command for name, command in _OF_A_CASE if words(name).search(said)), None)


def _verdict(said: str) -> Command | None:
    """What is said of a reply in other words than the help's."""
    if found := words("spoken.score").match(said):
        return Rate(NUMERALS.get(found[1]) or int(found[1]))
    if words("spoken.unsatisfied").match(said):
        return Displeased()
    return Solved() if words("spoken.solved").search(said) else None


def files(text: str) -> bool:
    """Whether a text only says that what was told is a complaint: 我要举报."""
    return words("spoken.files").fullmatch(normalise(text)) is not None


@remembered
def announces(text: str) -> bool:
    """Whether a text only says that there is something to tell: 我要投诉, 想问个事."""
    said = normalise(text)
    if (
        len(said) > _LONGEST
        or ASKING.search(said)
        or words("asides.greets").match(said)
        or not words("asides.announces").search(said)
        or words("asides.says_no_more").search(said)
    ):
        return False
    return says_nothing(words("asides.announces").sub(" ", said))
