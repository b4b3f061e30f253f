"""What a citizen can type besides a question (CONTRACT.md, last part)."""

import re
import unicodedata
from dataclasses import dataclass

from knowledge_base.remembered import remembered

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


Command = (
    Help
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
    r"(?:闺女|姑娘|同志|[我俺]?就?(?:要|想|得)?|给我|帮我|请)*(?:找|转|转接|接|要|叫|换)(?:个|一个|一下|到)?"
    r"(?:真人|活人|大活人|真的人|人工|人工客服|人工服务|工作人员)(?:来|说话|服务|客服|回|答|答复|跟我说)*[啊吧呀吗了]*"
)
NUMERALS = {numeral: score for score, numeral in enumerate("一二三四五", start=1)}
QUERY = re.compile(r"(?:查询|进度|查)?\s*(HY\d{8}-\d{4,})", re.IGNORECASE)
ORDINAL = re.compile(r"(?:第|选|选择)?\s*([0-9一二三四五六七八九])\s*(?:个|条|项|号)?")


def tidy(text: str) -> str:
    """Half-width, without spaces and punctuation at both ends."""
    return unicodedata.normalize("NFKC", text).strip(EDGES)


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
    if clean == "补充":
        return Supplement("")
    found = WITH_TEXT.fullmatch(clean)
    if found is None or found[1] == "评价":
        rated = RATED_WITH_REASON.fullmatch(clean)
        return Rate(_score(rated[1]), rated[2].strip()) if rated else None
    if found[1] == "补充":
        return Supplement(found[2].strip())
    return AskForPerson(found[2].strip()) if found[1] == "人工" else None


def _score(digits: str) -> int | None:
    score = NUMERALS.get(digits) or (int(digits) if digits.isdigit() else 0)
    return score if 1 <= score <= 5 else None


@remembered
def chosen_number(text: str) -> int | None:
    """The number of a line in a choice list: 2, ２, ②, 第二个, 选2; None when it is no number."""
    found = ORDINAL.fullmatch(tidy(text))
    if found is None:
        return None
    numeral = "一二三四五六七八九".find(found[1])
    return numeral + 1 if numeral >= 0 else int(found[1])
