"""What an entry's texts must not hold before citizens can read them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cases.text_check import PERSONAL, Concern, concerns, concerns_hash
from knowledge_base.entry import Entry

ONE_PERSON = re.compile(
    r"您(?:爱人|丈夫|妻子|老伴|父亲|母亲|儿子|女儿|孙子|孙女)|您(?:反映|来信|投诉|提出|所说)的|"
    r"您的(?:来信|留言|投诉|诉求)|(?:来信|留言)收悉|祝您[^，。！]{0,10}|"
    r"接到(?:您的)?(?:反映|举报|投诉)|感谢您(?:的)?(?:及时)?(?:举报|反映|来信|留言)|"
    r"(?:今天|昨天|前天|今早|刚才|近日|上周)[^，。；！？]{0,12}(?:已|现场|联系|通知|责令|到|去)|"
    r"(?:已经|已)(?:通知|责令|约谈|要求|联系)(?:了)?(?:该|这家|那家|施工|物业|厂|您)"
)
FOR_EVERYBODY = "像是回给某一位来信人的话，发布后谁问都会看到；请改成对谁都适用的写法"
PERSONAL_NAMES = frozenset(name for name, _, _ in PERSONAL.values())


def entry_concerns(entry: Entry) -> tuple[Concern, ...]:
    """Everything of concern in the answer; in the wordings, which are citizens' own words, only
    personal data. `start` and `end` count in each text by itself.
    """
    found = sorted(
        [*concerns(entry.answer), *_to_one_person(entry.answer)], key=lambda each: each.start
    )
    wordings = (entry.question, *entry.variants, entry.audience, entry.topic, entry.source.title)
    for text in wordings:
        found += [each for each in concerns(text) if each.name in PERSONAL_NAMES]
    return tuple(_about_entries(each) for each in found)


def _to_one_person(answer: str) -> Iterator[Concern]:
    """What speaks of one letter: a case's reply that became an entry's draft still holds it."""
    for match in ONE_PERSON.finditer(answer):
        yield Concern(
            start=match.start(),
            end=match.end(),
            found=match[0],
            name="像写给一个人的",
            why=FOR_EVERYBODY,
            must=False,
        )


def _about_entries(concern: Concern) -> Concern:
    return replace(concern, why=concern.why.replace("答复里", "公开的内容里"))


def to_confirm(found: Sequence[Concern]) -> str:
    """What a reviewer confirms, as one mark; "" when there is nothing to confirm."""
    return concerns_hash(found)


def must_go(entry: Entry) -> str:
    """What has to go before the entry is published, in one sentence; "" when nothing has to."""
    told = [f"“{c.found}”（{c.name}）：{c.why}" for c in entry_concerns(entry) if c.must]
    return f"请先改好再发布：{'；'.join(told)}" if told else ""
