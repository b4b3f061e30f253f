"""The benchmarks' own arithmetic, and that their requests are what the platform would send."""

import json
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer import Typer
from typer.testing import CliRunner

from bot.benchmarks import county, envelopes, load, report
from bot.benchmarks.__main__ import bench
from bot.benchmarks.figure import Figure, median, percentile
from bot.benchmarks.search import PerturbedVectors
from bot.codec import Codec
from bot.config_account import AccountSettings
from handlers.settlement import Reply
from simulator import crypto
from simulator.envelope import parse

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PRINTED = (
    "Running 1s test\n"
    'RESULT {"requests": 500, "refused": 100, "lost": 1, "microseconds": 2000000, '
    '"p50": 1500, "p99": 9000}'
)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_a_value_that_its_share_does_not_exceed(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


def test_the_percentile_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_one_bad_round_does_not_move_the_median() -> None:
    assert median([10.0, 11.0, 900.0]) == 11.0


@pytest.mark.parametrize(
    ("limits", "met", "target"),
    [
        ({"at_most": 5.0}, True, "≤ 5"),
        ({"at_most": 4.0}, False, "≤ 4"),
        ({"at_least": 4.0}, True, "≥ 4"),
        ({}, None, ""),
    ],
)
def test_a_figure_knows_whether_its_target_is_met(
    limits: dict[str, float], met: bool | None, target: str
) -> None:
    figure = Figure(name="start", value=5.0, unit="s", **limits)
    assert (figure.is_met, figure.target) == (met, target)


def test_a_request_decrypts_with_the_simulators_own_crypto() -> None:
    request = envelopes.Postbox().request("身份证丢了怎么办？", at=NOW)
    account = envelopes.ACCOUNT
    sealed = parse(request.body).findtext("Encrypt") or ""
    plain = crypto.decrypt(sealed, account.aes_key, account.appid).decode()
    query = dict(parse_qsl(urlsplit(request.path).query))
    mark = crypto.signature(account.token, query["timestamp"], query["nonce"], sealed)
    assert parse(plain).findtext("Content") == "身份证丢了怎么办？"
    assert query["msg_signature"] == mark


def test_the_desk_takes_a_request_and_its_reply_is_read_back() -> None:
    account = envelopes.ACCOUNT
    settings = AccountSettings(appid=account.appid, token=account.token, aes_key=account.aes_key)
    codec = Codec("main", settings, stale_after=600)
    request = envelopes.Postbox().request("你好", at=NOW)
    query = dict(parse_qsl(urlsplit(request.path).query))
    delivery = codec.decode(query, request.body.encode(), now=NOW)
    reply = codec.encode(Reply(text="您好", at=NOW), delivery)
    assert envelopes.content_of(reply) == "您好"


def test_no_two_requests_are_one_message(tmp_path: Path) -> None:
    post = envelopes.Postbox()
    made = list(post.requests(["同一句话"] * 50))
    assert len({request.body for request in made}) == 50
    assert envelopes.write_requests(tmp_path / "requests.txt", made) == 50
    lines = (tmp_path / "requests.txt").read_text(encoding="utf-8").splitlines()
    assert all(line.count("\t") == 1 for line in lines)


def test_no_two_entries_and_no_two_questions_are_alike() -> None:
    rows = list(county.entry_rows(3_000))
    asked = set(islice(county.questions(), 3_000))
    wordings = {text for row in rows for text in (row["question"], *row["variants"])}
    assert len({row["question"] for row in rows}) == len({row["answer"] for row in rows}) == 3_000
    assert len(asked) == 3_000
    assert not asked & wordings


def test_only_good_replies_are_counted() -> None:
    burst = load.result_of(PRINTED)
    assert burst.per_second == 200
    assert (burst.refused, burst.lost, burst.p50, burst.p99) == (100, 1, 1.5, 9.0)


def test_a_missing_tool_is_told_before_anything_is_prepared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    app = Typer()
    app.command()(bench)
    run = CliRunner().invoke(app, ["--only", "gateway", "--folder", str(tmp_path / "desk")])
    assert (run.exit_code, (tmp_path / "desk").exists()) == (2, False)
    assert "apt install wrk" in run.stderr


def test_a_load_that_did_not_run_says_why() -> None:
    with pytest.raises(load.NoLoad, match="unable to connect"):
        load.result_of("unable to connect to 127.0.0.1")


@pytest.mark.parametrize(("value", "shown"), [(1234.5, "1,234"), (12.34, "12.3"), (0.4567, "0.46")])
def test_a_number_is_shown_with_three_digits_or_so(value: float, shown: str) -> None:
    assert report.number(value) == shown


def test_the_json_says_what_was_missed(tmp_path: Path) -> None:
    figure = Figure(name="start", value=6.0, unit="s", at_most=5)
    report.write(tmp_path / "figures.json", {"cores": "2"}, {"start": [figure]})
    told = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert told["machine"] == {"cores": "2"}
    assert told["figures"][0]["met"] is False


async def test_perturbed_vectors_are_near_real_ones_and_always_the_same() -> None:
    known = np.eye(4, 32, dtype=np.float32)
    store = PerturbedVectors(known)
    first = await store.vectors(encoder="e", kind="query", hashes=["a", "b", "c"])
    again = await store.vectors(encoder="e", kind="query", hashes=["a", "b", "c"])
    assert float(first["b"] @ known[1]) > 0.95
    assert np.array_equal(first["c"], again["c"])
