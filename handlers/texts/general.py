"""What a citizen can be sent by the desk itself; what is said of cases stands in texts.cases.

Plain and warm, no jargon, short enough for a phone. Dates are days in China.
"""

import re
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from cases.case import Case
from handlers.citizen import Choice
from handlers.texts.places import own_rules
from knowledge_base.entry import Entry

_TAPPABLE = re.compile(r'<a href="weixin://bizmsgmenu[^"]*">(.*?)</a>')
"""A line that can be tapped (WeChat: 自定义菜单消息), as `suggestions` writes it."""
CHINA = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"

MORE = "（还有一部分没显示完，回复「更多」接着看）"
NO_MORE = "没有更多内容了。还有别的问题，直接发给我们就行。"
BETWEEN = "\n\n—— ——\n\n"

WELCOME = (
    "您好，欢迎关注！\n"
    "办事、政策有不清楚的，直接把问题发过来，比如「身份证丢了怎么补」。\n"
    "能马上答的马上答；答不了的，会登记下来交给部门，按时给您答复。\n"
    "回复「帮助」看看还能做什么。"
)
WELCOME_BACK = (
    "您好，又见面了。有什么想问的，直接发文字就行；回复「查询」看您反映的事情办到哪一步了。"
)
HELP = (
    "您可以这样用：\n"
    "· 直接发问题，一次说一件事，比如「新生儿怎么上户口」\n"
    "· 看到几个选项时，回复前面的数字\n"
    "· 回复「查询」：看您反映的事情办到哪一步了\n"
    "· 回复「补充」加上内容：给正在办的事情补充情况\n"
    "· 回复「人工」：请工作人员来答复\n"
    "· 收到答复后，回复「评价 5」（1 到 5 分）告诉我们满不满意\n"
    "遇到危险请直接拨打 110、119 或 120。"
)
GREETING = "您好！有什么想问的，直接发给我们，比如「医保怎么异地备案」。"
THANKS = "不客气，能帮上您就好。还有问题随时发过来。"
SOLVED = "那就好。以后有事随时发过来。"
LAUGHTER = "看到您的消息了。有要问的、要办的，直接写给我们就行。"
ABUSE = "听得出您心里不痛快。把遇到的事情写下来，我们登记后交给部门处理；也可以拨打 12345。"
CHAT = "这个我们答不上来。这里可以问办事和政策，比如「退休手续怎么办」，也可以反映身边的问题。"
TOO_SHORT = "没太看明白。请多写几个字，把想问的事情说清楚，比如「社保卡丢了怎么补」。"
WORDS_PLEASE = (
    "收到了，会和您接下来写的事情一起交给工作人员。"
    "不过自动答复看不懂图片和语音，请再用文字把想问的、想反映的说一说。"
)
SUPPLEMENT_HOW = "请把要补充的内容写在「补充」后面，比如「补充 地点在幸福路 3 号门口」。"
RATE_HOW = "请回复「评价」加 1 到 5 的数字，5 是很满意，1 是很不满意，比如「评价 5」。"
NOTHING_TO_RATE = "您还没有收到过可以评价的答复。有问题直接发给我们就行。"
NO_CASES = "您目前没有登记在办的事情。有问题直接发过来；要工作人员答复，回复「人工」。"
UNKNOWN_NUMBER = "没有查到这个编号。请核对一下，或者回复「查询」看看您名下的事情。"
REOPENED_LATE = "这件事办结已经超过 15 天了。请把现在的情况重新写给我们，会登记成一件新的事情。"
CITIZEN_ASKED_FOR_PERSON = "市民要求人工答复，还没有说明具体事项。"
CHOICE_GONE = "刚才的选项已经过了时间，请把问题再发一次。"


def day_in_words(day: date) -> str:
    """11月27日（星期五）"""
    return f"{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"


def received(*, pushable: bool) -> str:
    """The passive reply when the desk needs longer than WeChat waits."""
    if pushable:
        return "您的消息已收到，正在处理，稍后发给您。也可以过一会儿回复「查询」看结果。"
    return "您的消息已收到，正在处理。过一会儿回复「查询」看结果。"


def answer(entry: Entry) -> str:
    """An entry's reviewed answer with where it comes from and how to reach a person."""
    return "\n\n".join(part for part in (entry.answer.strip(), answer_footer(entry)) if part)


def answer_footer(entry: Entry) -> str:
    lines = []
    if entry.source.title:
        number = f"（{entry.source.number}）" if entry.source.number else ""
        lines.append(f"依据：{entry.source.title}{number}")
    if entry.checked_on:
        day = entry.checked_on
        lines.append(f"核对日期：{day.year}年{day.month}月{day.day}日")
    lines.append("没有解决？回复「人工」，请工作人员来答复您。")
    return "\n".join(lines)


def asked_on(text: str, last: Entry) -> str:
    """A further question as an officer can understand it alone."""
    return f"{text}（接着「{excerpt(last.question, 40)}」问的）"


def asked_on_reply(text: str, case: Case) -> str:
    """What follows on a case's reply, as an officer can understand it alone."""
    return f"{text}（接着「{excerpt(case.text, 40)}」的答复说的，编号 {case.number}）"


def part_of_answer(entry: Entry, part: str) -> str:
    """What the last answer says to a further question, in its own words."""
    about = f"关于「{excerpt(entry.question, 40)}」，答复里是这样说的："
    return f"{about}\n{part}\n\n（回复「更多」看整段答复）\n{answer_footer(entry)}"


DID_YOU_MEAN = "您想问的是不是："


def suggestions(
    choices: Sequence[Choice],
    elsewhere: Sequence[str] = (),
    asked: str = "",
    *,
    lead: str = DID_YOU_MEAN,
) -> str:
    """A numbered list; each line can be tapped, and typing its digit works too.

    `elsewhere` are other places the question is about: then that is said first. `asked` is the
    question that tells the lines apart; `lead` stands before them where there is none.
    """
    lines = [_tappable(number, choice.title) for number, choice in enumerate(choices, start=1)]
    last = '<a href="weixin://bizmsgmenu?msgmenucontent=都不是&msgmenuid=0">都不是，请人工答复</a>'
    listed = "\n".join(lines)
    before = own_rules(elsewhere) if elsewhere else asked or lead
    return f"{before}\n{listed}\n{last}\n点一下，或者回复前面的数字。"


def may_help_meanwhile(choice: Choice) -> str:
    """Beneath a case's number: what stands in the knowledge base about the same matter."""
    return f"您也可以先看看：\n{_tappable(1, choice.title)}\n点一下，或者回复 1。"


def _tappable(number: int, title: str) -> str:
    clean = title.translate(str.maketrans('<>&"', "＜＞＆＂"))
    link = f"weixin://bizmsgmenu?msgmenucontent={number}&msgmenuid={number}"
    return f'<a href="{link}">{number}. {clean}</a>'


def as_read(text: str) -> str:
    """A reply as its citizen reads it: the lines that can be tapped without what is behind them."""
    return _TAPPABLE.sub(r"\1", text)


def choose_between(count: int) -> str:
    numbers = "1" if count == 1 else f"1 到 {count} 的数字"
    return f"请回复 {numbers}；都不是的话，回复「人工」。"


def excerpt(text: str, length: int = 30) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def elsewhere(name: str, phone: str, what: str) -> str:
    """Out of scope: where to go, said the same day."""
    call = f"，电话 {phone}" if phone else ""
    return (
        f"这件事不归县里办，要找{name}{call}。\n{what}\n"
        "拿不准的话，拨打 12345 也可以帮您转接；一定要我们转达，回复「人工」。"
    )


def seen_before(text: str) -> str:
    """A text that may have arrived already, when a push was cut off half-way."""
    return f"（如果您已经看过这一条，请不用理会）\n{text}"
