"""People, sessions, departments, notices, tokens and the desk's secret."""

from dataclasses import replace
from datetime import date

from cases.department import Department
from cases.people import Account, Person, Role, Session
from storage import Storage
from tests.values.storage import HOUR, MINUTE, NOW, OFFICER

LI = Account(person=OFFICER, password_hash="$argon2id$…", must_change=True)
SESSION = Session(
    token_hash="t" * 64,
    person=OFFICER,
    csrf="c",
    created_at=NOW,
    seen_at=NOW,
    expires_at=NOW + HOUR,
)


class TestAccounts:
    async def test_saving_again_replaces(self, storage: Storage):
        await storage.save_account(LI)
        moved = replace(LI, person=replace(OFFICER, department="公安局"), must_change=False)
        await storage.save_account(moved)
        assert await storage.account("officer") == moved
        assert await storage.people() == [moved.person]
        assert await storage.account("nobody") is None

    async def test_a_change_leaves_alone_what_it_is_not_about(self, storage: Storage):
        await storage.save_account(LI)
        await storage.sign_in_failed("officer", locked_until=NOW)
        await storage.change_access("officer", disabled=True)
        await storage.change_person(replace(OFFICER, department="公安局"))
        await storage.change_totp("officer", secret="KEY", step=7)
        closed = await storage.account("officer")
        assert closed.disabled
        assert (closed.failures, closed.locked_until) == (1, NOW)
        await storage.change_password("officer", password_hash="new", must_change=False)
        assert await storage.account("officer") == Account(
            person=replace(OFFICER, department="公安局"),
            password_hash="new",
            disabled=True,
            totp_secret="KEY",
            totp_step=7,
        )

    async def test_failures_are_counted_and_cleared(self, storage: Storage):
        await storage.save_account(LI)
        await storage.sign_in_failed("officer", locked_until=None)
        await storage.sign_in_failed("officer", locked_until=NOW)
        await storage.sign_in_failed("officer", locked_until=None)
        locked = await storage.account("officer")
        assert (locked.failures, locked.locked_until) == (3, NOW)
        await storage.sign_in_succeeded("officer")
        assert await storage.account("officer") == LI


class TestSessions:
    async def test_a_session_lasts_until_it_expires(self, storage: Storage):
        await storage.save_account(LI)
        await storage.start_session(SESSION)
        assert await storage.session(SESSION.token_hash, now=NOW) == SESSION
        assert await storage.session(SESSION.token_hash, now=NOW + HOUR) is None

    async def test_touching_and_ending(self, storage: Storage):
        await storage.save_account(LI)
        await storage.start_session(SESSION)
        await storage.touch_session(SESSION.token_hash, now=NOW + MINUTE)
        found = await storage.session(SESSION.token_hash, now=NOW)
        assert found.seen_at == NOW + MINUTE
        await storage.end_session(SESSION.token_hash)
        assert await storage.session(SESSION.token_hash, now=NOW) is None

    async def test_a_disabled_person_is_out_at_once(self, storage: Storage):
        await storage.save_account(LI)
        await storage.start_session(SESSION)
        await storage.save_account(replace(LI, disabled=True))
        assert await storage.session(SESSION.token_hash, now=NOW) is None

    async def test_a_new_role_holds_at_once(self, storage: Storage):
        await storage.save_account(LI)
        await storage.start_session(SESSION)
        auditor = Person(name="officer", role=Role.AUDITOR)
        await storage.save_account(replace(LI, person=auditor))
        found = await storage.session(SESSION.token_hash, now=NOW)
        assert found.person == auditor


async def test_departments_keep_their_order_and_are_replaced_by_name(storage: Storage):
    schools = Department(name="教育局", keywords=("上学", "入园"), phone="0578-0000001")
    police = Department(name="公安局", duties="户籍")
    await storage.save_departments([schools, police])
    changed = replace(schools, hours="9–17")
    await storage.save_departments([Department(name="水利局"), changed])
    assert await storage.departments() == [changed, police, Department(name="水利局")]


async def test_a_notice_is_replaced_by_year(storage: Storage):
    off, work = [date(2026, 10, 1)], [date(2026, 10, 10), date(2026, 9, 20)]
    await storage.save_notice(2026, source="draft", off=[], work=[])
    await storage.save_notice(2026, source="国办发明电", off=off, work=work)
    assert await storage.notices() == {2026: (frozenset(off), frozenset(work))}


async def test_a_token_is_shared_until_the_next_one(storage: Storage):
    assert await storage.token("main") is None
    await storage.keep_token("main", "one", NOW)
    await storage.keep_token("main", "two", NOW + HOUR)
    assert await storage.token("main") == ("two", NOW + HOUR)


async def test_the_secret_is_made_once(storage: Storage):
    first = await storage.secret()
    assert len(first) == 32
    assert await storage.secret() == first
