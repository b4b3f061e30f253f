"""The configuration's file: TOML in UTF-8, as editors save it."""

import tomllib
from pathlib import Path
from typing import Any


class BadConfiguration(Exception):
    """The configuration cannot be used; the message names each key and what is accepted."""


def read_toml(path: Path) -> dict[str, Any]:
    """What the file says; Windows' editors begin it with a byte order mark.

    Raises `BadConfiguration`.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadConfiguration(
            f"cannot read the configuration {path}: {error.strerror}. "
            "Name another with --config or HUIYING_CONFIG."
        ) from error
    except UnicodeDecodeError as error:
        raise BadConfiguration(
            f"{path} is not in UTF-8: save it again with the encoding UTF-8 (编码选 UTF-8)"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise BadConfiguration(f"{path} is not a TOML file: {error}") from error
