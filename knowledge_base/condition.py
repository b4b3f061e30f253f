"""The one condition that tells two entries apart, and the question that asks for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge_base.lexical import says_nothing

_ALIKE = 70.0
"""Entries this alike (rapidfuzz ratio, per cent) once the condition is taken out differ in it."""


@dataclass(frozen=True)
class Condition:
    """What a citizen is asked, and the sides they can be on: (label, words that show it)."""

    question: str
    sides: tuple[tuple[str, re.Pattern[str]], ...]

    def side(self, text: str) -> str:
        """The label of the only side a text is on; empty for none or several."""
        found = [label for label, words in self.sides if words.search(text)]
        return found[0] if len(found) == 1 else ""

    def without(self, text: str) -> str:
        """A text with the words of all sides taken out."""
        for _, words in self.sides:
            text = words.sub("", text)
        return text


@dataclass(frozen=True)
class Separation:
    """The condition that separates some texts, and the label of each of them."""

    question: str
    labels: tuple[str, ...]


def _condition(question: str, **sides: str) -> Condition:
    compiled = tuple((label, re.compile(pattern)) for label, pattern in sides.items())
    return Condition(question, compiled)


CONDITIONS = (
    _condition(
        "您是本地户口，还是外地户口？",
        本地户口=r"本地户(?:口|籍)|本(?:市|县|省|区)户(?:口|籍)|(?:本地|本市|本县|本省)(?:居民|人员|人)?",
        外地户口=r"非本(?:市|县|省|地)户?(?:口|籍)?|外(?:地|省|埠|市|县)户?(?:口|籍)?(?:居民|人员|人)?",
    ),
    _condition(
        "您参加的是职工的，还是城乡居民的？",
        职工=r"(?:城镇|企业|在职)?职工(?:基本)?|单位(?:缴|交)",
        城乡居民=r"城乡居民(?:基本)?|居民(?:基本)?(?=医|养)|新农合|农村居民",
        灵活就业=r"灵活就业(?:人员)?|自由职业(?:者)?",
    ),
    _condition(
        "您是个人办，还是单位办？",
        个人=r"个人|自然人|本人",
        单位=r"企业|单位|公司|法人|机构",
    ),
    _condition(
        "您说的是新房，还是二手房？",
        新房=r"新建(?:商品)?(?:住?房)?|商品房|新房|期房",
        二手房=r"二手(?:住?房)?|存量(?:住?房)?|旧房",
    ),
    _condition(
        "您是第一次办、到期要换，还是丢了要补？",
        第一次办=r"首次|初次|第一次|新办|初领",
        到期换=r"到期|换领|换证|更换|换发|期满",
        丢了补=r"丢失?|遗失|补领|补办|补发|挂失|弄丢",
    ),
    _condition("您是在职，还是已经退休？", 在职=r"在职|未退休|上班", 退休=r"(?:已经?)?退休|离休"),
    _condition("您问的是门诊，还是住院？", 门诊=r"普通?门诊", 住院=r"住院"),
    _condition(
        "房子是买卖、赠与，还是继承？",
        买卖=r"买卖|交易|购买|出售",
        赠与=r"赠与|赠予|赠送",
        继承=r"继承|遗产|遗嘱",
    ),
    _condition("是本人来办，还是请别人代办？", 本人来办=r"本人|自己", 代办=r"代办|委托|代理|他人"),
    _condition(
        "您说的是小汽车、摩托车，还是电动自行车？",
        小汽车=r"小(?:型)?汽车|小客车|轿车",
        摩托车=r"摩托车?",
        电动自行车=r"电动自行车|电动车|电瓶车",
    ),
)


def separation(question: str, texts: Sequence[str]) -> Separation | None:
    """How two or more texts differ in exactly one condition that the question leaves open."""
    if len(texts) < 2:
        return None
    for condition in CONDITIONS:
        labels = tuple(condition.side(text) for text in texts)
        left_open = not any(words.search(question) for _, words in condition.sides)
        if left_open and all(labels) and len(set(labels)) == len(labels):
            rest = [condition.without(text) for text in texts]
            if all(fuzz.ratio(rest[0], other) >= _ALIKE for other in rest[1:]):
                return Separation(condition.question, labels)
    return None


def chosen_by_words(text: str, titles: Sequence[str]) -> int | None:
    """The place of the title on the side that a short answer names ("外地的", "我是城乡居民").

    None where the titles are not told apart by that condition, and where the text names a matter
    of its own: then it is a new question, and no answer to the list.
    """
    for condition in CONDITIONS:
        side = condition.side(text)
        sides = [condition.side(title) for title in titles]
        told_apart = len(sides) > 1 and all(sides) and len(set(sides)) == len(sides)
        if side in sides and told_apart and says_nothing(condition.without(text)):
            return sides.index(side)
    return None
