"""The simulated platform's HTTP API, called as the service calls it."""

import json
from datetime import timedelta

import pytest
from aiohttp import FormData

from tests.servers.platform_caller import SEND, START, Caller
from tests.servers.stub_service import APPID, AUNT, SECRET

TEMPLATE = "/cgi-bin/message/template/send"
NOTICE = "/cgi-bin/message/subscribe/bizsend"


async def write(caller: Caller) -> None:
    await caller.platform.send_text("main", AUNT.openid, "你好")


async def test_the_stable_token_is_repeat_safe(caller: Caller) -> None:
    first = caller.token
    again = await caller.authorize()
    forced = await caller.authorize(force_refresh=True)
    assert (again["access_token"], again["expires_in"]) == (first, 7200)
    assert forced["access_token"] != first


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"grant_type": "password"}, 40002),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"appid": "wx-unknown"}, 40013),
        ({"secret": "wrong"}, 40125),
    ],
)
async def test_a_wrong_credential_has_its_number(
    caller: Caller, changes: dict[str, str], errcode: int
) -> None:
    assert (await caller.authorize(**changes))["errcode"] == errcode


async def test_the_old_token_call_works_too(caller: Caller) -> None:
    wanted = {"grant_type": "client_credential", "appid": APPID, "secret": SECRET}
    answer = await caller.get("/cgi-bin/token", **wanted)
    caller.token = answer["access_token"]
    assert (await caller.post("/cgi-bin/clear_quota", {"appid": APPID}))["errcode"] == 0
    assert (await caller.post("/cgi-bin/clear_quota", {"appid": "wx"}))["errcode"] == 40013


async def test_missing_bad_and_expired_tokens_are_told_apart(caller: Caller) -> None:
    good, caller.token = caller.token, ""
    assert await caller.say() == 41001
    caller.token = "99_unknown"
    assert await caller.say() == 40001
    caller.token, caller.clock.now = good, START + timedelta(seconds=7200)
    assert await caller.say() == 42001


async def test_tests_can_expire_and_revoke_tokens(caller: Caller) -> None:
    caller.platform.tokens.expire(START)
    assert await caller.say() == 42001
    caller.platform.tokens.revoke()
    assert await caller.say() == 40001


async def test_five_messages_within_48_hours_of_the_last_word(caller: Caller) -> None:
    await write(caller)
    assert [await caller.say() for _ in range(6)] == [0, 0, 0, 0, 0, 45047]
    await write(caller)
    caller.clock.now += timedelta(hours=48)
    await caller.authorize()
    assert await caller.say() == 45015


async def test_a_push_appears_in_the_chat_with_its_record(caller: Caller) -> None:
    await write(caller)
    await caller.say("已办好")
    follower = caller.platform.follower("main", AUNT.openid)
    assert (follower.lines[-1].text, follower.lines[-1].pushed) == ("已办好", True)
    assert (follower.pushes[-1].channel, follower.pushes[-1].errcode) == ("custom", 0)


async def test_escaped_and_unescaped_json_say_the_same(caller: Caller) -> None:
    await write(caller)
    body = {"touser": AUNT.openid, "msgtype": "text", "text": {"content": "办好了"}}
    for ascii_only in (True, False):
        await caller.post(SEND, data=json.dumps(body, ensure_ascii=ascii_only).encode())
    lines = caller.platform.follower("main", AUNT.openid).lines
    assert [line.text for line in lines[-2:]] == ["办好了", "办好了"]


async def test_a_menu_tap_opens_three_messages_for_a_minute(caller: Caller) -> None:
    await caller.platform.click("main", AUNT.openid, "查询")
    assert [await caller.say() for _ in range(4)] == [0, 0, 0, 45047]
    caller.clock.now += timedelta(minutes=1)
    assert await caller.say() == 45015


async def test_opening_a_page_from_the_menu_opens_no_window(caller: Caller) -> None:
    await caller.platform.view("main", AUNT.openid, "https://www.gov.example/")
    assert await caller.say() == 45015


async def test_who_left_cannot_be_reached(caller: Caller) -> None:
    await write(caller)
    await caller.platform.unsubscribe("main", AUNT.openid)
    assert await caller.say() == 45015
    assert caller.platform.follower("main", AUNT.openid).pushes[-1].errcode == 45015


async def test_nobody_else_can_be_written_to(caller: Caller) -> None:
    assert await caller.say(openid="o-unknown") == 40003


@pytest.mark.parametrize("caller", [{"verified": False}], indirect=True)
async def test_an_unverified_account_may_only_answer(caller: Caller) -> None:
    await write(caller)
    assert await caller.say() == 48001
    assert (await caller.get("/cgi-bin/menu/get"))["errcode"] == 48001


@pytest.mark.parametrize("caller", [{"kind": "subscription"}], indirect=True)
async def test_a_subscription_account_sends_no_template_messages(caller: Caller) -> None:
    body = {"touser": AUNT.openid, "template_id": "T1", "data": {}}
    assert (await caller.post(TEMPLATE, body))["errcode"] == 48001


async def send(caller: Caller, kind: str, content: object) -> int:
    body = {"touser": AUNT.openid, "msgtype": kind, kind: content}
    return int((await caller.post(SEND, body))["errcode"])


async def test_other_kinds_of_messages_can_be_pushed(caller: Caller) -> None:
    await write(caller)
    menu = {"head_content": "满意吗？", "list": [{"id": "1", "content": "满意"}]}
    news = {"articles": [{"title": "通知", "url": "https://www.gov.example/"}]}
    assert await send(caller, "msgmenu", menu) == 0
    assert await send(caller, "news", news) == 0
    lines = caller.platform.follower("main", AUNT.openid).lines
    assert "weixin://bizmsgmenu?msgmenucontent=满意&msgmenuid=1" in lines[-2].text


@pytest.mark.parametrize(
    ("kind", "content", "errcode"),
    [
        ("poem", {}, 40008),
        ("text", {"content": ""}, 44004),
        ("text", {"content": "好" * 683}, 45002),
        ("text", "no object", 47001),
        ("image", {"media_id": "unknown"}, 40007),
        ("news", {"articles": [{}, {}]}, 45008),
    ],
)
async def test_a_wrong_message_is_refused_without_using_up_the_window(
    caller: Caller, kind: str, content: object, errcode: int
) -> None:
    await write(caller)
    assert await send(caller, kind, content) == errcode
    assert caller.platform.follower("main", AUNT.openid).allowance.left(START) == 5


async def test_an_uploaded_picture_can_be_pushed(caller: Caller) -> None:
    await write(caller)
    media = caller.platform.media.add("image", b"\x89PNG", "image/png", START)
    assert await send(caller, "image", {"media_id": media.media_id}) == 0
    assert await send(caller, "mpnews", {"media_id": "an-article"}) == 0
    shown = caller.platform.follower("main", AUNT.openid).lines[-2]
    assert dict(shown.details)["url"].endswith(media.media_id)


async def test_typing_is_shown_for_a_while(caller: Caller) -> None:
    await write(caller)
    path, follower = "/cgi-bin/message/custom/typing", caller.platform.follower("main", AUNT.openid)
    assert (await caller.post(path, {"touser": AUNT.openid, "command": "Typing"}))["errcode"] == 0
    assert follower.typing_until == START + timedelta(seconds=15)
    wrong = await caller.post(path, {"touser": AUNT.openid, "command": "Singing"})
    assert wrong["errcode"] == 45072
    await caller.post(path, {"touser": AUNT.openid, "command": "CancelTyping"})
    assert follower.typing_until is None


async def test_typing_needs_an_open_window(caller: Caller) -> None:
    body = {"touser": AUNT.openid, "command": "Typing"}
    assert (await caller.post("/cgi-bin/message/custom/typing", body))["errcode"] == 45015


async def test_a_template_message_reaches_a_follower_and_reports_back(caller: Caller) -> None:
    data = {"first": {"value": "已办结"}, "thing2": {"value": "路灯"}}
    body = {"touser": AUNT.openid, "template_id": "T1", "url": "https://a.example", "data": data}
    answer = await caller.post(TEMPLATE, body)
    line = caller.platform.follower("main", AUNT.openid).lines[-1]
    assert (line.kind, line.text, dict(line.details)["row:thing2"]) == ("notice", "已办结", "路灯")
    while not caller.platform.exchanges:
        await caller.get("/cgi-bin/menu/get")
    assert f"<MsgID>{answer['msgid']}</MsgID>" in caller.platform.exchanges[-1].plain


async def test_template_and_notice_have_their_refusals(caller: Caller) -> None:
    body = {"touser": AUNT.openid, "template_id": "T1", "data": {}}
    follower = caller.platform.follower("main", AUNT.openid)
    assert (await caller.post(TEMPLATE, body | {"template_id": ""}))["errcode"] == 40037
    assert (await caller.post(TEMPLATE, body | {"data": {"a": 1}}))["errcode"] == 47001
    assert (await caller.post(NOTICE, body))["errcode"] == 0
    follower.notices_refused = True
    assert (await caller.post(NOTICE, body))["errcode"] == 43101
    follower.subscribed = False
    assert (await caller.post(TEMPLATE, body))["errcode"] == 43004


async def test_a_menu_is_made_read_and_removed(caller: Caller) -> None:
    below = [{"type": "view", "name": "网站", "url": "https://www.gov.example/"}]
    menu = {"button": [{"type": "click", "name": "进度", "key": "查询"}]}
    menu["button"].append({"name": "更多", "sub_button": below})  # type: ignore[dict-item]  # nested
    assert (await caller.get("/cgi-bin/menu/get"))["errcode"] == 46003
    assert (await caller.post("/cgi-bin/menu/create", menu))["errcode"] == 0
    made = await caller.get("/cgi-bin/menu/get")
    assert made["menu"]["button"][1]["sub_button"][0]["url"] == "https://www.gov.example/"
    assert (await caller.get("/cgi-bin/menu/delete"))["errcode"] == 0
    assert caller.platform.menu("main")[1].name == "我的进度"


async def test_media_go_up_and_come_down(caller: Caller) -> None:
    form = FormData()
    form.add_field("media", b"\x89PNG", filename="a.png", content_type="image/png")
    kept = await caller.post("/cgi-bin/media/upload", params={"type": "image"}, data=form)
    query = {"access_token": caller.token, "media_id": kept["media_id"]}
    async with caller.client.get("/cgi-bin/media/get", params=query) as response:
        assert await response.read() == b"\x89PNG"
    async with caller.client.get(f"/media/{kept['media_id']}") as response:
        assert response.content_type == "image/png"
    async with caller.client.get("/media/unknown") as response:
        assert response.status == 404


async def test_an_upload_without_a_file_and_an_unknown_id_are_refused(caller: Caller) -> None:
    form = FormData({"other": "x"}, default_to_multipart=True)
    upload = await caller.post("/cgi-bin/media/upload", params={"type": "image"}, data=form)
    assert upload["errcode"] == 41005
    assert (await caller.get("/cgi-bin/media/get", media_id="unknown"))["errcode"] == 40007


async def test_a_video_comes_down_as_an_address(caller: Caller) -> None:
    await caller.platform.send_video("main", AUNT.openid)
    plain = caller.platform.exchanges[-1].plain
    media_id = plain.split("<MediaId><![CDATA[")[1].split("]]>")[0]
    assert media_id in (await caller.get("/cgi-bin/media/get", media_id=media_id))["video_url"]
