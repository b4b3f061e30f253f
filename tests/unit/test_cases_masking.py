"""What is hidden in a citizen's words, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.masking import Personal, found_in, masked

HIDDEN = [
    ("我电话13812345678，请回", "138＊＊＊＊78", Personal.PHONE),
    ("138 1234 5678", "138＊＊＊＊78", Personal.PHONE),
    ("+86-138-1234-5678", "+86＊＊＊＊78", Personal.PHONE),
    ("座机0578-5123456", "0578＊＊＊＊56", Personal.PHONE),
    ("身份证332526199003071234", "332＊＊＊＊34", Personal.IDENTITY),
    ("33252619900307123X。", "332＊＊＊＊3X", Personal.IDENTITY),
    ("卡号6222 0212 3456 7890 128", "卡号＊＊＊＊ 128", Personal.BANK_CARD),
    ("oABCD1234567890abcdefghijk_-", "o＊＊＊＊", Personal.OPENID),
    ("住幸福路12号3栋2单元501室", "住幸福路＊＊号＊＊栋＊＊单元＊＊室", Personal.ADDRESS),
    ("云溪村三组15号", "云溪村＊＊组＊＊号", Personal.ADDRESS),
    ("车牌浙K12345", "浙K＊＊＊＊5", Personal.PLATE),
    ("写信到 zhang.san@example.com", "z＊＊＊＊", Personal.EMAIL),
    ("我叫张三，", "我叫张＊＊，", Personal.NAME),
    ("电话１３８１２３４５６７８", "138＊＊＊＊78", Personal.PHONE),
    ("电话１３００００５６７８９", "130＊＊＊＊89", Personal.PHONE),
    ("138.1234.5678", "138＊＊＊＊78", Personal.PHONE),
    ("138－1234－5678", "138＊＊＊＊78", Personal.PHONE),
    ("一三八一二三四五六七八", "一三八＊＊＊＊七八", Personal.PHONE),
    ("身份证３３２５２６１９９００３０７１２３４", "332＊＊＊＊34", Personal.IDENTITY),
    ("332526 19900307 1234", "332＊＊＊＊34", Personal.IDENTITY),
    ("332526900307123", "332＊＊＊＊23", Personal.IDENTITY),
    ("zhang＠qq.com", "z＊＊＊＊", Personal.EMAIL),
    ("我叫王小明住在城东", "我叫王＊＊住在城东", Personal.NAME),
    ("我叫欧阳修文", "我叫欧＊＊", Personal.NAME),
    ("我是李建国，家住城东", "我是李＊＊，家住城东", Personal.NAME),
    ("本人赵敏，身份证丢了", "本人赵＊＊，", Personal.NAME),
    ("联系人：陈丽", "陈＊＊", Personal.NAME),
    ("老公叫周强他在厂里", "周＊＊他在厂里", Personal.NAME),
    ("张三13812345678", "张＊＊138＊＊＊＊78", Personal.NAME),
    ("银行卡6222 0213 0201 1234 567", "6＊＊＊＊7", Personal.NUMBER),
    ("护照E12345678", "E＊＊＊＊8", Personal.NUMBER),
    ("微信号wxid_abc123def", "w＊＊＊＊f", Personal.NUMBER),
    ("联系电话 5123456", "5＊＊＊＊6", Personal.NUMBER),
]
LEFT = [
    "3号线什么时候通",
    "2026年11月18日到3号窗口办",
    "编号 HY20261118-0001 的答复",
    "拨打12345或110",
    "养老金1234567890123元",
    "根据国办发〔2026〕7号文件",
    "公交12路到人民医院",
    "我叫天天不应",
    "我是高中生，怎么报名",
    "我是江西人，住在城东",
    "我叫张师傅来修",
    "本人于昨日去办",
    "联系人：陈科长",
    "张三丰电影票",
    "微信公众号怎么关注",
    "合同编号12345678",
    "https://example.com/opinions-and-long-addresses-of-pages",
    "一二三四五",
]


@pytest.mark.parametrize(("text", "shown", "kind"), HIDDEN)
def test_personal_data_is_hidden(text: str, shown: str, kind: Personal) -> None:
    assert shown in masked(text)
    assert kind in {each.kind for each in found_in(text)}


@pytest.mark.parametrize("text", LEFT)
def test_what_names_nobody_is_left_as_it_is(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "text", ["先打13812345678，卡号6222021234567890128", "卡号6222021234567890128，打13812345678"]
)
def test_two_kinds_of_personal_data_are_both_hidden(text: str) -> None:
    kinds = {each.kind for each in found_in(text)}
    assert kinds == {Personal.PHONE, Personal.BANK_CARD}


def test_a_bank_card_needs_its_check_digit() -> None:
    assert "6222021234567890123" in masked("流水6222021234567890123")
    assert found_in("流水6222021234567890123") == []


@given(st.text(max_size=80))
def test_masking_is_done_once(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@given(st.text(max_size=20), st.text(max_size=20), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_no_phone_survives_between_any_words(before: str, after: str, phone: str) -> None:
    text = f"{before}，{phone}，{after}"
    assert phone not in masked(text)
