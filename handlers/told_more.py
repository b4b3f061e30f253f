"""Whether a text tells more of the open case, instead of beginning or asking anything."""

from cases.case import Case, State
from handlers.found import LIKELY
from handlers.hearing.vocabulary import words
from handlers.telling import (
    asks,
    begins_with_whom,
    cries,
    is_fragment,
    is_piece,
    only_accuses,
    says_what_came_of_it,
    says_what_happened,
    states,
    with_its_question,
)
from handlers.turn import GRIEVES, Turn
from knowledge_base.follow_up import is_follow_up, names_a_side
from knowledge_base.lexical import telling_words
from knowledge_base.outcome import Suggestions
from knowledge_base.synonyms import default_synonyms
from knowledge_base.text import normalise

GUESSED = 0.06  # a chance below which a line is offered to nobody who may ask on about a case
SHORT_QUESTION = 6  # characters of a question that may be of the complaint before it
A_NAME = 3  # characters of a word that is the name of a thing
SURE = 0.6  # the chance from which a line is offered though a department waits for an answer


def is_told_more(turn: Turn, whole: str, found: Suggestions) -> bool:
    """Whether a text is about the open case, though a list could be offered for it."""
    chance = found.choices[0].probability
    if turn.has_fresh_case and says_what_happened(whole):
        return True
    case = turn.grievance if turn.has_fresh_case else None
    if case is not None and (cries(whole) or (only_accuses(case.text) and only_tells(turn, whole))):
        return True
    if tells_a_fact(turn, whole) and not found.topic:
        return True
    if asks_on(turn, whole) and chance < GUESSED and not found.topic:
        return True
    if chance < LIKELY and loses_patience(turn, whole):
        return True
    if chance < LIKELY and tells_of_what_was_asked(turn, whole):
        return True
    if chance < SURE and not found.topic and is_awaited(turn, whole):
        return True
    if found.topic and chance < LIKELY and case is not None:
        return states(whole)
    if found.topic or found.elsewhere:
        return False
    if chance < LIKELY and (tells_of_a_grievance(turn, whole) or asks_of_it(turn, whole)):
        return True
    goes_on = turn.grievance is not None and states(whole)
    return chance < (SURE if goes_on else LIKELY) and tells_more(turn, whole, chance)


def tells_of_a_grievance(turn: Turn, text: str) -> bool:
    """Whether a few words that ask and wish nothing follow soon on a complaint: 吃完拉肚子."""
    told = normalise(text)
    wishes = words("telling.wishes").search(told) or words("telling.of_its_own").search(text)
    fresh = turn.grievance is not None and turn.has_fresh_case
    of_it = is_piece(text) and not asks(text) and not begins_with_whom(text)
    return fresh and of_it and not wishes


def asks_of_it(turn: Turn, text: str) -> bool:
    """Whether what follows soon on a case asks without naming any matter: 补多少钱.

    After a complaint it may have words of its own, if none is the name of a service: 要报警吗.
    """
    case, told = turn.open_case, normalise(text)
    if case is None or turn.talks_of_another_matter or not turn.has_fresh_case:
        return False
    if is_follow_up(told) and not names_a_side(told):
        return True
    services = default_synonyms().meaning
    names = any(word in services for word in telling_words(told) if word not in case.text)
    is_short = len(told) <= SHORT_QUESTION and is_piece(text)
    return turn.grievance is not None and asks(text) and is_short and not names


def tells_more(turn: Turn, text: str, chance: float = 0.0) -> bool:
    """Whether a text goes on telling of the open case instead of asking anything.

    Facts and fragments that follow soon ("就在菜场旁边", "都十二点了"), and whatever is told
    while a department waits for the citizen. `chance` is that of the best line that could be
    offered instead.
    """
    case = turn.open_case
    if case is None or asks(text) or words("telling.wishes").search(normalise(text)):
        return False
    if is_awaited(turn, text) or words("telling.supplements").match(normalise(text)):
        return True
    if not turn.has_fresh_case:
        return False
    if words("telling.facts").match(normalise(text)) is not None:
        return True
    if words("telling.of_its_own").search(text) or not is_fragment(text):
        return False
    return chance < LIKELY or case.kind in GRIEVES


def tells_a_fact(turn: Turn, text: str) -> bool:
    """Whether a place, a name, a sum or what came of it follows soon on the open case."""
    told = normalise(text)
    if not turn.has_fresh_case or asks(text):
        return False
    came_of_it = turn.grievance and says_what_came_of_it(text)
    of_it = words("telling.of_them").match(told) or words("telling.facts").match(told)
    return bool(came_of_it or of_it)


def only_tells(turn: Turn, text: str) -> bool:
    """Whether a few words without a question follow soon on a case: 合同还有三个月."""
    return turn.has_fresh_case and is_piece(text) and not asks(text)


def loses_patience(turn: Turn, text: str) -> bool:
    """Whether a grievance just told goes on with a question of impatience: 到底哪年能住上."""
    angry = turn.grievance is not None and turn.has_fresh_case and is_piece(text)
    return angry and words("telling.exasperated").search(normalise(text)) is not None


def tells_of_what_was_asked(turn: Turn, text: str) -> bool:
    """Whether facts follow on a question that was met with a list: there is a case in it."""
    return turn.has_fresh_list and bool(with_its_question(turn, text))


def asks_on(turn: Turn, text: str) -> bool:
    """Whether a few words of asking follow at once on the open case, and name no other thing."""
    case = turn.open_case
    if case is None or turn.talks_of_another_matter or not turn.has_fresh_case:
        return False
    return asks(text) and is_piece(text) and not names_another(text, case)


def names_another(text: str, case: Case) -> bool:
    """Whether a text has the name of a thing, of which a case has not one character: 身份证."""
    names = [word for word in telling_words(normalise(text)) if len(word) >= A_NAME]
    return any(not set(name) & set(case.text) for name in names)


def is_awaited(turn: Turn, text: str) -> bool:
    """Whether a department waits for the citizen, and this may be what it asked for."""
    case = turn.open_case
    return case is not None and case.state is State.WAITING and not asks(text)
