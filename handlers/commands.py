"""What a citizen can type besides a question (CONTRACT.md, last part)."""

import re
import unicodedata
from dataclasses import dataclass

from knowledge_base.remembered import remembered
from knowledge_base.text import simplified

CASE_NUMBER = re.compile(r"HY\d{8}-\d{4,}", re.IGNORECASE)
EDGES = " \t\r\n。.．,，、!！~～:：;；\"'“”「」『』【】[]()（）"


@dataclass(frozen=True)
class Help:
    """帮助"""


@dataclass(frozen=True)
class More:
    """更多: the rest of a long answer."""


@dataclass(frozen=True)
class Progress:
    """查询 / 进度: own cases, or the one with this number."""

    number: str = ""


@dataclass(frozen=True)
class AskForPerson:
    """人工, with the matter if it stands behind it."""

    text: str = ""


@dataclass(frozen=True)
class Supplement:
    """补充 …"""

    text: str


@dataclass(frozen=True)
class Rate:
    """评价 1–5, with the reason if it stands behind; None: missing or out of range."""

    score: int | None
    reason: str = ""


@dataclass(frozen=True)
class Unsolved:
    """没有解决, or none of the choices."""


@dataclass(frozen=True)
class Solved:
    """解决了"""


@dataclass(frozen=True)
class Urge:
    """怎么还没人来: the citizen asks for haste in the open case."""


@dataclass(frozen=True)
class Withdraw:
    """不用办了: the open case need not go on."""


@dataclass(frozen=True)
class NotThis:
    """你说的不对: the last answer was not what was asked."""


@dataclass(frozen=True)
class Displeased:
    """不满意, said of a case's reply."""


Command = (
    Displeased
    | Help
    | More
    | Progress
    | AskForPerson
    | Supplement
    | Rate
    | Unsolved
    | Solved
    | Urge
    | Withdraw
    | NotThis
)

WORDS: dict[str, Command] = {
    **dict.fromkeys(("帮助", "help", "怎么用", "使用帮助", "?", "菜单", "功能"), Help()),
    **dict.fromkeys(("更多", "下一页", "继续", "接着看", "more"), More()),
    **dict.fromkeys(
        ("查询", "进度", "查进度", "查询进度", "进度查询", "我的进度", "办理进度", "我的事项"),
        Progress(),
    ),
    **dict.fromkeys(
        ("人工", "人工服务", "转人工", "找人工", "人工客服", "转人工服务", "客服", "人工答复"),
        AskForPerson(),
    ),
    **dict.fromkeys(
        ("没有解决", "没解决", "未解决", "没有解决问题", "没解决问题", "还没解决", "还是没解决",
         "都不是", "不是这个", "以上都不是", "都不对", "没有用", "没用"),
        Unsolved(),
    ),
    **dict.fromkeys(("解决了", "已解决", "有用", "明白了", "懂了", "知道了"), Solved()),
}  # fmt: skip
WITH_TEXT = re.compile(r"(补充|人工|评价)[\s:：,，]+(.+)", re.DOTALL)
RATING = re.compile(r"(?:评价|评分|打分)\s*[:：]?\s*([0-9一二三四五]*)\s*(?:分|星)?")
RATED_WITH_REASON = re.compile(
    r"(?:评价|评分|打分)[\s:：]*([0-9一二三四五])\s*(?:[分星][\s:：,，.。;；、]*|[\s:：,，.。;；、]+)(\S.*)",
    re.DOTALL,
)
PERSON = re.compile(
    r"(?:闺女|姑娘|同志|[我俺]?就?(?:要|想|得)?|给我|帮我|请)*(?:找|转|转接|接|要|叫|换|见)(?:个|一个|一下|到|你们?)*"
    r"(?:真人|活人|大活人|真的人|人工|人工客服|人工服务|工作人员|领导|负责人|管事的?人?|[局县镇乡书所]长|书记)"
    r"(?:来|说话|服务|客服|回|答|答复|跟我说|反映)*[啊吧呀吗了]*|"
    r"(?:你们?|您|请|麻烦|能不能|可不可以|能|可以|派人|让人|有人|工作人员|叫人)*"
    r"(?:给我(?:打|回)(?:个|一个)?电话|(?:打|回)(?:个|一个)?电话给我|跟我联系|联系(?:一下)?我)[啊吧呀吗么不了]*"
)
NUMERALS = {numeral: score for score, numeral in enumerate("一二三四五", start=1)}
QUERY = re.compile(r"(?:查询|进度|查)?\s*(HY\d{8}-\d{4,})", re.IGNORECASE)
ORDINAL = re.compile(
    r"(?:我?(?:要|想)?(?:问|看|选|选择|点)(?:的?是)?)?\s*第?\s*([0-9一二三四五六七八九])\s*(?:个|条|项|号|种|件)?[吧啊呀的]*"
)
LAST = re.compile(
    r"(?:我?(?:要|想)?(?:问|看|选)(?:的?是)?)?(?:最后|末尾|最下面|最底下|倒数第一)(?:的|那|面|一)*(?:个|条|项)?[吧啊呀的]*"
)
LAST_LINE = -1
SEVERAL = re.compile(
    r"(?:我?(?:要|想)?(?:问|看|选|选择)?)?第?[0-9一二三四五六七八九](?:个|条|项)?(?:[\s,，、和跟与还有及]*第?[0-9一二三四五六七八九](?:个|条|项)?)*"
    r"(?:[\s,，、]|和|跟|与|还有|及)第?[0-9一二三四五六七八九](?:个|条|项)?(?:都(?:要|想问|想看|看))?[吧啊呀的]*|"
    r"(?:[两二三]个|全部|全)?(?:我?都)(?:要|想问|想看|想知道|看|问|是|需要)[吧啊呀的]*"
)


def tidy(text: str) -> str:
    """Half-width and in simplified characters, without spaces and punctuation at both ends."""
    return simplified(unicodedata.normalize("NFKC", text)).strip(EDGES)


@remembered
def parse(text: str) -> Command | None:
    """The command a text is, or None: then it is something else."""
    clean = tidy(text)
    word = WORDS.get(clean.lower()) or WORDS.get(text.strip())
    if word is not None:
        return word
    if PERSON.fullmatch(clean):
        return AskForPerson()
    if found := QUERY.fullmatch(clean):
        return Progress(found[1].upper())
    if found := RATING.fullmatch(clean):
        return Rate(_score(found[1]))
    return _with_text(text.strip(EDGES))  # what a citizen tells stays as they wrote it


def _with_text(clean: str) -> Command | None:
    plain = simplified(clean)
    if plain == "补充":
        return Supplement("")
    found = WITH_TEXT.fullmatch(plain)
    if found is None or found[1] == "评价":
        rated = RATED_WITH_REASON.fullmatch(plain)
        return Rate(_score(rated[1]), _written(clean, rated)) if rated else None
    if found[1] == "补充":
        return Supplement(_written(clean, found))
    return AskForPerson(_written(clean, found)) if found[1] == "人工" else None


def _written(clean: str, found: re.Match[str]) -> str:
    """What stands behind a command in the citizen's own characters."""
    return (clean if len(clean) == len(found.string) else found.string)[found.start(2) :].strip()


def _score(digits: str) -> int | None:
    score = NUMERALS.get(digits) or (int(digits) if digits.isdigit() else 0)
    return score if 1 <= score <= 5 else None


@remembered
def chosen_number(text: str) -> int | None:
    """The number of a line in a choice list: 2, ２, ②, 第二个, 选2; None when it is no number.

    `LAST_LINE` for 最后一个, whatever the list's length.
    """
    said = tidy(text)
    if LAST.fullmatch(said):
        return LAST_LINE
    found = ORDINAL.fullmatch(said)
    if found is None:
        return None
    numeral = "一二三四五六七八九".find(found[1])
    return numeral + 1 if numeral >= 0 else int(found[1])


def chooses_several(text: str) -> bool:
    """Whether somebody wants more than one line of a list: 1和2, 选1、3, 都要."""
    return SEVERAL.fullmatch(tidy(text)) is not None
