"""What a citizen can type besides a question (CONTRACT.md, last part)."""

import re
import unicodedata
from dataclasses import dataclass

from knowledge_base.remembered import remembered
from knowledge_base.text import simplified

EDGES = " \t\r\n\u3000。.．,，、!！~～…—:：;；\"'“”「」『』【】《》〈〉<>[]()（）\ufe0f\u20e3"


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
    """没有解决, or none of the choices; with a number, said of that case."""

    number: str = ""


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
    "补充": Supplement(""),
    **dict.fromkeys(("更多", "下一页", "继续", "接着看", "more"), More()),
    **dict.fromkeys(
        ("查询", "进度", "查进度", "查询进度", "进度查询", "我的进度", "办理进度", "我的事项",
         "查询编号", "编号查询"),
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
BETWEEN = r"[\s:：,，.。;；、+＋「」『』【】《》<>“”\"'()（）]"
"""What may stand between a command's word and what belongs to it."""
WITH_TEXT = re.compile(
    r"(?:(补充(?:说明|一下|一点|情况|内容)?)|[转找]?人工(?:客服|服务|答复)?)" rf"{BETWEEN}+(.+)",
    re.DOTALL,
)
SUPPLEMENT = re.compile(
    r"(补充)(?!养老|医|保险|公积金|住房|耕地|商业|申报|材料\W*$)(\S.*)",
    re.DOTALL,
)
RATE = r"(?:评价|评分|打分)"
RATING = re.compile(rf"{RATE}{BETWEEN}*([0-9一二三四五]*)\s*(?:分|颗?星)?")
NO_SCORE = re.compile(rf"{RATE}{BETWEEN}*-?\d+(?:\s*[.\-~–—至到]\s*\d+)?\s*(?:分|颗?星)?")
"""评价 4.5, 评价 -1, 评价 1-5: meant as a score, and none."""
RATED_WITH_REASON = re.compile(
    rf"{RATE}{BETWEEN}*([0-9０-９一二三四五])"
    r"\s*(?:[分星][\s:：,，.。;；、]*|[\s:：,，.。;；、]+)(\S.*)",
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
DASH = r"\s*[\-‐‑‒–—―−_~一]{0,2}\s*"
"""Between the two halves of a case number, as thumbs and input methods write it."""
ASKED_FOR = rf"(?:查询|进度|查一下|查看|查){BETWEEN}*(?:案件|事项|受理)?(?:编号|单号)?{BETWEEN}*"
QUERY = re.compile(
    rf"(?:(?:{ASKED_FOR}|(?:案件|事项|受理)?(?:编号|单号){BETWEEN}*)?HY\s*|{ASKED_FOR})"
    rf"(?P<day>\d{{8}}){DASH}(?P<place>\d{{4,}}){BETWEEN}*"
    r"(?:的?(?:办理)?(?:进度|进展|情况|结果)|(?:办得?)?(?:怎么样|到哪一?步)了?)?[?吗呢]*",
    re.IGNORECASE,
)
NUMBER = re.compile(rf"(?:编号{BETWEEN}*)?HY\s*(\d{{8}}){DASH}(\d{{4,}})", re.IGNORECASE)
THIS_MATTER = re.compile(rf"{BETWEEN}|这件(?:事情?)?|这个(?:事情?|案件|问题)|的问题|的事情?")
"""What may stand beside a number that something is said of."""
ORDINAL = re.compile(
    r"(?:那?我?(?:再|要|想)*(?:问|看看?|选|选择|点)(?:一下)?(?:的?是)?)?\s*第?\s*0?(\d{1,2}|[一二三四五六七八九])\s*(?:个|条|项|号|种|件)?[吧啊呀的]*"
)
LAST = re.compile(
    r"(?:我?(?:要|想)?(?:问|看|选)(?:的?是)?)?(?:最后|末尾|最下面|最底下|倒数第一)(?:的|那|面|一)*(?:个|条|项)?[吧啊呀的]*"
)
LAST_LINE = -1
ASKABLE = (Help, More, Progress, AskForPerson)
"""What stays the same command with a question mark behind it: 进度？ (but not 解决了？)."""
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
    word = _word("".join(clean.split()).lower())
    if word is not None:
        return word
    if PERSON.fullmatch(clean):
        return AskForPerson()
    if found := QUERY.fullmatch(clean):
        return Progress(f"HY{found['day']}-{found['place']}")
    if number := _unsolved_case(clean):
        return Unsolved(number)
    if found := RATING.fullmatch(clean):
        return Rate(_score(found[1]))
    if NO_SCORE.fullmatch(clean):
        return Rate(None)
    return _with_text(text.strip(EDGES))  # what a citizen tells stays as they wrote it


def _word(clean: str) -> Command | None:
    word = WORDS.get(clean)
    if word is not None:
        return word
    asked = WORDS.get(clean.rstrip("?"))
    return asked if isinstance(asked, ASKABLE) else None


def _unsolved_case(clean: str) -> str:
    """The number that 没有解决 is said of, before or behind it; empty without one."""
    found = NUMBER.search(clean)
    if found is None:
        return ""
    before, behind = clean[: found.start()], clean[found.end() :]
    if re.match(BETWEEN, behind) and not NUMBER.search(behind):
        behind = "" if WORDS.get(THIS_MATTER.sub("", before)) == Unsolved() else behind  # and why
    rest = THIS_MATTER.sub("", before + behind)
    return f"HY{found[1]}-{found[2]}" if WORDS.get(rest) == Unsolved() else ""


def number_in(text: str) -> str:
    """The first case number in a text, as cases are numbered; empty without one."""
    found = NUMBER.search(tidy(text))
    return f"HY{found[1]}-{found[2]}" if found else ""


def _with_text(clean: str) -> Command | None:
    plain = simplified(clean)
    if found := WITH_TEXT.fullmatch(plain):
        told = _written(clean, found)
        return Supplement(told) if found[1] else AskForPerson(told)
    rated = RATED_WITH_REASON.fullmatch(plain)
    return Rate(_score(rated[1]), _written(clean, rated)) if rated else None


@remembered
def supplement(text: str) -> Supplement | None:
    """补充 with the words right behind it, as somebody with an open case means it.

    None for the things that are called so (补充医疗保险).
    """
    clean = text.strip(EDGES)
    found = SUPPLEMENT.fullmatch(simplified(clean))
    if found is None or parse(text) is not None:
        return None
    return Supplement(_written(clean, found))


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
