"""Messages that only name a matter: 社保, 身份证, 医保报销."""

import re

from knowledge_base.entry import Entry
from knowledge_base.lexical import telling_words
from knowledge_base.synonyms import default_synonyms, official
from knowledge_base.text import ASKING, normalise

_LONGEST = 8
"""Characters; a longer message says what it wants."""
_MOST_WORDS = 2
_TELLS = re.compile(
    r"^[都又还也就再不那这哪没我你他她它在]|^有|[也又]|[不没]$|的$|(.)不\1|^[一二三四五六七八九十两几\d半]+个?(?:月|天|年|周|星期|小时|次|回|点)了?$"
)
"""Signs of an aside or an answer (都十二点了, 孩子的): no name of a matter has them."""


def topic_of(question: str) -> str:
    """The matter that a short normalised message names without asking anything, or ""."""
    if len(question) > _LONGEST or ASKING.search(question) or _TELLS.search(question):
        return ""
    words = telling_words(question)
    return question if 0 < len(words) <= _MOST_WORDS and len("".join(words)) > 1 else ""


def asks_something(question: str) -> bool:
    """Whether a normalised message has any word that asks."""
    return bool(ASKING.search(question))


def is_one_word(question: str) -> bool:
    return len(telling_words(question)) == 1


def is_a_name(question: str) -> bool:
    """Whether a normalised message is no more than the name of a thing: 身份证, 失业金."""
    return is_one_word(question) or question in default_synonyms().meaning


def on_topic(topic: str, entry: Entry) -> bool:
    """Whether one of an entry's wordings has all the words of a topic, or the official ones."""
    wanted = _forms(topic)
    for wording in map(normalise, entry.wordings):
        texts = (wording, official(wording))
        if any(all(word in text for word in words) for words in wanted for text in texts):
            return True
    return False


def _forms(topic: str) -> list[list[str]]:
    return [telling_words(topic), telling_words(official(topic)) or [official(topic)]]
