"""A character that only sounds right is put right where it makes a word of the entries."""

from datetime import date

import pytest

from bot.demo.county import ENTRIES
from knowledge_base.calibration import load_model
from knowledge_base.exchange import plan_import, read_rows
from knowledge_base.outcome import Answer
from knowledge_base.respelling import homophones, respelt
from knowledge_base.search import KnowledgeBase
from knowledge_base.sounding import Sounds
from tests.worlds.kb_desk import offered

WORDS = {"居住证": 5, "低保": 9, "养老金": 7, "冷静期": 2, "几多": 3, "食品": 8, "公示": 4}
TYPED = {
    "居主证怎么办理": "qh-gaj-008",
    "户口千移怎么办": "qh-gaj-006",
    "产架有几天": "qh-hrss-018",
    "退修年龄是多少岁": "qh-hrss-008",
    "养老认正怎么弄": "qh-hrss-013",
    "住院怎么抱销": "qh-ybj-013",
    "医宝断交了还能报吗": "qh-ybj-005",
    "低宝怎么申请": "qh-mzj-005",
    "结昏证丢了怎么补": "qh-mzj-003",
    "离婚冷净期多少天": "qh-mzj-002",
    "高龄金贴怎么申请": "qh-mzj-010",
    "二手房过互要带什么": "qh-zrzy-001",
    "征地补尝标准": "qh-zrzy-010",
    "劳动种裁怎么申请": "qh-hrss-017",
}


def common(word: str) -> int:
    return WORDS.get(word, 0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("居主证怎么办", "居住证怎么办"),
        ("低宝怎么办", "低保怎么办"),
        ("养老今怎么领", "养老金怎么领"),
        ("离婚冷净期多少天", "离婚冷静期多少天"),
    ],
)
def test_one_character_of_a_word_nobody_knows_is_put_right(typed: str, meant: str) -> None:
    assert respelt(typed, common) == meant


@pytest.mark.parametrize("typed", ["视频怎么下载", "公式怎么写", "居住证怎么办", "hello 12345", ""])
def test_what_a_dictionary_has_stays_as_it_was_typed(typed: str) -> None:
    assert respelt(typed, common) == typed


def test_homophones_are_other_characters_of_the_sound() -> None:
    assert {"住", "注"} <= set(homophones("主"))
    assert "主" not in homophones("主")
    assert homophones("a") == ""


async def test_the_sample_county_finds_what_was_typed_by_its_sound() -> None:
    kb = KnowledgeBase(None, None, load_model(), "东江省/南屏市/清禾县", 1.0)
    await kb.load(plan_import(read_rows(ENTRIES).rows, ()).added)
    missed = []
    for text, entry in TYPED.items():
        if entry not in offered(await kb.search(text, today=date(2026, 11, 23))):
            missed.append(text)
    await kb.close()
    assert missed == []


SOUNDED = {
    "老年正怎么办": "qh-mzj-016",
    "居主正怎么办理": "qh-gaj-008",
    "身分正掉了去拿补": "qh-gaj-001",
    "公主房怎么申请": "qh-zjj-003",
    "养老斤认正怎么弄": "qh-hrss-013",
    "接昏正丢了": "qh-mzj-003",
}


async def test_words_of_which_several_characters_only_sound_right_are_offered() -> None:
    kb = KnowledgeBase(None, None, load_model(), "东江省/南屏市/清禾县", 1.0)
    await kb.load(plan_import(read_rows(ENTRIES).rows, ()).added)
    found = {text: await kb.search(text, today=date(2026, 11, 23)) for text in SOUNDED}
    await kb.close()
    assert [text for text, entry in SOUNDED.items() if entry not in offered(found[text])] == []
    assert not isinstance(found["居主正怎么办理"], Answer)


@pytest.mark.parametrize("text", ["今天菜价多少", "县里有几个公园", "我家狗丢了", "幼儿园几点放学"])
def test_what_is_written_right_is_heard_as_it_stands(text: str) -> None:
    assert Sounds(["居住证怎么办", "公租房怎么申请", "身份证丢了"]).heard(text) == text


def test_accents_that_mix_sounds_are_heard_alike() -> None:
    assert Sounds(["身份证丢了"]).heard("深分真丢了") == "身份证丢了"
    assert Sounds(["公租房怎么申请"]).heard("公竹房怎么申请") == "公租房怎么申请"


async def test_a_complaint_is_no_question_however_it_is_spelt() -> None:
    kb = KnowledgeBase(None, None, load_model(), "", 1.0)
    await kb.load(plan_import(read_rows(ENTRIES).rows, ()).added)
    finding = await kb.search("我要投诉，低宝怎么申请都不给我办", today=date(2026, 11, 23))
    await kb.close()
    assert not isinstance(finding, Answer)
