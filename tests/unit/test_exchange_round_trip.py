"""Whatever entries there are: written and read again, they are the same."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge_base.entry import Entry, Source
from knowledge_base.entry_check import tidied
from knowledge_base.exchange import plan_import, read_rows, write_entries

TEXT = st.one_of(
    st.text(st.characters(), max_size=20),
    st.text("甲乙？；;|｜,，\"'=+-@ \t\r\n\u2028\ufeff\x00\x0b_x0041", max_size=12),
)
WORDINGS = st.lists(TEXT, max_size=4).map(tuple)
DAYS = st.none() | st.dates(date(1850, 1, 1), date(2150, 1, 1))
ENTRIES = st.lists(
    st.builds(
        Entry,
        id=st.uuids().map(str),
        question=TEXT,
        answer=TEXT.map(lambda text: f"答{text}。"),
        variants=WORDINGS,
        negatives=WORDINGS,
        department=TEXT,
        topic=TEXT,
        region=TEXT,
        audience=TEXT,
        source=st.builds(
            Source, title=TEXT, number=TEXT, url=st.sampled_from(["", "https://a.cn/?b=1"])
        ),
        checked_on=DAYS,
        valid_from=st.none() | st.dates(date(1850, 1, 1), date(2000, 1, 1)),
        valid_until=st.none() | st.dates(date(2000, 1, 1), date(2150, 1, 1)),
        version=st.integers(1, 9),
        author=TEXT,
    ),
    max_size=3,
)


def entry(text: str) -> Entry:
    return Entry(id="a", question=text, answer=text or "答", variants=(text, f"{text}b"))


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=ENTRIES)
@example(entries=[entry("_x000D_ _x0041_ _x005F_")])
@example(entries=[entry("_x005F_x0041_")])
@example(entries=[entry("=1;2")])
@example(entries=[entry("'=1；2")])
@example(entries=[entry("\ud83d半个")])
@example(entries=[entry("\ufffe\uffff\x85\x1c甲")])
@example(entries=[entry('"')])
@example(entries=[entry("#REF!")])
def test_an_export_imported_again_changes_nothing(
    tmp_path: Path, ending: str, entries: list[Entry]
) -> None:
    path = tmp_path / f"kb.{ending}"
    write_entries(path, entries)
    plan = plan_import(read_rows(path).rows, entries)
    assert (plan.added, plan.changed, plan.rejected) == ((), (), ())
    assert len(plan.unchanged) == len(entries)


@given(entries=ENTRIES)
def test_tidying_twice_is_tidying_once(entries: list[Entry]) -> None:
    once = [tidied(entry) for entry in entries]
    assert [tidied(entry) for entry in once] == once
