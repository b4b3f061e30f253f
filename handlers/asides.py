"""What people say to whoever sits behind the desk, before they come to their matter or besides."""

import re
from typing import Final

from handlers import texts, texts_talk
from knowledge_base.follow_up import is_follow_up
from knowledge_base.lexical import says_nothing
from knowledge_base.remembered import remembered
from knowledge_base.text import normalise
from knowledge_base.topic import topic_of

_WHO = (
    r"娃儿|小妹|幺妹|小?老师|小?姑娘|闺女|丫头|小伙子?|妹子|小?同志|师傅|大[姐哥妹]|孩子|领导|我说|"
    r"哎呀?|唉|那个"
)
_CALLED = rf"(?:{_WHO}|[,.。!~\s])*"
_TAIL = r"[了的啊呀呢吧嘛么吗哦哈噻,.。!~\s]*"
_LEAST_ASKED = 4
_LEAST_CORRECTED = 2
_SHORT_TALK = 16
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
        _whole(
            r"(?:求求?(?:你们?|您|大家|领导|政府)*|帮帮(?:我们?|忙)|拜托(?:你们?|您)?|行行好|[,\s了])+"
        ),
        texts_talk.SLOWLY,
    ),
    (
        re.compile(
            r"^(?:对不起|不好意思|抱歉|刚才|刚刚|前面|我|,|\s)*(?:说)?(?:话|语气|态度|口气)(?:也|是|有点|太|说得?)*(?:重|冲|急|不好|难听)了?"
        ),
        texts_talk.FORGIVEN,
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
_KIN = (
    r"娘|妈妈?|爸爸?|爹|父母|爷爷|奶奶|外公|外婆|姥姥|姥爷|老伴|老公|老婆|丈夫|妻子|爱人|对象|"
    r"孩子|小孩|娃儿?|儿子|女儿|闺女|孙子|孙女|公公|婆婆|岳父|岳母|丈母娘|老人家?|弟弟?|妹妹?|哥哥?|姐姐?"
)
_WHOSE = rf"(?:[我俺咱](?:们|家)?的?(?:里?的?(?:{_KIN}))?|家里(?:的?(?:{_KIN}))?|(?:{_KIN})|[他她])"
_HOW = (
    r"(?:[今去]年|现在|以前|都|也|快|已经|有|才|刚|满|是|个|,)*(?:"
    r"[\d一二三四五六七八九十]{1,3}多?(?:岁|周岁)?|怀孕(?:了)?[\d一二三四五六七八九十两]*个?多?[月周]?|"
    r"(?:身体|腿脚?|眼睛|耳朵|脑子)(?:也|都)?不(?:太|大)?(?:好|方便|行)|行动不便|坐轮椅|瘫痪在?床?|"
    r"(?:肢体|精神|智力|视力|听力)?残疾人?|[一二三四]级|(?:外地|本地|农村|城里|乡下|[本外]省)(?:的|人|户口)?|"
    r"低保户?|五保户?|军属|退伍军人|退休|失业|下岗|单身|离婚|离异|丧偶|独生子女?|"
    r"没(?:有)?(?:工作|收入|结婚|儿女|子女|退休金|文化|老伴)|(?:有)?(?:高血压|糖尿病|慢性病|癌症|尿毒症)|"
    r"在(?:外地?|家|城里|工地|厂里)(?:打工|上班|种地|带孩子|务农)?)(?:了|的)?"
)
_ALONE = rf"(?:就|只有?|只生)(?:了|[我俺他她])?(?:这)?一个(?:{_KIN}|人)"
_SAYS_HOW = rf"(?:{_WHOSE}(?:{_HOW})+|{_WHOSE}?{_ALONE}|{_HOW})"
INTRODUCTION: Final = re.compile(
    rf"^{_CALLED}(?=[我俺咱家]|{_KIN})(?:{_SAYS_WHO}|{_SAYS_HOW})(?:,?(?:{_SAYS_WHO}|{_SAYS_HOW}))*{_TAIL}$"
)
_VAGUE: Final = re.compile(
    r"听(?:别人|人家|邻居|人)?说|据说|说是|好像|可能|也许|(?:不|没)(?:太|大)?(?:知道|晓得|清楚|懂|明白|会)|"
    r"真的|假的|真假|是不是|对不对|人家|别人|邻居|亲戚|同事|大家|有人|政策|规定|消息|东西|钱|"
    r"领了|有了|发了|说的|讲的|(?:怎么|咋)说|说不清|随便|就是|问问|看看|这些|那些|这样|那样|一个|有个|新的?|只是|而已"
)
"""What is heard of something that is not named."""
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
    (re.compile(r"恁(?!么)们?"), "你们"),
    (re.compile(r"[搁喺](?=哪|边)"), "在"),
    (re.compile(r"边度"), "哪里"),
    (re.compile(r"冇咗"), "丢了"),
    (re.compile(r"点算|点[办搞](?![公理])"), "怎么办"),
    (re.compile(r"几钱"), "多少钱"),
    (re.compile(r"几耐"), "多久"),
    (re.compile(r"中不中|中不(?=$|[?？])"), "行不行"),
    (re.compile(r"唔该晒?|多谢晒"), "谢谢"),
    (re.compile(r"不得行"), "不行"),
)
_CORRECTS: Final = re.compile(
    r"^(?:(?:不是|不对|错了|搞错了?|弄错了?|不)+[\s,，.。!！]*)*(?:我|俺)(?:刚才|前面|是|就|要|想)*"
    r"(?:问|说|讲|指|要|找)的是(?!这|那|不是)"
)
_PREAMBLE: Final = re.compile(
    r"^(?:(?:等一?下|等等|慢着|对了|哦对|喂|嗯+|哦+|噢|好的?|我?(?:知道|明白|晓得|懂)了|那个(?!人)|就是(?!说)|然后|顺便|另外|还有|再|多谢您?.{0,6}答复|"
    r"我?(?:先|再|还)?(?:想|要)?(?:问|咨询|请教)(?:一?下|你们?|您|个|一个|件|一件|别的|其他的?|事情?|事儿|问题)+|(?:一个|有一?个?|一)(?:问题|事情?|事儿?))"
    r"(?:呢|啊|哈)?[\s,，。:：、!！]*)+"
)


_ITS_BUSINESS: Final = re.compile(r"^(.{2,6})(?:的|这个|那个)(?:事情?|事儿|问题|情况|政策)$")


_POINTING: Final = re.compile(r"的?[那这](?:个|件|种)(?:事情?|吧|啊|呢)?$")


_AND_THAT: Final = re.compile(r"^那么?(.{2,8}?)呢$")


def matter_of(question: str) -> str:
    """低保 for 低保的事 and for 那低保呢; any other normalised question as it is."""
    question = _POINTING.sub("", question) or question
    also = _AND_THAT.match(question)
    if also and topic_of(also[1]) and not is_follow_up(question):
        return also[1]
    found = _ITS_BUSINESS.match(question)
    return found[1] if found else question


def plainly(text: str) -> str:
    """The question words of dialects as the rest of the country writes them."""
    for pattern, word in _DIALECT:
        text = pattern.sub(word, text)
    return text


def without_preamble(text: str) -> str:
    """A text without what people say before they come to their question: 等一下，我先问个别的."""
    if (corrected := corrected_to(text)) and len(corrected) >= _LEAST_CORRECTED:
        return corrected
    asked = _PREAMBLE.sub("", text)
    return asked if len(asked) >= _LEAST_ASKED else text


def corrected_to(text: str) -> str:
    """What somebody says they asked instead (不是，我问的是医保), "" for any other text."""
    found = _CORRECTS.match(text)
    return text[found.end() :].strip(" ,，.。!！") if found else ""


def is_vague(text: str) -> bool:
    """Whether a text speaks of something and does not say of what: 听说有个政策, 这个是真的吗."""
    said = normalise(text)
    rest, found = _VAGUE.subn(" ", said)
    return len(said) <= _SHORT_TALK and found > 0 and says_nothing(rest)


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
