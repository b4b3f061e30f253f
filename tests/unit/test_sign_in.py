"""Signing in, without a desk: how long locks last, which forms and addresses are believed."""

from datetime import timedelta

import pytest
from aiohttp.test_utils import make_mocked_request

from console.auth import locked_until, safe_next
from console.caller import address_of
from console.people.passwords import fault_of, new_password
from console.signing import form_token, form_token_fits
from tests.values.console import MORNING, SECRET


def test_locks_grow_to_eight_hours_and_no_further() -> None:
    assert locked_until(4, MORNING) is None
    assert locked_until(5, MORNING) == MORNING + timedelta(minutes=15)
    assert locked_until(500, MORNING) == MORNING + timedelta(hours=8)


def test_a_form_token_fits_its_nonce_for_twelve_hours() -> None:
    token = form_token("nonce", SECRET, now=MORNING)
    assert form_token_fits(token, "nonce", SECRET, now=MORNING + timedelta(hours=12))
    assert not form_token_fits(token, "nonce", SECRET, now=MORNING + timedelta(hours=13))
    assert not form_token_fits(token, "", SECRET, now=MORNING)
    assert not form_token_fits("汉字.汉字", "nonce", SECRET, now=MORNING)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/console/",
        "//evil.example/console/",
        "/\\evil.example",
        "/console//evil.example",
        "/console\\@evil.example",
        "javascript:alert(1)",
        "/console/\r\nSet-Cookie: a=b",
        "console/cases",
        "/public/",
    ],
)
def test_next_never_leads_off_the_desk(elsewhere: str) -> None:
    assert safe_next(elsewhere) == "/console/"


def test_weak_passwords_are_named_as_such() -> None:
    assert fault_of("x" * 129, name="officer")
    assert fault_of("officer-2026", name="Officer")
    assert fault_of("aaaaaaaaaaaa", name="officer")
    assert fault_of(new_password(), name="officer") == ""


def test_a_stranger_cannot_claim_another_address() -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": "10.1.2.3"})
    assert address_of(request.clone(remote="203.0.113.9")) == "203.0.113.9"
