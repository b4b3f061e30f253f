"""What people say to whoever sits behind the desk, before they come to their matter or besides."""

import re
from typing import Final

from handlers import texts, texts_talk
from knowledge_base.remembered import remembered
from knowledge_base.text import normalise

_WHO = r"小?姑娘|闺女|丫头|小伙子?|妹子|同志|师傅|大[姐哥妹]|孩子|领导|我说|哎呀?|唉|那个"
_CALLED = rf"(?:{_WHO}|[,.。!~\s])*"
_TAIL = r"[了的啊呀呢吧嘛么吗哦,.。!~\s]*"
_LONGEST = 40
"""Characters of a normalised text; a longer one has its matter with it."""


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^{_CALLED}(?:{pattern}){_TAIL}$")


_OLD = r"(?:[我俺](?:是个?|都|也)?)?(?:老年人|老人家?|老头子?|老太[太婆]?|上了?年纪|年纪大|[,\s])*"
REPLIES: Final = (
    (
        _whole(
            rf"{_OLD}(?:[我俺]?(?:是)?(?:个)?(?:(?:不|没)(?:识|认得?)(?:几个)?字|文盲|"
            r"不(?:会|太会|大会)(?:打字|写字|拼音|手写)|打(?:字|不(?:来|了|好)字)(?:慢|不会)?|"
            r"眼(?:睛)?(?:花|不好使?|看不(?:清|见))[了,\s]*(?:不会|打不了?|没法|看不清)?(?:打|写|看)?"
            r"(?:字|手机|屏幕))[了也,\s]*)+(?:怎么办|咋办|咋整)?"
        ),
        texts_talk.NO_WRITING,
    ),
    (
        _whole(
            r"[我俺]?耳朵?(?:有点|很|也)?(?:不好使?|背|聋|听不(?:清|见))|大声(?:点|些)|说大声(?:点|些)?"
        ),
        texts_talk.ASK_HERE,
    ),
    (
        re.compile(
            r"(?:能不能|可不可以|能|可以|行不行)(?:在|到|跟|和|向|上)?(?:这里?|这儿|这边|这上面|你们?)[里上]?"
            r"(?:问|说|讲|写|打听|反映|咨询)(?:一下|问|事)*(?:吗|么|不|呀|啊)*$"
        ),
        texts_talk.ASK_HERE,
    ),
    (
        _whole(
            r"(?:怎么|咋|为啥|为什么|都|还)*(?:没|无)人(?:理睬?|搭理|回|应|管)[我俺]?(?:们)?|"
            r"(?:怎么|咋|为啥|为什么|都|还)*不(?:理|回|搭理)[我俺](?:们)?|人(?:呢|都去哪)(?:里|儿)?"
        ),
        texts_talk.HERE,
    ),
    (
        _whole(
            r"(?:不等|等不(?:了|及)|(?:真是?|要)?[气急]死(?:个?人|我|老子)|烦死(?:人|我)?|[,\s了])+"
        ),
        texts_talk.SORRY,
    ),
    (
        re.compile(
            r"(?:你们|当官|官老爷|政府|公家|公务员|衙门).{0,12}(?:骗|糊弄|忽悠|欺负|坑|不管|不顾)"
            r"(?:我们)?(?:老?百姓|老年人|平头百姓|农民)"
        ),
        texts_talk.HEARD,
    ),
)


_SAYS_WHO = (
    r"(?:[我俺]?(?:是|叫|姓|住在?|家住|家在|今年)"
    r"[^吗么呢怎什哪谁几多能没不要想被给,]{1,16}|\d{2,3}岁?)"
)
INTRODUCTION: Final = re.compile(rf"^{_CALLED}(?=[我俺]){_SAYS_WHO}(?:,{_SAYS_WHO})*{_TAIL}$")
_GREETS: Final = re.compile(
    rf"^(?=.*好)(?:您好|你好|早上好|上午好|中午好|下午好|晚上好|{_WHO}|[了的啊呀,.。!~\s])+$"
)
_DIALECT: Final = (
    (re.compile(r"问(?:一)?哈子?"), "问一下"),
    (re.compile(r"啥子"), "什么"),
    (re.compile(r"咋个|哪[个门]样|咋样子"), "怎么"),
    (re.compile(r"好多(?=钱|天|岁|年)"), "多少"),
    (re.compile(r"哪点|哪[块疙]儿?|啥地方|哪个地方"), "哪里"),
)


_ITS_BUSINESS: Final = re.compile(r"^(.{2,6})(?:的|这个|那个)(?:事情?|事儿|问题|情况|政策)$")


def matter_of(question: str) -> str:
    """低保 for 低保的事; any other normalised question as it is."""
    found = _ITS_BUSINESS.match(question)
    return found[1] if found else question


def plainly(text: str) -> str:
    """The question words of dialects as the rest of the country writes them."""
    for pattern, word in _DIALECT:
        text = pattern.sub(word, text)
    return text


def introduces(text: str) -> bool:
    """Whether a text only says who writes: 我是城关镇的，今年68."""
    said = normalise(text)
    return len(said) <= _LONGEST and INTRODUCTION.match(said) is not None


@remembered
def aside(text: str) -> str:
    """The reply to words that hold no matter for the desk; "" for all others."""
    said = normalise(text)
    if len(said) > _LONGEST:
        return ""
    if _GREETS.match(said):
        return texts.GREETING
    return next((reply for pattern, reply in REPLIES if pattern.search(said)), "")
