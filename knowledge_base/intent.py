"""What a message wants: an answer, somebody's help, or only a word back.

The words that tell it stand in words/intent.toml.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from knowledge_base.grievance import chance_of_grievance
from knowledge_base.sayings import read_sayings
from knowledge_base.text import cut, normalise


class Intent(StrEnum):
    """Complaint, report, help and grievance open a case; those after get a short human text.

    A grievance is told without any word that stands for one, so it is known less surely.
    """

    QUESTION = "question"
    COMPLAINT = "complaint"
    REPORT = "report"
    HELP = "help"
    GRIEVANCE = "grievance"
    GREETING = "greeting"
    THANKS = "thanks"
    LAUGHTER = "laughter"
    ABUSE = "abuse"
    EMOJI = "emoji"
    CHAT = "chat"
    FAREWELL = "farewell"
    ACKNOWLEDGED = "acknowledged"
    WHO = "who"
    DISPLEASED = "displeased"

    @property
    def wants_a_person(self) -> bool:
        """Whether an entry alone is never the answer."""
        return self in _FOR_A_PERSON

    @property
    def is_small_talk(self) -> bool:
        """Whether a short text is all that is wanted."""
        return self is not Intent.QUESTION and self not in _FOR_A_PERSON


_FOR_A_PERSON = frozenset((Intent.COMPLAINT, Intent.REPORT, Intent.HELP, Intent.GRIEVANCE))
_TABLES = read_sayings("knowledge_base", ["intent"])


def _words(name: str) -> re.Pattern[str]:
    return _TABLES[f"intent.{name}"].words


_WHOLE = tuple(
    (intent, _words(intent.value))
    for intent in (
        Intent.LAUGHTER,
        Intent.GREETING,
        Intent.FAREWELL,
        Intent.THANKS,
        Intent.ACKNOWLEDGED,
    )
)
_EXPLICIT = tuple(
    (intent, _words(intent.value)) for intent in (Intent.REPORT, Intent.COMPLAINT, Intent.HELP)
)
_WISHES = _words("wishes")
_THANKS_WITH_A_NAME = _words("thanks_by_name")
_WHO = _words("who")
_DISPLEASED = _words("displeased")
_TOO_HARD = _words("too_hard")
_ABUSE = _words("abuse")
_ABUSE_FILLER = _words("beside_abuse")
_CHAT = _words("chat")
_DEMAND = _words("demand")
_ORDER = _words("order")
_GRIEVANCE = _words("grievance")
_REFUSAL = _words("refusal")
_HARM = _words("harm")
_RHETORICAL = _words("rhetorical")
_ASKS_TO_KNOW = _words("asks_to_know")
_CLOSES_AS_QUESTION = _words("closes_as_question")
_GRATITUDE = _words("gratitude")
_DONE = _words("done")
_NOT_DONE = _words("not_done")
_ABOUT_THE_DESK = 24
"""Characters; a longer text about the desk has a matter behind it."""
_TOLD, _TOLD_WHILE_ASKING = 0.5, 0.6
"""Chances from which on what these tables take for a question is a grievance: of our letters that
complain .61 are recognised so (.15 without), of those that ask .015 (.005), cross-validated."""
_IN_SHORT = 60
"""Characters; a longer text that says who does not do what may as well propose something."""
_TELLING = 8
"""Characters; a shorter text is a matter's name, or a fact about one."""


def refuses(text: str) -> bool:
    """Whether a text says that somebody does not do what they ought to: 房东不给开证明."""
    return _REFUSAL.search(normalise(text)) is not None


def recognise(text: str) -> Intent:
    """The intent of a message; anything undecided is a question.

    Asking where or how to complain is a question; demanding that somebody act, or telling a
    grievance without asking to know anything, is not. A grievance without any word that stands for
    one is known by its wording as a whole.
    """
    return _recognise(cut(text))


@lru_cache(maxsize=16384)
def _recognise(text: str) -> Intent:
    if _is_only_signs(text):
        return Intent.EMOJI
    plain = normalise(text)
    bare = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).strip().lower())
    small = _small_talk(plain, bare)
    return small if small is not None else _concern(plain, bare)


def _is_only_signs(text: str) -> bool:
    """Whether nothing can be read but emoji, WeChat's bracketed faces and punctuation."""
    without_faces = re.sub(r"\[[^\[\]\s]{1,6}\]|/:[a-z:@&<>()~*!|\-]{1,8}", "", text)
    return not any(unicodedata.category(char)[0] in "LN" for char in without_faces)


def _small_talk(plain: str, bare: str) -> Intent | None:
    if len(plain) > 60:
        return None
    if _WISHES.match(bare):
        return Intent.GREETING
    if _THANKS_WITH_A_NAME.match(bare):
        return Intent.THANKS
    for intent, pattern in _WHOLE:
        if pattern.match(plain) or (len(bare) <= 60 and pattern.match(bare)):
            return intent
    if _ABUSE.search(plain) and len(_ABUSE_FILLER.sub("", _ABUSE.sub("", plain))) <= 3:
        return Intent.ABUSE
    if len(plain) <= _ABOUT_THE_DESK:
        if _WHO.search(plain):
            return Intent.WHO
        if _DISPLEASED.search(plain) or _TOO_HARD.match(plain):
            return Intent.DISPLEASED
    return Intent.CHAT if _CHAT.search(plain) else None


def _concern(plain: str, bare: str) -> Intent:
    if _GRATITUDE.search(bare) and _DONE.search(plain) and not _NOT_DONE.search(plain):
        return Intent.THANKS
    intent = _by_words(plain)
    if intent is not Intent.QUESTION:
        return intent
    asks = _ASKS_TO_KNOW.search(plain) or _CLOSES_AS_QUESTION.search(plain)
    if not asks and len(plain) <= _IN_SHORT and (_REFUSAL.search(plain) or _HARM.search(plain)):
        return Intent.GRIEVANCE
    if len(plain) < _TELLING:
        return intent
    told = chance_of_grievance(plain) > (_TOLD_WHILE_ASKING if asks else _TOLD)
    return Intent.GRIEVANCE if told else intent


def _by_words(plain: str) -> Intent:
    if _RHETORICAL.search(plain) and len(_GRIEVANCE.findall(_RHETORICAL.sub("", plain))) >= 1:
        return Intent.COMPLAINT
    asks = bool(_ASKS_TO_KNOW.search(plain))
    orders = bool(_ORDER.search(plain))
    if asks and not orders and len(plain) <= 60:
        return Intent.QUESTION
    if not asks:
        for intent, pattern in _EXPLICIT:
            if pattern.search(plain):
                return intent
    if orders:
        return Intent.COMPLAINT
    demands, grieves = bool(_DEMAND.search(plain)), len(_GRIEVANCE.findall(plain))
    if asks:
        return Intent.COMPLAINT if demands and grieves >= 2 else Intent.QUESTION
    if _CLOSES_AS_QUESTION.search(plain) and not demands:
        return Intent.QUESTION
    return Intent.COMPLAINT if demands or grieves else Intent.QUESTION
