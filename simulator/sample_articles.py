"""Two articles with comments for trying, by the sample citizens and somebody without an openid."""

from datetime import timedelta

from simulator.citizen import SAMPLE_CITIZENS
from simulator.comments import Article
from simulator.platform import Platform

ARTICLES = (
    (
        "城乡居民医保缴费开始了",
        (
            (0, "外地打工的人怎么交？在手机上能办吗"),
            (1, "去年交了，今年忘了还能补吗？"),
            (None, "镇上的卫生院报销窗口排队三个小时，反映多次没人管"),
            (2, "宣传得很清楚，为你们点赞"),
            (None, "加微信 yibao88888 代办医保，包过"),
        ),
    ),
    (
        "老城区道路改造完成",
        (
            (3, "幸福路口的路灯坏了一个多月没人修"),
            (2, "建议在小学门口装个红绿灯，孩子过马路太危险"),
            (1, "越来越漂亮了"),
            (None, "👍👍👍"),
            (0, "打卡"),
        ),
    ),
)
FIRST = 2247483600


def publish_samples(platform: Platform) -> None:
    """Puts the articles out at every account whose readers may comment."""
    now = platform.clock()
    for board in platform.boards.values():
        if not board.allowed:
            continue
        for number, (title, comments) in enumerate(ARTICLES):
            at = now - timedelta(hours=3 + number)
            place = Article(msg_data_id=FIRST + number, index=0, title=title, published_at=at)
            board.publish(place)
            for minutes, (who, words) in enumerate(comments, start=1):
                openid = SAMPLE_CITIZENS[who].openid if who is not None else None
                written = at + timedelta(minutes=20 * minutes)
                board.write(place.msg_data_id, 0, words, at=written, openid=openid)
