"""A question out of the words people wrap it in: dialect, 等一下，我先问个别的, 低保的事."""

from handlers.hearing.vocabulary import dialects, words
from knowledge_base.follow_up import is_follow_up
from knowledge_base.remembered import remembered
from knowledge_base.topic import topic_of

_LEAST_ASKED = 4
_LEAST_CORRECTED = 2


@remembered
def matter_of(question: str) -> str:
    """低保 for 低保的事 and for 那低保呢; any other normalised question as it is."""
    question = words("asides.pointing").sub("", question) or question
    also = words("asides.and_that").match(question)
    if also and topic_of(also[1]) and not is_follow_up(question):
        return also[1]
    found = words("asides.its_business").match(question)
    return found[1] if found else question


@remembered
def plainly(text: str) -> str:
    """The question words of dialects as the rest of the country writes them."""
    for said, meant in dialects():
        text = said.sub(meant, text)
    return text


@remembered
def without_preamble(text: str) -> str:
    """A text without what people say before they come to their question: 等一下，我先问个别的."""
    if (corrected := corrected_to(text)) and len(corrected) >= _LEAST_CORRECTED:
        return corrected
    asked = words("asides.preamble").sub("", text)
    return asked if len(asked) >= _LEAST_ASKED else text


def corrected_to(text: str) -> str:
    """What somebody says they asked instead (不是，我问的是医保), "" for any other text."""
    found = words("asides.corrects").match(text)
    return text[found.end() :].strip(" ,，.。!！") if found else ""
