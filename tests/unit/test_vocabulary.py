"""The tables of what citizens say."""

import re
from pathlib import Path

import pytest

import handlers
from handlers.hearing.dangers import Danger
from handlers.hearing.vocabulary import dialects, names, saying, words
from handlers.texts.danger import CALLS
from knowledge_base import intent
from knowledge_base.sayings import read_sayings

ROOM = Path(handlers.__file__).parent


def written() -> str:
    return "".join(path.read_text("utf-8") for path in ROOM.rglob("*.py"))


@pytest.mark.parametrize("name", names())
def test_every_table_says_something_and_has_no_empty_alternative(name: str) -> None:
    assert saying(name).words.search("") is None


def test_every_table_that_code_names_is_there_and_every_table_is_named() -> None:
    prefixes = "asides|spoken|telling|replied|contacts|dangers"
    named = set(re.findall(rf'"((?:{prefixes})\.[a-z_]+)"', written()))
    assert named - set(names()) == set()
    used = named | {f"dangers.{danger}" for danger in Danger}
    assert set(names()) - used == set()


def test_every_table_of_intents_is_used_and_none_is_left_unwritten() -> None:
    tables = read_sayings("knowledge_base", ["intent"])
    code = Path(intent.__file__).read_text("utf-8")
    used = set(re.findall(r'_words\("([a-z_]+)"\)', code)) | set(intent.Intent)
    assert {name.partition(".")[2] for name in tables} - used == set()
    assert not [
        name for name, each in tables.items() if re.search(r"\{[a-z_]+\}", each.words.pattern)
    ]


def test_every_danger_has_its_words_and_its_text() -> None:
    assert {f"dangers.{danger}" for danger in Danger} <= set(names())
    assert set(CALLS) == set(Danger)


def test_no_list_is_left_unwritten() -> None:
    left = [name for name in names() if re.search(r"\{[a-z_]+\}", words(name).pattern)]
    assert left == []


def test_a_name_without_a_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        saying("asides.nothing")


def test_words_of_dialects_are_read_in_their_order() -> None:
    assert [meant for _, meant in dialects()][:2] == ["问一下", "什么"]


def test_what_is_too_long_or_taken_back_is_not_said() -> None:
    illness = saying("dangers.illness")
    assert illness.said_in("他晕倒了")
    assert not illness.said_in("他晕倒了能报吗医保")
    assert not illness.said_in("他晕倒了" + "啊" * 60)
