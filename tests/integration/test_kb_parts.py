"""An entry for one town is given to who names that town, and to no other."""

from datetime import date

import pytest

from handlers.choosing import choices_of, meant
from knowledge_base.calibration import load_model
from knowledge_base.entry import Entry
from knowledge_base.outcome import Answer, Finding, Held, Nothing, Suggestions
from knowledge_base.search import KnowledgeBase

TODAY = date(2026, 11, 24)
ASKED = "殡仪服务站在哪里？"


def entry(name: str, region: str, question: str = ASKED) -> Entry:
    answer = f"{region or '县'}的服务站在{name}。"
    return Entry(id=name, question=question, answer=answer, region=region)


async def found(text: str, *entries: Entry) -> Finding:
    base = KnowledgeBase(None, None, load_model(), "东江省/南屏市/清禾县", 1.0)
    await base.load(entries)
    try:
        return await base.search(text, today=TODAY)
    finally:
        await base.close()


async def test_who_names_no_town_is_offered_it_with_its_name() -> None:
    finding = await found(ASKED, entry("east", "云岭镇"))
    assert isinstance(finding, Suggestions)
    assert finding.held is Held.PART
    assert [each.title for each in choices_of(finding)] == ["殡仪服务站在哪里？（云岭镇）"]


@pytest.mark.parametrize("text", ["云岭镇的殡仪服务站在哪里", "云岭殡仪服务站在哪里"])
async def test_who_names_it_is_answered_with_that_towns_among_others(text: str) -> None:
    towns = entry("east", "云岭镇", "云岭镇殡仪服务站在哪里？"), entry("west", "白石镇")
    finding = await found(text, *towns, entry("north", "城东街道"))
    assert isinstance(finding, Answer)
    assert finding.best.entry.id == "east"


@pytest.mark.parametrize("other", ["白石镇", ""])
async def test_another_towns_answer_is_not_even_offered(other: str) -> None:
    others = entry("pool", other, "游泳池几点开门？"), entry("east", "云岭镇")
    finding = await found("白石镇的殡仪服务站在哪里", *others)
    assert isinstance(finding, Nothing | Suggestions)
    offered = finding.choices if isinstance(finding, Suggestions) else ()
    assert "east" not in {each.entry.id for each in offered}


@pytest.mark.parametrize("text", ["我们镇上殡仪服务站在哪里", "老家乡下殡仪服务站在哪里"])
async def test_a_town_without_its_name_is_none(text: str) -> None:
    finding = await found(text, entry("east", "云岭镇"))
    assert isinstance(finding, Suggestions)


async def test_one_question_of_two_towns_is_a_choice_that_names_both() -> None:
    finding = await found(ASKED, entry("east", "云岭镇"), entry("west", "白石镇"))
    assert isinstance(finding, Suggestions)
    titles = [each.title for each in choices_of(finding)]
    assert titles == ["殡仪服务站在哪里？（云岭镇）", "殡仪服务站在哪里？（白石镇）"]


@pytest.mark.parametrize("region", ["", "清禾县", "南屏市"])
async def test_what_holds_for_the_whole_county_is_answered(region: str) -> None:
    finding = await found(ASKED, entry("all", region))
    assert isinstance(finding, Answer)


async def test_several_towns_are_one_part() -> None:
    both = entry("both", "云岭镇、白石镇", "白石镇的殡仪服务站在哪里？")
    assert isinstance(await found("白石殡仪服务站在哪里", both), Answer)
    assert isinstance(await found("殡仪服务站在哪里", both), Suggestions)


@pytest.mark.parametrize(
    ("text", "line"),
    [("云岭镇的", 1), ("我是白石的", 2), ("我们白石镇", 2), ("云岭", 1), ("镇上的", None)],
)
async def test_the_town_alone_chooses_its_line(text: str, line: int | None) -> None:
    finding = await found(ASKED, entry("east", "云岭镇"), entry("west", "白石镇"))
    assert isinstance(finding, Suggestions)
    assert meant(text, choices_of(finding)) == line
    assert meant("白石镇的公墓收费吗", choices_of(finding)) is None


async def test_a_line_that_names_its_town_itself_is_chosen_by_it() -> None:
    finding = await found(ASKED, entry("east", "云岭镇", "云岭镇的殡仪服务站在哪里？"))
    assert isinstance(finding, Suggestions)
    assert meant("云岭的", choices_of(finding)) == 1
