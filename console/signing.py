"""Signatures without a database: the sign-in form's token and a citizen's progress link."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Final

FORM_LIFE: Final = timedelta(hours=12)


def mark(secret: bytes, purpose: str, text: str) -> str:
    """The signature of a text for one purpose (18 bytes, base64)."""
    digest = hmac.digest(secret, f"{purpose}:{text}".encode(), hashlib.sha256)
    return urlsafe_b64encode(digest[:18]).decode()


def sign_case(number: str, secret: bytes) -> str:
    """The last part of a citizen's progress link: the case number and its signature (18 bytes)."""
    return f"{number}.{mark(secret, 'case', number)}"


def read_case(signed: str, secret: bytes) -> str | None:
    """The case number of a progress link, or None when the signature does not fit."""
    number, _, proof = signed.partition(".")
    fits = hmac.compare_digest(proof.encode(), mark(secret, "case", number).encode())
    return number if fits else None


def password_mark(password_hash: str, secret: bytes) -> str:
    """Ties a session to the password it was opened with: a new password ends it everywhere."""
    return mark(secret, "password", password_hash)


def new_nonce() -> str:
    """A secret for a browser that has not signed in yet; it stands in a cookie."""
    return secrets.token_urlsafe(16)


def form_token(nonce: str, secret: bytes, *, now: datetime) -> str:
    """The hidden field of the sign-in form: it fits only this browser's nonce, for 12 hours."""
    until = str(int((now + FORM_LIFE).timestamp()))
    return f"{until}.{mark(secret, 'form', f'{nonce}:{until}')}"


def form_token_fits(token: str, nonce: str, secret: bytes, *, now: datetime) -> bool:
    """Whether a posted form came from a page this browser was given within 12 hours."""
    until, _, proof = token.partition(".")
    expected = mark(secret, "form", f"{nonce}:{until}")
    if not nonce or not hmac.compare_digest(proof.encode(), expected.encode()):
        return False
    return now.timestamp() <= int(until)
