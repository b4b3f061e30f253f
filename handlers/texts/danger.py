"""What a citizen in danger reads first: whom to call, and what to do until help is there.

Source of the numbers: 110 police, 119 fire and rescue, 120 ambulance, 122 traffic police, 95598
electricity, 96110 against fraud, 12338 women's rights, 12355 young people,
12356 mental health (all nationwide).
"""

from datetime import datetime
from typing import Final

from cases.case import Case
from handlers.hearing.dangers import Danger
from handlers.texts.cases import answered_by

NOT_HERE = "这里不能替您报警，也不能马上派人，请先打电话。等人平安了，有要我们办的再写过来。"

CALLS: Final = {
    Danger.SELF_HARM: (
        "看到您的话，我们很担心您。您愿意说出来，这很不容易。\n"
        "现在请不要一个人待着，叫家人、邻居或者朋友来陪陪您。"
        "心里难受想找人说话，拨打 12356（心理援助热线）；"
        "要是已经伤着自己，或者怕自己撑不住，马上拨打 120 或 110。"
    ),
    Danger.THREAT: (
        "听得出您又急又气。再难的事都有办法，千万别伤人，也别伤自己，那样苦的是您和家里人。\n"
        "想找人说说，拨打 12356（心理援助热线）；有人正受到伤害，马上拨打 110。"
    ),
    Danger.RESCUE: (
        "请马上拨打 110 和 120，高处还要打 119，说清地点和楼层。\n"
        "陪着说说话，别刺激，也别围观拍照。"
    ),
    Danger.POISON: (
        "请马上拨打 120，说清吃了什么、多少、多久了，把瓶子或者包装一起带去医院。\n"
        "人昏迷了不要灌水、不要催吐；煤气中毒先开窗，把人移到通风的地方。"
    ),
    Danger.GAS: (
        "先开窗、关总阀，人马上到屋外；屋里不要开关任何电器，不要点火，也不要打电话。\n"
        "到了屋外再打燃气公司抢修电话；情况紧急拨打 119，有人不舒服拨打 120。"
    ),
    Danger.FIRE: (
        "请马上拨打 119，说清地址、什么着了火、有没有人被困；有人受伤拨打 120。\n"
        "人先出来：弯腰捂住口鼻走楼梯，不坐电梯，不回去拿东西。"
    ),
    Danger.WIRE: (
        "离掉下来的电线远一些（至少 8 米），别碰线，也别直接用手去拉触电的人，先断电。\n"
        "有人触电拨打 120，着火拨打 119，电线的事拨打 95598（供电）。"
    ),
    Danger.LIFT: (
        "先按电梯里的报警按钮，或者打里面贴着的救援电话；没人接就拨打 119，有人不舒服拨打 120。\n"
        "不要扒门、不要往外爬，靠着轿厢壁等人来。"
    ),
    Danger.CRASH: (
        "有人受伤马上拨打 120，报警拨打 122 或 110。\n"
        "打开双闪，人撤到路边安全的地方；伤得重的人不要随便搬动。"
    ),
    Danger.CHILD: (
        "谢谢你愿意说出来，大人打你不是你的错。先到邻居、老师或者信得过的亲戚那里去；"
        "他还要打你、你不敢回家，马上拨打 110，受了伤拨打 120。\n"
        "明天到学校就告诉老师，老师会帮你。想找人说说，拨打 12355（青少年服务台）。"
    ),
    Danger.BULLIED: (
        "谢谢你愿意说出来，这不是你的错。先到老师、门卫或者人多的地方去，不要一个人走；"
        "有人打你、拿你东西、逼你给钱，马上拨打 110。\n"
        "今天就告诉爸爸妈妈或者你最信任的大人。想找人说说，拨打 12355（青少年服务台）"
        "或 12356（心理援助热线）。"
    ),
    Danger.HOME: (
        "请先离开，到邻居、亲戚家或者人多的地方，马上拨打 110，受了伤拨打 120。\n"
        "报警和看病的单据都留好，以后用得上。想找人商量，拨打 12338（妇女维权热线）。"
    ),
    Danger.CRIME: (
        "请马上拨打 110，说清地点、几个人、有没有拿东西；有人受伤拨打 120。\n"
        "先保证自己安全，不要追，也不要硬拦。"
    ),
    Danger.FRAUD: (
        "已经转了钱，或者填了卡号、说了验证码：马上拨打 110，越早越可能追回，"
        "再打银行客服要求冻结，聊天和转账记录都别删。\n"
        "还没转、还没填：别点链接，别说验证码，拿不准就拨打 96110（反诈热线）问一问。"
    ),
    Danger.LOST: (
        "请马上拨打 110，不用等 24 小时。说清年纪、穿什么衣服、在哪里走散，准备一张近照。\n"
        "留一个人在原地和家里等，别的人分头找。"
    ),
    Danger.WATER: (
        "请马上拨打 119 和 120，说清在哪一段水边。\n"
        "不会水的不要下去，几个人也不要手拉手下水；扔绳子、竹竿、救生圈给他。"
    ),
    Danger.DISASTER: (
        "人先撤到安全的地方：避水往高处走，避滑坡往两边走，房子有危险马上出来，不要回去拿东西。\n"
        "有人被困拨打 119，有人受伤拨打 120，并马上告诉村里（社区）。"
    ),
    Danger.ILLNESS: (
        "请马上拨打 120，说清地址和病人的样子，照接线医生说的做。\n"
        "让病人平躺，解开领口，身边不要离人；没有医生吩咐，不要喂水喂药。"
    ),
    Danger.HUNGRY: (
        "没饭吃、没地方住，先去县救助管理站，吃住不收钱；不知道在哪、走不动，拨打 110，"
        "请民警送您过去。身体撑不住，拨打 120。\n"
        "家里一时过不下去的，还可以向所在乡镇（街道）申请临时救助，外地人也可以。"
    ),
    Danger.BUSY: (
        "不要停，接着打；换一部手机再打，或者改打 110、119、120 里能打通的那个，说清地址，"
        "请他们帮您转过去。\n"
        "身边有车、病人能动的，同时往最近的医院急诊送。"
    ),
    Danger.HELP: "有生命危险请马上打电话：生病受伤 120，有人害您 110，着火、被困 119。",
}


RELIEVED = "平安就好，我们也放心了。有什么要我们办的，写在这里就行。"


def call(danger: Danger) -> str:
    """The reply where nothing but a telephone helps."""
    return f"{CALLS[danger]}\n{NOT_HERE}"


def call_and_case(danger: Danger, case: Case, now: datetime) -> str:
    """The reply where somebody at the desk takes care of the matter too."""
    return (
        f"{CALLS[danger]}\n"
        f"您说的事情已经记下来了（编号 {case.number}），工作人员会优先看，"
        f"{answered_by(case, now)}。方便的话，请留个电话。"
    )


def heard(case: Case, now: datetime) -> str:
    """The reply to what is told on after `call_and_case`."""
    return (
        f"您说的我们都记下了（编号 {case.number}），工作人员会优先看，{answered_by(case, now)}。\n"
        "您不是一个人。现在难受，随时可以拨打 12356（心理援助热线）；有危险马上拨打 110 或 120。"
    )
