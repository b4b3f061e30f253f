"""The gateway of a real process, spoken to in the bytes WeChat (or somebody worse) sends."""

import socket
import sqlite3
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulator import crypto
from tests.servers.service_process import ServiceProcess
from tests.servers.wire import PREVIOUS_KEY, TOKEN, around, plain_query, sealed, settings, text_xml
from tests.unit.test_codec import HOSTILE


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    process = ServiceProcess(tmp_path_factory.mktemp("gateway"))
    process.start()
    yield process
    assert process.stop() == 0


def post(
    url: str, query: dict[str, str], body: bytes, headers: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """(status, body) of a POST."""
    address = f"{url}?{urllib.parse.urlencode(query)}"
    request = urllib.request.Request(address, data=body, headers=dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def stored(service: ServiceProcess) -> int:
    """Messages in the database."""
    connection = sqlite3.connect(service.folder / "desk.db")
    try:
        (count,) = connection.execute("SELECT count(*) FROM messages").fetchone()
    finally:
        connection.close()
    return int(count)


def now() -> datetime:
    return datetime.now(UTC)


def test_the_address_is_verified_with_the_echo(service: ServiceProcess) -> None:
    query = {**plain_query(at=now()), "echostr": "4242<b>"}
    with urllib.request.urlopen(f"{service.url}?{urllib.parse.urlencode(query)}") as answer:
        assert answer.read() == b"4242<b>"
        assert answer.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    "query",
    [{}, {"signature": "0" * 40, "timestamp": "1", "nonce": "n"}, plain_query(token="other")],
)
def test_a_wrong_verification_is_refused_with_an_empty_body(
    service: ServiceProcess, query: dict[str, str]
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{service.url}?{urllib.parse.urlencode(query)}")
    with refused.value as error:
        assert (error.code, error.read()) == (403, b"")


def test_a_message_is_stored_and_answered_and_its_repeat_gets_the_same_bytes(
    service: ServiceProcess,
) -> None:
    before = stored(service)
    xml = text_xml("你好", message_id="7001", at=int(now().timestamp()))
    answers = {post(service.url, *sealed(xml, at=now())) for _ in range(3)}
    assert stored(service) == before + 1
    ((status, body),) = answers
    assert status == 200
    assert b"Encrypt" in body


def test_a_message_under_the_previous_key_is_answered_under_it(service: ServiceProcess) -> None:
    xml = text_xml("你好", message_id="7002", at=int(now().timestamp()))
    status, body = post(service.url, *sealed(xml, key=PREVIOUS_KEY, at=now()))
    cipher = body.split(b"<Encrypt><![CDATA[")[1].split(b"]]>")[0].decode()
    assert status == 200
    assert "您好" in crypto.decrypt(cipher, PREVIOUS_KEY, settings().appid).decode()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_refused_and_nothing_is_stored(
    service: ServiceProcess, name: str
) -> None:
    before = stored(service)
    status, body = post(service.url, *sealed(HOSTILE[name], at=now()))
    assert (status, body) == (400, b"")
    assert stored(service) == before


@pytest.mark.parametrize("cipher", ["", "%%%", "QUJD", "A" * 43])
def test_broken_ciphertexts_are_refused(service: ServiceProcess, cipher: str) -> None:
    assert post(service.url, *around(cipher, at=now())) == (400, b"")


def test_a_forged_stale_or_plain_message_is_refused(service: ServiceProcess) -> None:
    before = stored(service)
    query, body = sealed(text_xml("你好", message_id="7003"), at=now())
    stale = sealed(text_xml("你好"), at=now() - timedelta(hours=1))
    assert post(service.url, {**query, "msg_signature": "0" * 40}, body) == (403, b"")
    assert post(service.url, *stale) == (403, b"")
    assert post(service.url, plain_query(at=now()), text_xml("你好").encode()) == (403, b"")
    assert stored(service) == before


def test_too_large_a_body_and_an_unknown_account_are_refused(service: ServiceProcess) -> None:
    query, _ = sealed(text_xml(), at=now())
    assert post(service.url, query, b"x" * (64 * 1024 + 1))[0] == 413
    assert post(f"{service.base}/wechat/nobody", query, b"x") == (404, b"")


def test_a_sender_who_hangs_up_half_way_is_no_fault_of_ours(service: ServiceProcess) -> None:
    with socket.create_connection(("127.0.0.1", service.port)) as caller:
        caller.sendall(
            b"POST /wechat/main HTTP/1.1\r\nHost: desk\r\nContent-Length: 99\r\n\r\n<xml>"
        )
    log = service.folder / "service.log"
    give_up_at = time.monotonic() + 10
    while "did not arrive whole" not in log.read_text(encoding="utf-8"):
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def test_health_readiness_and_metrics_answer(service: ServiceProcess) -> None:
    for path, word in (("/healthz", "ok"), ("/readyz", "database"), ("/metrics", "huiying_")):
        with urllib.request.urlopen(service.base + path) as answer:
            assert word in answer.read().decode()


def test_the_bare_address_leads_to_what_everybody_may_see(service: ServiceProcess) -> None:
    with urllib.request.urlopen(service.base + "/") as answer:
        assert (answer.status, answer.url) == (200, service.base + "/public/")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_metrics_stay_here_when_a_proxy_passes_a_stranger_on(
    service: ServiceProcess, header: str
) -> None:
    request = urllib.request.Request(f"{service.base}/metrics", headers={header: "203.0.113.9"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value as error:
        assert (error.code, error.read()) == (403, b"")


def test_no_traceback_and_no_citizens_words_reach_the_log(service: ServiceProcess) -> None:
    said = "王小明身份证110101199003070011"
    xml = text_xml(said, message_id="7004", at=int(now().timestamp()))
    assert post(service.url, *sealed(xml, at=now()))[0] == 200
    log = (service.folder / "service.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert said not in log


@pytest.mark.parametrize("mode", ["plain", "compatible"])
def test_other_modes_are_served_as_configured(tmp_path: Path, mode: str) -> None:
    service = ServiceProcess(tmp_path, mode=mode)
    service.start()
    try:
        xml = text_xml("你好", at=int(now().timestamp()))
        status, body = post(service.url, plain_query(at=now()), xml.encode())
        assert status == 200
        assert "您好" in body.decode()
        assert TOKEN not in body.decode()
    finally:
        service.stop()


def test_a_body_that_is_not_packed_as_it_says_is_refused(tmp_path: Path) -> None:
    service = ServiceProcess(tmp_path)  # aiohttp's own traceback of it must not fail other tests
    service.start()
    try:
        for coding in ("gzip", "deflate"):
            packed = {"Content-Encoding": coding}
            assert post(service.url, plain_query(at=now()), b"words", packed) == (400, b"")
    finally:
        service.stop()
