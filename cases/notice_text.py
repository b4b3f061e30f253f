"""The text of the State Council's notice, read as it is published.

It has had one shape for years: "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日
（周日）上班。" Days off stand in sentences with 放假, make-up workdays in sentences with 上班.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from cases.notice import MOST_BYTES, Notice, NoticeNotFit, parse_notice

ASIDE: Final = re.compile(r"[（(][^（()）]*[)）]")
TITLE: Final = re.compile(r"关于\s*(\d{4})\s*年[^。\n]{0,20}节假日安排的通知")
YEAR: Final = re.compile(r"(\d{4})\s*年")
DAY: Final = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日")
SPAN: Final = re.compile(rf"{DAY.pattern}(?:[至到—－-]+{DAY.pattern})?")
NUMBER: Final = re.compile(r"国办发[^\s〔\[]{0,6}[〔\[]\d{4}[〕\]]\s*\d+\s*号")
LONGEST_HOLIDAY: Final = 20


def read_notice_text(text: str) -> Notice:
    """A notice from its JSON or from its published text. NoticeNotFit says what is missing."""
    if text.lstrip("\ufeff \n\r\t").startswith("{"):
        return parse_notice(text.encode("utf-8", "replace")[:MOST_BYTES])
    plain = re.sub(r"[ \t\u3000\xa0]+", "", ASIDE.sub("", text))
    year = _year(text)
    off, work = set[date](), set[date]()
    for sentence in re.split(r"[。；;\n]+", plain):
        if "上班" in sentence:
            work |= set(_days(sentence, year))
        elif "放假" in sentence:
            off |= set(_days(sentence.partition("放假")[0], year))
    if not off:
        raise NoticeNotFit("no day off was found in the text")
    if both := off & work:
        raise NoticeNotFit(
            f"{min(both)} is a day off and a workday",
            tell=f"{_said(min(both))}既写了放假，又写了上班，请核对。",
        )
    return Notice(year=year, source=_source(text, year), off=frozenset(off), work=frozenset(work))


def _year(text: str) -> int:
    found = TITLE.search(text) or YEAR.search(text)
    if found is None:
        raise NoticeNotFit("the text does not say which year it is about")
    return int(found[1])


def _source(text: str, year: int) -> str:
    number = NUMBER.search(text)
    name = f"国务院办公厅关于{year}年部分节假日安排的通知"
    return f"{name}（{number[0]}）" if number else name


def _days(sentence: str, year: int) -> Iterator[date]:
    """Every day a sentence names; a month that is not repeated is the one before."""
    month = 0
    for found in SPAN.finditer(sentence):
        first_year, first_month, first, last_year, last_month, last = found.groups()
        month = int(first_month or month)
        begin = _date(int(first_year or year), month, first)
        yield begin
        if last is None:
            continue
        month = int(last_month or month)
        end = _date(int(last_year or first_year or year), month, last)
        if not begin <= end <= begin + timedelta(days=LONGEST_HOLIDAY):
            raise NoticeNotFit(
                f"{begin} to {end} is no holiday",
                tell=f"“{found[0]}”从{_said(begin)}到{_said(end)}，不像一个假期，请核对。",
            )
        yield from (begin + timedelta(days=n) for n in range(1, (end - begin).days + 1))


def _date(year: int, month: int, day: str) -> date:
    try:
        return date(year, month, int(day))
    except ValueError as error:
        raise NoticeNotFit(
            f"{year}-{month}-{day} is not a day",
            tell=f"{year} 年没有 {month} 月 {int(day)} 日这一天，请核对。",
        ) from error


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"
