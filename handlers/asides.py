"""What people say to whoever sits behind the desk, before they come to their matter or besides."""

from typing import Final

from handlers import texts
from handlers.hearing.preambles import plainly
from handlers.hearing.spoken import announces
from handlers.hearing.vocabulary import saying, words
from knowledge_base.intent import recognise
from knowledge_base.lexical import says_nothing
from knowledge_base.remembered import remembered
from knowledge_base.text import normalise

_SHORT_TALK = 16
_ENGLISH = 2
"""English words in a sentence; pinyin has one by chance."""
_A_LETTER = 60
"""Characters from which on a text may be one that somebody else wrote."""
_LONGEST = 40
"""Characters of a normalised text; a longer one has its matter with it."""
REPLIES: Final = (
    ("asides.greets", texts.general.GREETING),
    ("asides.no_writing", texts.talk.NO_WRITING),
    ("asides.hard_of_hearing", texts.talk.ASK_HERE),
    ("asides.may_i_ask", texts.talk.ASK_HERE),
    ("asides.nobody_there", texts.talk.HERE),
    ("asides.lost_patience", texts.talk.SORRY),
    ("asides.at_a_loss", texts.talk.SLOWLY),
    ("asides.wishes_well", texts.general.THANKS),
    ("spoken.five", texts.general.THANKS),
    ("asides.praises_somebody", texts.talk.PRAISED),
    ("asides.praises", texts.general.THANKS),
    ("asides.rumours", texts.talk.RUMOUR),
    ("asides.begs", texts.talk.SLOWLY),
    ("asides.apologises", texts.talk.FORGIVEN),
    ("asides.betrayed", texts.talk.HEARD),
    ("asides.nobody_answers", texts.talk.HERE),
    ("asides.not_heard", texts.talk.NOT_HEARD),
    ("asides.officials", texts.talk.OFFICIALS),
    ("asides.press", texts.talk.PRESS),
    ("asides.small_talk", texts.general.CHAT),
    ("asides.what_can_you", texts.talk.WHO),
    ("asides.beyond_us", texts.general.CHAT),
)
"""What is said, and the reply to it; the first one said counts."""
OF_A_GRUDGE: Final = frozenset({texts.talk.HEARD, texts.talk.SORRY, texts.talk.HERE})
"""Replies to what, while a case is open, is said of that."""


def is_vague(text: str) -> bool:
    """Whether a text speaks of something and does not say of what: 听说有个政策, 这个是真的吗."""
    said = normalise(text)
    rest, found = words("asides.vague").subn(" ", said)
    return len(said) <= _SHORT_TALK and found > 0 and says_nothing(rest)


def introduces(text: str) -> bool:
    """Whether a text only says who writes: 我是城关镇的，今年68."""
    said = normalise(text)
    if len(said) > _LONGEST or words("asides.trouble").search(said):
        return False
    return saying("asides.introduces").said_in(said)


def is_unfinished(text: str) -> bool:
    """Whether a text breaks off, or only says of whom: 我们村那个, 我妈."""
    said = normalise(text)
    return saying("asides.unfinished").said_in(said) or saying("asides.names_kin").said_in(said)


def is_forwarded(text: str) -> bool:
    """Whether a text is a letter that goes round in groups, and no word of its sender."""
    return len(text) >= _A_LETTER and saying("asides.forwarded").said_in(normalise(text))


def is_english(text: str) -> bool:
    """Whether a text is a sentence in English, and not Chinese in Latin letters."""
    return text.isascii() and len(words("asides.english").findall(text.lower())) >= _ENGLISH


def doubts(said: str) -> bool:
    """Whether a normalised text only asks if something is true."""
    return saying("asides.is_it_true").said_in(said)


@remembered
def aside(text: str) -> str:
    """The reply to words that hold no matter for the desk; "" for all others."""
    said = normalise(text)
    if len(said) > _LONGEST:
        return ""
    return next((reply for name, reply in REPLIES if saying(name).said_in(said)), "")


def is_beside_the_matter(text: str) -> bool:
    """Whether a text is small talk, or says that there is something, or nothing, to say."""
    said = plainly(text)
    return bool(aside(text)) or recognise(said).is_small_talk or announces(said) or is_vague(text)
