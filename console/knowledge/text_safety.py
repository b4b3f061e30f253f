"""What an entry's texts must not hold before citizens can read them."""

from collections.abc import Sequence
from dataclasses import replace

from cases.text_check import PERSONAL, Concern, concerns, concerns_hash
from knowledge_base.entry import Entry

PERSONAL_NAMES = frozenset(name for name, _, _ in PERSONAL.values())


def entry_concerns(entry: Entry) -> tuple[Concern, ...]:
    """Everything of concern in the answer; in the wordings, which are citizens' own words, only
    personal data. `start` and `end` count in each text by itself.
    """
    found = list(concerns(entry.answer))
    wordings = (entry.question, *entry.variants, entry.audience, entry.topic, entry.source.title)
    for text in wordings:
        found += [each for each in concerns(text) if each.name in PERSONAL_NAMES]
    return tuple(_about_entries(each) for each in found)


def _about_entries(concern: Concern) -> Concern:
    return replace(concern, why=concern.why.replace("答复里", "公开的内容里"))


def to_confirm(found: Sequence[Concern]) -> str:
    """What a reviewer confirms, as one mark; "" when there is nothing to confirm."""
    return concerns_hash(found)


def must_go(entry: Entry) -> str:
    """What has to go before the entry is published, in one sentence; "" when nothing has to."""
    told = [f"“{c.found}”（{c.name}）：{c.why}" for c in entry_concerns(entry) if c.must]
    return f"请先改好再发布：{'；'.join(told)}" if told else ""
