"""What the desk says where there is no matter yet: short, and with the next step."""

ALL_RIGHT = "好的。以后有事随时发过来。"
FAREWELL = "再见，有事随时发过来。"
WHO = (
    "这里是自动答复：常见的问题马上答，答不了的登记下来，由部门的工作人员答复您。"
    "想直接找工作人员，回复「人工」加上您要说的事。"
)
SORRY = (
    "对不起，没帮上您。请把要办的事换个说法再写一遍，一次说一件；"
    "或者回复「人工」加上您的事，请工作人员来答复。"
)
WHICH_MATTER = "您问的是哪件事？请把事情一起写上，比如「身份证丢了补办要多少钱」。"
FIRST_WHICH = "您问的是下面哪一件？先选一件，再接着问。"
NUMBER_ALONE = (
    "收到一串号码，还不知道您要办什么事。请把事情写下来；"
    "要留电话，写在事情后面就行。身份证号、银行卡号请不要发在这里。"
)
PLACE_SEEN = "位置收到了。请再用文字把事情写下来，写清在什么地方（路名、门牌、旁边有什么）。"
LINK_SEEN = "链接收到了，不过自动答复打不开链接。请用文字把想问的、想反映的写下来。"
TELL_US = "您请说。把什么时间、什么地点、是怎么回事写下来，一次说一件，我们马上看。"
LETTERS = (
    "没认出来这几个字母。请用汉字写；打字不方便，可以在输入框里用语音转成文字再发过来。"
    "要找工作人员，回复「人工」。"
)
MAYBE = "没有找到正好一样的，下面的不知道是不是您要的："
SEVERAL = "您问了几件事，请一件一件点开看："


def on_topic(topic: str) -> str:
    """Before the list for a message that only names a matter."""
    return f"「{topic}」的事有好几种，您想问哪一种："


def not_this(reply: str) -> str:
    """Before a new case for what was answered beside the point."""
    return f"对不起，刚才没答到点子上，请工作人员来答复您。\n{reply}"
