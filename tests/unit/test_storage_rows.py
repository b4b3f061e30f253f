"""How storage writes times and texts, and that its named SQL is whole."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.message import MessageKind
from storage.migrations import FOLDER, MIGRATIONS, script
from storage.operation import Statement
from storage.operations import outbox
from storage.postgres_adapter import PostgresAdapter
from storage.postgres_copies import _split
from storage.push_window import opens_window, window_change
from storage.queries import SQL, load
from storage.rows.plain import bars, moment, pattern, stamp, storable
from storage.sqlite_files import statements
from tests.values.storage import NOW, event, message

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(1900, 1, 1), datetime(2900, 1, 1), timezones=zones)


class TestPlainValues:
    @given(times, times)
    def test_stamps_sort_as_the_times_do(self, one: datetime, other: datetime):
        assert (stamp(one) < stamp(other)) == (one < other)

    @given(times)
    def test_a_stamp_comes_back_as_the_same_time(self, at: datetime):
        assert moment(stamp(at)) == at
        assert len(stamp(at)) == 32

    def test_a_time_without_a_zone_is_no_time(self):
        with pytest.raises(ValueError, match="zone"):
            stamp(datetime(2026, 1, 1))

    @given(st.text(st.characters()))
    def test_any_text_becomes_storable_once(self, text: str):
        kept = storable(text)
        assert "\0" not in kept
        assert kept.encode("utf-8").decode("utf-8") == kept
        assert storable(kept) == kept

    def test_words_in_a_pattern_mean_themselves(self):
        assert pattern("100%_Ab!") == "%100!%!_ab!!%"
        assert bars(["a", "b"]) == "|a||b|"


class TestPushWindow:
    @pytest.mark.parametrize(
        "kind", [kind for kind in MessageKind if kind is not MessageKind.EVENT]
    )
    def test_every_message_opens_the_long_window(self, kind: MessageKind):
        sent = message(kind=kind)
        assert opens_window(sent)
        assert window_change(sent, NOW)[0] == "citizen_wrote"

    @pytest.mark.parametrize(
        ("name", "statement"),
        [
            ("click", "citizen_tapped"),
            ("subscribe", "citizen_tapped"),
            ("scan", "citizen_tapped"),
            ("unsubscribe", "citizen_left"),
            ("view", "citizen_noticed"),
            ("templatesendjobfinish", "citizen_noticed"),
        ],
    )
    def test_events(self, name: str, statement: str):
        assert window_change(event(name), NOW)[0] == statement
        assert opens_window(event(name)) == (statement == "citizen_tapped")


class TestNamedSql:
    def test_both_databases_know_the_same_statements(self):
        assert set(load("sqlite", "sqlite3")) == set(load("postgres", PostgresAdapter))

    def test_every_statement_is_asked_for(self):
        folder = SQL.parent
        source = "".join(
            path.read_text()
            for path in (*folder.glob("operations/*.py"), folder / "push_window.py")
        )
        assert [name for name in load("sqlite", "sqlite3") if f'"{name}"' not in source] == []

    def test_every_file_is_applied(self):
        """One was written and never named: what it promised stood in no database."""
        files = {path.name.partition(".")[0] for path in FOLDER.glob("*.sql")}
        assert files == set(MIGRATIONS)

    def test_every_migration_has_a_text_for_both(self):
        for name in MIGRATIONS:
            for dialect in ("sqlite", "postgres"):
                assert "{" not in script(name, dialect)

    def test_a_trigger_is_one_statement(self):
        found = statements(script("0005_append_only", "sqlite"))
        assert all(text.count("CREATE TRIGGER") == 1 for text in found)
        assert len(found) == script("0005_append_only", "sqlite").count("CREATE TRIGGER")


def test_an_operation_knows_no_driver():
    operation = outbox.delivery_sent("key", now=datetime(2026, 1, 1, tzinfo=UTC))
    asked = next(operation)
    assert isinstance(asked, Statement)
    assert asked.values == {"key": "key", "now": "2026-01-01T00:00:00.000000+00:00"}
    with pytest.raises(StopIteration):
        operation.send(1)


def test_a_password_is_taken_out_of_the_address():
    address, password = _split("postgresql://huiying:ge%3Aheim@db:5432/desk?sslmode=require")
    assert address == "postgresql://huiying@db:5432/desk?sslmode=require"
    assert password == "ge:heim"
    assert _split("postgresql://postgres@/x?host=/tmp")[1] == ""
