"""Nobody sees what is not theirs: every role on every page of the route table.

Two tests ask the same of each page without knowing it. What a role may not see stands nowhere in
it: not as text, not as a search hit, not in an exported file, not in a stream. And what happens in
another department changes nothing of it, so no count and no order tells about it either.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case
from cases.people import OWN_DEPARTMENT_ONLY, Role
from cases.wording import text_hash
from storage.scope import scope_of
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, sign_in
from tests.worlds.console_routes import GUARDED, address, content_of, pages_of

PHONES = {SCHOOLS: "13812345678", POLICE: "13987654321"}
WORDS = {SCHOOLS: "朝霞小学", POLICE: "暮云派出所"}  # what is searched for
MARKS = {SCHOOLS: "橘猫", POLICE: "白鹭"}  # what a hit would show
QUERIES = (
    "",
    "?q={word}",
    "?tab=open&q={word}",
    "?tab=done&department={department}",
    "?department={department}&period=year",
)
CHANGES_BY_ITSELF = {
    "/account/totp": "every look makes a new key",
    "/account": "tells when this session was last used",
}
MASKED_WORDS = {
    ("/", Role.CURATOR): "the most asked of what stands in /learning, under the same rule",
    (
        "/learning",
        Role.CURATOR,
    ): "for a curator of the whole county: what citizens asked and nobody had written an "
    "entry for, personal data hidden; a department's curator sees its own (test_console_learning)",
}


async def told(desk: World, department: str, round_: str = "") -> Case:
    """One department's busy day: a case at each station, late ones too. Returns the drafted one."""
    word, phone = WORDS[department] + MARKS[department], PHONES[department]
    late = MORNING - timedelta(days=30)
    citizen = f"o-{department}{round_}"
    await desk.opened(
        f"{word}逾期{round_}", department=department, received_at=late, citizen=citizen
    )
    case = await desk.drafted(f"{word}已答复{round_}", f"{word}的答复", department=department)
    reviewer = PEOPLE["reviewer" if department == SCHOOLS else "reviewer2"]
    await desk.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(case.draft),
        actor=reviewer,
        now=MORNING,
    )
    text = f"{word}的事，电话{phone}{round_}"
    return await desk.drafted(text, f"{word}的草稿", department=department)


@pytest.mark.parametrize("role", list(Role))
async def test_no_page_tells_a_role_of_cases_it_may_not_see(
    desk: World, client: Browser, role: Role
) -> None:
    numbers = {each: (await told(desk, each)).number for each in (SCHOOLS, POLICE)}
    scope = scope_of(PEOPLE[role.value])
    await sign_in(client, role.value)
    wrong = []
    for department, number in numbers.items():
        hidden = scope is not None and scope != department
        for route, path in pages_of(number):
            if role not in (route.roles or ()):
                continue
            for query in QUERIES:
                asked = query.format(word=WORDS[department], department=department)
                status, said = await content_of(client, path + asked)
                assert status < 500, path + asked
                if hidden and MARKS[department] in said and (route.path, role) not in MASKED_WORDS:
                    wrong.append((route.path, query, "a hidden case"))
                if PHONES[department] in said:
                    wrong.append((route.path, query, "a phone in full"))
    assert wrong == []


@pytest.mark.parametrize("role", sorted(OWN_DEPARTMENT_ONLY))
async def test_what_another_department_does_changes_nothing_they_can_see(
    desk: World, client: Browser, role: Role
) -> None:
    number = (await told(desk, SCHOOLS)).number
    await sign_in(client, role.value)
    pages = [
        path + query.format(word=WORDS[POLICE], department=POLICE)
        for route, path in pages_of(number)
        for query in QUERIES
        if role in (route.roles or ()) and route.path not in CHANGES_BY_ITSELF
    ]
    before = {path: await content_of(client, path) for path in pages}
    foreign = (await told(desk, POLICE, "甲")).number
    after = {path: await content_of(client, path) for path in pages}
    assert [path for path in pages if before[path] != after[path]] == []
    for path in {path for route, path in pages_of(foreign) if "{number" in route.path}:
        assert (await content_of(client, path))[0] == 404, path


@pytest.mark.parametrize("role", list(Role))
async def test_no_form_reaches_a_case_the_role_may_not_see(
    desk: World, client: Browser, role: Role
) -> None:
    number = (await told(desk, POLICE)).number
    before = await desk.storage.case(number)
    scope = scope_of(PEOPLE[role.value])
    await sign_in(client, role.value)
    token = field_of(await (await client.get("/console/password")).text(), "csrf")
    for route in (r for r in GUARDED if r.method == "POST" and "{number" in r.path):
        form = {"csrf": token, "version": str(before.version), "text": "x", "reason": "x"}
        async with client.post(address(route, number), data=form, allow_redirects=False) as answer:
            if role not in (route.roles or ()):
                assert answer.status == 403, route
            elif scope is not None:
                assert answer.status == 404, route
    if scope is not None:
        assert await desk.storage.case(number) == before


async def test_a_parameter_nobody_gave_a_value_fails_the_matrix() -> None:
    with pytest.raises(AssertionError, match=r"give \{secret\} a value"):
        address(replace(GUARDED[0], path="/new/{secret:[0-9]{3,}}"), "HY20261118-0001")
