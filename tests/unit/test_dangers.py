"""Messages that need a telephone at once, and those that only sound like it."""

import pytest

from handlers.hearing.dangers import Danger, danger_in
from handlers.texts.danger import CALLS


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("着火了", Danger.FIRE),
        ("隔壁厂房起火了快来人啊", Danger.FIRE),
        ("家里煤气味好大", Danger.GAS),
        ("我妈突然晕倒了 怎么办", Danger.ILLNESS),
        ("小偷进我家了", Danger.CRIME),
        ("有人落水了", Danger.WATER),
        ("车祸 有人受伤", Danger.CRASH),
        ("电梯里困住了", Danger.LIFT),
        ("高压线掉下来了", Danger.WIRE),
        ("老伴喝了百草枯", Danger.POISON),
        ("孩子在超市走丢了", Danger.LOST),
        ("我老公打我", Danger.HOME),
        ("他还打我", Danger.HOME),
        ("我摔倒了起不来", Danger.ILLNESS),
        ("昨天晚上喝了酒又打", Danger.HOME),
        ("我不敢报警 怕他报复孩子", Danger.HOME),
        ("老公天天打我，日子没法过了", Danger.HOME),
        ("被骗了五万块钱刚刚转的账", Danger.FRAUD),
        ("房子要塌了", Danger.DISASTER),
        ("救命啊", Danger.HELP),
        ("王大爷一个人住，三天没看到他了，敲门没人应", Danger.HELP),
        ("好几天没看到邻居家老人了", Danger.HELP),
        ("树倒了压着电线", Danger.WIRE),
        ("一刮风就冒火花", Danger.WIRE),
        ("孩子发烧39度，医院没号", Danger.ILLNESS),
        ("楼顶有个人要跳楼", Danger.RESCUE),
        ("我女儿说不想活了", Danger.RESCUE),
        ("我不想活了", Danger.SELF_HARM),
        ("孩子不管我，我不想活了", Danger.SELF_HARM),
        ("再不发工资我就从楼上跳下去", Danger.SELF_HARM),
        ("老板不给钱我就去县政府门口喝农药", Danger.SELF_HARM),
        ("逼急了我和他们同归于尽", Danger.THREAT),
        ("我今年12岁爸爸打我", Danger.CHILD),
        ("考试没考好爸爸扇我", Danger.CHILD),
        ("家里人打我我才14岁", Danger.CHILD),
        ("爸爸喝了酒又打我", Danger.HOME),
        ("我儿子在广场走散了找不到", Danger.LOST),
        ("有人贩子在学校门口偷小孩", Danger.LOST),
        ("我女儿两天两夜没见人了", Danger.LOST),
        ("奶奶滑到鱼塘里去了", Danger.WATER),
        ("工友栽化粪池里了", Danger.WATER),
        ("弟弟让热油烫着了胳膊全是泡", Danger.ILLNESS),
        ("外孙把硬币咽下去了他吃进去硬币了", Danger.ILLNESS),
        ("有人从脚手架上摔下来了", Danger.ILLNESS),
        ("我被蛇咬了", Danger.ILLNESS),
        ("摩托车撞了路边的人头上都是血", Danger.CRASH),
        ("遗书我写好了", Danger.SELF_HARM),
        ("我坐在天台上，下辈子再做母女吧", Danger.SELF_HARM),
        ("你们都别劝我", Danger.SELF_HARM),
        ("我只想解脱", Danger.SELF_HARM),
        ("陌生人把我家孩子抱走了", Danger.LOST),
        ("女儿放学没回家", Danger.LOST),
        ("我女儿离家出走两天了", Danger.LOST),
        ("我在学校被同学打了", Danger.BULLIED),
        ("有个人加我微信说是社保局的", Danger.FRAUD),
        ("娃娃不晓得跑哪去了", Danger.LOST),
        ("我已经点进去填了卡号", Danger.FRAUD),
        ("我把验证码告诉他了", Danger.FRAUD),
        ("收到短信说领取老年人补贴要点链接", Danger.FRAUD),
        ("电话里叫我说验证码", Danger.FRAUD),
    ],
)
def test_a_danger_is_seen(text: str, danger: Danger) -> None:
    assert danger_in(text) is danger


@pytest.mark.parametrize(
    "text",
    [
        "房子着火了什么都没了 政府能帮吗",
        "去年家里失火，临时救助怎么申请",
        "车祸医药费医保能不能报",
        "小区经常有小偷，没人管",
        "邻居养鸡臭死了",
        "减轻生活压力有什么政策",
        "跳楼价大甩卖是不是骗人",
        "孩子的预防接种证丢了怎么补办",
        "燃气热水器自己装可以不",
        "厂里天天冒黑烟",
        "老家房子塌了，宅基地还能留着吗",
        "中风了能办残疾证吗",
        "举报食品中毒有奖励吗",
        "火灾如何逃生",
        "家暴受害者有什么补助政策",
        "他打我电话我没接到",
        "同学打我孩子学校不管",
        "爸爸打我电话没人接",
        "燃气灶打不着火",
        "煤气灶点不着火了找谁修",
        "我孩子在学校被同学打了",
        "打电话给社保局没人接",
        "考试的时候妈妈打我电话",
        "孩子3岁打疫苗",
        "小时候爸爸打我现在能告吗",
        "孩子户口本找不到了",
        "儿子找不到工作",
        "社保卡密码忘了怎么改",
        "短信验证码收不到",
        "补贴的卡号发给村里了",
        "老人社保卡密码给了家属",
        "老板欠钱，他还打我，我要投诉这个老板",
        "井盖掉下水道里了",
        "我家的牛掉粪坑里了",
        "从楼上掉下来一块玻璃，找谁管",
        "蛇咬了打针医保能报多少",
        "三轮车年检在哪里",
        "孩子三天没回学校上课算旷课吗",
        "遗嘱怎么写才有效",
        "快递敲门没人应",
        "邻居家的狗三天没见到了",
        "三天没看到物业的人了",
    ],
)
def test_what_is_past_or_asked_about_papers_and_money_is_no_emergency(text: str) -> None:
    assert danger_in(text) is None


def test_every_danger_names_a_number_to_call() -> None:
    assert set(CALLS) == set(Danger)
    assert all(any(number in text for number in ("110", "119", "120")) for text in CALLS.values())


@pytest.mark.parametrize("said", ["早上差点撞车", "险些撞到人", "孩子差点被车撞到"])
def test_a_crash_that_did_not_happen_calls_nobody(said: str) -> None:
    assert danger_in(said) is None


@pytest.mark.parametrize("said", ["路口撞人了", "我怕撞死了人", "差点撞车，翻车了"])
def test_a_crash_that_happened_or_may_have_does(said: str) -> None:
    assert danger_in(said) is Danger.CRASH
