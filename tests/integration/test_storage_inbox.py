"""A message is stored once, handled once and answered once, on either database."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from cases.case import ChangedMeanwhile, State, UnknownCase
from handlers.citizen import Choice
from handlers.message import MessageKind
from handlers.settlement import Outcome
from storage import Storage
from storage.errors import UnknownMessage
from tests.values.storage import (
    CLAIM,
    HOUR,
    MINUTE,
    NOW,
    OFFICER,
    SUPERVISOR,
    accept,
    by_hand,
    entry,
    event,
    given,
    letter,
    message,
    opening,
    settlement,
    step,
)


class TestAccepting:
    async def test_the_first_delivery_claims_and_the_second_does_not(self, storage: Storage):
        first, second = await accept(storage, message()), await accept(storage, message())
        assert (first.claimed, second.claimed) == (True, False)
        assert first.id == second.id
        assert second.reply is None

    async def test_a_settled_message_comes_back_with_its_reply(self, storage: Storage):
        first = await accept(storage, message())
        reply = await storage.settle(first.id, settlement(first))
        again = await accept(storage, message(), now=NOW + HOUR)
        assert again.reply == reply
        assert not again.claimed

    async def test_what_can_be_decided_at_once_is_settled_with_the_message(self, storage: Storage):
        accepted = await accept(storage, message(), decide=settlement)
        assert accepted.reply == await storage.frozen_reply(accepted.id)
        assert (await accept(storage, message(), now=NOW + HOUR)).reply == accepted.reply

    async def test_a_repeat_is_never_decided_again(self, storage: Storage):
        first = await accept(storage, message(), decide=settlement)
        other = partial(settlement, reply="另一句")
        assert (await accept(storage, message(), decide=other)).reply == first.reply

    async def test_a_settlement_that_is_refused_leaves_nothing_of_the_message(
        self, storage: Storage
    ):
        missing = step(opening().case, State.CLOSED)
        with pytest.raises(UnknownCase):
            await accept(storage, message(), decide=partial(settlement, change=missing))
        assert (await accept(storage, message())).claimed

    async def test_a_lapsed_claim_can_be_taken_over(self, storage: Storage):
        first = await accept(storage, message())
        later = await accept(storage, message(), now=NOW + CLAIM)
        assert later.claimed
        assert later.id == first.id

    async def test_one_msgid_from_two_citizens_is_two_messages(self, storage: Storage):
        one, other = await accept(storage, message()), await accept(storage, message(citizen="o-2"))
        assert one.id != other.id
        assert other.claimed

    async def test_text_that_a_database_refuses_is_kept_without_it(self, storage: Storage):
        odd = message(text="水\x00费\ud800怎么交😀", event_key="\x00")
        await accept(storage, odd)
        (unsettled,) = await storage.claim_unsettled(
            now=NOW + HOUR, claim_until=NOW + 2 * HOUR, limit=5
        )
        assert unsettled.message.text == "水费?怎么交😀"
        assert not (await accept(storage, odd, now=NOW + HOUR)).claimed

    async def test_the_claimant_gets_ten_cases_open_ones_first(self, storage: Storage):
        for number in range(1, 13):
            change = opening(f"HY20261118-{number:04d}", received_at=NOW + number * MINUTE)
            case = await storage.write_change(change)
            if number > 9:
                await storage.write_change(step(case, State.CLOSED))
        found = (await accept(storage, message())).cases
        assert [case.number[-2:] for case in found][:3] == ["09", "08", "07"]
        assert len(found) == 10
        assert found[-1].number.endswith("12")

    async def test_a_claim_that_lapsed_is_taken_over_with_all_it_needs(self, storage: Storage):
        accepted = await accept(storage, message(details={"PicUrl": "http://x/1"}))
        assert not await storage.claim_unsettled(now=NOW, claim_until=NOW + HOUR, limit=5)
        (taken,) = await storage.claim_unsettled(
            now=NOW + HOUR, claim_until=NOW + 2 * HOUR, limit=5
        )
        assert taken.message == message(details={"PicUrl": "http://x/1"})
        assert taken.accepted == accepted

    async def test_claims_of_a_dead_process_can_be_ended_at_once(self, storage: Storage):
        await accept(storage, message())
        assert await storage.release_claims(now=NOW) == 1
        assert (await accept(storage, message())).claimed

    async def test_rereading_a_message_that_never_came_says_so(self, storage: Storage):
        with pytest.raises(UnknownMessage):
            await storage.reread(7)


class TestPushWindow:
    async def test_a_message_opens_five_pushes_for_two_days(self, storage: Storage):
        citizen = (await accept(storage, message())).citizen
        assert citizen.push_until == NOW + timedelta(hours=48)
        assert citizen.push_left == 5

    async def test_only_the_first_delivery_renews_the_window(self, storage: Storage):
        await accept(storage, message())
        again = await accept(storage, message(), now=NOW + HOUR)
        assert again.citizen.push_until == NOW + timedelta(hours=48)

    @pytest.mark.parametrize("name", ["click", "subscribe", "scan"])
    async def test_a_tap_opens_three_pushes_for_a_minute(self, storage: Storage, name: str):
        citizen = (await accept(storage, event(name))).citizen
        assert (citizen.tap_until, citizen.tap_left) == (NOW + MINUTE, 3)
        assert (citizen.push_until, citizen.push_left) == (None, 0)

    async def test_a_tapped_line_of_a_list_counts_as_a_tap(self, storage: Storage):
        tapped = message(details={"bizmsgmenuid": "7"})
        citizen = (await accept(storage, tapped)).citizen
        assert (citizen.tap_until, citizen.tap_left) == (NOW + MINUTE, 3)
        assert (citizen.push_until, citizen.push_left) == (None, 0)

    async def test_a_tap_never_shortens_a_longer_window(self, storage: Storage):
        await accept(storage, message())
        citizen = (await accept(storage, event("click"))).citizen
        assert (citizen.push_until, citizen.push_left) == (NOW + timedelta(hours=48), 5)

    async def test_who_leaves_has_no_window_until_they_come_back(self, storage: Storage):
        await accept(storage, message())
        gone = (await accept(storage, event("unsubscribe"))).citizen
        assert (gone.subscribed, gone.push_until, gone.push_left) == (False, None, 0)
        back = (await accept(storage, event("subscribe"))).citizen
        assert (back.subscribed, back.tap_left) == (True, 3)

    async def test_other_events_change_nothing(self, storage: Storage):
        citizen = (await accept(storage, event("view"))).citizen
        assert (citizen.subscribed, citizen.push_until) == (True, None)


class TestSettling:
    async def test_the_first_settlement_stands(self, storage: Storage):
        accepted = await accept(storage, message())
        await storage.settle(accepted.id, settlement(accepted))
        second = await storage.settle(accepted.id, settlement(accepted, reply="别的"))
        assert second.text == "您好。"
        assert await storage.frozen_reply(accepted.id) == second

    async def test_no_reply_is_frozen_too(self, storage: Storage):
        accepted = await accept(storage, event("view"))
        assert await storage.frozen_reply(accepted.id) is None
        await storage.settle(accepted.id, settlement(accepted, reply="", outcome=Outcome.IGNORED))
        reply = await storage.frozen_reply(accepted.id)
        assert reply is not None
        assert reply.text == ""

    async def test_the_conversation_is_kept_and_the_window_is_not_touched(self, storage: Storage):
        accepted = await accept(storage, message())
        talking = replace(
            accepted.citizen,
            question="入园",
            asked_at=NOW,
            choices=(Choice(entry="e", title="入园材料"),),
            choices_until=NOW + HOUR,
            rest="还有……",
            last_entry="e",
            push_left=0,
            push_until=None,
            subscribed=False,
        )
        await storage.settle(accepted.id, settlement(accepted, citizen=talking))
        kept = await storage.citizen("main", "o-1")
        window = {"push_left": 5, "push_until": NOW + timedelta(hours=48), "subscribed": True}
        assert kept == replace(talking, **window)

    async def test_a_case_is_opened_with_its_event_and_its_message(self, storage: Storage):
        accepted = await accept(storage, message())
        change = opening()
        decided = settlement(accepted, outcome=Outcome.CASED, change=change, reply="已登记")
        await storage.settle(accepted.id, decided)
        assert await storage.case(change.case.number) == change.case
        assert await storage.events(change.case.number) == [change.event]
        lines = await storage.conversation(change.case.number, viewer=SUPERVISOR)
        assert [(line.speaker, line.text) for line in lines] == [
            ("citizen", message().text),
            ("desk", "已登记"),
        ]

    async def test_a_message_joins_an_open_case(self, storage: Storage):
        await storage.write_change(opening())
        accepted = await accept(storage, message())
        joined = settlement(accepted, outcome=Outcome.ADDED, joins="HY20261118-0001", reply="")
        await storage.settle(accepted.id, joined)
        lines = await storage.conversation("HY20261118-0001", viewer=SUPERVISOR)
        assert [line.text for line in lines] == [message().text]

    async def test_a_case_that_moved_on_undoes_the_whole_settlement(self, storage: Storage):
        case = await storage.write_change(opening())
        await storage.write_change(step(case, State.ROUTED, actor="dispatcher"))
        accepted = await accept(storage, message())
        late = settlement(accepted, change=step(case, State.CLOSED, actor="citizen"))
        with pytest.raises(ChangedMeanwhile) as refused:
            await storage.settle(accepted.id, late)
        assert (refused.value.by, refused.value.at) == ("dispatcher", NOW + HOUR)
        assert await storage.frozen_reply(accepted.id) is None
        assert (await storage.reread(accepted.id)).cases[0].state is State.ROUTED

    async def test_the_entry_version_that_was_given_is_kept(
        self, storage: Storage, database_url: str
    ):
        await storage.save_versions([entry()], actor="curator", reason="new")
        accepted = await accept(storage, message())
        answered = settlement(accepted, outcome=Outcome.ANSWERED, given=given(), probability=0.93)
        await storage.settle(accepted.id, answered)
        kept = by_hand(database_url, "SELECT message_id, entry_id, version FROM given")
        assert [tuple(row) for row in kept] == [(accepted.id, "kindergarten", 1)]

    async def test_settling_a_message_that_never_came_says_so(self, storage: Storage):
        accepted = await accept(storage, message())
        with pytest.raises(UnknownMessage):
            await storage.settle(accepted.id + 1, settlement(accepted))


class TestFreezingEarly:
    async def test_the_first_text_wins(self, storage: Storage):
        accepted = await accept(storage, message())
        first = await storage.freeze_reply(accepted.id, "已收到", now=NOW)
        assert await storage.freeze_reply(accepted.id, "别的", now=NOW + MINUTE) == first
        assert (await accept(storage, message())).reply == first

    async def test_what_is_found_later_goes_out_as_a_delivery(self, storage: Storage):
        accepted = await accept(storage, message())
        frozen = await storage.freeze_reply(accepted.id, "已收到", now=NOW)
        assert await storage.settle(accepted.id, settlement(accepted)) == frozen
        (taken,) = await storage.take_deliveries(now=NOW, limit=5, accounts=["main"])
        assert taken.delivery.key == f"late-{accepted.id}"
        assert taken.delivery.text == "您好。"

    async def test_nothing_found_later_sends_nothing(self, storage: Storage):
        accepted = await accept(storage, message())
        await storage.freeze_reply(accepted.id, "已收到", now=NOW)
        await storage.settle(accepted.id, settlement(accepted, reply=""))
        assert not await storage.take_deliveries(now=NOW, limit=5, accounts=["main"])

    async def test_freezing_after_settling_changes_nothing(self, storage: Storage):
        accepted = await accept(storage, message())
        reply = await storage.settle(accepted.id, settlement(accepted))
        assert await storage.freeze_reply(accepted.id, "已收到", now=NOW) == reply


async def test_a_case_reply_is_a_line_of_its_conversation(storage: Storage):
    accepted = await accept(storage, message())
    change = opening(department=OFFICER.department)
    await storage.settle(accepted.id, settlement(accepted, change=change, outcome=Outcome.CASED))
    asked = letter(step(change.case, State.WAITING, actor="reviewer"), "请补充住址", "question")
    await storage.write_change(asked)
    lines = await storage.conversation(change.case.number, viewer=OFFICER)
    assert (lines[-1].speaker, lines[-1].text, lines[-1].state) == (
        "reviewer",
        "请补充住址",
        "waiting",
    )


async def test_a_picture_keeps_its_kind(storage: Storage):
    accepted = await accept(storage, message(kind=MessageKind.IMAGE, text="[图片]"))
    change = opening()
    await storage.settle(accepted.id, settlement(accepted, change=change, outcome=Outcome.CASED))
    lines = await storage.conversation(change.case.number, viewer=SUPERVISOR)
    assert lines[0].kind == "image"
