"""What `serve` says once it listens."""

import pytest

from bot.commands.running import ready_line
from bot.config import Settings


@pytest.mark.parametrize(
    ("host", "port", "public_url", "told"),
    [
        ("127.0.0.1", 8080, "http://127.0.0.1:8080", "ready on http://127.0.0.1:8080"),
        (
            "127.0.0.1",
            8081,
            "https://desk.example",
            "ready on http://127.0.0.1:8081, known as https://desk.example (public_url)",
        ),
        (
            "::1",
            8080,
            "https://desk.example",
            "ready on http://[::1]:8080, known as https://desk.example (public_url)",
        ),
    ],
)
def test_a_desk_says_where_it_listens_and_not_only_what_others_call_it(
    host: str, port: int, public_url: str, told: str
) -> None:
    assert ready_line(Settings(host=host, port=0, public_url=public_url), port) == told
