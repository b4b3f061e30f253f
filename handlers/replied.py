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
from knowledge_base.text import normalise


class Replied:
    """Takes an answered case up again on its citizen's word."""

    def __init__(self, escalation: Escalation) -> None:
        self._escalation = escalation

    async def hear(self, turn: Turn) -> Settlement | None:
        """The case again, or thanks; None where nothing is said of the reply."""
        case = turn.just_replied
        if case is None or not turn.has_read_reply_to(case):
            return None
        if commands.parse(turn.text) is not None:
            return None
        text = plainly(turn.text)
        if saying("replied.relieved").said_in(normalise(text)):
            return turn.settle(Outcome.CHATTED, texts.general.SOLVED)
        if words("replied.accepts").fullmatch(normalise(text)):
            return turn.settle_aside(Outcome.CHATTED, texts.talk.ALL_RIGHT)
        if not objects(text, case):
            return None
        if not is_unsolved(text) and not await self._escalation.is_of_reply(turn, case, text):
            return None
        return self._escalation.reopen(turn, case, turn.text)


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
