"""What a citizen's next words say about the answer before them.

Silence is weak evidence, so little counts, and doubt leaves a question out:
- right: an answer given directly, or the line chosen from a list, when the citizen did not say
  没有解决 or 人工 within half an hour, and no matter of theirs went to a person in that time;
- not right: the citizen said so, and asked nothing else in between;
- left out: follow-ups and commands (their words name no matter), 人工 with words of its own,
  anything else asked between the answer and 没有解决, answers of the last half hour.
A desk that believes a wrong complaint only becomes quieter; the other error would make it bolder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.hearing.commands import AskForPerson, NotThis, Solved, Unsolved, parse
from handlers.hearing.spoken import parse_spoken
from handlers.settlement import Outcome
from knowledge_base.follow_up import is_follow_up
from knowledge_base.labels import Kind, Label
from knowledge_base.text import question_of

SOON = timedelta(minutes=30)
LEAST = 4  # characters of a question that says anything
ASKED = frozenset({Outcome.ANSWERED, Outcome.SUGGESTED, Outcome.REDIRECTED})
WITH_A_PERSON = frozenset({Outcome.CASED, Outcome.ADDED})


@dataclass(frozen=True, kw_only=True)
class Said:
    """One settled message of a citizen; `entry` and `version` were given in reply, "" for none.

    `by_model` when the desk itself found the entry, not when the citizen chose it from a list.
    """

    at: datetime
    text: str
    outcome: Outcome
    by_model: bool = False
    entry: str = ""
    version: int = 0


def labels_of(said: Sequence[Said], *, now: datetime) -> list[tuple[datetime, Label]]:
    """The labels in one citizen's messages (oldest first), each with the time of its answer."""
    found = []
    for place, answer in enumerate(said):
        if answer.outcome is not Outcome.ANSWERED or not answer.entry or answer.at + SOON > now:
            continue
        kind = Kind.ANSWERED if answer.by_model else Kind.CHOSEN
        question = answer if answer.by_model else _list_before(said, place)
        if question is None or not _names_a_matter(question.text):
            continue
        verdict = _verdict(kind, _soon_after(said, place))
        if verdict is not None:
            label = Label(
                text=question.text, entry=answer.entry, version=answer.version, kind=verdict
            )
            found.append((answer.at, label))
    return found


def _list_before(said: Sequence[Said], place: int) -> Said | None:
    """The question whose list a choice was made from."""
    while place > 0:
        place -= 1
        if said[place].outcome is not Outcome.COMMANDED:  # a number beyond the list leaves it
            break
    before = said[place]
    return before if before.outcome is Outcome.SUGGESTED else None


def _names_a_matter(text: str) -> bool:
    question = question_of(text)
    return len(question) >= LEAST and parse(text) is None and not is_follow_up(question)


def _soon_after(said: Sequence[Said], place: int) -> Iterator[Said]:
    for later in range(place + 1, len(said)):
        if said[later].at > said[place].at + SOON:
            return
        yield said[later]


def _verdict(kind: Kind, after: Iterator[Said]) -> Kind | None:
    """What the messages after an answer make of it; None when they leave it in doubt."""
    asked_more = False
    for later in after:
        match parse(later.text) or parse_spoken(later.text, has_case=False):
            case Unsolved() | AskForPerson(text=""):
                return None if asked_more else Kind.UNSOLVED
            case NotThis() if later.outcome is not Outcome.ADDED:
                return None if asked_more else Kind.UNSOLVED
            case Solved():
                return kind
        if later.outcome in WITH_A_PERSON:
            return None
        asked_more = asked_more or later.outcome in ASKED
    return kind
