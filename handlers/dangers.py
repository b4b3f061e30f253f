"""Messages that speak of danger to life: these need a telephone at once, not a reply in days.

What is told of the past, asked about money or papers, or happens all the time is no emergency
and takes the usual way. When in doubt the numbers are shown: that costs a citizen one reading.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from knowledge_base.text import cut, normalise


class Danger(StrEnum):
    """What is happening; of the first two somebody at the desk must hear as well."""

    SELF_HARM = "self_harm"
    THREAT = "threat"
    RESCUE = "rescue"
    POISON = "poison"
    GAS = "gas"
    FIRE = "fire"
    WIRE = "wire"
    LIFT = "lift"
    CRASH = "crash"
    HOME = "home"
    CRIME = "crime"
    FRAUD = "fraud"
    LOST = "lost"
    WATER = "water"
    DISASTER = "disaster"
    ILLNESS = "illness"
    HELP = "help"

    @property
    def needs_the_desk(self) -> bool:
        """Whether a case is opened besides: there is a matter behind it."""
        return self in (Danger.SELF_HARM, Danger.THREAT)


@dataclass(frozen=True, kw_only=True)
class _Sign:
    """Words that tell a danger in a text so long, unless other words stand beside them."""

    danger: Danger
    words: re.Pattern[str]
    unless: re.Pattern[str]
    longest: int


_NOT_NOW = (
    r"补助|补偿|补贴|赔|保险|申请|报销|救助|证明|去年|前年|[上前]个?月|上周|前几天|昨[天晚]|以前|之前|曾经|"
    r"预防|防范|演练|宣传|讲座|培训|验收|检查|责任|认定|经常|总是|老是|常常|天天|每天|每晚|政府|"
    r"政策|工伤|医药费|处罚|罚多少|判|怎么防|举报|投诉|奖励|隐患|如何|怎样|成因|特点|知识|逃生|急救|分布"
)
_LONGEST = 60
_PEOPLE = (
    r"(?:孩子|小孩|娃娃?|儿子|女儿|闺女|孙子|孙女|老人|老头|老太太?|[我俺]?(?:爸|妈|爷爷|奶奶|娘|爹|老伴)|"
    r"弟弟|妹妹|病人)"
)
_FAMILY = r"(?:老公|丈夫|老婆|媳妇|男人|男朋友|对象|前夫|前妻|儿子|我爸|我妈|公公|婆婆)"


_OFTEN = (
    r"(?:还|又|就|也|老是?|总是?|都|一直|经常|常常|天天|每天|每晚|动不动|昨[天晚]|刚才|刚刚|今天|"
    r"喝了?酒|,)*"
)


def _sign(danger: Danger, words: str, *, also_unless: str = "", longest: int = _LONGEST) -> _Sign:
    unless = "|".join(part for part in (_NOT_NOW, also_unless) if part)
    return _Sign(danger=danger, words=re.compile(words), unless=re.compile(unless), longest=longest)


_OWN_LIFE = _Sign(
    danger=Danger.SELF_HARM,
    words=re.compile(
        r"不想活|不活了|活够了|活腻|活不下去|没(?:有)?活路|活着(?:真|也|还)?(?:没|累|痛苦|有(?:什么|啥)意(?:思|义))|"
        r"想(?:去|要)?死(?![你他她它刑缓角讯])|(?:我|俺|自己|不如|只有|只能|只好|真想).{0,6}(?:去死|死了算)|死给|一死了之|"
        r"寻死|寻短见|轻生(?!活)|自杀|自残|割腕|上吊|自焚|结束(?:自己的?|我的?)?生命|"
        r"(?:我|俺|就|只好|只能|只有|想|要|准备|大不了|逼我).{0,14}(?:跳(?:楼(?!价)|河|桥|江|水库|井|下去)|喝(?:农药|敌敌畏|百草枯|毒药|药死))|"
        r"从.{0,6}[楼桥台].{0,4}跳"
    ),
    unless=re.compile(r"(?!)"),
    longest=1500,
)
_ENDS_IT = (
    r"跳(?:楼(?!价)|河|桥|江|水|下去)|自杀|轻生(?!活)|想不开|寻短见|割腕|上吊|喝农药|自残|"
    r"不想活|活不下去|想死"
)
_SOMEBODY_ELSE = re.compile(
    rf"(?:有个?人|有一?个|那人|他|她|邻居|同学|朋友|工友|老板|男的|女的|小伙|姑娘|{_PEOPLE}|{_FAMILY})"
    rf".{{0,12}}(?:{_ENDS_IT})|^(?:跳楼|跳河|跳桥)了?$"
)
_MYSELF = re.compile(
    rf"[我俺](?![妈爸爷奶娘爹哥姐弟妹老女儿家孩])(?:就|也|都|要|真|只|想|去|会|大不了|现在|已经|实在|自己)?.{{0,6}}(?:{_ENDS_IT})"
)
_THREAT = _Sign(
    danger=Danger.THREAT,
    words=re.compile(
        r"同归于尽|报复社会|(?:我|俺|就|要|非|信不信).{0,8}(?:砍死|杀了|弄死|捅死|炸了|烧了|放火烧|杀光)"
        r".{0,3}(?:他|她|你|它|政府|大楼|公司|全家|学校|局|这)"
    ),
    unless=re.compile(r"游戏|电影|电视|有人威胁|被威胁|他说|她说|威胁我"),
    longest=1500,
)
_SIGNS = (
    _sign(
        Danger.POISON,
        r"(?:喝|吃|吞|误服|误食)(?:了|下|错).{0,6}(?:农药|百草枯|敌敌畏|老鼠药|洁厕|毒药|毒蘑菇|安眠药)|"
        r"(?:农药|百草枯|敌敌畏|老鼠药).{0,4}(?:喝|吃)了|中毒(?!.{0,4}死亡赔)",
    ),
    _sign(
        Danger.GAS,
        r"(?:煤气|燃气|天然气|液化气|气罐|煤气罐|沼气).{0,8}(?:泄[漏露]|漏(?!水)|味|嘶嘶)|漏(?:煤|燃|天然)?气了",
        also_unless=r"热水器|改|费|收|安装|开通",
    ),
    _sign(
        Danger.WIRE,
        r"(?:电线|高压线|电缆|电杆|电线杆).{0,8}(?:掉(?:了|下)|断(?:了|落)|垂|落|冒火|打火|倒(?:了|下)|漏电)|触电|被电(?:了|到|着|晕)",
    ),
    _sign(
        Danger.FIRE,
        r"(?:着|起|失)(?:大)?火|火灾|大火|冒(?:着|出)?(?:浓|大)烟|烧起来|爆炸|自燃|烧着了",
        also_unless=r"火灾后|烟囱|油烟|烟花|爆竹|什么都没|没地方住",
    ),
    _sign(
        Danger.LIFT,
        r"电梯.{0,6}(?:困|关|卡).{0,3}(?:人|住|在|里)|(?:困|关|卡)在.{0,4}电梯|电梯.{0,4}出不[来去]",
        also_unless=r"经常关|总关",
    ),
    _sign(
        Danger.CRASH,
        r"(?:出|发生)?车祸|翻车|撞(?:车|人|了人|到人|死|飞|伤)|(?:被|让).{0,6}车撞(?:了|到|倒|伤)",
        also_unless=r"报不报|能不?能?报|报吗|钱|困难|对方.{0,6}跑|没赔|事故科|鉴定|多久|怎么处理",
    ),
    _Sign(
        danger=Danger.HOME,
        words=re.compile(
            rf"家暴|家庭暴力|{_FAMILY}.{{0,6}}(?:打我|打人|打老婆|动手|要杀|掐我|拿刀)|被{_FAMILY}.{{0,3}}打|"
            rf"[他她]{_OFTEN}(?:动手)?(?:打|掐|踹)[我俺](?!电话|招呼)(?:们|和|跟|了|孩子|$|[,。!])|"
            rf"(?:喝(?:多|醉)?了?酒|喝(?:多|醉)了?)[就又还也]+.{{0,4}}打(?:[我俺](?!电话)|人|孩子|老婆|$)|(?:不敢|怕.{{0,6}}不敢)报警"
        ),
        unless=re.compile(
            r"补助|补偿|证明|政策|处罚|罚多少|判|举报|怎么防|预防|防范|宣传|讲座|培训|知识|认定|如何|怎样|"
            r"去年|前年|以前|曾经|同学|老师|学校|城管|老板|工头|邻居|保安|物业|警察|施工|噪音|敲诈|转账|骗"
        ),
        longest=_LONGEST,
    ),
    _sign(
        Danger.CRIME,
        r"有人.{0,6}(?:威胁|恐吓)[我俺](?:们|$|[,。!])|小偷|入室|进贼|遭贼|抢劫|抢(?:了)?我|(?:持|拿|动|带)(?:着|了)?刀|砍人|杀人|行凶|绑架|强奸|猥亵|"
        r"打起来|有人.{0,8}(?:打架|打人|闹事|斗殴|跟踪我|砸)|(?:跟踪|尾随)我|被(?:跟踪|尾随|绑|人打|打了)|要(?:打|杀)我|撬(?:门|锁)",
        also_unless=r"医保|卡|怎么处理|不(?:处理|管|立案|受理)|没人管|学校|同学|老师|监控",
    ),
    _sign(
        Danger.FRAUD,
        r"(?:诈骗|骗子|被骗|骗了).{0,14}(?:转账|转了|汇款|汇了|打款|打了钱|转的|验证码|[万千]块?钱?)|"
        r"(?:转账|转了|汇了|刚转).{0,14}(?:骗|诈)|(?:诈骗|可疑|冒充.{0,6})(?:短信|电话|信息)|"
        r"(?:冻结|涉案|洗钱|停机|欠费|中奖|注销|贷款).{0,14}(?:转账|转钱|汇款|打钱|打款|验证码|交(?:保证金|手续费|解冻))|"
        r"(?:要|让|叫|喊)[我俺](?:们)?(?:把)?.{0,6}(?:转账|转钱|汇款|打款|转过去|验证码|共享屏幕|屏幕共享)|安全账户|"
        r"(?:冒充|自称|说是).{0,6}(?:公安|警察|法院|检察院).{0,10}(?:转账|钱|账户|验证码)",
        also_unless=r"买|商家|保健品|培训|装修|中介|押金|老板|工资|楼盘|开发商|房东|房租|物业|学校|学费|单位",
    ),
    _sign(
        Danger.LOST,
        rf"{_PEOPLE}(?:在.{{1,8}})?(?:今天|刚才|刚刚|早上|下午|晚上|突然|又|给)?"
        r"(?:走丢|走失|丢了(?!证|卡|本)|失踪|失联|不见了|找不到了|没回[家来])",
        also_unless=r"[年月]了|能领|户口|怎么办户|证|卡|本[子本]?",
    ),
    _sign(
        Danger.WATER,
        r"溺水|落水|淹死|掉(?:进|到|下|入).{0,6}(?:河|水|江|池塘|水库|井|湖)",
        also_unless=r"手机|钱包|东西|狗|猫|卡",
    ),
    _sign(
        Danger.DISASTER,
        r"发大水|洪水来|房子?(?:被|都|全)?(?:水)?淹了|(?:水|洪水).{0,4}(?:进屋|淹进)|泥石流|山体滑坡|滑坡了|塌方|地震了|"
        r"(?:房子|墙|楼|桥|路面).{0,4}(?:塌了|要塌|快塌|快倒|倒塌)",
        also_unless=r"宅基地|重建|翻建|危房|改造|修|能不能|还能|地质灾害点|多少|搬迁|土房",
    ),
    _sign(
        Danger.ILLNESS,
        r"晕倒|晕过去|昏迷|昏倒|不省人事|没(?:有)?(?:呼吸|心跳|意识)|叫不醒|心脏病(?:犯|发作)|心梗(?:了|犯)|脑(?:出血|溢血)了|中风了|"
        r"大出血|血(?:流)?不止|抽搐|休克|要生了|羊水破|噎(?:住|到|着)|卡(?:住)?(?:了)?喉咙|胸(?:口|前)?(?:很|好|突然|一阵)?(?:疼|痛|闷得|闷)|心(?:口|脏|绞)(?:很|好|突然)?(?:疼|痛)|呼吸困难|心慌(?:得(?:厉害|很|不行)|死了)|"
        r"(?:摔|跌|滑)(?:倒|跤|伤|了一跤)?了?.{0,6}(?:起不来|爬不起来|站不起来|动不了|不能动)|"
        r"半边(?:身子|身体|脸|手脚).{0,4}(?:麻|动不了|不能动|没知觉)|嘴(?:巴)?歪|口眼歪斜|说不出话|突然看不见|吐血|咳血|便血不止|喘不(?:上|过)气|快不行了|快死了|快没命",
        also_unless=r"医保|报(?:多少|吗|不)|残疾|(?<![怎咋])(?<!怎么)办|慢病|特病|评|挂(?:什么|哪个)|哪个科|什么科",
    ),
    _sign(Danger.HELP, r"救命|有生命危险|快(?:来)?救(?:人|我)", longest=30),
)  # fmt: skip


def danger_in(text: str) -> Danger | None:
    """The danger a message tells of, the gravest first; None in nearly every case."""
    return _danger_in(cut(text))


@lru_cache(maxsize=4096)
def _danger_in(text: str) -> Danger | None:
    plain = normalise(text)
    if len(plain) <= _LONGEST and _is_about_another(plain):
        return Danger.RESCUE
    for sign in (_OWN_LIFE, _THREAT, *_SIGNS):
        if (
            len(plain) <= sign.longest
            and sign.words.search(plain)
            and not sign.unless.search(plain)
        ):
            return sign.danger
    return None


def _is_about_another(plain: str) -> bool:
    """Whether somebody else is about to end their life, here and now."""
    told = re.search(_NOT_NOW, plain)
    return bool(_SOMEBODY_ELSE.search(plain)) and not told and not _MYSELF.search(plain)
