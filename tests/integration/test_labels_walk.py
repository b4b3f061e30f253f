"""Labels that the real path leaves behind: citizens talk, officers draft, reviewers approve."""

from datetime import timedelta

import pytest

from cases.sources import entry_source
from cases.wording import text_hash
from knowledge_base.labels import Kind
from tests.worlds.chat import OFFICER, REVIEWER, Chat

DIRECT, LISTED = "身份证丢失怎么补办", "失业了能领什么"


async def labels(chat: Chat) -> list[tuple[Kind, str, str, int]]:
    chat.now += timedelta(hours=1)
    found = await chat.storage.desk_labels(
        since=chat.now - timedelta(days=1), now=chat.now, limit=9
    )
    return [(label.kind, label.text, label.entry, label.version) for label in found]


async def test_silence_after_a_direct_answer_and_a_chosen_line_are_told_apart(chat: Chat) -> None:
    await chat.says(DIRECT)
    await chat.says(LISTED, citizen="o-li")
    await chat.says("1", citizen="o-li")
    assert await labels(chat) == [
        (Kind.CHOSEN, LISTED, "unemployment", 1),
        (Kind.ANSWERED, DIRECT, "id-card", 3),
    ]


@pytest.mark.parametrize("words", ["没有解决", "人工"])
async def test_who_wants_a_person_after_an_answer_was_not_helped(chat: Chat, words: str) -> None:
    await chat.says(DIRECT)
    await chat.says(words)
    assert await labels(chat) == [(Kind.UNSOLVED, DIRECT, "id-card", 3)]


async def test_an_officers_reply_from_an_entry_says_which_one_it_should_have_been(
    chat: Chat,
) -> None:
    await chat.says("人工 工伤以后领哪一种待遇合适呢")
    case = await chat.only_case()
    case = await chat.desk.accept(case.number, version=case.version, actor=OFFICER, now=chat.now)
    reply, source = "您可以申领失业金。", entry_source("unemployment", 1)
    case = await chat.desk.draft(
        case.number,
        reply,
        version=case.version,
        actor=OFFICER,
        now=chat.now,
        sources=(source,),
    )
    await chat.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(reply),
        actor=REVIEWER,
        now=chat.now,
    )
    assert await labels(chat) == [(Kind.CASE, case.text, "unemployment", 1)]
