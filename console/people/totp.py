"""The second factor: codes of an authenticator app (RFC 6238), and its QR code, made here."""

import hmac
from datetime import datetime, timedelta
from typing import Final

import pyotp
import segno
from markupsafe import Markup

from console.signing import mark

STEP: Final = 30  # seconds a code is shown, as RFC 6238 proposes and every app assumes
SLACK: Final = 1  # steps that a phone's clock may be off, either way
PENDING_LIFE: Final = timedelta(minutes=5)
ENROL_LIFE: Final = timedelta(minutes=15)


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """The 30-second step that a code belongs to, or None when it fits none near `now`."""
    given = "".join(code.split())
    if not (given.isascii() and given.isdecimal() and len(given) == 6):
        return None
    here, maker = int(now.timestamp()) // STEP, pyotp.TOTP(secret)
    near = range(here - SLACK, here + SLACK + 1)
    fitting = [n for n in near if hmac.compare_digest(maker.generate_otp(n), given)]
    return max(fitting, default=None)


def new_secret() -> str:
    """A key for a new authenticator: 160 bits in base32."""
    return pyotp.random_base32()


def qr_code(secret: str, *, name: str, place: str) -> Markup:
    """The picture an authenticator app reads, as SVG within the page."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=f"回应{place}")
    drawn = segno.make(address, error="m", micro=False)
    # Only segno's own drawing is in it: the address went into black and white squares.
    return Markup(  # noqa: S704
        drawn.svg_inline(scale=4, border=4, omitsize=True, light="#fff", svgclass="qr")
    )


def sealed(purpose: str, parts: tuple[str, ...], key: bytes, *, until: datetime) -> str:
    """A proof, good until then, that we said these parts."""
    end = str(int(until.timestamp()))
    return f"{end}.{mark(key, purpose, _joined(parts, end))}"


def seal_fits(
    seal: str, purpose: str, parts: tuple[str, ...], key: bytes, *, now: datetime
) -> bool:
    """Whether `sealed` made this for the same purpose and parts, and it is still good."""
    end, _, proof = seal.partition(".")
    expected = mark(key, purpose, _joined(parts, end))
    return hmac.compare_digest(proof.encode(), expected.encode()) and now.timestamp() <= int(end)


def _joined(parts: tuple[str, ...], end: str) -> str:
    return "\0".join((*parts, end))
