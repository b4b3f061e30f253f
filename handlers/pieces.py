"""Sentences that are sent in pieces: 狗, 没栓绳, 咬人了."""

from handlers.asides import is_beside_the_matter
from handlers.hearing import commands
from handlers.hearing.vocabulary import words
from handlers.ports import Said
from handlers.settlement import Outcome
from handlers.telling import asks, is_piece
from handlers.turn import Turn
from knowledge_base.intent import recognise
from knowledge_base.text import normalise

_LED_NOWHERE = frozenset({Outcome.SUGGESTED, Outcome.ASKED_FOR_WORDS, Outcome.COMMANDED})


def pieces_before(turn: Turn, text: str, *, asking: bool = False) -> tuple[str, ...]:
    """What was said just before a piece, in a few words each, and led to nothing; oldest first.

    Whoever chose, was answered or wrote of a case since has begun anew, and so has who asked and
    now complains; a question that pieces explain stands before them. `asking` says whether the
    piece itself may ask: 怎么补, after 社保 and 断了.
    """
    if not (_is_of_a_sentence(text) or (asking and is_piece(text))):
        return ()
    pieces: list[str] = []
    for said in turn.accepted.said_before:
        if said.outcome is Outcome.CHATTED or is_beside_the_matter(said.text):
            continue
        if pieces and _was_listed(said) and not recognise(text).wants_a_person:
            pieces.append(said.text.strip())
        if not _led_nowhere(said):
            break
        pieces.append(said.text.strip())
    return tuple(dict.fromkeys(each for each in reversed(pieces) if each not in text))


def _led_nowhere(said: Said) -> bool:
    return not said.case and said.outcome in _LED_NOWHERE and _is_of_a_sentence(said.text)


def _was_listed(said: Said) -> bool:
    """Whether it was a question that was met with a list."""
    return said.outcome is Outcome.SUGGESTED and not said.case and asks(said.text)


def _is_of_a_sentence(text: str) -> bool:
    """Whether a text can be a part of what somebody tells; a question, a wish and a command are
    whole."""
    said = text.strip()
    if commands.parse(said) is not None or commands.chosen_number(said) is not None:
        return False
    wishes = words("telling.wishes").search(normalise(said)) is not None
    return is_piece(said) and not asks(said) and not wishes
