"""Where an office is, its telephone and hours: asked more often than any rule."""

import re

from cases.department import Department
from cases.department_names import Named
from handlers import texts_contacts
from handlers.ports import Departments
from knowledge_base.lexical import says_nothing
from knowledge_base.text import ASKING, normalise

_ASKS = re.compile(
    r"坐(?:几|哪)路(?:公交)?车?|几路车|坐(?:什么|啥)车|[咋怎]么?[走去]|电话|号码|联系方式|怎么联系|热线|地址|地点|位置|在哪[里儿]?|哪[里儿]|怎么走|怎么去|几点|上班|下班|开门|关门|"
    r"周[一二三四五六日天末]|双休日?|开放|营业|星期[一二三四五六日天]|礼拜[一二三四五六天]|节假日|办公时间|工作时间|营业时间|中午"
)
_AROUND = re.compile(
    r"[,?!。]|[上下]午|早上|晚上|本县|贵[县处局方]?|县里|县|我们|咱们|是否|对外|你们?|您|他们|现在|今天|明天|什么时候|时间|多少|是|有人|值班|休息|午休|双休|"
    r"[大中支]队|大厅|窗口|查一?下|告诉|知道|想|发|个|具体|咨询|服务|办公|公开|能|打通|去|到|过去|还|开|不|吗|呢|啊|的"
)
_LONGEST = 24
"""Characters of a normalised text that asks for nothing but a telephone or a place."""
_SHORT = 14
_WAY = re.compile(
    r"^(?:请?问)?[^怎哪办交领开]{2,10}(?:怎么走|怎么去|(?:的?地址|位置)(?:是|在)?(?:哪里?|什么)?)$"
)
_NUMBER = re.compile(
    r"(?![我俺]|本人|.*(?:打|接|来|留|换|回)(?:个|了|过)?电话).+(?:电话|号码|手机号|联系方式)(?:号码)?(?:是|有)?(?:多少|几号|什么|啥)?(?:吗|呢|啊)?$"
)
_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,3}?[县市区]")


def contact_of(text: str, departments: Departments) -> str:
    """The reply to a question for nothing but an office's telephone, place or hours, or ""."""
    asked = normalise(text)
    called = departments.offices(asked)
    if called is not None and asked == called.words:
        return texts_contacts.offices(called.offices)
    if len(asked) > _LONGEST or not _ASKS.search(asked):
        return ""
    named = departments.named(asked)
    if called is not None and (named is None or len(called.words) >= len(named.words)):
        return texts_contacts.offices(called.offices) if _is_all(asked, called.words) else ""
    if named is None:
        return ""
    place = _COUNTY.match(asked)
    if place and place.group() in named.department.parent:
        asked = asked[place.end() :]
    return _told(named) if _is_all(asked, named.words) else ""


def contact_again(text: str, before: str, departments: Departments) -> str:
    """The same for a text that only asks on: 礼拜天开门不, after 医院几点上班 (`before`)."""
    asked = normalise(text)
    if len(asked) > _LONGEST or not _ASKS.search(asked) or not _is_all(asked, ""):
        return ""
    return contact_of(before, departments)


def asks_of_nobody(text: str) -> bool:
    """Whether a text asks for hours, a place or a telephone, and says of no office: 几点下班."""
    asked = normalise(text)
    if len(asked) > _LONGEST or not ASKING.search(asked):
        return False
    return _ASKS.search(asked) is not None and _is_all(asked, "")


def asks_for_number(text: str) -> bool:
    """Whether a short text asks for nothing but somebody's telephone, or the way there."""
    asked = normalise(text)
    return len(asked) <= _SHORT and bool(_NUMBER.match(asked) or _WAY.match(asked))


def asks_for_contact(text: str) -> bool:
    """Whether a text asks where, when, or by which telephone."""
    return _ASKS.search(normalise(text)) is not None


def _told(named: Named) -> str:
    if not _has_any(named.department):
        return ""
    return texts_contacts.contact(named.department, called=named.words)


def _has_any(department: Department) -> bool:
    return bool(department.phone or department.address or department.hours)


def _is_all(asked: str, words: str) -> bool:
    """Whether nothing is asked besides how to reach the office called `words`."""
    rest = asked.replace(words, " ", 1) if words else asked
    return says_nothing(_AROUND.sub(" ", _ASKS.sub(" ", rest)))
