"""WeChat's wire format: signatures, AES, XML in and out. The only user of wechatpy.

wechatpy raises half a dozen unrelated exceptions on hostile input; all leave here as `BadMessage`.
Source: WeChat documents 接入概述, 消息加解密说明, 接收普通消息, 接收事件推送, 被动回复用户消息.
"""

import hmac
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b, sha1
from typing import Any

from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, WeChatException

from bot.config_account import AccountSettings
from bot.elements import UnreadableXml, elements_of, members_of
from bot.fields import BadMessage, element, message_of, readable
from handlers.message import Message
from handlers.settlement import Reply

FAILURES = (
    UnreadableXml,
    WeChatException,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    ValueError,  # binascii.Error and UnicodeDecodeError are these
    OverflowError,
    RecursionError,
    AssertionError,
    struct.error,
)


class BadSignature(Exception):
    """The request was not signed by WeChat for this account, or too long ago."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One delivery of a message; `key` decrypted it ("" for plain text) and encrypts the reply,
    `token` signed it and signs the reply.
    """

    message: Message
    key: str
    token: str
    as_json: bool


class Codec:
    """Reads and writes the messages of one account, as its configuration says."""

    def __init__(self, name: str, settings: AccountSettings, *, stale_after: int) -> None:
        self._name = name
        self._settings = settings
        self._stale_after = stale_after
        keys = (settings.aes_key, settings.previous_aes_key)
        self._tokens = tuple(each for each in (settings.token, settings.previous_token) if each)
        self._keys = tuple(key for key in keys if key) if settings.mode != "plain" else ()
        self._cryptos = {key: _crypto(settings, key) for key in self._keys}

    def verify(self, query: Mapping[str, str], *, now: datetime) -> str:
        """The token behind `signature` over token, timestamp, nonce; raises `BadSignature`."""
        self._refuse_stale(query, now)
        return _signer(query.get("signature", ""), self._tokens, *_stamp(query))

    def decode(self, query: Mapping[str, str], body: bytes, *, now: datetime) -> Delivery:
        """The message of one POST; raises `BadSignature` or `BadMessage`."""
        encrypted = query.get("encrypt_type") == "aes"
        if self._settings.mode == "safe" and not encrypted:
            raise BadSignature("not encrypted, but mode is safe: choose 安全模式 at WeChat as well")
        if encrypted and self._keys:
            return self._decode_encrypted(query, body, now)
        token = self.verify(query, now=now)
        message = message_of(self._name, _fields(body))
        return Delivery(message=message, key="", token=token, as_json=_is_json(body))

    def _decode_encrypted(self, query: Mapping[str, str], body: bytes, now: datetime) -> Delivery:
        self._refuse_stale(query, now)
        if "signature" in query:
            self.verify(query, now=now)
        sealed = element(_fields(body), "Encrypt")
        token = _signer(query.get("msg_signature", ""), self._tokens, *_stamp(query), sealed)
        reasons = []
        for key in self._keys:
            try:
                plain: str = self._cryptos[key].decrypt(sealed, self._settings.appid)
            except FAILURES as failure:
                reasons.append(type(failure))
                continue
            message = message_of(self._name, _fields(plain.encode()))
            return Delivery(message=message, key=key, token=token, as_json=_is_json(body))
        if InvalidAppIdException in reasons:
            raise BadMessage("aes_key opens the message, but it is for another AppID: check appid")
        raise BadMessage("no key of this account opens the message: check aes_key")

    def _refuse_stale(self, query: Mapping[str, str], now: datetime) -> None:
        stamp = query.get("timestamp", "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
            raise BadSignature("the timestamp is not a number")
        away = int(stamp) - int(now.timestamp())
        if abs(away) > self._stale_after:
            raise BadSignature(
                f"the timestamp is {abs(away)} s {'after' if away > 0 else 'before'} this machine's"
                " clock: if all are, set the clock (timedatectl)"
            )

    def encode(self, reply: Reply, delivery: Delivery) -> bytes:
        """The passive reply: the same bytes for every delivery of one message under one key."""
        if not reply.text:
            return b"success"
        plain = _render(reply, delivery)
        if not delivery.key:
            return plain.encode()
        return self._seal(plain, reply, delivery)

    def _seal(self, plain: str, reply: Reply, delivery: Delivery) -> bytes:
        crypto = self._cryptos[delivery.key]
        name = delivery.message.key.encode()
        salt = blake2b(name, key=crypto.key, digest_size=16).hexdigest()
        sealed = crypto.encrypt_salted(plain, self._settings.appid, salt[:16])
        stamp, nonce = str(int(reply.at.timestamp())), salt[16:32]
        signature = _sign(delivery.token, stamp, nonce, sealed)
        if delivery.as_json:
            sealed_fields = {"Encrypt": sealed, "MsgSignature": signature}
            return json.dumps({**sealed_fields, "TimeStamp": int(stamp), "Nonce": nonce}).encode()
        return (
            f"<xml>\n<Encrypt><![CDATA[{sealed}]]></Encrypt>\n"
            f"<MsgSignature><![CDATA[{signature}]]></MsgSignature>\n"
            f"<TimeStamp>{stamp}</TimeStamp>\n<Nonce><![CDATA[{nonce}]]></Nonce>\n</xml>"
        ).encode()


class _SaltedCrypto(PrpCrypto):  # type: ignore[misc]  # wechatpy ships no types
    """wechatpy's AES with a prefix derived from the message: repeats are byte-identical."""

    def __init__(self, key: bytes) -> None:
        super().__init__(key)
        self.key = key
        self._salt = ""

    def encrypt_salted(self, plain: str, appid: str, salt: str) -> str:
        """The ciphertext, base64, that starts with `salt` (16 characters)."""
        self._salt = salt
        sealed: bytes = self.encrypt(plain, appid)
        return sealed.decode()

    def get_random_string(self) -> str:
        return self._salt


def _crypto(settings: AccountSettings, key: str) -> _SaltedCrypto:
    """Made once for each key: setting up AES costs more than using it."""
    return _SaltedCrypto(WeChatCrypto(settings.token, key, settings.appid).key)


def _sign(*parts: str) -> str:
    return sha1("".join(sorted(parts)).encode(errors="replace"), usedforsecurity=False).hexdigest()


def _signer(given: str, tokens: Sequence[str], *parts: str) -> str:
    """The token that makes this signature; raises `BadSignature` when none does."""
    for token in tokens:
        if hmac.compare_digest(given.encode(errors="replace"), _sign(token, *parts).encode()):
            return token
    raise BadSignature("the signature does not match: if all do not, check token")


def _stamp(query: Mapping[str, str]) -> tuple[str, str]:
    return query.get("timestamp", ""), query.get("nonce", "")


def _is_json(body: bytes) -> bool:
    return body.lstrip()[:1] == b"{"


def _fields(body: bytes) -> Mapping[str, Any]:
    """The elements of a body; in compatible mode the plain ones stand beside Encrypt."""
    text = readable(_decoded(body))
    try:
        fields = members_of(text) if _is_json(body) else elements_of(text)
    except FAILURES as error:
        raise BadMessage("the body is not a WeChat message") from error
    if not isinstance(fields, Mapping):
        raise BadMessage("the body is not a WeChat message")
    return fields


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadMessage("the body is not UTF-8") from error


def _render(reply: Reply, delivery: Delivery) -> str:
    message = delivery.message
    text = readable(reply.text)
    stamp = int(reply.at.timestamp())
    if delivery.as_json:
        names = {"ToUserName": message.citizen, "FromUserName": message.receiver}
        body = {**names, "CreateTime": stamp, "MsgType": "text", "Content": text}
        return json.dumps(body, ensure_ascii=False)
    content = text.replace("]]>", "]]]]><![CDATA[>")  # the end of CDATA must not stand in it
    return (
        f"<xml>\n<ToUserName><![CDATA[{message.citizen}]]></ToUserName>\n"
        f"<FromUserName><![CDATA[{message.receiver}]]></FromUserName>\n"
        f"<CreateTime>{stamp}</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n"
        f"<Content><![CDATA[{content}]]></Content>\n</xml>"
    )
