"""The desk: permitted steps, two people for every text, nothing overwritten."""

from dataclasses import replace
from datetime import date

import pytest

from cases.case import (
    Case,
    ChangedMeanwhile,
    Kind,
    State,
    StepNotPermitted,
    TextNotFit,
    UnknownCase,
)
from cases.department import Routing
from cases.desk import Desk
from cases.people import Person, Role
from cases.steps import STEPS, permitted_steps
from tests.fakes_cases import FakeCaseStore
from tests.worlds.desk_office import BOSS, CHEN, NOW, OTHER, SURE, WANG, ZHAO, Office


async def test_a_sure_suggestion_routes_the_case_at_once(office: Office) -> None:
    case = await office.open()
    assert (case.state, case.department, case.version) == (State.ROUTED, "住建局", 1)
    assert (case.due_date, case.rule) == (date(2026, 9, 24), "reply")
    assert office.store.log[case.number][0].actor == "citizen"


@pytest.mark.parametrize(
    "routing", [None, replace(SURE, confidence=0.4), replace(SURE, department="")]
)
async def test_an_unsure_suggestion_leaves_the_case_to_the_dispatcher(
    office: Office, routing: Routing | None
) -> None:
    case = await office.open(routing)
    assert (case.state, case.department) == (State.RECEIVED, "")


@pytest.mark.parametrize(
    ("kind", "hour", "last"),
    [
        (Kind.QUESTION, 10, date(2026, 9, 24)),
        (Kind.HELP, 10, date(2026, 9, 24)),
        (Kind.COMPLAINT, 10, date(2026, 9, 29)),
        (Kind.REPORT, 10, date(2026, 9, 29)),
        (Kind.OUT_OF_SCOPE, 10, date(2026, 9, 18)),
        (Kind.OUT_OF_SCOPE, 17, date(2026, 9, 20)),
    ],
)
async def test_each_kind_has_its_deadline(
    office: Office, kind: Kind, hour: int, last: date
) -> None:
    office.now = NOW.replace(hour=hour)
    assert (await office.open(kind=kind)).due_date == last


async def test_from_acceptance_to_the_citizen(office: Office) -> None:
    case = await office.replied()
    assert (case.state, case.officer, case.reviewed_by) == (State.REPLIED, "王工", "赵审")
    assert office.store.sent[f"reply-{case.number}-{case.version}"].text == "已安排维修。"
    assert [event.step for event in office.store.log[case.number]] == [
        "open", "accept", "draft", "reply",
    ]  # fmt: skip


async def test_the_drafter_cannot_approve_their_own_text(office: Office) -> None:
    case = await office.accepted()
    case = await office.do(case, office.desk.draft, ZHAO, "已安排维修。")
    with pytest.raises(StepNotPermitted) as refused:
        await office.review(case, ZHAO)
    assert "另一位同事" in refused.value.tell
    assert (await office.review(case, BOSS)).state is State.REPLIED


async def test_an_officer_does_not_approve(office: Office) -> None:
    colleague = replace(WANG, name="孙工")
    with pytest.raises(StepNotPermitted):
        await office.review(await office.drafted(), colleague)


async def test_an_approval_is_only_for_the_text_that_was_read(office: Office) -> None:
    case = await office.drafted()
    with pytest.raises(StepNotPermitted) as refused:
        await office.review(case, text="别的话")
    assert "重新阅读" in refused.value.tell
    assert office.store.sent == {}


async def test_an_edit_voids_an_approval(office: Office) -> None:
    office.desk = Desk(
        office.store,
        office.calendar,
        replace(office.rules, second_review=frozenset({Kind.COMPLAINT})),
    )
    case = await office.review(await office.drafted(kind=Kind.COMPLAINT))
    assert (case.state, case.reviewed_by) == (State.REVIEWED, "赵审")
    case = await office.do(case, office.desk.draft, WANG, "改了一句。")
    assert (case.state, case.reviewed_by, case.draft_hash) == (State.DRAFTED, "", "")


async def test_a_kind_with_a_second_review_needs_three_people(office: Office) -> None:
    office.desk = Desk(
        office.store,
        office.calendar,
        replace(office.rules, second_review=frozenset({Kind.COMPLAINT})),
    )
    case = await office.review(await office.drafted(kind=Kind.COMPLAINT))
    with pytest.raises(StepNotPermitted):
        await office.review(case, ZHAO)
    case = await office.review(case, BOSS)
    assert (case.state, case.reviewed_by) == (State.REPLIED, "赵审、周督")
    assert len(office.store.sent) == 1


async def test_the_second_of_two_people_is_told_who_was_first(office: Office) -> None:
    case = await office.open()
    office.later(hours=4, minutes=5)
    await office.do(case, office.desk.accept, WANG)
    with pytest.raises(ChangedMeanwhile) as late:
        await office.do(case, office.desk.accept, ZHAO)
    assert late.value.tell == "王工已在 9月18日 14:05 处理过这件事，请刷新后再看。"


async def test_another_department_sees_nothing(office: Office) -> None:
    case = await office.open()
    with pytest.raises(UnknownCase):
        await office.do(case, office.desk.accept, OTHER)


async def test_the_own_department_rule_holds_without_the_stores_help(office: Office) -> None:
    class Blind(FakeCaseStore):
        async def case(self, number: str, *, viewer: Person | None = None) -> Case:
            return self.kept[number]

    office.store = Blind()
    office.__post_init__()
    case = await office.open(None)
    for stranger in (
        OTHER,
        Person(name="x", role=Role.OFFICER),
        Person(name="y", role=Role.AUDITOR),
    ):
        with pytest.raises(UnknownCase):
            await office.do(case, office.desk.accept, stranger)


@pytest.mark.parametrize("role", list(Role))
async def test_only_the_dispatcher_routes(office: Office, role: Role) -> None:
    case = await office.open(None)
    who = Person(name="某人", role=role, department="住建局")
    if role is Role.DISPATCHER:
        assert (await office.do(case, office.desk.route, who, "住建局")).state is State.ROUTED
        return
    with pytest.raises((StepNotPermitted, UnknownCase)):
        await office.do(case, office.desk.route, who, "住建局")


async def test_a_case_goes_only_to_a_department_that_exists(office: Office) -> None:
    case = await office.open(None)
    with pytest.raises(StepNotPermitted, match="no department"):
        await office.do(case, office.desk.route, CHEN, "月球局")
    case = await office.do(case, office.desk.route, CHEN, "卫健局")
    with pytest.raises(StepNotPermitted, match="already with"):
        await office.do(case, office.desk.route, CHEN, "卫健局")


async def test_a_transfer_voids_the_draft_but_keeps_it_in_the_log(office: Office) -> None:
    case = await office.do(await office.drafted(), office.desk.route, CHEN, "卫健局")
    assert (case.department, case.officer, case.draft) == ("卫健局", "", "")
    assert office.store.log[case.number][-1].details["draft"] == "已安排维修。"


async def test_a_misrouted_case_goes_back_with_a_reason(office: Office) -> None:
    case = await office.open()
    case = await office.do(case, office.desk.return_to_dispatcher, WANG, "属于水利")
    assert (case.state, case.department) == (State.RETURNED, "")
    assert case.due_date == date(2026, 9, 24)
    assert "late" not in office.store.log[case.number][-1].details


async def test_a_return_after_one_working_day_is_logged_as_late(office: Office) -> None:
    case = await office.open()
    office.later(days=3)
    case = await office.do(case, office.desk.return_to_dispatcher, WANG, "属于水利")
    assert office.store.log[case.number][-1].details["late"] == "yes"


async def test_a_return_needs_a_reason(office: Office) -> None:
    case = await office.open()
    with pytest.raises(TextNotFit) as refused:
        await office.do(case, office.desk.return_to_dispatcher, WANG, " \n")
    assert refused.value.tell == "退回理由不能为空，请填写后再提交。"


async def test_a_reviewer_sends_a_draft_back(office: Office) -> None:
    case = await office.do(await office.drafted(), office.desk.send_back, ZHAO, "请写明时间")
    assert (case.state, case.draft) == (State.ACCEPTED, "已安排维修。")


@pytest.mark.parametrize(
    ("text", "tell"),
    [
        ("", "不能为空"),
        (" \u200b\n", "不能为空"),
        ("长" * 10_001, "超过 10000 字"),
        ("坏\x08字", "第 2 个字符"),
        ("坏\ud800", "第 2 个字符"),
        ("坏\uffff", "第 2 个字符"),
    ],
)
async def test_a_draft_that_cannot_be_sent_is_refused(office: Office, text: str, tell: str) -> None:
    case = await office.accepted()
    with pytest.raises(TextNotFit) as refused:
        await office.do(case, office.desk.draft, WANG, text)
    assert tell in refused.value.tell


async def test_a_draft_of_ten_thousand_characters_with_emoji_and_word_line_ends_is_kept(
    office: Office,
) -> None:
    case = await office.drafted(text="一\r\n二\r三🙂" + "长" * 9_994)
    assert case.draft.startswith("一\n二\n三🙂")


async def test_a_naive_time_is_refused(office: Office) -> None:
    case = await office.open()
    office.now = office.now.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        await office.do(case, office.desk.accept, WANG)


async def test_the_buttons_are_those_of_the_table(office: Office) -> None:
    case = await office.drafted()
    names = {step.name for step in permitted_steps(case, ZHAO)}
    assert names == {
        "return",
        "draft",
        "send_back",
        "approve",
        "reply",
        "ask_citizen",
        "out_of_scope",
        "assign",
        "sort",
        "ask_for_help",
        "end_help",
        "ask_extension",
        "merge",
        "part",
    }
    assert permitted_steps(case, OTHER) == ()
    assert {step.name for step in permitted_steps(case, BOSS)} >= {"extend", "reply"}
    assert all(step.words for step in STEPS.values())


def test_what_each_role_sees_of_the_cases() -> None:
    assert WANG.scope == "住建局"
    assert (CHEN.scope, BOSS.scope) == (None, None)
    assert Person(name="管", role=Role.CURATOR).scope == ""
