"""What citizens say where the help names a command: how far is it, hurry, never mind, not this."""

import re
from typing import Final

from handlers.commands import (
    NUMERALS,
    Command,
    Displeased,
    NotThis,
    Progress,
    Rate,
    Solved,
    Unsolved,
    Urge,
    Withdraw,
)
from knowledge_base.lexical import says_nothing, telling_words
from knowledge_base.remembered import remembered
from knowledge_base.text import ASKING, normalise

_LONGEST = 24
"""Characters of a normalised text; a longer one has more to tell."""
_MATTER = r"(?:事情?|问题|投诉|举报|反映|申请|案子|单子|工单|诉求|留言|来信)"
_DONE = r"(?:回复|答复|回音|回信|解决|处理|办好|办完|办下来|修好|来修|来人|有结果|有消息)"
_NOT_THIS = re.compile(
    r"(?:说|答|回|讲|回答|回复|给)的?(?:都|也|全)?(?:不对|不是|是错|错了|没用|看不懂)|"
    r"(?:不是|没)我?要?问的?这?个?$|我(?:要)?问的(?:又)?不是|不是我(?:要|想)?(?:的|问|找)|不是这(?:个|些|样|件)|"
    r"[驴牛][唇头]不对马[嘴尾]|答非所问|听不懂(?:人话|我|吗)|没(?:听|看|弄)懂我|等于没[说回答]|问东答西|"
    r"^(?:不对|错了|不对吧|搞错了|弄错了|你错了)$"
)
_PROGRESS = re.compile(
    rf"{_MATTER}.{{0,6}}(?:怎么样|咋样|办得?|处理|到哪|进展|结果|解决|有人|回复|消息)[了的]?(?:怎么样|咋样)?(?:吗|没有?|么|呢|啊)?|"
    r"办[得的]?(?:怎么样|咋样)|[办走]?得?到(?:哪|什么)(?:一?(?:步|个?环节|程度))?|"
    r"有没有(?:结果|消息|回音|进展|回复|答复)|有(?:结果|消息|回音|进展|回复|答复)了?(?:吗|没有?|么)|(?:处理|办|受理|看|解决|修)好?了(?:吗|没有?|么)$|"
    r"(?:我?(?:发|传|拍)的)?(?:照片|图片|视频|截图|资料).{0,4}[看收](?:得|到|见)+了?(?:没有?|吗|么|不)|"
    r"(?:还)?(?:要|得)(?:我|再)?等(?:上|到)?(?:几天|多久|多长时间|多少天|什么时候|啥时候|几时|哪天)|"
    rf"再等(?:几天|等|两天|一等)|(?:帮我)?查(?:一下)?(?=.*(?:事|情况))|"
    rf"(?:什么时候|啥时候|几时|多久|多长时间|哪天|几天)(?:才)?(?:能|可以|会)?(?:有人)?(?:给我?们?|帮我?们?|来)?(?:{_DONE}|修|人?来(?:查|看|管|处理)?|回(?:我|话|信)?(?![\u4e00-\u9fff]))"
)
_URGE = re.compile(
    rf"还(?:没|不|未)(?:有)?(?:人|给|见)?(?:来|给|帮)?我?(?:们)?(?:{_DONE}|回|答|办|修|理|来|管|消息|动静|结果|打电话|来电话|联系)我?|"
    r"(?:催|抓紧|快点|快些|快一点|赶紧|赶快|尽快|早点|早日)(?:一下|给|帮|派人)?我?(?:们)?"
    r"(?:办|处理|回复|答复|解决|来修|来人|来|修|弄)?|"
    r"(?:几|好多|好几|这么多|[一二两三四五六七八九十\d]+)(?:天|周|个?星期|个?月|年)了|(?:没|无)人(?:理睬?|搭理|回|应|管|来|到|修|处理)我?|(?:能不能|可不可以|能|可以|请|快|马上|立刻|赶紧|,)*(?:派(?:个)?人(?:过?来|去)?(?:看看|看一下|处理)?|来(?:个|一个)?人?(?:看看|看一下|查查))(?:吗|么|不|呀|啊)?|不(?:理|回|搭理)我|"
    r"不等了|等不(?:了|及)了?|到底(?:还)?(?P<deed>.)不(?P=deed)|第几天了|管不管|说好的?(?:期限|时间|日子)?|说话不算(?:数|话)|(?:真是?|要)?[气急]死(?:个?人|我)"
)
_WITHDRAW = re.compile(
    rf"(?:撤回|撤销|撤诉|取消|撤了|撤掉)(?:吧|了|{_MATTER}|这|那|个|件|我|的)*$|"
    r"不(?:用|需要|要|必)(?:再)?(?:办|处理|管|回复?|答复|查|修|来|投诉|麻烦)[你您们我人理]*了|"
    r"不(?:投诉|举报|反映|追究|告|办|问)了|(?:已经|都|现在)?(?:解决|处理好|办好|弄好|修好|好)了(?!吗|没|么)|^(?:那|那就|还是)算了$|^(?:那|那就|还是)?算了,?[我俺]?(?:们)?(?:还是)?自己(?:再|去|来)?(?:想办法|解决|处理|办|弄|去?问.{0,4})$"
)
_SOLVED = re.compile(
    r"^(?!.*[没未])[^,]{0,4}(?:修|弄|处理|解决|办|恢复|清理|退|补|通|亮|画|装|换|拆|收)(?:好|完|到)了$|"
    r"好(?:多|转)了$|(?:不|没再?|没有再?)(?:响|漏|吵|臭|堵|停|坏|疼|闹|冒|抖|滴|滑|黑|卡|晃)了$|(?<!没)(?<!未)(?:已经|现在|都|今天|昨天)(?:给?我?)"
    r"(?:修|弄|处理|解决|办|恢复|清理|退|补|通|亮|发|到账|收到)(?:好|完|成|了|到)+$|(?:恢复)?正常了$"
)
_SCORE = re.compile(
    r"^(?:.{0,4}(?:满意|好评|不错)的?[,\s]*)?(?:我?(?:给|打|评|改成|改为|改)(?:你们?|您)?(?:个|打)?)?\s*([1-5一二三四五])颗?(?:分|星)(?:好评)?[吧啊呀了]*$"
)
_STILL_NOT = re.compile(
    r"^(?:怎么|咋|都.{0,4}了|到现在|现在|为什么|,)*(?:还|都|也|根本|完全|一点)+(?:是)?(?:没|未)(?:有)?[^结婚房孩娃满毕退离会]{1,3}[啊呢呀了]*$|"
    r"说话不算(?:数|话)"
)
_UNSATISFIED = re.compile(
    r"^(?:我?(?:很|非常|太|十分|特别|对(?:这个)?(?:答复|回复|结果))?)*不满意[啊的了]*$"
)
_AROUND = re.compile(
    rf"前面|刚才|刚刚|那个|这个|改(?:变)?主意了?|自己|物业|别人|人家|他们|请|找|不用|不必|不需要|修|你们?|您|我们?|咱们?|俺|领导|到底|究竟|现在|今天|今儿|昨天|上次|前几?天|之前|那|这|件|个|次|已经|都|又|"
    rf"反映|投诉|举报|提交|说|写|报|能|帮|看|怎么|咋|为什么|为啥|人|天|呢|算|谢谢|麻烦|一下|{_MATTER}"
)
_OF_A_CASE: Final = ((_WITHDRAW, Withdraw()), (_URGE, Urge()), (_PROGRESS, Progress()))


def parse_spoken(
    text: str, *, has_case: bool, has_reply: bool = False, about: str = ""
) -> Command | None:
    """The command a short text stands for; None where it names a matter of its own.

    Haste, withdrawal and progress are understood only of somebody who has a case, a verdict only
    of one who has a reply that is not rated yet. `about` is the open case's text: its words name
    no other matter.
    """
    said = normalise(text)
    if len(said) > _LONGEST:
        return None
    if has_reply and (verdict := _verdict(said)):
        return verdict
    if (has_reply or has_case) and _STILL_NOT.search(said):
        return Urge() if has_case else Unsolved()
    if _NOT_THIS.search(said):
        return NotThis()
    if not has_case:
        return None
    rest = said
    for pattern, _ in _OF_A_CASE:
        rest = pattern.sub(" ", rest)
    rest = _AROUND.sub(" ", rest)
    if not says_nothing(" ".join(word for word in telling_words(rest) if word not in about)):
        return None
    return next((command for pattern, command in _OF_A_CASE if pattern.search(said)), None)


def _verdict(said: str) -> Command | None:
    """What is said of a reply in other words than the help's."""
    if found := _SCORE.match(said):
        return Rate(NUMERALS.get(found[1]) or int(found[1]))
    if _UNSATISFIED.match(said):
        return Displeased()
    return Solved() if _SOLVED.search(said) else None


_ANNOUNCES = re.compile(
    r"小?姑娘|闺女|丫头|小伙子?|妹子|同志|师傅|大[姐哥妹]|领导|打听|"
    r"但是|可是|不好意思|不敢|害羞|投诉|举报|反映|反应|问题|咨询|请教|请问|问|说|求助|找你们|一下|一个|一件|个|点|些|件|事情?|情况|想|要|有|来|我们?|俺|跟|向|和|对"
)


@remembered
def announces(text: str) -> bool:
    """Whether a text only says that there is something to tell: 我要投诉, 想问个事."""
    said = normalise(text)
    if len(said) > _LONGEST or ASKING.search(said) or not _ANNOUNCES.search(said):
        return False
    return says_nothing(_ANNOUNCES.sub(" ", said))
