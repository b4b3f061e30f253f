"""What a citizen says right after a department's reply: that it is not so, or that all is well.

It is the last thing they have read, so their next words are of it rather than of an older letter
that is still open; what names a matter of its own is left to the rest of the path.
"""

from cases.case import Case
from handlers import texts
from handlers.escalate import Escalation
from handlers.hearing import commands
from handlers.hearing.preambles import plainly
from handlers.hearing.vocabulary import saying, words
from handlers.settlement import Outcome, Settlement
from handlers.telling import asks, says_the_same
from handlers.turn import Turn
from knowledge_base.lexical import telling_words
from knowledge_base.text import normalise

LONGEST = 60
"""Characters of a normalised text; a longer one tells its own matter, unless it quotes the reply's
case."""


class Replied:
    """Takes an answered case up again on its citizen's word."""

    def __init__(self, escalation: Escalation) -> None:
        self._escalation = escalation

    async def hear(self, turn: Turn) -> Settlement | None:
        """The case again, or thanks; None where nothing is said of the reply."""
        case = turn.just_replied
        if case is None or commands.parse(turn.text) is not None:
            return None
        text = plainly(turn.text)
        if saying("replied.relieved").said_in(normalise(text)):
            return turn.settle(Outcome.CHATTED, texts.general.SOLVED)
        if not objects(text, case) or not await self._is_of(turn, case, text):
            return None
        return self._escalation.reopen(turn, case, turn.text)

    async def _is_of(self, turn: Turn, case: Case, text: str) -> bool:
        """Whether a text is about the case: it names no other matter, and not an open case's."""
        if is_unsolved(text):
            return True
        shares = _shares_words(text, case)
        other = turn.open_case
        if other is not None and not shares and _shares_words(text, other):
            return False
        if len(normalise(text)) > LONGEST and not shares:
            return False
        if words("telling.of_its_own").search(text) and not says_the_same(text, case.text):
            return False
        heard = await self._escalation.beside(text, case)
        if heard.routing.sure and heard.routing.department != case.department:
            return False
        return shares or heard.thing is None


def is_unsolved(text: str) -> bool:
    """Whether a text says that a matter is not solved, and maybe why: 没有解决，昨晚又吵."""
    return saying("replied.unsolved").said_in(normalise(text))


def objects(text: str, case: Case) -> bool:
    """Whether a text denies the reply to a case, or tells its matter once more."""
    said = normalise(text)
    if asks(text) and words("replied.reproaches").search(said) is None:
        return False
    again = says_the_same(text, case.text)
    return is_unsolved(text) or again or words("replied.objects").search(said) is not None


def _shares_words(text: str, case: Case) -> bool:
    known = f"{case.text}\n{case.reply}"
    return any(word in known for word in telling_words(normalise(text)))
