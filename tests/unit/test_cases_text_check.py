"""What must not leave the desk in a text, and what a reviewer has to look at twice."""

import pytest

from cases.case import State, TextNotFit
from cases.rules import load_rules
from cases.text_check import check_text, concerns, concerns_hash, groups, is_identity_number
from cases.wording import text_hash
from tests.worlds.desk_office import ZHAO, Office

VALID = "11010519491231002X"  # the example of GB 11643-1999
CARD = "6222021234567890128"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请带户口簿到三号窗口，电话 0578-5121234。", []),
        (f"您的身份证{VALID}已核对", [(VALID, True)]),
        (f"编号{VALID[:-1]}1已核对", [(VALID[:-1] + "1", False)]),
        ("请打13812345678找王工", [("13812345678", False)]),
        (f"退到{CARD}", [(CARD, True)]),
        (f"退到{CARD[:-1]}0", []),
        ("京A·12345已处理", [("京A·12345", False)]),
        ("这是内部文件规定的", [("内部文件", True)]),
        ("我们会尽快处理，绝对满意", [("尽快处理", False), ("绝对", False)]),
        ("這是機密文件", [("機密", True)]),
        ("这是机 密文件", [("机 密", True)]),
        ("这是机\u200b密文件", [("机\u200b密", True)]),
        ("到窗口办。\n１００％办成", [("１００％", False)]),
        ("没有飞机\n密码在卡上", []),
        ("统一社会信用代码91330100799655058B", []),
        ("代码 91331125000000020Y 的企业", []),
        ("代码 91331125000000020A 的企业", [("91331125000000020", True)]),
        (f"退到{CARD}X", [(CARD, True)]),
        ("统一社会信用代码913311250000000124", []),
    ],
)
def test_each_concern_is_found_with_what_is_to_be_done(
    text: str, found: list[tuple[str, bool]]
) -> None:
    assert [(each.found, each.must) for each in concerns(text)] == found
    assert all(text[each.start : each.end] == each.found for each in concerns(text))


def test_the_check_digit_of_an_identity_number() -> None:
    assert is_identity_number(VALID)
    assert is_identity_number(VALID.lower())
    assert not is_identity_number("110105194912310021")
    assert is_identity_number(f"{VALID[:6]} {VALID[6:14]}-{VALID[14:]}")
    assert not is_identity_number("332526900307123")


def test_every_group_says_why() -> None:
    assert len(groups()) >= 6
    assert all(group.name and group.why and group.words for group in groups())


def test_what_must_go_cannot_be_confirmed() -> None:
    text = "详见内部文件。"
    with pytest.raises(TextNotFit) as refused:
        check_text(text, confirmed=concerns_hash(concerns(text)))
    assert "“内部文件”（泄露内部信息）" in refused.value.tell


async def test_a_reviewer_confirms_exactly_what_is_there() -> None:
    office = Office()
    case = await office.drafted("请打13812345678，我们尽快处理。")
    read = text_hash(case.draft)
    for confirmed in ("", concerns_hash(concerns("请打13812345678。"))):
        with pytest.raises(TextNotFit) as refused:
            await office.desk.review(
                case.number,
                version=case.version,
                draft_hash=read,
                actor=ZHAO,
                now=office.now,
                confirmed=confirmed,
            )
        assert "13812345678" in refused.value.tell
    replied = await office.desk.review(
        case.number,
        version=case.version,
        draft_hash=read,
        actor=ZHAO,
        now=office.now,
        confirmed=concerns_hash(concerns(case.draft)),
    )
    assert replied.state is State.REPLIED
    assert office.store.log[case.number][-1].details["confirmed"] == "手机号码、含糊敷衍"


async def test_a_second_reviewer_confirms_too() -> None:
    rules = load_rules()
    office = Office(rules=rules)
    object.__setattr__(rules, "second_review", frozenset({"question"}))
    case = await office.drafted("会高度重视。")
    with pytest.raises(TextNotFit):
        await office.review(case)
