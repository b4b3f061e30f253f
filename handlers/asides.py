"""What people say to whoever sits behind the desk, before they come to their matter or besides."""

import re
from typing import Final

from handlers import texts, texts_talk
from knowledge_base.remembered import remembered
from knowledge_base.text import normalise

_WHO = (
    r"娃儿|小妹|幺妹|小?老师|小?姑娘|闺女|丫头|小伙子?|妹子|小?同志|师傅|大[姐哥妹]|孩子|领导|我说|"
    r"哎呀?|唉|那个"
)
_CALLED = rf"(?:{_WHO}|[,.。!~\s])*"
_TAIL = r"[了的啊呀呢吧嘛么吗哦哈噻,.。!~\s]*"
_LEAST_ASKED = 4
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
        _whole(
            r"[我俺]?(?:没事|[,\s]|真的|真|实在|现在|也|都|一个人|快|好|很|心里|太)*"
            r"(?:(?:不知道|不晓得|不知)(?:该|要|应该)?(?:怎么办|咋办|咋整|如何是好)(?:才好|好)?|"
            r"没(?:有)?(?:了)?主意|(?:就是|只是|就)?想(?:找(?:个)?人)?(?:说说话?|聊聊|倾诉)|"
            r"(?:心里|难受|委屈|憋屈|压抑|崩溃|撑不住)+)"
        ),
        texts_talk.SLOWLY,
    ),
    (
        re.compile(
            r"^(?:.{0,6}(?:回复|答复|服务|态度|解答|讲解)[^不没差]{0,6}"
            r"(?:及时|周到|好|快|满意|耐心|详细|感动|清楚)[^不没但可]{0,10}[,。!\s]*)?"
            r"(?:祝|愿|谨祝)(?:您|你|大家|各位|贵)?[^?怎么吗被欠]{2,20}$|"
            r"^.{0,6}(?:回复|答复|服务|解答)[^不没差]{0,6}(?:感动|感激|周到|满意)[^不没但可?]{0,6}$"
        ),
        texts.THANKS,
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
    r"(?:[我俺]?(?:是|叫|姓|住在?|家住|家在|今年|(?:的?户口|老家)(?:是|在))"
    r"[^吗么呢怎什哪谁几多能没不要想被给,]{1,16}|\d{2,3}岁?|"
    r"(?:我)?(?:老公|老婆|爱人|丈夫|妻子|家里人|我们)(?:也|都)?在[^吗么呢怎什哪谁几多能没不要想被给打摔撞,]{1,16}|(?:我|就)?(?:是)?(?:一个人|独自|单独)(?:住|过|在家|生活)|"
    r"(?:老伴|儿女|子女|孩子|儿子|女儿)(?:们)?(?:都|也)?(?:在外[地面省]?|不在(?:身边|家)?|去世|走|过世)(?:打工|工作|上班)?)"
)
INTRODUCTION: Final = re.compile(rf"^{_CALLED}(?=[我俺]){_SAYS_WHO}(?:,{_SAYS_WHO})*{_TAIL}$")
_GREETS: Final = re.compile(
    rf"^(?=.*好)(?:您好|你好|早上好|上午好|中午好|下午好|晚上好|{_WHO}|[了的啊呀哈噻,.。!~\s])+$"
)
_DIALECT: Final = (
    (re.compile(r"问(?:一)?哈子?"), "问一下"),
    (re.compile(r"啥子"), "什么"),
    (re.compile(r"咋个|哪[个门]样|咋样子"), "怎么"),
    (re.compile(r"好多(?=钱|天|岁|年)"), "多少"),
    (re.compile(r"哪点|哪[块疙]儿?|啥地方|哪个地方"), "哪里"),
    (re.compile(r"没得(?!罪|奖|了|过|到)"), "没有"),
    (re.compile(r"屋头(?!上)"), "家里"),
    (re.compile(r"不得行"), "不行"),
)
_PREAMBLE: Final = re.compile(
    r"^(?:(?:等一?下|等等|慢着|对了|哦对|喂|嗯+|哦+|噢|好的?|我?(?:知道|明白|晓得|懂)了|那个(?!人)|就是(?!说)|然后|顺便|另外|还有|再|多谢您?.{0,6}答复|"
    r"我?(?:先|再|还)?(?:想|要)?(?:问|咨询|请教)(?:一?下|你们?|您|个|一个|件|一件|别的|其他的?|事情?|事儿|问题)+|(?:一个|有一?个?|一)(?:问题|事情?|事儿?))"
    r"(?:呢|啊|哈)?[\s,，。:：、!！]*)+"
)


_ITS_BUSINESS: Final = re.compile(r"^(.{2,6})(?:的|这个|那个)(?:事情?|事儿|问题|情况|政策)$")


_POINTING: Final = re.compile(r"的?[那这](?:个|件|种)(?:事情?|吧|啊|呢)?$")


def matter_of(question: str) -> str:
    """低保 for 低保的事; any other normalised question as it is."""
    question = _POINTING.sub("", question) or question
    found = _ITS_BUSINESS.match(question)
    return found[1] if found else question


def plainly(text: str) -> str:
    """The question words of dialects as the rest of the country writes them."""
    for pattern, word in _DIALECT:
        text = pattern.sub(word, text)
    return text


def without_preamble(text: str) -> str:
    """A text without what people say before they come to their question: 等一下，我先问个别的."""
    asked = _PREAMBLE.sub("", text)
    return asked if len(asked) >= _LEAST_ASKED else text


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
