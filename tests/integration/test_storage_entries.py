"""Entries: all versions kept, a published text frozen, vectors never encoded twice."""

from dataclasses import replace

import numpy as np
import pytest

from knowledge_base.entry import Status
from knowledge_base.ports import VersionIsFrozen
from storage import Storage
from tests.values.storage import POLICE, SCHOOLS, by_hand, entry

SAVE = {"actor": "curator", "reason": "from the office's list"}


class TestVersions:
    async def test_every_field_comes_back(self, storage: Storage):
        await storage.save_versions([entry()], **SAVE)
        assert await storage.published_entries() == [entry()]

    async def test_publishing_withdraws_the_earlier_version(self, storage: Storage):
        await storage.save_versions([entry()], **SAVE)
        second = entry(version=2, answer="只要户口簿。")
        await storage.save_versions([second], **SAVE)
        assert await storage.published_entries() == [second]
        assert await storage.entry_versions("kindergarten") == [
            second,
            entry(status=Status.WITHDRAWN),
        ]

    async def test_two_versions_in_one_call_leave_the_last_published(self, storage: Storage):
        await storage.save_versions([entry(), entry(version=2)], **SAVE)
        assert [each.version for each in await storage.published_entries()] == [2]

    async def test_a_draft_changes_until_it_is_published(self, storage: Storage):
        draft = entry(status=Status.DRAFT, reviewer="")
        await storage.save_versions([draft], **SAVE)
        edited = replace(draft, answer="新的答复")
        await storage.save_versions([edited], **SAVE)
        assert await storage.entry_versions("kindergarten") == [edited]
        assert not await storage.published_entries()

    @pytest.mark.parametrize(
        "changed",
        [{"answer": "别的"}, {"status": Status.DRAFT}, {"variants": ()}, {"valid_until": None}],
    )
    async def test_a_published_version_is_frozen(self, storage: Storage, changed: dict):
        first = entry(valid_until=entry().checked_on)
        await storage.save_versions([first], **SAVE)
        with pytest.raises(VersionIsFrozen):
            await storage.save_versions([entry("new"), replace(first, **changed)], **SAVE)
        assert await storage.published_entries() == [first]

    async def test_a_withdrawn_version_is_frozen_and_can_return(self, storage: Storage):
        await storage.save_versions([entry()], **SAVE)
        gone = entry(status=Status.WITHDRAWN)
        await storage.save_versions([gone], **SAVE)
        assert not await storage.published_entries()
        with pytest.raises(VersionIsFrozen):
            await storage.save_versions([replace(gone, answer="别的")], **SAVE)
        await storage.save_versions([entry()], **SAVE)
        assert await storage.published_entries() == [entry()]

    async def test_an_older_version_can_be_published_again(self, storage: Storage):
        await storage.save_versions([entry()], **SAVE)
        await storage.save_versions([entry(version=2)], **SAVE)
        await storage.save_versions([entry()], **SAVE)
        assert [each.version for each in await storage.published_entries()] == [1]

    async def test_the_index_version_grows_only_with_what_is_published(self, storage: Storage):
        seen = [await storage.index_version()]
        steps = (
            entry(status=Status.DRAFT),
            entry(status=Status.IN_REVIEW),
            entry(),
            entry(),
            entry(status=Status.WITHDRAWN),
        )
        for each in steps:
            await storage.save_versions([each], **SAVE)
            seen.append(await storage.index_version())
        assert seen == [0, 0, 0, 1, 1, 2]

    async def test_each_save_is_in_the_audit_log(self, storage: Storage, database_url: str):
        await storage.save_versions([entry(), entry("other")], **SAVE)
        await storage.save_versions([entry()], **SAVE)
        logged = by_hand(database_url, "SELECT actor, action FROM audit_log ORDER BY number")
        assert [tuple(row) for row in logged] == [("curator", "entry published")] * 2

    async def test_lists_show_the_newest_version_and_can_be_filtered(self, storage: Storage):
        police = entry("id-card", department=POLICE, question="身份证丢了怎么办", variants=())
        await storage.save_versions([entry(), entry(version=2, status=Status.DRAFT)], **SAVE)
        await storage.save_versions([police], **SAVE)
        assert [each.version for each in await storage.newest_entries()] == [1, 2]
        assert await storage.newest_entries(department=POLICE) == [police]
        assert await storage.newest_entries(text="身份证") == [police]
        assert not await storage.newest_entries(department=SCHOOLS, text="身份证")

    async def test_two_thousand_entries_are_saved_in_one_go(self, storage: Storage):
        many = [entry(f"e{number}") for number in range(2000)]
        await storage.save_versions(many, **SAVE)
        await storage.save_versions(many, **SAVE)
        assert len(await storage.published_entries()) == 2000
        assert await storage.index_version() == 1


class TestVectors:
    async def test_they_come_back_bit_for_bit(self, storage: Storage):
        numbers = np.random.default_rng(1).standard_normal((3, 384)).astype(np.float32)
        kept = dict(zip("abc", numbers, strict=True))
        await storage.keep_vectors(encoder="e", kind="query", vectors=kept)
        found = await storage.vectors(encoder="e", kind="query", hashes=["a", "c", "x"])
        assert set(found) == {"a", "c"}
        assert np.array_equal(found["c"], numbers[2])
        assert found["c"].dtype == np.float32

    async def test_encoders_and_kinds_do_not_mix(self, storage: Storage):
        one = {"a": np.ones(4, np.float32)}
        await storage.keep_vectors(encoder="e", kind="query", vectors=one)
        assert not await storage.vectors(encoder="e", kind="document", hashes=["a"])
        assert not await storage.vectors(encoder="f", kind="query", hashes=["a"])

    async def test_keeping_again_is_harmless_and_many_are_found(self, storage: Storage):
        many = {f"h{number}": np.full(8, number, np.float32) for number in range(4500)}
        for _ in range(2):
            await storage.keep_vectors(encoder="e", kind="query", vectors=many)
        found = await storage.vectors(encoder="e", kind="query", hashes=list(many))
        assert len(found) == 4500
        assert found["h4499"][0] == 4499
