"""Looking up where to go: by what is done there, where one is treated, and when anybody is there.

What is told stands in the departments' table and the places' table (办事地点) of the desk; nobody
is advised what to do about an illness beyond whom to call and where the hospitals are.
"""

from collections.abc import Sequence
from typing import Final

from handlers import texts
from handlers.contacts import asks_for_number, asks_of_nobody, contact_of
from handlers.hearing.vocabulary import saying, words
from handlers.office_directory import Office
from handlers.ports import Departments
from knowledge_base.lexical import says_nothing
from knowledge_base.text import normalise

_LONGEST = 24
"""Characters of a normalised text that asks for a place and for nothing else."""
_LEAST = 2
_MOST = 3
"""Places that a text may mean and still be clear."""
_HOSPITALS: Final = ("医院", "妇幼保健院", "卫生院")
_GENERAL: Final = "人民医院"
_HALL: Final = "政务服务中心"


def looked_up(text: str, departments: Departments) -> str:
    """What the tables say to a text that asks for a place, hours or a telephone; or ""."""
    contact = contact_of(text, departments)
    return contact or treatment(text, departments) or place_for(text, departments)


def place_for(text: str, departments: Departments) -> str:
    """The places where something is done (产检在哪里做, 在哪里交水费); "" where none is clear."""
    asked = normalise(text)
    if len(asked) > _LONGEST or not saying("contacts.where").said_in(asked):
        return ""
    rest = words("contacts.where").sub(" ", asked)
    thing = "".join(
        words("contacts.deeds").sub(" ", words("contacts.around").sub(" ", rest)).split()
    )
    if len(thing) < _LEAST or says_nothing(thing):
        return ""
    found = departments.doing(thing)
    return texts.contacts.offices(found) if 0 < len(found) <= _MOST else ""


def treatment(text: str, departments: Departments) -> str:
    """The hospitals, for somebody who asks where to be treated; "" for all others."""
    asked = normalise(text)
    if len(asked) > _LONGEST or saying("contacts.not_treatment").said_in(asked):
        return ""
    if not saying("contacts.treated_where").said_in(asked):
        return ""
    if not saying("contacts.ill").said_in(asked):
        return ""
    return texts.contacts.hospitals(_hospitals(departments))


def treatment_again(text: str, before: str, departments: Departments) -> str:
    """The same, for what is told of the illness next: 烧到39度了."""
    is_more = saying("contacts.still_ill").said_in(normalise(text))
    return treatment(before, departments) if is_more else ""


def hours_of_all(text: str, departments: Departments) -> str:
    """When the departments work, for somebody who asks it of nobody: 你们周末上班吗."""
    if not asks_of_nobody(text):
        return ""
    hours = departments.hours()
    if not hours or not saying("contacts.hours").said_in(normalise(text)):
        return texts.contacts.WHICH
    hall = departments.offices(normalise(_HALL))
    return texts.contacts.hours_of_all(hours, hall.offices if hall else ())


def may_i(text: str, departments: Departments) -> str:
    """How to reach the one place that a short text asks something small of: 中医院能看小孩吗."""
    asked = normalise(text)
    called = departments.offices(asked)
    if called is None or len(asked) > _LONGEST or not saying("contacts.may_i").said_in(asked):
        return ""
    return texts.contacts.ask_there(called.offices)


def unlisted(text: str) -> str:
    """Where to look for what the desk's tables do not have; "" for what is no place."""
    if not asks_for_number(text):
        return ""
    is_place = saying("contacts.way").said_in(normalise(text))
    return texts.contacts.NOT_LISTED_PLACE if is_place else texts.contacts.NOT_LISTED


def _hospitals(departments: Departments) -> Sequence[Office]:
    """Those people go to when ill, each once, the general hospital first."""
    called = [departments.offices(normalise(name)) for name in _HOSPITALS]
    offices = {office.id: office for each in called if each for office in each.offices}
    return sorted(offices.values(), key=lambda office: _GENERAL not in office.name)
