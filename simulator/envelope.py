"""Sealing a message for the wire and opening what comes back, per encryption mode."""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from simulator import crypto
from simulator.account import Account
from simulator.messages import cdata

Query = dict[str, str]


class UnreadableReply(ValueError):
    """A reply that the platform cannot open: broken XML, wrong signature, wrong key."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A request as it goes out: query parameters and XML body."""

    query: Query
    body: str


def seal(
    account: Account,
    plain: str,
    *,
    openid: str,
    at: datetime,
    nonce: str,
    bad_signature: bool = False,
) -> Envelope:
    """Sign and, outside plain mode, encrypt `plain` for the account's webhook.

    Source: WeChat, 消息加解密说明: safe mode carries ToUserName and Encrypt alone, compatible mode
    the plaintext elements beside Encrypt.
    """
    query = signed_query(account, at=at, nonce=nonce) | {"openid": openid}
    body = plain
    if account.mode != "plain":
        sealed = crypto.encrypt(plain.encode(), account.aes_key, account.appid)
        mark = crypto.signature(account.token, query["timestamp"], nonce, sealed)
        query |= {"encrypt_type": "aes", "msg_signature": mark}
        body = _body(account, plain, sealed)
    return Envelope(query=_spoilt(query) if bad_signature else query, body=body)


def signed_query(account: Account, *, at: datetime, nonce: str) -> Query:
    """The parameters of every request: signature, timestamp (epoch seconds), nonce."""
    timestamp = str(int(at.timestamp()))
    mark = crypto.signature(account.token, timestamp, nonce)
    return {"signature": mark, "timestamp": timestamp, "nonce": nonce}


def unseal(account: Account, body: str) -> str:
    """The plaintext XML of a reply; raises UnreadableReply.

    Safe mode takes encrypted replies only, plain mode plaintext only, compatible mode either.
    """
    root = parse(body)
    sealed = root.findtext("Encrypt")
    if account.mode == "plain" or (account.mode == "compatible" and sealed is None):
        return body
    if sealed is None:
        raise UnreadableReply("safe mode, but the reply is not encrypted")
    _check_signature(account, root, sealed)
    try:
        return crypto.decrypt(sealed, account.aes_key, account.appid).decode()
    except ValueError as error:
        raise UnreadableReply(str(error)) from error


def parse(body: str) -> etree._Element:
    """The root element of an XML text, without entities or network; raises UnreadableReply."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        root = etree.fromstring(body.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableReply(f"not XML: {error}") from error
    if root.tag != "xml":
        raise UnreadableReply("the root element is not <xml>")
    return root


def _body(account: Account, plain: str, sealed: str) -> str:
    encrypt = f"<Encrypt>{cdata(sealed)}</Encrypt>"
    if account.mode == "compatible":
        return plain.removesuffix("</xml>") + encrypt + "</xml>"
    return f"<xml><ToUserName>{cdata(account.original_id)}</ToUserName>{encrypt}</xml>"


def _check_signature(account: Account, root: etree._Element, sealed: str) -> None:
    timestamp, nonce = root.findtext("TimeStamp") or "", root.findtext("Nonce") or ""
    expected = crypto.signature(account.token, timestamp, nonce, sealed)
    if not crypto.same(expected, root.findtext("MsgSignature") or ""):
        raise UnreadableReply("MsgSignature does not match")


def _spoilt(query: Query) -> Query:
    wrong = "0" * 40
    return {name: wrong if "signature" in name else value for name, value in query.items()}
