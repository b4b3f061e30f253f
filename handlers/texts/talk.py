"""What the desk says where there is no matter yet: short, and with the next step."""

from collections.abc import Sequence

ALL_RIGHT = "好的。以后有事随时发过来。"
FAREWELL = "再见，有事随时发过来。"
WHO = (
    "这里是县里的政务公众号，先由自动答复：常见的问题马上答，答不了的登记下来，"
    "由部门的工作人员答复您。"
    "想直接找工作人员，回复「人工」加上您要说的事。"
)
PRAISED = (
    "谢谢您特地说一声，好的做法值得让大家知道。要我们转告这位同志和他的单位，"
    "回复「人工」，再写上是哪个单位、哪位同志、帮了您什么。"
)
RUMOUR = (
    "这样的消息，以政府和应急、水务、公安等部门正式发布的为准；没有看到正式通知以前，"
    "请先不要转发。您要是亲眼看到了险情，马上拨打 110 或 119。"
    "要请部门核实，回复「人工」，再写上您听到的话。"
)
ASK_ON = (
    "这一句我没看明白要问什么。接着刚才的答复，请写上想知道的，比如「要带什么」「去哪里办」「多少钱」；"
    "要工作人员来答，回复「人工」，再写上您的情况。"
)
SORRY = (
    "对不起，没帮上您。请把要办的事换个说法再写一遍，一次说一件；"
    "或者回复「人工」加上您的事，请工作人员来答复。"
)
WHICH_MATTER = "您问的是哪件事？请把事情一起写上，比如「身份证丢了补办要多少钱」。"
IS_IT_THIS = "您问的是这一件吗？是的，先回复 1 看一看，再接着问。"
FIRST_WHICH = "您问的是下面哪一件？先选一件，再接着问。"
NUMBER_ALONE = (
    "收到一串号码，还不知道您要办什么事。请把事情写下来；"
    "要留电话，写在事情后面就行。身份证号、银行卡号请不要发在这里。"
)
KEEP_PRIVATE = "为了您的信息安全，身份证号、银行卡号以后请不要发在这里。\n"
PLACE_SEEN = "位置收到了。请再用文字把事情写下来，写清在什么地方（路名、门牌、旁边有什么）。"
LINK_SEEN = "链接收到了，不过自动答复打不开链接。请用文字把想问的、想反映的写下来。"
OFFICIALS = (
    "领导个人的住址、手机和家里的情况，这里不能提供。有事要找领导，写在这里就行："
    "什么时间、什么地方、是什么事，我们登记编号，交给部门限期答复您；"
    "也可以拨打 12345，或者到县信访局当面说。"
)
PRESS = (
    "谢谢您的关注。采访请联系县委宣传部，由他们统一安排；不知道电话的，拨打 12345 问。"
    "要是反映身边的事，写下时间、地点和经过，我们登记下来交给部门。"
)
NOT_HEARD = (
    "语音我们这里听不到，请写成字发过来。打字不方便，点输入框旁边的话筒，说话就能变成字；"
    "想直接说话，拨打 12345，有人接听。"
)
TRUST = (
    "您小心是对的。点右上角进公众号的资料页，能看到是哪个单位办的；也可以拨打 12345 核实。"
    "我们不会要您转账，也不会要密码和验证码。"
)
LINK_DOUBTED = (
    "先别点，别填卡号、密码和验证码，也别转给别人。政府发补贴不收钱，不用转账，也不要验证码。\n"
    "已经填了、转了，马上拨打 110；拿不准就拨打 96110（反诈热线）问一问。"
    "想知道县里有没有这件事，用一句话写下来问我们。"
)
TELL_US = "您请说。把什么时间、什么地点、是怎么回事写下来，一次说一件，我们马上看。"
GO_ON = "知道了。您想问什么、要办什么事，接着写在这里就行，我们马上看。"
TELL_ON = "知道了，您接着说。话说完整了我们就能查，也可以一次写成一段；要找工作人员，回复「人工」。"
FORGIVEN = "没关系，我们知道您着急。有要补充的、要问的，接着写在这里就行。"
LETTERS = (
    "没认出来这几个字母。请用汉字写；打字不方便，可以在输入框里用语音转成文字再发过来。"
    "要找工作人员，回复「人工」。"
)
NO_WRITING = (
    "不会打字没关系：点输入框旁边的话筒，说话就能变成文字；也可以请家里人或者村里、社区的人帮您写。"
    "想直接说话，就拨打 12345，有人接听。"
)
ASK_HERE = "能问，就在这里写，不用打电话。一次说一件，比如「高龄津贴怎么领」，我们马上看。"
SLOWLY = (
    "别着急，慢慢说，我们看得到。遇到了什么事、现在最难的是什么，一句一句写在这里就行；"
    "心里难受想找人说说话，可以拨打 12356（心理援助热线）。"
)
HERE = (
    "我们在。常见的问题这里马上能答，请把要问、要办的事写下来；"
    "想找工作人员，回复「人工」加上您的事。急事请打 12345。"
)
HEARD = (
    "您心里有气，我们听着。请把具体是哪件事写下来：什么时间、什么地方、哪个单位，"
    "我们登记编号，交给部门限期答复您。"
)
UNSATISFIED = (
    "没让您满意，对不起。事情还没解决，回复「没有解决」，我们重新办理；"
    "想说说哪里不满意，回复「评价 1」加原因。"
)
FOREIGN = (
    "自动答复只看得懂中文，请用汉字写，或者请身边的人帮忙。签证、居留和出入境的事，"
    "拨打国家移民管理局 12367，24 小时有中文和英文人工。\n"
    "Please write in Chinese. Visas, residence, passports: call 12367 (24 hours, in English). "
    "Emergency: police 110, ambulance 120, fire 119."
)
FORWARDED = (
    "这像是一条转发的消息。真不真，要看县政府网站和主管部门有没有正式发布；没有发布的，"
    "先不要信，也先不要转。\n"
    "您想弄清的是哪一件事，用一句话问我们，比如「外地户口的孩子能在县里上小学吗」。"
)
NOTHING_WAITING = (
    "让您久等了，对不起。您在这里没有还没办完的事。以前在 12345 或者窗口反映的，"
    "我们这里查不到，请问受理的地方；\n"
    "也可以把事情再写一遍：什么时间、什么地点、是怎么回事，我们马上登记，限期答复您。"
)
NO_LIST = "现在没有可以选的选项了。请把要问的事写出来，比如「身份证丢了怎么补」。"
ONE_BY_ONE = "请一件一件看：先回复一个数字，看完再回复另一个。"
YES_TO_WHICH = "您要的是哪一个？请回复前面的数字；都不是的话，回复「人工」。"
MAYBE = "没有找到正好一样的，下面的不知道是不是您要的："
ALSO_ASKED = "您还问了一件，点开看："
SEVERAL = "您问了几件事，请一件一件点开看："


def as_above(department: str, phone: str) -> str:
    """After an answer, to somebody who only asks what to do now."""
    call = f"，或者打{department}电话 {phone}" if phone else ""
    return f"就按上面答复的办。哪一步不清楚，接着问我们{call}；要工作人员答复，回复「人工」。"


def told_above(department: str, phone: str) -> str:
    """After an answer, to somebody who asks what it says."""
    call = f"，或者打{department}电话 {phone}" if phone else ""
    ask = f"哪一步不清楚，接着问我们{call}；要工作人员答复，回复「人工」。"
    return f"上面的答复里写着，您再看看。{ask}"


def all_told(department: str, phone: str) -> str:
    """After an answer, to somebody who asks about its matter what it does not tell."""
    call = f"，也可以打{department}电话 {phone}" if phone else ""
    ask = f"还不清楚的，回复「人工」加上您的问题，请工作人员答复{call}。"
    return f"关于这件事，我们查到的都在上面的答复里了。{ask}"


def left_out(questions: Sequence[str]) -> str:
    """Beneath a list: which of several questions have no line in it."""
    named = "".join(f"「{question}」" for question in questions)
    return f"{named}没有现成的答复，请单独再发一次，我们登记下来请工作人员答复。"


def on_topic(topic: str) -> str:
    """Before the list for a message that only names a matter."""
    return f"「{topic}」的事有好几种，您想问哪一种："


def not_this(reply: str) -> str:
    """Before a new case for what was answered beside the point."""
    return f"对不起，刚才没答到点子上，请工作人员来答复您。\n{reply}"
