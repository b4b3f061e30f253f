"""The form of a menu: three buttons with five below each, read without any script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cases.text_check import must_go, personal_must_go
from handlers.menu import BELOW, TOP, Button, Does
from handlers.service_directory import Service

CHOICES: Final = (
    (Does.WORDS.value, "说一句话"),
    (Does.LINK.value, "打开网址"),
    (Does.DIRECTORY.value, "打开掌上办事"),
)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One line of the form; `at` is its place: "0" for a button, "0-2" for one below it."""

    at: str
    name: str = ""
    does: str = Does.WORDS.value
    value: str = ""
    below: tuple["Field", ...] = ()

    @property
    def used(self) -> int:
        """How many of the lines below it are filled in."""
        return sum(bool(each.name) for each in self.below)


def choices(services: Sequence[Service]) -> list[tuple[str, str]]:
    """What a button can do, the published entrances of 掌上办事 included."""
    named = [(f"{Does.SERVICE.value}:{each.id}", f"办事：{each.name}") for each in services]
    return [*CHOICES, *named]


def fields_of(buttons: Sequence[Button]) -> list[Field]:
    """The whole form, filled in with the buttons."""
    return [_field(str(n), _nth(buttons, n), below=True) for n in range(TOP)]


def _nth(buttons: Sequence[Button], n: int) -> Button | None:
    return buttons[n] if n < len(buttons) else None


def _field(at: str, button: Button | None, *, below: bool) -> Field:
    children = button.buttons if button else ()
    places = range(BELOW) if below else ()
    lines = tuple(_field(f"{at}-{n}", _nth(children, n), below=False) for n in places)
    if button is None:
        return Field(at=at, below=lines)
    is_service = button.does is Does.SERVICE
    return Field(
        at=at,
        name=button.name,
        does=f"{button.does.value}:{button.value}" if is_service else button.does.value,
        value="" if is_service else button.value,
        below=lines,
    )


def read(form: Mapping[str, Any]) -> tuple[Button, ...]:
    """The buttons of a posted form; lines without name and value are left out."""
    found = []
    for n in range(TOP):
        below = tuple(filter(None, (_button(form, f"{n}-{m}") for m in range(BELOW))))
        button = _button(form, str(n), below=below)
        if button is not None:
            found.append(button)
    return tuple(found)


def _button(form: Mapping[str, Any], at: str, below: tuple[Button, ...] = ()) -> Button | None:
    name = str(form.get(f"name-{at}", "")).strip()[:100]
    value = str(form.get(f"value-{at}", "")).strip()[:2000]
    chosen, _, number = str(form.get(f"does-{at}", "")).partition(":")
    does = Does(chosen) if chosen in set(Does) else Does.WORDS
    if below:
        return Button(name=name, buttons=below)
    if not name and not value:
        return None
    return Button(name=name, does=does, value=number if does is Does.SERVICE else value)


def unfit(buttons: Sequence[Button]) -> str:
    """What has to go before citizens see it, as a sentence; "" for nothing.

    What a tap says is the citizen's own question: any word may stand in it, no personal data.
    """
    every = [each for button in buttons for each in (button, *button.buttons)]
    said = (each.value for each in every if each.does is Does.WORDS)
    return must_go(*(each.name for each in every)) or personal_must_go(*said)
