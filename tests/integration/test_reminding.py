"""Reminders leave the desk: a real mail server, a real web server, at most once."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from bot.config_reminders import EmailSettings, RemindersSettings, RobotSettings
from bot.reminding.choose import robots_of
from bot.reminding.robots import shortened
from cases.supervision.reminder import (
    Message,
    Raised,
    Recipient,
    ReminderKind,
    SendingState,
    Way,
)
from storage import Storage, open_storage
from tests.servers.reminders import (
    SECRET,
    MailServer,
    Platform,
    mail_server,
    robots_platform,
)
from tests.worlds.post import MAIL, URL, Post
from tests.worlds.watch import MONDAY, SCHOOLS, Office, china


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    async with mail_server() as made:
        yield made


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    async with robots_platform() as made:
        yield made


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
async def post(
    storage: Storage, mail: MailServer, platform: Platform, session: aiohttp.ClientSession
) -> Post:
    email = EmailSettings(
        host="127.0.0.1", port=mail.port, security="none", sender="desk@example.com", timeout=5
    )
    robots: Mapping[str, RobotSettings] = {
        "duban": RobotSettings(kind="wecom", url=f"{platform.url}/wecom?key=k"),
        "schools": RobotSettings(
            kind="dingtalk",
            url=f"{platform.url}/dingtalk?access_token=t",
            secret=SECRET,
            department=SCHOOLS,
        ),
    }
    return Post(storage, RemindersSettings(email=email, robots=dict(robots)), session)


def robot(name: str) -> Recipient:
    return Recipient(person="officer", way=Way.ROBOT, address=name)


class TestEmail:
    async def test_a_letter_arrives_with_its_link_in_chinese(self, post: Post, mail: MailServer):
        await post.raised("a", MAIL)
        assert await post.sender.round() == 1
        (letter,) = mail.letters
        assert (letter["Subject"], letter["To"]) == ("来信 HY-1 明天到期", "wang@example.com")
        assert letter["From"] == "desk@example.com"
        assert letter.get_content().split() == [
            "来信", "HY-1", "明天到期。", f"{URL}/console/cases/HY-1",
        ]  # fmt: skip
        assert await post.states() == [(SendingState.SENT, "")]
        assert await post.sender.round() == 0

    async def test_several_reminders_to_one_address_are_one_letter(
        self, post: Post, mail: MailServer
    ):
        for n in range(3):
            await post.raised(f"k{n}", MAIL, title=f"来信 HY-{n} 今天到期")
        await post.sender.round()
        (letter,) = mail.letters
        assert letter["Subject"] == "3 条提醒：来信 HY-0 今天到期 等"
        assert letter.get_content().count("· 来信 HY-") == 3

    async def test_a_busy_server_is_tried_again_after_a_pause(self, post: Post, mail: MailServer):
        mail.answers = ["451 try later"]
        await post.raised("a", MAIL)
        await post.sender.round()
        assert await post.states() == [(SendingState.WAITING, "邮件服务器暂时不收（451）")]
        assert await post.sender.round() == 0
        post.now += timedelta(minutes=1)
        await post.sender.round()
        assert len(mail.letters) == 1

    async def test_a_refused_letter_is_failed_with_the_reason(self, post: Post, mail: MailServer):
        mail.answers = ["554 no"]
        await post.raised("a", MAIL)
        await post.sender.round()
        assert await post.states() == [(SendingState.FAILED, "邮件服务器拒收这封邮件（554）")]

    async def test_a_sender_that_the_server_does_not_take_is_told_to_the_administrator(
        self, post: Post, mail: MailServer
    ):
        """163 and QQ ask for the address one signed in with."""
        mail.refuses_sender = "553 Mail from must equal authorized user"
        await post.raised("a", MAIL)
        await post.sender.round()
        tell = "邮件服务器拒收发件地址，请管理员核对 sender（553）"
        assert await post.states() == [(SendingState.FAILED, tell)]

    @pytest.mark.parametrize("breaks_at", ["EHLO", "MAIL"])
    async def test_a_connection_that_breaks_before_the_text_is_tried_again(
        self, post: Post, mail: MailServer, breaks_at: str
    ):
        mail.breaks_at = breaks_at
        await post.raised("a", MAIL)
        await post.sender.round()
        ((state, reason),) = await post.states()
        assert state is SendingState.WAITING
        assert reason.startswith("邮件服务器中断了连接")
        mail.breaks_at = ""
        post.now += timedelta(minutes=1)
        await post.sender.round()
        assert (await post.states(), len(mail.letters)) == ([(SendingState.SENT, "")], 1)

    async def test_a_server_that_wants_no_letters_from_here_says_so(
        self, post: Post, mail: MailServer
    ):
        mail.refuses_greeting = "550 not you"
        await post.raised("a", MAIL)
        await post.sender.round()
        tell = "邮件服务器拒收连接，请管理员核对地址和端口（550）"
        assert await post.states() == [(SendingState.FAILED, tell)]

    async def test_a_connection_that_breaks_after_the_text_is_never_tried_again(
        self, post: Post, mail: MailServer
    ):
        mail.hang_up = True
        await post.raised("a", MAIL)
        await post.sender.round()
        mail.hang_up = False
        post.now += timedelta(hours=2)
        assert await post.sender.round() == 0
        ((state, _),) = await post.states()
        assert (state, mail.letters) == (SendingState.UNCERTAIN, [])

    async def test_a_server_that_stays_away_is_given_up_after_four_hours(
        self, storage: Storage, session: aiohttp.ClientSession
    ):
        email = EmailSettings(host="127.0.0.1", port=9, security="none", sender="d@example.com")
        post = Post(storage, RemindersSettings(email=email), session)
        await post.raised("a", MAIL)
        begun, state = post.now, SendingState.WAITING
        while state is SendingState.WAITING:
            post.now += timedelta(minutes=1)
            await post.sender.round()
            ((state, reason),) = await post.states()
        assert state is SendingState.FAILED
        assert timedelta(hours=4) < post.now - begun < timedelta(hours=4.5)
        assert reason.startswith("邮件服务器连不上")


class TestRobots:
    async def test_wecom_and_dingtalk_groups_read_it(self, post: Post, platform: Platform):
        await post.raised("a", robot("duban"), robot("schools"))
        await post.sender.round()
        text = f"来信 HY-1 明天到期\n来信 HY-1 明天到期。\n{URL}/console/cases/HY-1"
        body = {"msgtype": "text", "text": {"content": text}}
        assert sorted(platform.posts) == [("/dingtalk", body), ("/wecom", body)]

    async def test_a_wrong_secret_is_told_to_the_desk(
        self, storage: Storage, platform: Platform, session: aiohttp.ClientSession
    ):
        wrong = RobotSettings(kind="dingtalk", url=f"{platform.url}/dingtalk", secret="SECwrong")
        post = Post(storage, RemindersSettings(robots={"schools": wrong}), session)
        await post.raised("a", robot("schools"))
        await post.sender.round()
        refused = "群机器人拒收：sign not match（310000）"
        assert await post.states() == [(SendingState.FAILED, refused)]
        (known,) = await storage.failed_reminders(since=MONDAY, limit=5)
        assert known.reason == refused

    @pytest.mark.parametrize("answer", [{"errcode": 45009}, {"errcode": 130101}, 502])
    async def test_too_fast_or_out_of_order_is_tried_again(
        self, post: Post, platform: Platform, answer: object
    ):
        if isinstance(answer, int):
            platform.statuses = [answer]
        elif isinstance(answer, dict):
            platform.answers = [answer]
        await post.raised("a", robot("duban"))
        await post.sender.round()
        assert platform.posts == []
        post.now += timedelta(minutes=1)
        await post.sender.round()
        assert len(platform.posts) == 1

    async def test_a_broken_connection_is_never_tried_again(self, post: Post, platform: Platform):
        platform.hang_up = True
        await post.raised("a", robot("duban"))
        await post.sender.round()
        assert (await post.states())[0][0] is SendingState.UNCERTAIN

    async def test_a_robot_that_was_taken_away_is_named(self, post: Post):
        await post.raised("a", robot("gone"))
        await post.sender.round()
        assert await post.states() == [(SendingState.FAILED, "配置里没有叫“gone”的群机器人了")]

    def test_a_long_text_is_cut_at_a_line_and_says_so(self):
        cut = shortened("\n".join(["来信今天到期"] * 300), 2000)
        assert len(cut.encode()) <= 2000
        assert cut.endswith("来信今天到期\n……没有显示完，请到办理台查看。")


class TestWorkingHours:
    async def test_what_waited_through_the_evening_goes_out_in_the_morning(
        self, post: Post, mail: MailServer
    ):
        """However it came to wait: the desk was away, or the mail server was."""
        post.now = china(9, 11, 17, 25)  # a Friday
        await post.raised("a", MAIL)
        post.now = china(9, 12, 20, 0)
        assert (await post.sender.round(), mail.letters) == (0, [])
        post.now = china(9, 14, 8, 30)
        await post.sender.round()
        assert len(mail.letters) == 1

    async def test_what_would_be_too_late_in_the_morning_goes_out_at_night(
        self, post: Post, mail: MailServer
    ):
        post.now = china(9, 12, 20, 0)
        message = Message(kind=ReminderKind.WINDOW, title="推送时限", text="。", link="/console/")
        await post.storage.raise_once(
            Raised(key="w", at=post.now, send_at=post.now, parts=[(message, MAIL)])
        )
        await post.sender.round()
        assert len(mail.letters) == 1


async def test_two_senders_send_each_letter_once(
    post: Post, mail: MailServer, session: aiohttp.ClientSession, database_url: str
):
    storage = await open_storage(database_url)
    other = Post(storage, post.settings, session)
    for n in range(12):
        to = replace(MAIL, address=f"p{n}@example.com")
        await post.raised(f"k{n}", to)
    await asyncio.gather(*(each.sender.round() for each in (post, other) * 4))
    await storage.close()
    assert sorted(str(letter["To"]) for letter in mail.letters) == sorted(
        f"p{n}@example.com" for n in range(12)
    )


async def test_what_a_killed_worker_was_sending_is_not_sent_again(post: Post, mail: MailServer):
    await post.raised("a", MAIL)
    await post.storage.take_reminders(
        now=post.now, claim_until=post.now + timedelta(minutes=10), limit=9
    )
    post.now += timedelta(minutes=11)
    assert await post.sender.round() == 0
    ((state, reason),) = await post.states()
    assert (state, mail.letters) == (SendingState.UNCERTAIN, [])
    assert reason.startswith("发送时服务中断了")


async def test_a_case_near_its_due_date_reaches_officer_and_groups(
    post: Post, mail: MailServer, platform: Platform
):
    """The whole way, from the calendar to the mailbox and the groups."""
    office = await Office(post.storage, robots=robots_of(post.settings)).staffed()
    await office.storage.save_mailbox("officer", "wang@example.com")
    case = await office.accepted()
    await office.look(china(9, 10, 8, 45))
    post.now = office.now
    while await post.sender.round():
        pass
    (letter,) = mail.letters
    assert f"{case.number} 余 2 个工作日" in letter.get_content()
    assert {path for path, _ in platform.posts} == {"/wecom", "/dingtalk"}
    assert "张三" not in str(letter) + str(platform.posts)
