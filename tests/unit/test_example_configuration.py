"""docs/huiying.example.toml: what an administrator copies, and finds every key in."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from bot.config import Settings, load_settings

EXAMPLE = Path(__file__).parents[2] / "docs" / "huiying.example.toml"


def keys_of(model: type[BaseModel]) -> Iterator[str]:
    """The names of all values, those of the tables within a table as well."""
    for name, field in model.model_fields.items():
        within = list(models_in(field.annotation))
        if not within:
            yield name
        for each in within:
            yield from keys_of(each)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from models_in(each)


def test_the_example_names_every_key_of_the_configuration() -> None:
    lines = r"^(?:# )?(?:(\w+) = |\[[\w.]+\.(\w+)\])"
    named = re.findall(lines, EXAMPLE.read_text("utf-8"), re.MULTILINE)
    assert set(keys_of(Settings)) - {name for pair in named for name in pair} == set()


def test_an_example_of_defaults_says_what_the_defaults_are() -> None:
    settings = load_settings(EXAMPLE)
    assert settings.gateway == Settings().gateway
    assert settings.answering.model_copy(update={"region": ""}) == Settings().answering
    assert settings.retention == Settings().retention
