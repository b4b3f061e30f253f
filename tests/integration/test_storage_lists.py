"""The inbox's questions to storage: pages, numbers beside the views, and words found in Chinese."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from cases.case import OVER, State
from cases.ports import CaseFilter, When, Whose
from handlers.settlement import Outcome
from storage import Storage
from storage.rows.wordings import index_words, search_for
from tests.values.storage import (
    DAY,
    HOUR,
    LOST_OFFICER,
    MINUTE,
    NOW,
    OFFICER,
    POLICE,
    SCHOOLS,
    STRANGER,
    SUPERVISOR,
    accept,
    by_hand,
    message,
    opening,
    replied,
    settlement,
    step,
)

TONIGHT = NOW + 6 * HOUR
SOUGHT = [
    ("户口", True),
    ("口簿", True),
    ("户口簿", True),
    ("簿", True),
    ("户", True),
    ("户簿", False),
    ("迁户口", False),
    ("迁 户口", True),
    ("WIFI", True),
    ("wif", True),
    ("ifi", False),
    ("WiFi密码", True),
    ("１２３４５", True),
    ("0001", True),
    ("HY20261118-0001", True),
    ("簿？", True),
    ("100%", False),
    ("'\"*:-)(", False),
    ("“户口簿” OR 迁", True),
    ("   ", True),
]


class TestWords:
    @pytest.mark.parametrize(("asked", "found"), SOUGHT)
    async def test_part_of_a_text_is_found(self, storage: Storage, asked: str, found: bool):
        text = "户口簿丢了？迁出去要打12345吗，WiFi密码 or什么"
        await storage.write_change(opening(text=text))
        listed = await storage.cases(CaseFilter(text=asked), viewer=SUPERVISOR)
        assert bool(listed) is found

    async def test_replies_and_additions_are_found_too(self, storage: Storage):
        await replied(storage, opening("HY-1"), "请到便民中心三号窗口。")
        accepted = await accept(storage, message())
        change = opening("HY-2", text="路灯坏了")
        await storage.settle(accepted.id, settlement(accepted, change=change, joins="HY-2"))
        more = await accept(storage, message(2, text="就在幸福路口"))
        added = step(change.case, State.RECEIVED)
        joined = settlement(more, outcome=Outcome.ADDED, change=added, joins="HY-2")
        await storage.settle(more.id, joined)
        for asked, number in (("三号窗口", "HY-1"), ("幸福路", "HY-2")):
            found = await storage.cases(CaseFilter(text=asked), viewer=SUPERVISOR)
            assert [case.number for case in found] == [number]

    async def test_nobody_finds_what_is_not_theirs(self, storage: Storage):
        await storage.write_change(opening(department=POLICE))
        asked = CaseFilter(text="幼儿园")
        assert await storage.cases(asked, viewer=STRANGER)
        assert not await storage.cases(asked, viewer=OFFICER)
        assert await storage.count_cases(asked, viewer=OFFICER) == 0

    async def test_cases_of_an_older_version_are_found(self, storage: Storage, database_url: str):
        await replied(storage, opening())
        by_hand(
            database_url,
            "DELETE FROM case_search",
            *(["DELETE FROM case_texts"] if database_url.startswith("sqlite") else []),
            "UPDATE counters SET number = 0 WHERE name = 'case search'",
        )
        assert not await storage.cases(CaseFilter(text="幼儿园"), viewer=SUPERVISOR)
        await storage.migrate()
        for asked in ("幼儿园", "户口簿"):
            assert await storage.cases(CaseFilter(text=asked), viewer=SUPERVISOR)

    def test_a_long_address_is_one_short_word(self):
        assert index_words("x" * 5000) == "x" * 100
        assert search_for("x" * 5000) == f'"{"x" * 100}" *'


class TestPages:
    async def test_pages_join_without_gap_or_repeat(self, storage: Storage):
        for n in range(7):
            await storage.write_change(opening(f"HY-{n}", due_at=NOW + (n % 3) * DAY))
        ended = await storage.write_change(opening("HY-9"))
        await storage.write_change(step(ended, State.CLOSED, closed_at=NOW))
        whole = [case.number for case in await storage.cases(CaseFilter(), viewer=SUPERVISOR)]
        seen: list[str] = []
        while page := await storage.cases(
            CaseFilter(limit=3, after=seen[-1] if seen else ""), viewer=SUPERVISOR
        ):
            seen += [case.number for case in page]
        assert seen == whole
        back = await storage.cases(CaseFilter(limit=3, before=whole[4]), viewer=SUPERVISOR)
        assert [case.number for case in back] == whole[1:4]

    @pytest.mark.parametrize(
        "only",
        [
            CaseFilter(kind="complaint"),
            CaseFilter(account="county"),
            CaseFilter(topic="入学"),
            CaseFilter(officer="officer"),
            CaseFilter(due_from=NOW + 2 * DAY),
            CaseFilter(due_from=NOW + 2 * DAY, due_before=NOW + 4 * DAY),
        ],
    )
    async def test_each_filter_finds_its_case(self, storage: Storage, only: CaseFilter):
        await storage.write_change(opening("HY-1", due_at=NOW + DAY))
        fit = {"account": "county", "topic": "入学", "officer": "officer"}
        kind = replace(opening("HY-2").case).kind.__class__("complaint")
        await storage.write_change(opening("HY-2", due_at=NOW + 3 * DAY, kind=kind, **fit))
        ended = await storage.write_change(opening("HY-3", due_at=NOW + 3 * DAY))
        await storage.write_change(step(ended, State.CLOSED, closed_at=NOW))
        assert [case.number for case in await storage.cases(only, viewer=SUPERVISOR)] == ["HY-2"]

    async def test_the_topics_offered_are_of_the_viewers_cases(self, storage: Storage):
        await storage.write_change(opening("HY-1", department=SCHOOLS, topic="入学"))
        await storage.write_change(opening("HY-2", department=POLICE, topic="户口"))
        assert await storage.topics(viewer=OFFICER) == ["入学"]
        assert await storage.topics(viewer=SUPERVISOR) == ["入学", "户口"]

    async def test_without_any_topic_none_is_offered(self, storage: Storage):
        await storage.write_change(opening("HY-1"))
        assert await storage.topics(viewer=SUPERVISOR) == []


class TestSuggested:
    async def test_a_suggestion_stands_until_that_department_gives_the_case_back(
        self, storage: Storage
    ):
        for name in "ab":
            change = opening(f"HY-{name}", state=State.ROUTED, department="教育局")
            told = replace(change.event, details={"suggested": "教育局", "confidence": "0.750"})
            await storage.write_change(replace(change, event=told))
        back = await storage.case("HY-b")
        returned = step(back, State.RETURNED, department="")
        told = replace(returned.event, step="return", details={"from": "教育局"})
        await storage.write_change(replace(returned, event=told))
        numbers = ["HY-a", "HY-b", "HY-no"]
        found = await storage.suggested(numbers, least=0.75, viewer=SUPERVISOR)
        assert found == {"HY-a": "教育局"}
        assert await storage.suggested(numbers, least=0.76, viewer=SUPERVISOR) == {}
        assert await storage.suggested([], least=0.0, viewer=SUPERVISOR) == {}


class TestTally:
    async def test_one_question_counts_every_view(self, storage: Storage):
        dues = {"a": -MINUTE, "b": timedelta(0), "c": MINUTE, "d": 6 * HOUR, "e": 7 * HOUR}
        for name, left in dues.items():
            own = {"officer": "supervisor"} if name in "ab" else {}
            await storage.write_change(opening(f"HY-{name}", due_at=NOW + left, **own))
        ended = await storage.write_change(opening("HY-z", due_at=NOW - DAY))
        await storage.write_change(step(ended, State.CLOSED, closed_at=NOW))
        tally = await storage.tally_cases(CaseFilter(), viewer=SUPERVISOR, now=NOW, tonight=TONIGHT)
        assert [tally.count(when=when) for when in When] == [2, 2, 2]
        assert (tally.count({State.RECEIVED}, whose=Whose.OWN), tally.count()) == (2, 6)
        assert tally.count({State.CLOSED}, when=When.LATE) == 0

    async def test_ended_ones_are_counted_alike_with_and_without_conditions(
        self, storage: Storage
    ) -> None:
        for number, (state, asks) in enumerate(product(OVER, ("", "rating"))):
            for n in range(number + 1):
                case = await storage.write_change(opening(f"HY-{number}-{n}", due_at=NOW - DAY))
                await storage.write_change(step(case, state, replied_at=NOW, asks=asks))
        await storage.write_change(opening("HY-open", due_at=NOW + DAY))
        at: dict[str, Any] = {"viewer": SUPERVISOR, "now": NOW, "tonight": TONIGHT}
        quick = await storage.tally_cases(CaseFilter(), **at)
        every = await storage.tally_cases(CaseFilter(states=tuple(State)), **at)
        for state, asking in product(State, (None, False, True)):
            counts = [each.count({state}, asking=asking) for each in (quick, every)]
            assert counts[0] == counts[1], (state, asking)
        assert (quick.count(), quick.count(when=When.LATE)) == (22, 0)

    async def test_what_another_officer_accepted_is_left_out_of_ones_own(self, storage: Storage):
        for name, officer in {"a": OFFICER.name, "b": "", "c": "wang"}.items():
            ours = {"department": SCHOOLS, "officer": officer}
            await storage.write_change(opening(f"HY-{name}", state=State.ACCEPTED, **ours))
        ours = {"department": SCHOOLS, "officer": "wang"}
        await storage.write_change(opening("HY-d", state=State.ROUTED, **ours))
        only = CaseFilter(mine=OFFICER.name)
        found = await storage.cases(only, viewer=OFFICER)
        assert {each.number for each in found} == {"HY-a", "HY-b", "HY-d"}
        assert await storage.count_cases(only, viewer=OFFICER) == 3
        tally = await storage.tally_cases(CaseFilter(), viewer=OFFICER, now=NOW, tonight=TONIGHT)
        assert [tally.count(whose=whose) for whose in Whose] == [2, 1, 1, 0, 0]

    async def test_a_search_counts_only_the_first_of_what_it_finds(self, storage: Storage):
        for number in range(6):
            case = await storage.write_change(opening(f"HY-{number}", text="怎么办"))
            if number > 1:
                await storage.write_change(step(case, State.CLOSED, closed_at=NOW))
        asked, time = CaseFilter(text="怎么"), {"now": NOW, "tonight": TONIGHT}
        whole, enough, few = [
            await storage.tally_cases(asked, viewer=SUPERVISOR, most=most, **time)
            for most in (7, 4, 1)
        ]
        assert [each.count(OVER) for each in (whole, enough, few)] == [4, 2, 0]
        assert [each.count({State.RECEIVED}) for each in (whole, enough, few)] == [2, 2, 1]
        assert [len(each.cut) for each in (whole, enough, few)] == [0, len(OVER), len(State)]
        listed = CaseFilter(text="怎么", states=tuple(OVER))
        assert len(await storage.cases(listed, viewer=SUPERVISOR)) == 4


class TestHelpers:
    async def test_a_department_that_helps_sees_the_case(self, storage: Storage):
        case = opening("HY-1", department=SCHOOLS, helpers=(POLICE, "水利局"))
        await storage.write_change(case)
        assert (await storage.case("HY-1", viewer=STRANGER)).helpers == (POLICE, "水利局")
        assert [each.number for each in await storage.cases(CaseFilter(), viewer=STRANGER)]
        other = replace(STRANGER, department="公安")
        assert not await storage.cases(CaseFilter(), viewer=other)

    async def test_a_case_is_counted_once_by_whoever_may_see_it(self, storage: Storage):
        helped = {"helpers": (POLICE, "水利局"), "topic": "入学"}
        await storage.write_change(opening("HY-1", department=SCHOOLS, **helped))
        await storage.write_change(opening("HY-2", department=POLICE, helpers=(POLICE,)))
        await storage.write_change(opening("HY-3", topic="户口"))
        viewers = (OFFICER, STRANGER, LOST_OFFICER, SUPERVISOR)
        assert [await storage.count_cases(CaseFilter(), viewer=each) for each in viewers] == [
            len(await storage.cases(CaseFilter(), viewer=each)) for each in viewers
        ]
        assert [await storage.count_cases(CaseFilter(), viewer=each) for each in viewers] == [
            1, 2, 0, 3,
        ]  # fmt: skip
        assert await storage.topics(viewer=STRANGER) == ["入学"]
        assert await storage.topics(viewer=LOST_OFFICER) == []
