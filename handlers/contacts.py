"""Where an office is, its telephone and hours: asked more often than any rule."""

from cases.department import Department
from cases.department_names import Named
from handlers import texts
from handlers.hearing.vocabulary import saying, words
from handlers.ports import Departments
from knowledge_base.lexical import says_nothing
from knowledge_base.text import ASKING, normalise

_LONGEST = 24
"""Characters of a normalised text that asks for nothing but a telephone or a place."""
_SHORT = 14


def contact_of(text: str, departments: Departments) -> str:
    """The reply to a question for nothing but an office's telephone, place or hours, or ""."""
    asked = normalise(text)
    called = departments.offices(asked)
    if called is not None and asked == called.words:
        return texts.contacts.offices(called.offices)
    if len(asked) > _LONGEST or not words("contacts.asks").search(asked):
        return ""
    named = departments.named(asked)
    if called is not None and (named is None or len(called.words) >= len(named.words)):
        return texts.contacts.offices(called.offices) if _is_all(asked, called.words) else ""
    if named is None:
        return ""
    place = words("contacts.county").match(asked)
    if place and place.group() in named.department.parent:
        asked = asked[place.end() :]
    return _told(named) if _is_all(asked, named.words) else ""


def asks_on_contact(text: str) -> bool:
    """Whether a text asks for hours, a place or a telephone and names none: 礼拜天开门不."""
    asked = normalise(text)
    if len(asked) > _LONGEST or not words("contacts.asks").search(asked):
        return False
    return _is_all(asked, "")


def asks_of_nobody(text: str) -> bool:
    """Whether a text asks for hours, a place or a telephone, and says of no office: 几点下班."""
    is_asked = ASKING.search(normalise(text)) or words("telling.question").search(text)
    return is_asked is not None and asks_on_contact(text)


def asks_for_number(text: str) -> bool:
    """Whether a short text asks for nothing but somebody's telephone, or the way there."""
    asked = normalise(text)
    if len(asked) > _SHORT:
        return False
    return words("contacts.number").match(asked) is not None or saying("contacts.way").said_in(
        asked
    )


def asks_for_contact(text: str) -> bool:
    """Whether a text asks where, when, or by which telephone."""
    return words("contacts.asks").search(normalise(text)) is not None


def _told(named: Named) -> str:
    if not _has_any(named.department):
        return ""
    return texts.contacts.contact(named.department, called=named.words)


def _has_any(department: Department) -> bool:
    return bool(department.phone or department.address or department.hours)


def _is_all(asked: str, name: str) -> bool:
    """Whether nothing is asked besides how to reach the office called `name`."""
    rest = asked.replace(name, " ", 1) if name else asked
    return says_nothing(words("contacts.around").sub(" ", words("contacts.asks").sub(" ", rest)))
