"""Stage 0: one spelling for all ways of typing the same words; the question inside a message."""

import re
import unicodedata
from collections.abc import Sequence
from functools import partial

from opencc import OpenCC

from knowledge_base.remembered import remembered

QUERY_LENGTH = 200
"""Characters of a message that are searched (encoders slow down sharply on long input)."""
PASSAGE_LENGTH = 500
"""Characters of an answer that are searched."""
_PASSES = 20  # two are usual; a bound against surprises
UNREADABLE = "?"
"""Stands for a message without one readable character."""


class _Blanks(dict[int, int]):
    """For `str.translate`: white space for characters of some categories; learns as it goes."""

    def __init__(self, *categories: str, kept: str = "") -> None:
        super().__init__({ord(char): ord(char) for char in kept})
        self._categories = frozenset(categories)

    def __missing__(self, code: int) -> int:
        is_blank = unicodedata.category(chr(code)) in self._categories
        self[code] = ord(" ") if is_blank else code
        return self[code]


_UNSAFE = _Blanks("Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp", kept="\x7f")
_PICTURES = _Blanks("So", "Sk", "Me")
_SIMPLIFIER = OpenCC("t2s")
_EMOTICON = re.compile(r"\[[\u4e00-\u9fff]{1,4}\]|/:[a-z:@&<>()~*!|\-]{1,8}")
_REPEATED = re.compile(r"([^\w\s])(?:\s*\1)+")
_SPACE_IN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_EDGE = " \t\r\n,.;:!?。、~…·-—_\"'“”‘’`|/\\*#^=+<>)]}】》」』"
_FRONT_EDGE = " \t\r\n,.;:!?。、~…·-—_\"'“”‘’`|/\\*#^=+<>([{【《「『)]}】》」』"
_WHOM = (
    r"(?:尊敬的|敬爱的)?(?:各位)?(?:[\u4e00-\u9fff]{0,2}(?:领导|书记|市长|县长|区长|局长|部长|同志|"
    r"老师|客服|工作人员|小编|管理员|亲))?(?:们)?"
)
_GREETING = re.compile(
    rf"^(?:{_WHOM}(?:,|:|\s)*(?:您好|你好|您们好|你们好|好|早上好|上午好|中午好|下午好|晚上好|"
    r"hello|hi|哈喽|嗨|在吗|在不在)(?:呀|啊|哦|呢)?(?=[\s,.!。、~:]|$|请|我|想|麻烦)|"
    r"(?:尊敬的)?(?:领导|书记|市长|县长|区长)(?:们)?(?=[\s,.!。、~:]))"
)
_POLITE_FRONT = re.compile(
    r"^(?:(?:麻烦|劳烦|烦请)(?:您|你)?(?:们)?(?=请?问)|打扰(?:您|你)?(?:一?下|了)|不好意思|劳驾|"
    r"(?:我|俺|本人)?(?:就是)?(?:想要?|要)?(?:请|请教|咨询|询问|问)(?:问|教|询)?(?:一?下)(?:您|你|子)?(?:们)?|"
    r"请教(?:您|你)?|请问(?:您|你)?(?:们)?|(?:我|俺|本人)想(?:请问|问问|问|咨询|了解)(?:一?下)?|"
    r"求问|跪求|问个事|那个(?=,)|那请问)(?=\S)"
)
_POLITE_BACK = re.compile(
    r"(?:(?:非常|十分|万分|多多|先)?(?:感谢|谢谢|谢啦|谢了|多谢|拜谢|3q|thanks|thx)"
    r"(?:您|你|啊|啦|了|哈|领导|老师|各位|大家|!|~)*|(?:求|请|望|盼)(?:您|领导)?(?:尽快|及时)?"
    r"(?:解答|指点|告知|答复|回复|回答|帮忙|指教)(?:一下)?|盼复|望复|在线等|急急?|拜托(?:了|啦)?|"
    r"麻烦(?:您|你)?(?:了|啦)|辛苦(?:了|啦))$"
)


@partial(remembered, most=16_384)
def normalise(text: str) -> str:
    """The form two spellings of one question share; idempotent.

    Never empty for a text with anything but white space in it: what is only politeness or only
    signs stays as it is, and what cannot be read at all becomes `UNREADABLE`.
    """
    for _ in range(_PASSES):
        shorter = _pass(text)
        if shorter == text:
            break
        text = shorter
    return text


def _pass(text: str) -> str:
    if not text.strip():
        return ""
    clean = _clean(text)
    if not clean:
        return UNREADABLE
    plain = _trim(_REPEATED.sub(r"\1", _without_emoji(clean)))
    return _without_politeness(plain) or plain or clean


def _clean(text: str) -> str:
    """NFKC, lower case, simplified characters, no surrogates, controls or odd white space."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _safe(text)).lower())
    simple = _SIMPLIFIER.convert(_safe(folded))
    return _SPACE_IN_CHINESE.sub("", " ".join(simple.split()))


def simplified(text: str) -> str:
    """The text in simplified characters, otherwise as it was written."""
    return text if text.isascii() else _SIMPLIFIER.convert(text)


def _safe(text: str) -> str:
    """White space for what must not stay; nothing that is printable must go."""
    if text.isprintable():
        return text
    return text.translate(_UNSAFE)


def _without_emoji(text: str) -> str:
    kept = text.translate(_PICTURES).replace("\ufe0f", "")
    return " ".join(_EMOTICON.sub(" ", kept).split())


def _trim(text: str) -> str:
    return text.lstrip(_FRONT_EDGE).rstrip(_EDGE + "([{【《「『")


def _without_politeness(text: str) -> str:
    while (shorter := _less_polite(text)) != text:
        text = shorter
    return text


def _less_polite(text: str) -> str:
    front = _trim(_POLITE_FRONT.sub("", _trim(_GREETING.sub("", text, count=1)), count=1))
    back = _trim(_POLITE_BACK.sub("", front, count=1))
    return back if len(back) >= 2 else front if len(front) >= 2 else text


_SENTENCE = re.compile(r"(?<=[。!?;…\n])\s*|\s*\n\s*|\s(?=[一-鿿]{4,})")
_PADDING = re.compile(
    r"(?:(?:祝|谢谢|感谢|多谢|辛苦|麻烦|打扰|不好意思|给(?:您|你)们?添麻烦|盼|望|期待|急|在线等)"
    r"[^吗呢么怎哪几多何?]{0,18}[,。!?;…~\s]*)+"
)
_CLAUSE = re.compile(r"(?<=[,])\s*")
ASKING = re.compile(
    r"怎么|怎样|咋|如何|哪|多少|几(?!乎|年来|天来)|什么|啥|多久|多长|多大|何时|何地|是否|能否|可否|"
    r"能不能|可不可以|可以不|要不要|用不用|有没有|是不是|算不算|会不会|该不该|为什么|为何|"
    r"吗|么$|呢$|谁|条件|材料|流程|手续|标准|电话|地址|\?"
)
_BACKWARD = re.compile(r"^(?:那|这|此|该|它|他|她|其|以上|上述|请问这|还)")


@remembered
def question_of(text: str) -> str:
    """The normalised question in a message, at most `QUERY_LENGTH` characters.

    A short message is its own question. From a longer one the asking sentences are kept, with
    the sentence before one that only points back ("那怎么办").
    """
    whole = normalise(cut(text))
    parts = [part for part in _SENTENCE.split(whole) if part.strip() and not _is_padding(part)]
    if len(whole) <= 50:
        return (_joined(parts, whole) if parts else whole)[:QUERY_LENGTH]
    if len(parts) == 1:
        parts = [part for part in _CLAUSE.split(whole) if part.strip()]
        kept = _asking_parts(parts, context=2)
    else:
        kept = _asking_parts(parts, context=1)
    chosen = _joined(kept, whole) if kept else whole
    return normalise((chosen if len(chosen) >= 6 else whole)[:QUERY_LENGTH])


def _joined(parts: Sequence[str], whole: str) -> str:
    """The parts of a message as one; the message as it was written where none is left out."""
    joined = " ".join(parts)
    same = joined.replace(" ", "") == whole.replace(" ", "")
    return whole if same else normalise(joined)


def asking_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a message that ask something, each normalised on its own."""
    parts = _SENTENCE.split(normalise(cut(text)))
    return tuple(normalise(part) for part in parts if ASKING.search(part))


def _is_padding(part: str) -> bool:
    """Whether a sentence is thanks, wishes or apologies and nothing else."""
    return _PADDING.fullmatch(part.strip()) is not None


def _asking_parts(parts: list[str], context: int) -> list[str]:
    """The asking parts, each with `context` parts before it while it is short or points back."""
    chosen: set[int] = set()
    for index, part in enumerate(parts):
        if not ASKING.search(part):
            continue
        chosen.add(index)
        if len(part) < 7 or _BACKWARD.match(part):
            chosen.update(range(max(0, index - context), index))
    return [parts[index] for index in sorted(chosen)]


def cut(text: str) -> str:
    """A message's beginning and end: a question stands at one of them."""
    return text if len(text) <= 1500 else f"{text[:900]}\n{text[-600:]}"
