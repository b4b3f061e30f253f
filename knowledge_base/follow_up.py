"""Questions that only make sense after the last one: "那需要什么材料？", "在哪里办"."""

import re
from collections.abc import Iterable

from knowledge_base.lexical import says_nothing
from knowledge_base.text import ASKING
from knowledge_base.vocabulary import ASKED, CONDITIONS, DEEDS, EVIDENCE

_LONGEST = 16
"""Characters; a longer question names its matter."""
_POINTING = re.compile(r"^(?:那么?|这个?|这样|它|他|她|该|此|还有|另外|再问)")
_OF_NO_MATTER = re.compile(
    r"(?:本[地市县省]|外[地市县省])户[口籍]|(?:[要能得]|需要)?学(?:习)?(?![校费生籍区历位前])|报名|能换(?=$|[吗呢啊呀不])|在?(?:老家|原籍)|在这(?:里|边|儿)?|还是|(?<!\S)(?:证|人能|开门)(?!\S)|以[上下]才?行?|不在(?:家|本地|这边|身边)|在外[地面]|[走去来动下]不(?:了|动|便)|腿脚不(?:好|方便|便)|卧床|行动不便|(?:我|俺)?(?:妈妈?|爸爸?|老伴|父母|[公婆][公婆])|[\d一二三四五六七八九十]+几?(?:多)?岁?了(?=\S)|不?在户口所在地|户口所在地|上门|有没有人|(?:什么|哪些|几个|几样|啥)证件?(?=$|[吗呢啊呀])|办事|手续|业务|事情|情况|时候|一般|大概|现在|今天|明天|直接|下班|照片|原件|复印件|邮寄|"
    r"带(?:上|着|不带)?(?:户口[簿本]|身份证|结婚证|照片|原件|复印件)|免费|优惠|打折|[每一]个?[月年天]|一次性|"
    r"[交缴弄办续换](?=$|[吗呢啊呀不])|(?:收|花|要|付)钱?(?=\s|$)|补(?=\s|$)|排队|补(?:得到|得了|到|发)?(?=$|[吗呢啊呀不])|[请找]人|别人|代[她他我你]?(?=办|领|办理|可以|$|[吗呢啊呀不])|[替帮][她他我]|[我她他]|可以|[送寄]到?|找谁|谁|找|带|里|儿|领到?|拿到?|办好|办完|批|下来|到账|生效|出来|有效|跑|次|趟|窗口|单位|部门|行不行|要不要"
)
_PAPER = re.compile(
    r"(?:那|还|也|都|,)*(?:要不要|用不用|要|需要|需|用|带|拿|交|收|看)(?:带|交|提供|准备|拿)?"
    r"(?P<paper>[\u4e00-\u9fff]{0,4}(?:照片|证明?|户口[本簿]|卡|合同|发票|原件|复印件|票据|病历|报告))"
    r"(?:的?(?:原件|复印件))?(?:才行|吗|不|么|没有?|呢|啊)+"
    r"(?:[ ,]?(?:[我俺他她]|家里|孩子|老人|现在)[^吗呢么怎哪]{2,8})?"
)
"""Asks of one paper whether it is wanted: 要照片吗, 要房产证吗 我们租房."""
_LACKS = re.compile(
    r"(?:那|要是|如果|万一|我|要|,)*(?:没有?|丢了?|缺|少了?|忘了?|找不到)(?:带|拿|开)?(?:了|到)?"
    r"(?P<paper>[\u4e00-\u9fff]{0,4}(?:照片|证明?|户口[本簿]|卡|合同|发票|原件|复印件|票据|病历|报告))"
    r"(?:的话?|了|,)*(?:还|也|就)?(?:可以|行|能办?|得|成|办)(?:得了)?(?:吗|不|么|没有?|呢|啊|唔得|办|行|得|可以)*"
)
"""Asks whether it goes without one: 没有发票行吗, 没有身份证得唔得."""
_ASKS_TOO = re.compile(r"[不没]$|行不行|找谁|[带要]不|.还是.")
_LEANING = re.compile(r"^那么?(?![里边个天年种些时儿位])")
_EVENTS = re.compile(
    r"(?:退休|失业|下岗|离婚|结婚|再婚|去世|死亡|过世|怀孕|生育|工伤)(?![的了呢过人证])"
)
"""What a person goes through and asks for by its name alone, no trait of theirs: 离婚要带啥."""
_THINGS = re.compile(
    r"摩托|电动自行车|电动车|自行车|电瓶车|货车|客车|挂车|出租车|网约车|校车|公交|二手房|存量房|商品房|"
    r"公租房|廉租房|经济适用房|企业|公司|个体户|机构"
)
"""Conditions that are things: of persons (老人怎么报销) a deed alone tells no matter."""
_MORE_SIGNS = {
    ASKED[1]: r"(?:工本|手续|登记|材料|诉讼|检查)费|不花钱",
    ASKED[4]: r"带|户口[簿本]|银行卡|结婚证|驾驶证",
}
"""What else in an answer gives what is asked for, beside the signs that the ranking reads."""
_ONLINE = (
    re.compile(r"手机|网上|线上|微信|(?<!不)在家"),
    re.compile(r"手机|网上|线上|微信|小程序|app|公众号|平台|电子"),
)
"""A way that is asked for, and what an answer has in it that tells of it."""
_PROXY = (
    re.compile(
        r"代|替|帮|别人|[请找]人|[走去来动下]不(?:了|动|便)|不在(?:家|本地)|腿脚不|卧床|行动不便"
    ),
    re.compile(r"代办|代理|代为|委托|家属|家里人|近亲属|子女|监护人"),
)
_FREE = (
    re.compile(r"免费|要不要钱|收不收费"),
    re.compile(r"免费|\d元|[一二三四五六七八九十百]元|(?:不收|收|工本|手续|诉讼|登记)费"),
)
_CONTRIBUTED = (
    re.compile(r"[交缴](?:满|够|多久|几年|多少年|多长)"),
    re.compile(r"满[\d一二三四五六七八九十]+(?:年|个月)|最低缴费年限"),
)
"""How long somebody has to have paid in, and what tells it: no days until a thing is done."""
_SOONEST = {ASKED[2]: re.compile(r"[天日月]内|工作日|小时|当[场天]")}
"""What of the signs tells it straight, where too many sentences have one."""
_PAPERS_LISTED = re.compile(r"带(?:上|齐|着)?[^。;；]{0,20}(?:证|本|簿|卡)|材料|证件")
_TELLING_APART = 10
"""The first of what can be asked for: places, prices, times, papers, conditions, rates."""
_SENTENCE = re.compile(r"[^。!?！？；;\n]*[。!?！？；;\n]?")
_MOST_SENTENCES = 4


def is_follow_up(question: str) -> bool:
    """Whether a normalised question names no matter of its own and asks on about the last."""
    if len(question) <= _LONGEST and (_PAPER.fullmatch(question) or _LACKS.fullmatch(question)):
        return True
    return _asks(question) and says_nothing(_without(question, CONDITIONS))


def asks_on(question: str) -> bool:
    """Whether a normalised question asks on about the last answer, be it with a case of its own:
    "那我儿子有车行不行".
    """
    return is_follow_up(question) or (_asks(question) and bool(_LEANING.match(question)))


def is_only_a_side(question: str) -> bool:
    """Whether a follow-up names a condition and asks for nothing else: "离婚呢"."""
    asks = any(pattern.search(question) for pattern in (*ASKED, *DEEDS))
    return not asks and names_a_side(question)


def names_a_side(question: str) -> bool:
    """Whether a follow-up names a condition, which may be its matter: "离婚要带啥"."""
    return not says_nothing(_without(question, ()))


def names_a_deed(question: str) -> bool:
    """Whether a follow-up says what is to be done with what thing: 二手电动车怎么过户. Where there
    is nothing it could follow on, that is a matter.
    """
    return bool(_THINGS.search(question)) and any(deed.search(question) for deed in DEEDS)


def is_of_another_event(question: str, told: str) -> bool:
    """Whether a follow-up names an event of life of which what was told before says nothing."""
    return any(event not in told for event in _EVENTS.findall(question))


def _asks(question: str) -> bool:
    if not question or len(question) > _LONGEST:
        return False
    return ASKING.search(question) is not None or _ASKS_TOO.search(question) is not None


def _without(question: str, conditions: Iterable[re.Pattern[str]]) -> str:
    """What is left when everything is taken out that any matter can be asked for."""
    rest = _POINTING.sub("", question)
    for pattern in (*ASKED, _OF_NO_MATTER, *DEEDS, *conditions):
        rest = pattern.sub(" ", rest)
    return rest


def asks_the_same(question: str, wording: str) -> bool:
    """Whether a follow-up asks for what an entry's own question asks for: 要什么条件, 怎么申请."""
    if _POINTING.sub("", question).rstrip("?呢啊呀") in wording:
        return True
    return any(asked.search(question) and asked.search(wording) for asked in ASKED[:_TELLING_APART])


def _of_paper(answer: str, paper: str) -> list[re.Pattern[str]]:
    """What tells of a paper in an answer: its name, or else where papers are listed."""
    named = re.compile(re.escape(paper))
    return [named] if named.search(answer) else [_PAPERS_LISTED]


def part_about(answer: str, question: str) -> str:
    """The sentences of an answer that give what the question asks for, as they stand.

    Empty where the question asks for nothing that can be told by its form (a place, a price, a
    time, papers, a telephone), or the answer has none of it.
    """
    signs = [
        re.compile(f"{given.pattern}|{_MORE_SIGNS.get(asking, given.pattern)}")
        for asking, given in EVIDENCE
        if asking.search(question)
    ]
    if paper := _PAPER.fullmatch(question) or _LACKS.fullmatch(question):
        signs = _of_paper(answer, paper["paper"]) or signs
    if _CONTRIBUTED[0].search(question):
        signs = [_CONTRIBUTED[1]]
    signs += [given for asking, given in (_ONLINE, _PROXY, _FREE) if asking.search(question)]
    sentences = [found.group() for found in _SENTENCE.finditer(answer) if found.group().strip()]
    kept = [text for text in sentences if signs and all(sign.search(text) for sign in signs)]
    if len(kept) > _MOST_SENTENCES:
        straight = [sign for asking, sign in _SOONEST.items() if asking.search(question)]
        kept = [text for text in kept if straight and all(each.search(text) for each in straight)]
    return "".join(kept).strip() if len(kept) <= _MOST_SENTENCES else ""
