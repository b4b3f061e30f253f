"""The form of an entry: reading what a curator filled in, and saying what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from knowledge_base.entry import Entry, Source
from knowledge_base.entry_check import WORDINGS_LIMIT
from knowledge_base.exchange.cells import BadCell
from knowledge_base.exchange.days import day_of
from knowledge_base.exchange.web_text import seen_text

TEXTS: Final = (
    "question",
    "variants",
    "negatives",
    "answer",
    "department",
    "topic",
    "region",
    "audience",
    "source_title",
    "source_number",
    "source_url",
    "checked_on",
    "valid_from",
    "valid_until",
)
DATES: Final = {"checked_on": "核对日期", "valid_from": "生效日期", "valid_until": "失效日期"}
LONGEST_QUESTION: Final = 200
LONGEST_ANSWER: Final = 10_000
MOST_WORDINGS: Final = WORDINGS_LIMIT


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What stands in the form, as text, and what is wrong with it by field."""

    texts: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)


def blank() -> Filled:
    """An empty form."""
    return Filled(texts=dict.fromkeys(TEXTS, ""))


def filled_with(entry: Entry) -> Filled:
    """The form as it shows an entry."""
    texts = {
        "question": entry.question,
        "variants": "\n".join(entry.variants),
        "negatives": "\n".join(entry.negatives),
        "answer": entry.answer,
        "department": entry.department,
        "topic": entry.topic,
        "region": entry.region,
        "audience": entry.audience,
        "source_title": entry.source.title,
        "source_number": entry.source.number,
        "source_url": entry.source.url,
    }
    days = {key: getattr(entry, key) for key in DATES}
    return Filled(texts=texts | {key: day.isoformat() if day else "" for key, day in days.items()})


def read(posted: Mapping[str, object]) -> Filled:
    """The posted form with its faults."""
    texts = {key: str(posted.get(key, "")).replace("\r\n", "\n").strip() for key in TEXTS}
    texts |= {key: _iso(texts[key]) for key in DATES}
    texts |= {key: seen_text(texts[key]) for key in ("question", "answer")}
    return Filled(texts=texts, faults=_faults(texts))


def _iso(text: str) -> str:
    """A day as people write it (2022年5月19日) as a date's field has it; what is none as it is."""
    try:
        day = day_of(text)
    except BadCell:
        return text
    return day.isoformat() if day else ""


def entry_of(filled: Filled, base: Entry) -> Entry:
    """The entry that a faultless form describes; the rest is as in `base`."""
    texts = filled.texts
    return replace(
        base,
        question=" ".join(texts["question"].split()),
        answer=texts["answer"],
        variants=_lines(texts["variants"]),
        negatives=_lines(texts["negatives"]),
        department=texts["department"],
        topic=texts["topic"],
        region=texts["region"],
        audience=texts["audience"],
        source=Source(
            title=texts["source_title"], number=texts["source_number"], url=texts["source_url"]
        ),
        checked_on=_day(texts["checked_on"]),
        valid_from=_day(texts["valid_from"]),
        valid_until=_day(texts["valid_until"]),
    )


def _lines(text: str) -> tuple[str, ...]:
    """Each line once, in order, without empty ones."""
    return tuple(dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.split("\n")))))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _is_day(text: str) -> bool:
    try:
        _day(text)
    except ValueError:
        return False
    return True


def _faults(texts: Mapping[str, str]) -> dict[str, str]:
    faults = {
        key: f"{name}请写成 2026-01-31 这样。"
        for key, name in DATES.items()
        if not _is_day(texts[key])
    }
    if not texts["question"]:
        faults["question"] = "请写出群众会问的问题。"
    elif len(texts["question"]) > LONGEST_QUESTION:
        faults["question"] = f"问题最多 {LONGEST_QUESTION} 个字，细节放到答案里。"
    if not texts["answer"]:
        faults["answer"] = "请写出答案。"
    elif len(texts["answer"]) > LONGEST_ANSWER:
        faults["answer"] = f"答案最多 {LONGEST_ANSWER} 个字，可以拆成几个条目。"
    for key in ("variants", "negatives"):
        lines = _lines(texts[key])
        if len(lines) > MOST_WORDINGS:
            faults[key] = f"最多 {MOST_WORDINGS} 行，留下最常见的就够了。"
        elif any(len(line) > LONGEST_QUESTION for line in lines):
            faults[key] = f"每行最多 {LONGEST_QUESTION} 个字，一行写一种问法。"
    if texts["source_url"] and urlsplit(texts["source_url"]).scheme not in {"http", "https"}:
        faults["source_url"] = "网址要以 http:// 或 https:// 开头。"
    if not faults and "" < texts["valid_until"] < texts["valid_from"]:
        faults["valid_until"] = "失效日期不能早于生效日期。"
    return faults
