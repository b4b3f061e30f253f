"""WeChat's side of the wire: the platform that delivers citizens' messages, and its HTTP API.

    platform = Platform([Account(name="main", appid=…, secret=…, token=…, aes_key=…,
                                 webhook="http://127.0.0.1:8080/wechat/main")])
    app.add_subapp("/simulator/", create_app(platform))     # a chat page for people
    exchange = await platform.send_text("main", openid, "医保怎么交")   # or a test drives it
    exchange.text, exchange.attempts[0].received_plain, platform.follower("main", openid).lines

It speaks the real protocol (signatures, AES, five seconds, three deliveries, error codes) with an
implementation of its own and imports nothing of the service. Everything lives in memory.
"""

from simulator.account import Account
from simulator.api import create_api
from simulator.app import create_app
from simulator.citizen import SAMPLE_CITIZENS, Citizen
from simulator.comments import Article, Comment
from simulator.errors import NotSubscribed, PlatformError
from simulator.exchange import NORMAL, Attempt, Delivery, Exchange, Trouble
from simulator.follower import Follower, Line, Push
from simulator.menu import Button
from simulator.messages import Message
from simulator.platform import Platform
from simulator.replies import FAULT_NOTICE, Reply
from simulator.sample_articles import publish_samples

__all__ = [
    "FAULT_NOTICE",
    "NORMAL",
    "SAMPLE_CITIZENS",
    "Account",
    "Article",
    "Attempt",
    "Button",
    "Citizen",
    "Comment",
    "Delivery",
    "Exchange",
    "Follower",
    "Line",
    "Message",
    "NotSubscribed",
    "Platform",
    "PlatformError",
    "Push",
    "Reply",
    "Trouble",
    "create_api",
    "create_app",
    "publish_samples",
]
