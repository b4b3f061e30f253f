"""Where a citizen names somebody: the words before and after a name, and what a name looks like.

A name is never guessed from two characters alone (江西, 高中 and 方便 begin with surnames): words
beside it must say that it is one.
"""

from typing import Final

SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    "魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎"
    "易常武乔贺赖龚文欧阳"
)
LONG_SURNAMES: Final = "欧阳|上官|司马|诸葛|夏侯|皇甫|令狐|慕容|尉迟|公孙|司徒"
HAN: Final = r"[\u4e00-\u9fff]"
TITLES: Final = (
    "科长|主任|先生|女士|老师|师傅|医生|同志|局长|书记|经理|阿姨|大爷|大妈|所长|站长|队长|校长|"
    "院长|镇长|村长|老板|警官|律师|奶奶|爷爷|大姐|大哥|小姐|某"
)
KIN: Final = (
    "老公|老婆|丈夫|妻子|爱人|老伴|儿子|女儿|孩子|父亲|母亲|爸爸?|妈妈?|爷爷|奶奶|外公|外婆|岳父|"
    "岳母|公公|婆婆|哥哥?|弟弟?|姐姐?|妹妹?|孙子|孙女|老爸|老妈|老娘"
)
AFTER: Final = (
    rf"(?!{HAN})|家?住|今年|电话|手机|联系|身份|[男女](?!{HAN})|现在?|他|她|是|在|的|和|要|想|于|因"
)
"""What follows a name of two characters, so that the third is not taken for one of it."""
NUMBERS_FOLLOW: Final = r"(?=[，,、：:\s]*(?:家?住|电话|手机|联系|身份证|今年|\d{2}岁|1[3-9]\d{2}))"
NAME: Final = (
    rf"(?:(?:{LONG_SURNAMES}){HAN}{{1,2}}|"
    rf"[{SURNAMES}](?!(?:{TITLES})){HAN}(?:(?={AFTER})|(?!{TITLES}){HAN}))"
)
NAMES: Final = (
    rf"(?:我叫|我名叫|我的名字[是叫]|(?:{KIN})名?叫)做?\s*({NAME})",
    rf"姓名[:： ]?\s*({NAME})",
    r"(?:联系人|患者|病人|户主|当事人|受害人|投诉人|举报人|申请人|参保人|监护人)"
    rf"(?:是|为|[:：\s])\s*({NAME})(?!{HAN})",
    rf"(?:我是|本人|(?:{KIN}))({NAME})(?<![人生户员民工]){NUMBERS_FOLLOW}",
    rf"(?<!{HAN})({NAME})(?=[，,、：:\s]{{0,2}}(?:电话|手机)?[:：]?\s?1[3-9]\d{{9}})",
)
"""Each with the name as its one group."""
