"""The audit log as it is read, people's sessions and codes: the same on both databases."""

from dataclasses import replace
from datetime import timedelta

from cases.people import Account, Session
from cases.records import Record, RecordFilter, read_mark
from storage import Storage
from tests.values.storage import HOUR, NOW, OFFICER, SUPERVISOR, by_hand, without_trigger

ACCOUNT = Account(person=OFFICER, password_hash="$argon2id$")


def session(number: int, at=NOW, account: Account = ACCOUNT) -> Session:
    return Session(
        token_hash=f"{number}" * 64,
        person=account.person,
        csrf="c",
        created_at=at,
        seen_at=at,
        expires_at=at + HOUR,
        device="Edge · Windows 电脑",
        address="10.0.0.7",
    )


async def told(storage: Storage) -> None:
    await storage.log("officer", "sign_in", {}, NOW)
    await storage.log("?", "sign_in_failed", {"reason": "unknown name"}, NOW + HOUR)
    await storage.log("officer", "reveal", {"case": "HY20261118-0001"}, NOW + 2 * HOUR)
    await storage.log("curator", "entry published", {"entry": "100%"}, NOW + 3 * HOUR)
    await storage.log("curator", "entry draft", {"entry": "1000"}, NOW + 4 * HOUR)


class TestMarks:
    async def test_a_mark_holds_while_the_log_only_grows(self, storage: Storage):
        before = await storage.audit_mark()
        await told(storage)
        noted = read_mark(str(await storage.audit_mark()))
        await storage.log("officer", "sign_out", {}, NOW + HOUR)
        assert noted is not None
        assert (before.number, noted.number) == (0, 5)
        assert not await storage.contradicts_mark(before)
        assert not await storage.contradicts_mark(noted)
        assert await storage.contradicts_mark(replace(noted, number=4))
        assert await storage.contradicts_mark(replace(noted, number=7))


class TestRecords:
    async def test_newest_first_a_page_at_a_time(self, storage: Storage):
        await told(storage)
        assert [each.number for each in await storage.records(RecordFilter(limit=2))] == [5, 4]
        rest = await storage.records(RecordFilter(limit=2, offset=4))
        assert rest == [Record(number=1, at=NOW, actor="officer", action="sign_in")]

    async def test_filters_narrow_what_is_found_and_counted(self, storage: Storage):
        await told(storage)
        for only, numbers in [
            (RecordFilter(actor="officer"), [3, 1]),
            (RecordFilter(actions=("sign_in",)), [1]),
            (RecordFilter(actions=("entry", "reveal")), [5, 4, 3]),
            (RecordFilter(about="HY20261118-0001"), [3]),
            (RecordFilter(about="100%"), [4]),
            (RecordFilter(since=NOW + HOUR, until=NOW + 3 * HOUR), [3, 2]),
            (RecordFilter(actor="nobody"), []),
        ]:
            assert [each.number for each in await storage.records(only)] == numbers
            assert await storage.count_records(only) == len(numbers)
        assert await storage.recorded_actors() == ["?", "curator", "officer"]

    async def test_the_chain_is_verified_on_its_own(self, storage: Storage, database_url: str):
        await told(storage)
        assert await storage.verify_records() == (5, [])
        guard = without_trigger(database_url, "audit_log", "audit_log_kept")
        by_hand(database_url, guard, "UPDATE audit_log SET actor = 'x' WHERE number = 3")
        count, wrong = await storage.verify_records()
        assert (count, wrong) == (5, ["audit record 3 breaks the chain of hashes"])


class TestSessions:
    async def test_ones_own_sessions_the_newest_first(self, storage: Storage):
        await storage.save_account(ACCOUNT)
        other = Account(person=SUPERVISOR, password_hash="x")
        await storage.save_account(other)
        late = NOW + timedelta(minutes=9)
        for each in (session(1), session(2, late), session(3, account=other)):
            await storage.start_session(each)
        found = await storage.sessions_of("officer", now=late)
        assert found == [session(2, late), session(1)]
        assert (await storage.account("officer")).signed_in_at == late

    async def test_ending_one_session_or_all_others_leaves_the_rest(self, storage: Storage):
        await storage.save_account(ACCOUNT)
        other = Account(person=SUPERVISOR, password_hash="x")
        await storage.save_account(other)
        for each in (session(1), session(2), session(3), session(4, account=other)):
            await storage.start_session(each)
        assert await storage.end_session_of("officer", session(4).id) == 0
        assert await storage.end_session_of("officer", session(1).id) == 1
        assert await storage.end_sessions_of("officer", but=session(2).token_hash) == 1
        assert await storage.sessions_of("officer", now=NOW) == [session(2)]
        assert await storage.sessions_of("supervisor", now=NOW) == [session(4, account=other)]


class TestAccounts:
    async def test_everything_of_an_account_is_kept(self, storage: Storage):
        person = replace(OFFICER, display_name="王芳")
        account = replace(ACCOUNT, person=person, totp_secret="ABC", totp_step=7, signed_in_at=NOW)
        await storage.save_account(account)
        assert await storage.account("officer") == account
        assert await storage.accounts() == [account]
        assert await storage.people() == [person]
        assert await storage.display_names() == {"officer": "王芳"}

    async def test_a_code_is_used_once(self, storage: Storage):
        await storage.save_account(replace(ACCOUNT, totp_secret="ABC"))
        used = [await storage.use_totp_step("officer", step) for step in (9, 9, 8, 10)]
        assert used == [True, False, False, True]
