"""The wire format against an independent implementation, and against hostile bytes."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.codec import BadSignature, Delivery
from bot.fields import BadMessage
from handlers.message import MessageKind
from handlers.settlement import Reply
from simulator import crypto
from tests.servers.wire import (
    APPID,
    KEY,
    NOW,
    PREVIOUS_KEY,
    TOKEN,
    around,
    codec,
    new_key,
    plain_query,
    sealed,
    text_xml,
)

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
BILLION_LAUGHS = f'<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY l0 "ha">{LAUGHS}]><xml>&l8;</xml>'


def text_json(**changed: object) -> str:
    """A push in JSON, in which any character can be written as an escape."""
    names: dict[str, object] = {"ToUserName": "gh_desk", "FromUserName": "o-citizen"}
    rest = {"CreateTime": int(NOW.timestamp()), "MsgType": "text", "Content": "好", "MsgId": 1001}
    return json.dumps({**names, **rest, **changed})


def decode_plain(xml: str | bytes, mode: str = "plain") -> Delivery:
    body = xml.encode() if isinstance(xml, str) else xml
    return codec(mode).decode(plain_query(), body, now=NOW)


def open_reply(answer: bytes, key: str) -> str:
    """What the platform reads of an encrypted reply; the signature must hold."""
    root = etree.fromstring(answer)
    cipher = root.findtext("Encrypt") or ""
    parts = (root.findtext("TimeStamp") or "", root.findtext("Nonce") or "", cipher)
    assert root.findtext("MsgSignature") == crypto.signature(TOKEN, *parts)
    plain = crypto.decrypt(cipher, key, APPID)
    return etree.fromstring(plain).findtext("Content") or ""


def test_a_plain_text_is_read() -> None:
    message = decode_plain(text_xml()).message
    assert (message.kind, message.text, message.citizen) == (
        MessageKind.TEXT,
        "医保怎么交",
        "o-citizen",
    )
    assert message.key == f"main|o-citizen|{int(NOW.timestamp())}|1001"


@pytest.mark.parametrize("key", [KEY, PREVIOUS_KEY], ids=["this key", "the previous"])
def test_an_encrypted_text_is_read_and_answered_with_the_key_that_opened_it(key: str) -> None:
    query, body = sealed(text_xml(), key=key)
    delivery = codec().decode(query, body, now=NOW)
    answer = codec().encode(Reply(text="可以在手机上交。", at=NOW), delivery)
    assert delivery.message.text == "医保怎么交"
    assert open_reply(answer, key) == "可以在手机上交。"


def test_the_reply_to_each_delivery_of_a_message_is_byte_identical() -> None:
    deliveries = [codec().decode(*sealed(text_xml()), now=NOW) for _ in range(3)]
    reply = Reply(text="可以在手机上交。", at=NOW)
    assert len({codec().encode(reply, each) for each in deliveries}) == 1


def test_replies_to_two_messages_with_one_text_do_not_look_alike() -> None:
    reply = Reply(text="您好", at=NOW)
    one = codec().encode(reply, codec().decode(*sealed(text_xml(message_id="1")), now=NOW))
    two = codec().encode(reply, codec().decode(*sealed(text_xml(message_id="2")), now=NOW))
    assert one != two


def test_compatible_mode_reads_the_encrypted_part_and_takes_plain_text_too() -> None:
    query, body = sealed(text_xml("加密的"))
    both = body.replace(b"</xml>", text_xml("明文的").removeprefix("<xml>").encode())
    assert codec("compatible").decode(query, both, now=NOW).message.text == "加密的"
    assert decode_plain(text_xml("明文的"), "compatible").message.text == "明文的"


def test_safe_mode_refuses_plain_text_however_well_signed() -> None:
    with pytest.raises(BadSignature):
        decode_plain(text_xml(), "safe")


def test_plain_mode_never_decrypts() -> None:
    with pytest.raises((BadSignature, BadMessage)):
        codec("plain").decode(*sealed(text_xml()), now=NOW)


def test_a_json_push_is_read_and_answered_in_json() -> None:
    stamp = int(NOW.timestamp())
    body = {"ToUserName": "gh_desk", "FromUserName": "o-citizen", "CreateTime": stamp}
    body |= {"MsgType": "text", "Content": "医保怎么交", "MsgId": 1001}
    delivery = decode_plain(json.dumps(body))
    answer = json.loads(codec("plain").encode(Reply(text="好的", at=NOW), delivery))
    assert delivery.message.message_id == "1001"
    assert (answer["Content"], answer["ToUserName"]) == ("好的", "o-citizen")


def test_control_characters_in_a_text_are_dropped_not_fatal() -> None:
    assert decode_plain(text_xml("医\x08保\x00怎么\x1b交")).message.text == "医保怎么交"


def test_characters_that_only_json_can_carry_are_dropped_from_words_and_details() -> None:
    said = decode_plain(text_json(Content="医\x00保\ud800怎么交", Extra="a\udfffb")).message
    assert (said.text, said.details["Extra"]) == ("医保怎么交", "ab")
    tap = {"MsgType": "event", "Event": "CLICK\x00", "EventKey": "帮\x00助\ud800"}
    tapped = decode_plain(text_json(**tap)).message
    assert (tapped.event, tapped.event_key) == ("click", "帮助")


def test_the_end_of_cdata_in_a_reply_stays_inside_it() -> None:
    delivery = codec("plain").decode(plain_query(), text_xml().encode(), now=NOW)
    answer = codec("plain").encode(Reply(text="a]]><b>]]>c\x07", at=NOW), delivery)
    assert etree.fromstring(answer).findtext("Content") == "a]]><b>]]>c"


def test_an_empty_reply_is_the_word_success() -> None:
    assert codec("plain").encode(Reply(text="", at=NOW), decode_plain(text_xml())) == b"success"


def test_a_wrong_signature_is_refused() -> None:
    with pytest.raises(BadSignature):
        codec("plain").decode({**plain_query(), "signature": "0" * 40}, b"<xml/>", now=NOW)
    query, body = sealed(text_xml())
    for spoilt in ({"msg_signature": "0" * 40}, {"signature": "é" * 40}, {"nonce": "other"}):
        with pytest.raises(BadSignature):
            codec().decode({**query, **spoilt}, body, now=NOW)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_stale_or_future_timestamp_is_refused_even_when_signed(hours: int) -> None:
    query, body = sealed(text_xml(), at=NOW + timedelta(hours=hours))
    with pytest.raises(BadSignature):
        codec().decode(query, body, now=NOW)


@pytest.mark.parametrize("stamp", ["", "x", "1e9", "-1", "١٢٣", "9" * 400])
def test_a_timestamp_that_is_no_number_is_refused(stamp: str) -> None:
    signature = crypto.signature(TOKEN, stamp, "n1")
    with pytest.raises(BadSignature):
        codec("plain").verify({"signature": signature, "timestamp": stamp, "nonce": "n1"}, now=NOW)


HOSTILE = {
    "nothing": "",
    "not XML": "hello",
    "billion laughs": BILLION_LAUGHS,
    "an outside entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml>&e;</xml>',
    "cut off": text_xml()[:-20],
    "CDATA broken open": text_xml("a]]>b<c"),
    "another root": "<html></html>",
    "an empty root": "<xml></xml>",
    "text only": "<xml>words</xml>",
    "no MsgType": text_xml().replace("MsgType", "Other"),
    "no FromUserName": text_xml().replace("FromUserName", "Other"),
    "no Content": text_xml().replace("Content", "Other"),
    "no MsgId": text_xml().replace("MsgId", "Other"),
    "two senders": text_xml().replace("</xml>", "<FromUserName>b</FromUserName></xml>"),
    "two contents": text_xml().replace("</xml>", "<Content>b</Content></xml>"),
    "two types": text_xml().replace("</xml>", "<MsgType>image</MsgType></xml>"),
    "elements in the content": text_xml().replace("<![CDATA[医保怎么交]]>", "<a><b/></a>"),
    "a MsgId of letters": text_xml(message_id="abc"),
    "a CreateTime of letters": text_xml().replace(str(int(NOW.timestamp())), "soon"),
    "a CreateTime beyond time": text_xml(at=10**30),
    "a sender with spaces": text_xml(citizen="a b"),
    "an event without a name": text_xml().replace("[text]", "[event]"),
    "a list in JSON": "[1, 2]",
    "broken JSON": '{"a": ',
    "half a character in the sender": text_json(FromUserName="o-\ud800"),
    "a NUL in the sender": text_json(FromUserName="o-\x00"),
    "half a character in the receiver": text_json(ToUserName="gh\udfff"),
    "two senders in JSON": text_json()[:-1] + ', "FromUserName": "b"}',
    "two contents in JSON": text_json()[:-1] + ', "Content": "b"}',
    "nested JSON": '{"a":' * 2000 + "1" + "}" * 2000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_bad_messages(name: str) -> None:
    with pytest.raises(BadMessage):
        decode_plain(HOSTILE[name])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_bad_messages_when_encrypted_too(name: str) -> None:
    query, body = sealed(HOSTILE[name])
    with pytest.raises(BadMessage):
        codec().decode(query, body, now=NOW)


def test_bytes_that_are_not_utf8_are_a_bad_message() -> None:
    with pytest.raises(BadMessage):
        decode_plain("医保怎么交".encode("gb18030"))


@pytest.mark.parametrize(
    "cipher",
    ["", "%%%", "QUJD", "A" * 43, crypto.encrypt(b"<xml/>", KEY, APPID)[:-24]],
    ids=["nothing", "no base64", "too short", "no padding", "cut off"],
)
def test_a_broken_ciphertext_is_a_bad_message(cipher: str) -> None:
    query, body = around(cipher)
    with pytest.raises(BadMessage):
        codec().decode(query, body, now=NOW)


def test_a_message_of_another_account_or_key_is_a_bad_message() -> None:
    for query, body in (sealed(text_xml(), appid="wx-other"), sealed(text_xml(), key=new_key())):
        with pytest.raises(BadMessage):
            codec().decode(query, body, now=NOW)


def test_until_wechat_knows_the_new_token_the_previous_one_is_read_and_answered() -> None:
    changing = codec(token="the-new-token", previous_token=TOKEN)  # `sealed` signs with TOKEN
    query, body = sealed(text_xml())
    delivery = changing.decode(query, body, now=NOW)
    assert open_reply(changing.encode(Reply(text="好", at=NOW), delivery), KEY) == "好"
    with pytest.raises(BadSignature):
        codec(token="the-new-token").decode(query, body, now=NOW)


def test_the_log_tells_a_wrong_appid_a_wrong_key_and_a_wrong_clock_apart() -> None:
    for wrong, words in (
        (sealed(text_xml(), appid="wx-other"), "check appid"),
        (sealed(text_xml(), key=new_key()), "check aes_key"),
        (sealed(text_xml(), at=NOW + timedelta(hours=8)), "28800 s after this machine's clock"),
    ):
        with pytest.raises((BadMessage, BadSignature), match=words):
            codec().decode(*wrong, now=NOW)


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_a_bad_message(body: bytes) -> None:
    try:
        decode_plain(body)
    except BadMessage:
        return
    raise AssertionError("random bytes were taken for a message")


@given(st.binary(max_size=200))
def test_no_ciphertext_raises_anything_but_a_bad_message(plain: bytes) -> None:
    query, body = around(crypto.encrypt(plain, KEY, APPID))
    with pytest.raises(BadMessage):
        codec().decode(query, body, now=NOW)
