"""The simulator's signature, encryption and XML, held against wechatpy's."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st
from wechatpy import parse_message
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.utils import WeChatSigner

from simulator import crypto, messages
from simulator.envelope import UnreadableReply, parse, seal, unseal
from simulator.messages import Message
from tests.servers.stub_service import AES_KEY, APPID, TOKEN, account

AT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
KEY = base64.b64decode(AES_KEY + "=")
EVERY_MESSAGE = [
    messages.text("医保怎么交"),
    messages.image("http://127.0.0.1/p.png", "M1"),
    messages.voice("M2"),
    messages.video("M3", "T3"),
    messages.video("M4", "T4", short=True),
    messages.location(28.11, 119.57, "解放街"),
    messages.link("通知", "摘要", "https://www.gov.example/"),
    messages.subscribe(),
    messages.unsubscribe(),
    messages.scan("hall"),
    messages.click("查询"),
    messages.view("https://www.gov.example/"),
    messages.report_location(28.11, 119.57),
    messages.template_finished(7),
    messages.mass_finished(8, sent=100),
]


def rendered(message: Message) -> str:
    return messages.render(message, to="gh_1", sender="o1", created=1795302000, msg_id=42)


@given(st.binary(max_size=300))
def test_what_the_simulator_encrypts_it_decrypts_again(plain: bytes) -> None:
    assert crypto.decrypt(crypto.encrypt(plain, AES_KEY, APPID), AES_KEY, APPID) == plain


@given(st.text(max_size=200))
def test_wechatpy_decrypts_what_the_simulator_encrypts(words: str) -> None:
    sealed = crypto.encrypt(words.encode(), AES_KEY, APPID)
    assert PrpCrypto(KEY).decrypt(sealed, APPID) == words


@given(st.text(max_size=200))
def test_the_simulator_decrypts_what_wechatpy_encrypts(words: str) -> None:
    sealed = PrpCrypto(KEY).encrypt(words, APPID).decode()
    assert crypto.decrypt(sealed, AES_KEY, APPID).decode() == words


def test_both_sides_sign_alike() -> None:
    signer = WeChatSigner()
    signer.add_data(TOKEN, "1795302000", "nonce")
    assert crypto.signature(TOKEN, "1795302000", "nonce") == signer.signature


@pytest.mark.parametrize(
    "sealed",
    ["", "not base64!", "AAAA", base64.b64encode(b"x" * 64).decode()],
    ids=["nothing", "no base64", "no whole block", "noise"],
)
def test_damaged_ciphertext_is_refused(sealed: str) -> None:
    with pytest.raises(crypto.CannotDecrypt):
        crypto.decrypt(sealed, AES_KEY, APPID)


def test_ciphertext_for_another_account_is_refused() -> None:
    sealed = crypto.encrypt(b"<xml/>", AES_KEY, "wx-somebody-else")
    with pytest.raises(crypto.CannotDecrypt, match="appid"):
        crypto.decrypt(sealed, AES_KEY, APPID)


def test_ciphertext_too_short_for_its_frame_is_refused() -> None:
    short = b"x" * 8 + bytes([24]) * 24
    encryptor = crypto._cipher(AES_KEY).encryptor()
    sealed = base64.b64encode(encryptor.update(short) + encryptor.finalize()).decode()
    with pytest.raises(crypto.CannotDecrypt, match="too short"):
        crypto.decrypt(sealed, AES_KEY, APPID)


@pytest.mark.parametrize("message", EVERY_MESSAGE, ids=lambda message: message.kind)
def test_wechatpy_understands_every_message(message: Message) -> None:
    parsed = parse_message(rendered(message))
    kind = parsed.event if message.is_event else parsed.type
    assert kind.lower() == message.kind.lower()
    assert (parsed.source, parsed.target) == ("o1", "gh_1")


def test_a_subscription_by_qr_code_carries_its_scene() -> None:
    parsed = parse_message(rendered(messages.subscribe("hall")))
    assert (parsed.event, parsed.scene_id) == ("subscribe_scan", "hall")


def test_a_tapped_line_carries_its_menu_id() -> None:
    assert "<bizmsgmenuid><![CDATA[7]]></bizmsgmenuid>" in rendered(messages.text("1", "7"))


@given(st.text(alphabet="]>[<a&", max_size=30))
def test_no_text_breaks_out_of_its_cdata(content: str) -> None:
    assert parse(rendered(messages.text(content))).findtext("Content") == content


def test_safe_mode_shows_nothing_but_the_receiver() -> None:
    envelope = seal(account(), rendered(EVERY_MESSAGE[0]), openid="o1", at=AT, nonce="9")
    assert [child.tag for child in parse(envelope.body)] == ["ToUserName", "Encrypt"]
    assert envelope.query["encrypt_type"] == "aes"


def test_compatible_mode_shows_both() -> None:
    sender = account(mode="compatible")
    envelope = seal(sender, rendered(EVERY_MESSAGE[0]), openid="o1", at=AT, nonce="9")
    assert parse(envelope.body).findtext("Content") == "医保怎么交"
    assert parse(envelope.body).findtext("Encrypt")


def test_plain_mode_encrypts_nothing() -> None:
    envelope = seal(account(mode="plain"), "<xml></xml>", openid="o1", at=AT, nonce="9")
    assert envelope.body == "<xml></xml>"
    assert "msg_signature" not in envelope.query


def test_a_bad_signature_spoils_both() -> None:
    envelope = seal(account(), "<xml></xml>", openid="o1", at=AT, nonce="9", bad_signature=True)
    assert {envelope.query["signature"], envelope.query["msg_signature"]} == {"0" * 40}


def test_an_encrypted_reply_is_opened() -> None:
    plain = rendered(EVERY_MESSAGE[0])
    sealed = WeChatCrypto(TOKEN, AES_KEY, APPID).encrypt_message(plain, "nonce", "1795302000")
    assert unseal(account(), sealed) == plain


@pytest.mark.parametrize(
    ("mode", "body", "reason"),
    [
        ("safe", "{}", "not XML"),
        ("safe", "<html/>", "root element"),
        ("safe", "<xml><Content>hi</Content></xml>", "not encrypted"),
        ("safe", "<xml><Encrypt>AAAA</Encrypt></xml>", "MsgSignature"),
        ("compatible", "no", "not XML"),
    ],
)
def test_a_reply_the_platform_cannot_open_says_why(mode: str, body: str, reason: str) -> None:
    with pytest.raises(UnreadableReply, match=reason):
        unseal(account(mode=mode), body)


def test_a_reply_signed_rightly_but_sealed_wrongly_is_refused() -> None:
    mark = crypto.signature(TOKEN, "1", "2", "AAAA")
    body = (
        f"<xml><Encrypt>AAAA</Encrypt><MsgSignature>{mark}</MsgSignature>"
        "<TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>"
    )
    with pytest.raises(UnreadableReply):
        unseal(account(), body)


@pytest.mark.parametrize("mode", ["plain", "compatible"])
def test_a_plaintext_reply_is_taken_where_plaintext_is_allowed(mode: str) -> None:
    assert unseal(account(mode=mode), "<xml></xml>") == "<xml></xml>"


@pytest.mark.parametrize("padding", [b"\x00" * 32, b"\x21" * 32, b"\x07" * 31 + b"\x08"])
def test_the_simulator_refuses_what_the_document_does_not_pad_so(padding: bytes) -> None:
    framed = b"r" * 16 + (4).to_bytes(4, "big") + b"text" + APPID.encode()
    whole = framed + b"\x01" * (-len(framed) % crypto.BLOCK) + padding
    encryptor = Cipher(algorithms.AES(KEY), modes.CBC(KEY[:16])).encryptor()
    sealed = base64.b64encode(encryptor.update(whole) + encryptor.finalize()).decode()
    with pytest.raises(crypto.CannotDecrypt, match="padding"):
        crypto.decrypt(sealed, AES_KEY, APPID)
