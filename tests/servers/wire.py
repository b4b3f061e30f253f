"""WeChat's side of one request, made with the simulator's own implementation of the protocol."""

import base64
import secrets
from datetime import UTC, datetime

from bot.codec import Codec
from bot.config_account import AccountSettings
from simulator import crypto

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
APPID, TOKEN = "wx00000000000test", "a-token"


def new_key() -> str:
    """A fresh EncodingAESKey: 43 letters and digits."""
    return base64.b64encode(secrets.token_bytes(32)).decode()[:43]


KEY, PREVIOUS_KEY = new_key(), new_key()


def settings(mode: str = "safe", **changed: object) -> AccountSettings:
    fields = {"appid": APPID, "token": TOKEN, "aes_key": KEY, "previous_aes_key": PREVIOUS_KEY}
    return AccountSettings.model_validate({**fields, "mode": mode, **changed})


def codec(mode: str = "safe", **changed: object) -> Codec:
    return Codec("main", settings(mode, **changed), stale_after=600)


def text_xml(
    content: str = "医保怎么交",
    *,
    message_id: str = "1001",
    citizen: str = "o-citizen",
    at: int = 0,
) -> str:
    stamp = at or int(NOW.timestamp())
    return (
        f"<xml><ToUserName><![CDATA[gh_desk]]></ToUserName>"
        f"<FromUserName><![CDATA[{citizen}]]></FromUserName><CreateTime>{stamp}</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{content}]]></Content>"
        f"<MsgId>{message_id}</MsgId></xml>"
    )


def plain_query(*, at: datetime = NOW, token: str = TOKEN, nonce: str = "n1") -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    signature = crypto.signature(token, stamp, nonce)
    return {"signature": signature, "timestamp": stamp, "nonce": nonce}


def sealed(
    plain: str, *, key: str = KEY, appid: str = APPID, at: datetime = NOW
) -> tuple[dict[str, str], bytes]:
    """(query, body) of an encrypted POST."""
    return around(crypto.encrypt(plain.encode(), key, appid), at=at)


def around(cipher: str, *, at: datetime = NOW) -> tuple[dict[str, str], bytes]:
    """(query, body) that carry a given ciphertext, rightly signed."""
    query = plain_query(at=at)
    mark = crypto.signature(TOKEN, query["timestamp"], query["nonce"], cipher)
    body = (
        f"<xml><ToUserName><![CDATA[gh_desk]]></ToUserName>"
        f"<Encrypt><![CDATA[{cipher}]]></Encrypt></xml>"
    )
    return {**query, "encrypt_type": "aes", "msg_signature": mark}, body.encode()
