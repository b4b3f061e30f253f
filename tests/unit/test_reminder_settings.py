"""What the configuration says of reminders: checked at the start, and no key is shown."""

from pathlib import Path

import pytest

from bot.config import load_settings
from bot.config_file import BadConfiguration

ROBOT = '[reminders.robots.a]\nkind = "{kind}"\nurl = "{url}"\nsecret = "{secret}"\n'


def loaded(folder: Path, text: str) -> str:
    """The complaint about a configuration; "" when it is accepted."""
    path = folder / "huiying.toml"
    path.write_text(text, encoding="utf-8")
    try:
        load_settings(path)
    except BadConfiguration as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[reminders.email]\nhost = "mail"\n', "sender is needed"),
        ('[reminders]\ndigest_at = "07:00"\n', "must follow each other"),
        (ROBOT.format(kind="feishu", url="https://x", secret=""), "wecom"),
        (ROBOT.format(kind="wecom", url="https://x", secret="SEC1"), "加签"),
        (ROBOT.format(kind="wecom", url="KEY-7", secret=""), "whole webhook address"),
        (ROBOT.format(kind="dingtalk", url="https://x", secret="SEC1"), ""),
        ('database_url = "mysql://desk:KEY-7@db/desk"\n', "must start with"),
    ],
)
def test_a_wrong_value_is_named_and_no_key_is_repeated(
    tmp_path: Path, text: str, complaint: str
) -> None:
    said = loaded(tmp_path, text)
    assert complaint in said
    assert bool(said) == bool(complaint)
    assert "KEY-7" not in said


def test_the_example_in_the_documents_is_accepted() -> None:
    example = Path(__file__).parents[2] / "docs" / "huiying.example.toml"
    settings = load_settings(example)
    assert settings.reminders.robots == {}
    assert f"{settings.reminders.digest_at:%H:%M}" == "08:30"
