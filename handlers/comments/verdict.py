"""What a comment wants, from its words alone.

Under an article people also praise, chat and advertise; a private message is rarely any of these.
When in doubt somebody should read it: then it is a question.
"""

import re

from handlers.comments.comment import Verdict
from handlers.hearing.dangers import danger_in
from handlers.telling import asks
from knowledge_base.intent import Intent, recognise
from knowledge_base.text import normalise

LONG = 30  # characters; who writes more than that tells something a person should read

_ADVERT = re.compile(
    r"(?:加|\+|➕|私|薇|微|威|v)\s*(?:我|微信|v信|vx|wx|薇信|威信|qq|扣扣|群)|(?:微信|vx|v信|wx|qq|电话同号)\s*[:：号]?\s*[a-z0-9_-]{5,}|"
    r"(?:日|月|周)(?:赚|入)\s*\d|刷单|兼职.{0,8}(?:日结|联系|加)|名额有限|当天(?:下款|放款)|无抵押|(?:低息|快速|信用)贷款|"
    r"办证刻章|代开(?:发)?票|(?:代办|代考|包过).{0,10}(?:联系|电话|微信|加)|点击(?:链接|领取)|(?:免费|限时)(?:领取|领红包)|"
    r"https?://(?!(?:[\w-]+\.)*gov\.cn)|(?:荐股|牛股|跟单|彩票)(?:群|老师|计划)|扫码(?:领|进群)|(?:厂家|批发)直销"
)
_PRAISE = re.compile(
    r"点赞|为.{1,14}(?:点赞|骄傲|自豪|喝彩)|赞{1,}|(?:真|太|好|很|非常|越来越)(?:好|棒|美|漂亮|贴心|方便|给力|暖心|厉害|感动|不错|幸福)|"
    r"棒|给力|加油|支持|辛苦|致敬|了不起|厉害|期待|恭喜|祝|感谢|谢谢|欢迎|美丽|美景|暖心|幸福|好事|好消息|好样的|学习了|收藏|转发|必须顶|顶一下"
)
_WISH = re.compile(
    r"建议|希望(?!越来越|更加?)|恳请|能否|能不能|可否|可不可以|请(?:政府|领导|部门|有关部门|相关部门|求)|求(?:安排|解决|修|增设|增加)|"
    r"应该.{0,12}(?:管|修|增|改|建|设)|什么时候(?:能|才能|可以)?(?:修|通|建|开工|解决|装|加装)|盼(?:着|望)?(?:早日|尽快)"
)
_EXCLAMATION = re.compile(
    r"(?:怎么|咋)(?:这么|那么|能这么)(?:美|好|棒|漂亮|厉害|好看)|多(?:美|好|棒)啊"
)
_HARMFUL_WORDS = re.compile(
    r"傻[逼比bB叉]|煞笔|脑残|智障|王八蛋?|狗(?:东西|官|日的)|去死|他妈的|nmsl|草泥马|操你|死全家|贱人|婊"
)
_BY_INTENT = {
    Intent.COMPLAINT: Verdict.COMPLAINT,
    Intent.REPORT: Verdict.REPORT,
    Intent.HELP: Verdict.HELP,
    Intent.ABUSE: Verdict.ABUSE,
    Intent.GREETING: Verdict.OTHER,
    Intent.THANKS: Verdict.PRAISE,
    Intent.LAUGHTER: Verdict.OTHER,
    Intent.CHAT: Verdict.OTHER,
    Intent.FAREWELL: Verdict.OTHER,
    Intent.ACKNOWLEDGED: Verdict.OTHER,
    Intent.WHO: Verdict.OTHER,
    Intent.DISPLEASED: Verdict.OTHER,
}
_CHEERING = frozenset("👍❤💪🌹👏🎉💐🙏✌😊🥰")
_CHEERING_FACES = re.compile(r"\[(?:强|玫瑰|鼓掌|庆祝|爱心|赞|胜利|加油|拥抱|抱拳|烟花|666)\]")


def verdict_of(text: str) -> Verdict:
    """What a comment wants; a complaint in strong words is a complaint, not abuse."""
    danger = danger_in(text)
    if danger is not None and danger.needs_the_desk:
        return Verdict.DANGER
    plain = normalise(text)
    if _ADVERT.search(plain) or _ADVERT.search(text.lower()):
        return Verdict.ADVERT
    intent = recognise(text)
    if intent is Intent.EMOJI:
        return Verdict.PRAISE if _cheers(text) else Verdict.OTHER
    if intent in _BY_INTENT:
        return _BY_INTENT[intent]
    found = _undecided(text, plain)
    tells = intent is Intent.GRIEVANCE and found in (Verdict.QUESTION, Verdict.OTHER)
    return Verdict.COMPLAINT if tells and not asks(text) else found


def _undecided(text: str, plain: str) -> Verdict:
    if _HARMFUL_WORDS.search(plain):
        return Verdict.ABUSE
    if _WISH.search(plain):
        return Verdict.HELP
    if asks(text) and not _EXCLAMATION.search(plain):
        return Verdict.QUESTION
    if _PRAISE.search(plain) or _EXCLAMATION.search(plain):
        return Verdict.PRAISE
    return Verdict.QUESTION if len(plain) >= LONG else Verdict.OTHER


def _cheers(text: str) -> bool:
    return any(char in _CHEERING for char in text) or bool(_CHEERING_FACES.search(text))
