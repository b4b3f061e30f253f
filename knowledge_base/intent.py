"""What a message wants: an answer, somebody's help, or only a word back."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from knowledge_base.grievance import chance_of_grievance
from knowledge_base.text import cut, normalise


class Intent(StrEnum):
    """Complaint, report, help and grievance open a case; those after get a short human text.

    A grievance is told without any word that stands for one, so it is known less surely.
    """

    QUESTION = "question"
    COMPLAINT = "complaint"
    REPORT = "report"
    HELP = "help"
    GRIEVANCE = "grievance"
    GREETING = "greeting"
    THANKS = "thanks"
    LAUGHTER = "laughter"
    ABUSE = "abuse"
    EMOJI = "emoji"
    CHAT = "chat"
    FAREWELL = "farewell"
    ACKNOWLEDGED = "acknowledged"
    WHO = "who"
    DISPLEASED = "displeased"

    @property
    def wants_a_person(self) -> bool:
        """Whether an entry alone is never the answer."""
        return self in _FOR_A_PERSON

    @property
    def is_small_talk(self) -> bool:
        """Whether a short text is all that is wanted."""
        return self is not Intent.QUESTION and self not in _FOR_A_PERSON


_FOR_A_PERSON = frozenset((Intent.COMPLAINT, Intent.REPORT, Intent.HELP, Intent.GRIEVANCE))
_TAIL = r"[的了啊呀哦噢呢吧嘛哈啦哟喔吖~!。.,\s]*"
_WHOLE: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(rf"^(?:{pattern}){_TAIL}$"))
    for intent, pattern in (
        (
            Intent.LAUGHTER,
            r"(?:哈|嘿|嘻|呵|嘎|吼|h|x?swl|笑死(?:我)?|lol|2333*|xd|233|\s)+",
        ),
        (
            Intent.GREETING,
            r"(?:(?:尊敬的)?(?:领导|书记|老师|客服|大家|各位|小编|亲|喂)?[,\s]*"
            r"(?:你们?好|您好|大家好|早上好|上午好|中午好|下午好|晚上好|早安|午安|晚安|早|hi|hello|hey|哈喽|哈罗|嗨|"
            r"在吗|在不在|在么|在|有人吗|有人在吗|有人么|喂|新年好|新年快乐|节日快乐|"
            r"中秋快乐|国庆快乐)[,!\s啊呀]*+)+",
        ),
        (Intent.FAREWELL, r"(?:再见|拜拜?|bye|88|886|回见|先这样|再会|回头聊)(?:了|啦|哈|\s)*"),
        (
            Intent.THANKS,
            r"(?:(?:好+的?|嗯|哦|行|ok|知道了|晓得了|明白了|收到|了解了?|非常|十分|太|真是|万分|那|就|先)?[,!\s]*"
            r"(?:谢谢|感谢|多谢|谢啦|谢了|谢过|3q|thanks|thx|thank you|辛苦|麻烦你?您?了|"
            r"有劳|帮了?大忙|收到|"
            r"知道了|晓得了|明白了|懂了|了解了|太?好了|可以了|解决了|满意|真?不错|(?:给你们?)?点个?赞|赞|有用了?|好人一生平安)"
            r"(?:您|你|们|啊|啦|了|大家|领导|老师|客服|哈|太有用|很有用|太|你的回复|您的回复|解答|帮助|指点|回复|\s)*+[,!。\s]*+)+",
        ),
        (
            Intent.ACKNOWLEDGED,
            r"(?:嗯+|哦+|噢+|啊+|呃+|额+|唔+|好+的?吧?|行+吧?|ok|对+的?|是的?|没(?:别的|其他|什么|啥)?事(?:了|儿)?|算了|"
            r"(?:暂时|先)?不(?:用|需要|必|麻烦)(?:了|谢)?|没了|没有了|随便|随您?|可以|那行|那好|[,\s])+",
        ),
    )
)
_WISHES = re.compile(
    r"^(?:(?:大家|各位|你们?|您)?(?:早上|上午|中午|下午|晚上)?好|早安|晚安|新年好)[^\u4e00-\u9fff]*"
    r"祝[^吗呢么怎哪几多何?]{2,30}$"
)
_THANKS_WITH_A_NAME = re.compile(
    r"^(?:好+的?(?![吗么])|啊|嗯|哦|行|那|太|真是|真的|非常|十分|(?:知道|晓得|明白|懂|收到)了?|,|\s)*(?:谢谢|感谢|多谢|谢啦|谢了|谢过)"
    r"[^吗呢么怎哪几多何?不没无投举问请帮怎咋什啥]{0,14}$"
)
_WHO = re.compile(
    r"你们?(?:们|到底|究竟)*(?:是|算)?(?:不是)?(?:个|一个)?(?:真人|活人|机器人|机器|ai|人工智能|智能客服|谁|哪个|哪位|男|女|干什么的|干啥的|什么人|人还是|真的人)|"
    r"^(?:你们?)?(?:这儿|这里|这边|这)?(?:是|算)(?:不是)?(?:真的?|正规的?|官方的?|县里的?)*(?:政府|县政府|官方|公家|真的|机构|单位)(?:的|部门|办的|账?号)*(?:吗|不|么|吧)?$|"
    r"^(?:那|请问|你们?|这里|这儿|这边|到底|,)*有(?:没有)?(?:真人|活人|真的人|人工)(?:客服|服务|在)*(?:吗|么|没有?|不|啊)*$|"
    r"^(?:你们?|这里|这)(?:是|算)(?:不是)?(?:(?:中国)?(?:移动|联通|电信|广电|银行|邮政|保险|供电|燃气|自来水|快递|物业|美团|淘宝|京东)|"
    r"(?:卖|做|搞|开|租)[^吗么]{1,6})(?:公司|客服|局|的)*(?:吗|不|么|吧)?$|"
    r"你(?:叫(?:什么|啥)|多大|几岁|会(?:什么|啥)|能(?:干|做)(?:什么|啥|嘛))|(?:是|在)(?:真人|机器人)(?:吗|在?回)"
)
_DISPLEASED = re.compile(
    r"(?:什么|这)?(?:破|垃圾|烂|鬼|狗屁)(?:公众号|平台|机器人|系统|客服|小程序|玩意)|"
    r"(?:公众号|机器人|平台|客服|自动回复|系统|你们?|这个?(?:东西)?|12345).{0,6}(?:没用|没有用|没啥用|不好用|不管用|不顶用|真笨|太笨|好笨|"
    r"人工智障|听不懂|看不懂|[啥什]么?[都也]不|一问三不知|白搭|摆设)|问(?:啥|什么)(?:啥|什么|都|也)*.{0,2}(?:不知道|不会|不懂|答不)"
)
_TOO_HARD = re.compile(
    r"^(?:(?:写得|说得|你们?|这|也|有点|实在)*(?:太长|太啰嗦|太复杂|太官方|看不懂|没看懂|搞不懂|弄不懂|搞不明白|弄不明白|看不明白|没看明白|"
    r"不懂你)(?:了|啊|呀)*|说人话|"
    r"(?:能不能|能|可以|请|你)*(?:说|讲|写)(?:得)?(?:简单|明白|清楚|短)(?:点|些|一点)?(?:吗|不|啊)?)$"
)
_ABUSE = re.compile(
    r"傻[逼比bB叉吊屌子瓜]|笨蛋|蠢(?:蛋|猪|驴)|煞笔|沙比|沙雕|脑残|智障|白痴|弱智|废物|王八蛋?|混蛋|狗(?:屁|东西|官|日的)|滚(?:蛋|开|犊子)?|"
    r"去死|他妈的|(?<![我俺咱老婆娃家子她姨姑舅大])妈的|你妈(?![的在])|nmsl|tmd|cnm|sb|草泥马|操你|日你|放屁|垃圾(?:客服|公众号|平台|机器人|玩意|东西)|蠢货|猪头|吃屎|"
    r"死全家|不要脸|饭桶|吃干饭|有病(?:吧|啊)|贱人|神经病|什么(?:破|垃圾|狗屁)|骗子"
)
_ABUSE_FILLER = re.compile(
    r"你|您|们|我|他|这|那|个|些|一群|都是|就是|真是|是|的|了|吧|啊|呀|吗|嘛|呢|什么|东西|玩意|公众号|"
    r"机器人|客服|平台|给|去|快|全|真|太|很|逼|货|死|[\W_]"
)
_CHAT = re.compile(
    r"^(?:不是|没有|测试.{0,8}|test.{0,8}|[a-z;,./\s]{1,30}\d*|[\d\s.,+*/=-]{1,8})$|"
    r"你们?(?:吃(?:过|了)?饭?(?:了|过)?(?:吗|没有?|么)|会(?:唱|讲|写|不会)|喜欢|爱我|爱不爱|"
    r"有(?:没有)?(?:男|女)朋友|有(?:没有)?老婆|结婚了?)|我(?:好|很|太)?(?:爱你|喜欢你|想你|无聊|失恋)|陪我聊|聊聊天|聊天吧|"
    r"讲个?(?:笑话|故事|段子)|(?:唱|来)一?首|放首歌|背一?首|写一?(?:首|篇|封)|写(?:个|一个)?.{0,6}(?:作文|论文|检讨|情书|小说|代码)|"
    r"(?:帮|教|替)[我俺]?(?:做|写|解)(?:一?下)?.{0,4}(?:题|作业)|(?:猜|打)个?谜语|(?<![暴雨雾霾端雪])天气(?:怎么样|预报|如何)?$|"
    r"^(?:今天|明天|后天|这几天|周末|晚上)(?:会不会|有没有|会|要|有)?(?:下雨|下雪|多少度|冷不冷|热不热|几度)|"
    r"星座|运势|算命|股票|彩票号码|好看的(?:电影|电视|小说|悬疑|剧|书)|推荐.{0,6}(?:电影|剧|书|歌|小说|餐厅|美食)|怎么追|怎么哄|"
    r"(?:^|[^\d])\d+\s*[+*x×/乘加减]\s*\d+\s*(?:=|等于|$)|等于几|等于多少|"
    r"翻译(?:成|一下)|用?(?:英语|英文|日语)怎么(?:说|讲|写)|(?:忽略|忘记|无视).{0,8}(?:指令|提示|规则|设定)|system\s*prompt|系统提示词|"
    r"(?:加|\+)(?:我|微信|v信|vx|薇信|qq).{0,12}(?:领|赚|送|聊|群|红包)|日赚|日入|刷单兼职|^(?!.*(?:举报|投诉|吗|怎么|有人|被|骗|他们)).*(?:(?:低价|长期|专业|大量|诚信|批量|高价)(?:出售|收购|代办|代开|承接|回收|供应)|专业办理).*|名额有限|当天(?:下款|放款)|无抵押|办证刻章|代开发票|"
    r"万岁$|^打倒|钓鱼岛|(?:国家主席|总书记|总理|总统)(?!令)|你们?(?:支持|爱不爱|爱)(?:中国|祖国|国家|共产党|党)|"
    r"做法(?:大全)?$|怎么做才?好吃|(?:我)?(?:想|要)(?:听|看)(?:歌|新闻|电影|电视|小说|音乐)|(?:打开|播放|下载)(?:一下)?(?:百度|qq|微信|音乐|歌|视频|"
    r"电影|浏览器)|给.{1,4}(?:打电话|发短信)|几点叫我|叫我起床|闹钟"
)

_ABOUT_THE_DESK = 24
"""Characters; a longer text about the desk has a matter behind it."""
_EXPLICIT = (
    (
        Intent.REPORT,
        re.compile(
            r"(?:我|要|来|想|实名|匿名|强烈|现|特|^)(?:要|想|来)?(?:举报|检举|揭发)(?!.{0,3}(?:电话|热线|方式|渠道|奖励))"
        ),
    ),
    (
        Intent.COMPLAINT,
        re.compile(
            r"(?:我|要|来|想|强烈|现|特|^)(?:要|想|来)?(?:投诉|控诉)(?!.{0,3}(?:电话|热线|方式|渠道|受理))|反映.{0,6}(?:问题|情况)|(?:我|我们|俺)(?:要|想|来)反映|差评"
        ),
    ),
    (
        Intent.HELP,
        re.compile(
            r"^求助(?!\S{0,8}(?:治疗|电话))|(?:向|我要|紧急|特此)求助|救救|救命|帮帮(?:我|忙)|给我们?(?:做主|撑腰)|(?:请求|恳请|恳求|(?<!申)请|望|盼|希望)(?:政府|领导|有关部门|相关部门|上级|你们|贵局)?.{0,4}(?:帮助|帮忙|协助|援助)"
        ),
    ),
)
_ACT = (
    r"派人|安排人|安排.{0,6}来|来人|来(?:个人)?(?:修|查|看看|看一下|处理|管|清|拖|拆|整治)|反馈上去|反映上去|"
    r"查封|取缔|管一?管|管一下|给个说法|主持公道|修一修|修一下|修好|督促|改进|改回|加一?个站|恢复(?:原|一下|运行)"
)
_DEMAND = re.compile(
    rf"(?:能不能|能否|可否|能|可以).{{0,14}}(?:{_ACT})|"
    rf"(?:请|求|望|盼|希望|要求|恳请|请求|麻烦|赶紧|赶快|马上|立即|尽快|快|抓紧|帮我|给我|你们).{{0,14}}(?:{_ACT}|"
    r"严查|查处|查办|彻查|调查|查一查|整治|整改|拆除|清理|制止|解决|处理|追回|要回|讨回|讨薪|撤销|拖走|修复|说法|做主|"
    r"交代|重视|协调|关注一下|退(?:钱|款|费|还))|"
    r"给个说法|讨个?(?:说法|公道)|为民做主|要求.{0,8}查一下|还我(?:血汗)?钱|追究.{0,6}责任|给我撤销|凭什么.{0,8}(?:罚|扣|收|贴|不给)"
)
_GRIEVANCE = re.compile(
    r"油烟(?:太|很|熏|大)|扰民|噪音|噪声|没有人(?:管|清|理|修|来)|(?:自来水|水|电|气|暖气)(?:都|也|又|已经)?.{0,3}(?:天|周|星期|个月)?(?:没来|不来|停了|断了)|(?:全村|全小区|家里|整栋)(?:都|也|又)?没(?:有|得)?(?:水|电|气)|吵(?:得|死|醒|架|闹)|(?:太|好|很|特别)吵|(?:路|桥|灯|井盖|水管|护栏|路面)(?:都|太|很|也)*(?:烂|坏|破|不亮|塌|断)(?!了?(?:找|归|该|怎么))|臭(?:味|死|得|气)|恶臭|刺鼻|脏乱差|又脏|堵死|堵得|没人(?:管|清|理|修|来)|无人(?:管|问|清|理)|不(?:管不问|理我|理睬|搭理|作为|受理|给解决|回复我?)|"
    r"石沉大海|(?:反映|投诉|报修|举报|打12345|找).{0,6}(?:多次|无数次|几次|[两二三四五六七八九十]次|好几|没(?:人|动静|用|结果|回音))|推诿|踢皮球|互相推|敷衍|态度(?:恶劣|极差|很差|差)|骂人|辱骂|"
    r"拖欠|(?:欠|不发|没发|克扣)(?:了)?(?:我|我们|农民工)?.{0,5}(?:工资|薪|钱|货款)|血汗钱|跑路|人去楼空|骗(?:走|了|钱)|被骗|坑(?:了|人|我)|上当|黑心|假冒|假货|发霉|过期食品|变质|乱(?:收费|停|扔|堆|倒|搭|涨价)|多收|乱罚|"
    r"老师.{0,6}(?:打|骂|体罚|辱骂|掐|踢)(?:了)?(?:我家?|我们)?(?:孩子|学生|娃|儿子|女儿)|保护费|勒索|敲诈|霸凌|校园欺凌|绕路|拒载|宰客|被宰|(?:坏|塌|破|漏|停)(?:了)?(?:好几|[一两二三四五六七八九十半\d]+)(?:个)?(?:天|月|年|周|小时|次)|断(?:了)?(?:好几|[一两二三四五六七八九十半\d]+)(?:个)?(?:天|周|小时|次)|停水|停电|漏水|污水横流|偷排|黑烟|违建|违章建筑|私搭乱建|占道经营|"
    r"半夜(?:还|施工)|夜里.{0,6}(?:施工|打桩)|凌晨.{0,6}(?:施工|打桩)|打桩|施工.{0,6}(?:不停|扰)|睡不(?:着|了|好)|摔(?:了|伤|一跤)|差点(?:撞|摔|出)|(?:等|拖|过)了?(?:都)?.{0,6}(?:个月|半年|年)(?:了)?.{0,4}(?:没|还没|不)|"
    r"怨声载道|民不聊生|忍无可忍|霸占|强占|强拆|打人|殴打|威胁|烂尾|虚假宣传|不退(?:钱|费|款|还|押金)|扔雨里|压烂|热晕|冻得"
)
_REFUSAL = re.compile(
    r"(?:老板|单位|公司|厂里|工头|包工头|物业|村[里委干]|镇[里上]|社区|居委会|街道|政府|开发商|房东|房主|中介|学校|老师|医院|保险|商家|店家|卖家|对方|他们|邻居|"
    r"儿女|子女|儿子|女儿|前夫|前妻|老公|婆家|娘家|部门|派出所|法院|银行|(?<![怎干])[局委办处站所])"
    r"(?:的人|那边|里|都|也|就|又|还|一直|总是?|根本|死活|硬是?|就是|老是?|现在|,)*"
    r"不(?:肯|愿意?|想|予)?(?:管|给|认|赔|理|退|发|修|处理|承认|负责|让|同意|签|解决|兑现|办(?!公|理)|开(?![门放心])|交|还(?!是)|批|养|赡养|出面|露面)"
)
"""Somebody who ought to does not: a grievance, though an entry may help until it is seen to."""
_HARM = re.compile(
    r"把我们?(?:一家)?.{0,4}赶(?:出|走)|(?:挡|堵)(?:了|着|住)?(?:我家|人家)?的?(?:路|门|光|视线|采光)$|"
    r"(?:我家|我们家|我们这|小区|村里|楼里|整栋楼)(?:都|也|又|还|一直)*没有?(?:水|电|气|暖气)(?:了|用)?$"
)
"""What is done to somebody, or what they are left without."""
_ASKS_TO_KNOW = re.compile(
    r"怎么(?!还|回事|能|又|这么|就|没|会)|怎样|咋(?!还|能|又|这么|没)|如何|哪(?!怕|能|还)|多少(?!次|回)|(?<!好)几(?:点|天|号|岁|种|年能|个工作日|折)|什么(?!时候能?(?:修|解决|给))|啥(?!时候能?(?:修|解决|给))|多久|多长时间|何时|是否|"
    r"找谁|该谁|归谁|谁管|谁来管|属于|算不算|违法吗|合法吗|可以吗|能吗|行吗|行不行|可不可以|会不会|有没有|要不要|是不是|"
    r"(?:电话|热线|方式|渠道|途径|流程|平台|地址|材料|条件|标准|规定|政策|依据)(?:是)?(?:多少|什么)?$"
)
_ORDER = re.compile(
    r"给我(?:撤销|退钱|处理|解决|查)|凭什么.{0,12}(?:撤|退|赔|还我)|你们给.{0,4}(?:说法|做主)"
)
_RHETORICAL = re.compile(
    r"(?:没|无)人(?:来)?(?:管|问)(?:一?下)?(?:吗|么|了|呢|啊)*$|(?:有没有|有)人(?:来)?管|管不管"
)
"""Has the form of a question and is none, after a grievance: 半夜打桩睡不着，没人管吗."""
_CLOSES_AS_QUESTION = re.compile(r"(?:吗|呢|不|没有|没|么|否|\?|费用|法规|治疗)$|咨询")
_GRATITUDE = re.compile(r"谢谢|感谢|多谢|致谢|道谢|谢意|点赞|点个赞|表扬|锦旗|辛苦了")
_DONE = re.compile(
    r"(?:修|弄|办|处理|解决|疏通|清理|恢复|装|换)(?:好|完|妥|掉)?了|清了|修好|要回|找到|找回|送回|"
    r"(?:态度|服务)(?:真|很|特别|非常|十分|也|都|太|挺)*好|速度(?:真|很|也|太|挺)*快|效率(?:真|很|也|太|挺)*高"
)
_NOT_DONE = re.compile(
    r"但|可是|不过|然而|还是|仍|依旧|依然|还没|没有|没人|又|再次|希望|建议|恳请|请|咨询|想问|问一下|如果|不给|能不能|能否|盼|望|至今|一直|什么时候|何时|为什么|怎么|咋|吗|\?"
)
"""Thanks of somebody who still wants something stand beneath most letters."""
_TOLD, _TOLD_WHILE_ASKING = 0.5, 0.6
"""Chances from which on what these tables take for a question is a grievance: of our letters that
complain .61 are recognised so (.15 without), of those that ask .015 (.005), cross-validated."""
_IN_SHORT = 60
"""Characters; a longer text that says who does not do what may as well propose something."""
_TELLING = 8
"""Characters; a shorter text is a matter's name, or a fact about one."""


def refuses(text: str) -> bool:
    """Whether a text says that somebody does not do what they ought to: 房东不给开证明."""
    return _REFUSAL.search(normalise(text)) is not None


def recognise(text: str) -> Intent:
    """The intent of a message; anything undecided is a question.

    Asking where or how to complain is a question; demanding that somebody act, or telling a
    grievance without asking to know anything, is not. A grievance without any word that stands for
    one is known by its wording as a whole.
    """
    return _recognise(cut(text))


@lru_cache(maxsize=16384)
def _recognise(text: str) -> Intent:
    if _is_only_signs(text):
        return Intent.EMOJI
    plain = normalise(text)
    bare = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).strip().lower())
    small = _small_talk(plain, bare)
    return small if small is not None else _concern(plain, bare)


def _is_only_signs(text: str) -> bool:
    """Whether nothing can be read but emoji, WeChat's bracketed faces and punctuation."""
    without_faces = re.sub(r"\[[^\[\]\s]{1,6}\]|/:[a-z:@&<>()~*!|\-]{1,8}", "", text)
    return not any(unicodedata.category(char)[0] in "LN" for char in without_faces)


def _small_talk(plain: str, bare: str) -> Intent | None:
    if len(plain) > 60:
        return None
    if _WISHES.match(bare):
        return Intent.GREETING
    if _THANKS_WITH_A_NAME.match(bare):
        return Intent.THANKS
    for intent, pattern in _WHOLE:
        if pattern.match(plain) or (len(bare) <= 60 and pattern.match(bare)):
            return intent
    if _ABUSE.search(plain) and len(_ABUSE_FILLER.sub("", _ABUSE.sub("", plain))) <= 3:
        return Intent.ABUSE
    if len(plain) <= _ABOUT_THE_DESK:
        if _WHO.search(plain):
            return Intent.WHO
        if _DISPLEASED.search(plain) or _TOO_HARD.match(plain):
            return Intent.DISPLEASED
    return Intent.CHAT if _CHAT.search(plain) else None


def _concern(plain: str, bare: str) -> Intent:
    if _GRATITUDE.search(bare) and _DONE.search(plain) and not _NOT_DONE.search(plain):
        return Intent.THANKS
    intent = _by_words(plain)
    if intent is not Intent.QUESTION:
        return intent
    asks = _ASKS_TO_KNOW.search(plain) or _CLOSES_AS_QUESTION.search(plain)
    if not asks and len(plain) <= _IN_SHORT and (_REFUSAL.search(plain) or _HARM.search(plain)):
        return Intent.GRIEVANCE
    if len(plain) < _TELLING:
        return intent
    told = chance_of_grievance(plain) > (_TOLD_WHILE_ASKING if asks else _TOLD)
    return Intent.GRIEVANCE if told else intent


def _by_words(plain: str) -> Intent:
    if _RHETORICAL.search(plain) and len(_GRIEVANCE.findall(_RHETORICAL.sub("", plain))) >= 1:
        return Intent.COMPLAINT
    asks = bool(_ASKS_TO_KNOW.search(plain))
    orders = bool(_ORDER.search(plain))
    if asks and not orders and len(plain) <= 60:
        return Intent.QUESTION
    if not asks:
        for intent, pattern in _EXPLICIT:
            if pattern.search(plain):
                return intent
    if orders:
        return Intent.COMPLAINT
    demands, grieves = bool(_DEMAND.search(plain)), len(_GRIEVANCE.findall(plain))
    if asks:
        return Intent.COMPLAINT if demands and grieves >= 2 else Intent.QUESTION
    if _CLOSES_AS_QUESTION.search(plain) and not demands:
        return Intent.QUESTION
    return Intent.COMPLAINT if demands or grieves else Intent.QUESTION
