"""Earlier messages that belong to a case: what it was told of, and what it follows on."""

from handlers.settlement import Outcome
from storage import Storage
from tests.values.storage import (
    DAY,
    MINUTE,
    NOW,
    SUPERVISOR,
    accept,
    message,
    opening,
    settlement,
)


async def test_earlier_messages_that_a_case_was_told_of_join_it(storage: Storage):
    texts = ("路灯坏了", "社保怎么交", "路灯坏了", "在幸福路口")
    for number, text in enumerate(texts):
        citizen = "o-2" if number == 2 else "o-1"
        early = NOW - (2 * DAY if number == 3 else number * MINUTE)
        accepted = await accept(storage, message(number, citizen, text=text), now=early)
        await storage.settle(accepted.id, settlement(accepted, reply=f"{number}"))
    last = await accept(storage, message(9, text="天天黑着"))
    told = "路灯坏了，天天黑着，在幸福路口"
    opened = settlement(last, outcome=Outcome.CASED, change=opening(text=told), words=told)
    await storage.settle(last.id, opened)
    lines = await storage.conversation("HY20261118-0001", viewer=SUPERVISOR)
    assert [line.text for line in lines] == ["路灯坏了", "0", "天天黑着", "您好。"]


async def test_of_what_a_case_follows_on_half_an_hour_joins_it(storage: Storage):
    for number, minutes in enumerate((31, 29)):
        sent = message(number, text=f"{minutes} 分钟以前")
        accepted = await accept(storage, sent, now=NOW - minutes * MINUTE)
        await storage.settle(accepted.id, settlement(accepted, reply=""))
    last = await accept(storage, message(9, text="司机还骂人"))
    opened = settlement(last, outcome=Outcome.CASED, change=opening(), follows=True)
    await storage.settle(last.id, opened)
    lines = await storage.conversation("HY20261118-0001", viewer=SUPERVISOR)
    citizens = [line.text for line in lines if line.speaker == "citizen"]
    assert citizens == ["29 分钟以前", "司机还骂人"]
