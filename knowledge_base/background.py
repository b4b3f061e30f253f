"""Everyday questions that show how an encoder spreads texts, before a desk has many entries.

A small knowledge base cannot tell what is near and what is far: its own mean and spread are too
few texts. These sentences, of our own writing, stand in for the many matters it does not have.
"""

_SENTENCES = """
居住证到期了怎么续签
身份证丢了在哪里补办
新生儿上户口需要什么材料
结婚登记要预约吗
离婚冷静期是多少天
老年人公交卡如何办理
退休以后养老金每月几号发
失业保险金怎么领取
工伤认定要多长时间
公司拖欠工资应该找谁
住院费用医保能报销多少
异地就医怎样备案
疫苗接种点周末开门吗
孩子上小学划片怎么查
助学贷款利息由谁承担
营业执照年报在哪里填
个体户需要交哪些税
发票开错了如何作废
二手房过户流程是什么
公租房申请条件有哪些
公积金可以提取出来装修吗
不动产登记中心几点下班
农村自建房要办什么手续
土地承包合同到期怎么办
高龄补贴从多少岁开始发
残疾证如何申请
低保家庭怎么认定
电动车上牌要带什么
驾驶证换证可以网上办吗
违章罚款逾期不交会怎样
停车场收费标准是多少
路灯坏了打哪个电话
小区垃圾没有人清运
自来水有异味是什么原因
燃气安检多久一次
装修噪音几点以后不允许
饭店卫生不合格去哪里举报
网上买到假货如何维权
快递丢失怎么赔偿
森林防火期可以上坟烧纸吗
下暴雨的时候怎样避险
地震来了应该躲在哪里
感冒发烧吃什么药好
高血压患者饮食要注意什么
附近有什么好玩的地方
明天的天气怎么样
手机没有信号怎么处理
火车票可以改签几次
给我推荐一部电影
这道菜应该怎么做才好吃
"""
BACKGROUND = tuple(_SENTENCES.split())
