"""What an entry must satisfy before anyone may keep it, whether typed in or imported."""

import re
from dataclasses import dataclass, replace

from knowledge_base.entry import Entry, Source

QUESTION_LIMIT = 2_000
ANSWER_LIMIT = 20_000
FIELD_LIMIT = 500
URL_LIMIT = 2_000
WORDINGS_LIMIT = 200
"""At most so many variants, and so many negatives."""

SEPARATORS = "|｜;；"
"""What may part several wordings written on one line."""

_BREAK = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, halves of surrogate pairs, byte order marks and what XML (so xlsx) cannot hold.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why an entry cannot be kept: the exchange column at fault, and the reason for staff."""

    column: str
    reason: str


def tidy_text(text: str) -> str:
    """`text` with \\n for every line break, without unwritable characters or outer white space."""
    return _UNWRITABLE.sub("", _BREAK.sub("\n", text)).strip()


def tidy_line(text: str) -> str:
    """`tidy_text` on one line."""
    return " ".join(tidy_text(text).split())


def tidy_wordings(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Each on one line without separators at its ends, in order, without empty or repeated ones."""
    lines = (tidy_line(text).strip(SEPARATORS + " ") for text in texts)
    return tuple(dict.fromkeys(line for line in lines if line))


def tidied(entry: Entry) -> Entry:
    """The same entry in the form all exchange formats can carry; idempotent."""
    return replace(
        entry,
        id=tidy_line(entry.id),
        question=tidy_line(entry.question),
        answer=tidy_text(entry.answer),
        variants=tidy_wordings(entry.variants),
        negatives=tidy_wordings(entry.negatives),
        department=tidy_line(entry.department),
        topic=tidy_line(entry.topic),
        region=tidy_line(entry.region),
        audience=tidy_line(entry.audience),
        source=Source(
            title=tidy_line(entry.source.title),
            number=tidy_line(entry.source.number),
            url=tidy_line(entry.source.url),
        ),
    )


def problem_with(entry: Entry) -> Problem | None:
    """The first thing that keeps a tidied entry out, or None."""
    if not entry.answer:
        return Problem(column="answer", reason="答案不能为空")
    return _too_long(entry) or _too_many(entry) or _wrong_link(entry) or _wrong_days(entry)


def _too_long(entry: Entry) -> Problem | None:
    lengths = (
        ("id", entry.id, FIELD_LIMIT),
        ("question", entry.question, QUESTION_LIMIT),
        ("answer", entry.answer, ANSWER_LIMIT),
        ("variants", max(entry.variants, key=len, default=""), QUESTION_LIMIT),
        ("negatives", max(entry.negatives, key=len, default=""), QUESTION_LIMIT),
        ("department", entry.department, FIELD_LIMIT),
        ("topic", entry.topic, FIELD_LIMIT),
        ("region", entry.region, FIELD_LIMIT),
        ("audience", entry.audience, FIELD_LIMIT),
        ("source_title", entry.source.title, FIELD_LIMIT),
        ("source_number", entry.source.number, FIELD_LIMIT),
        ("source_url", entry.source.url, URL_LIMIT),
    )
    for column, text, limit in lengths:
        if len(text) > limit:
            return Problem(
                column=column, reason=f"超过 {limit} 个字（现有 {len(text)} 个字），请精简"
            )
    return None


def _too_many(entry: Entry) -> Problem | None:
    for column, texts in (("variants", entry.variants), ("negatives", entry.negatives)):
        if len(texts) > WORDINGS_LIMIT:
            reason = f"去重后超过 {WORDINGS_LIMIT} 条（现有 {len(texts)} 条）"
            return Problem(column=column, reason=f"{reason}，请删去相近的或分开写")
    return None


def _wrong_link(entry: Entry) -> Problem | None:
    # The console shows it as a link; nothing but a web page may be behind it.
    if entry.source.url and not re.match(r"https?://[^\s]+$", entry.source.url, re.IGNORECASE):
        return Problem(
            column="source_url", reason="网址要以 http:// 或 https:// 开头，中间没有空格"
        )
    return None


def _wrong_days(entry: Entry) -> Problem | None:
    if entry.valid_from and entry.valid_until and entry.valid_until < entry.valid_from:
        return Problem(column="valid_until", reason="失效日期早于生效日期")
    return None
