"""The one writer of a SQLite file: takes all that is queued and commits it as one group.

One commit costs a disk write however much it holds, so under load a group of messages costs
what one message costs alone. An operation that fails is undone and spoils nothing else; a
failing commit fails the whole group. Futures resolve only after the commit.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from storage.errors import DataRefused, StorageUnavailable

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], Any]
GROUP = 256


class Job:
    """One operation on its way through the writer."""

    __slots__ = ("alone", "error", "future", "loop", "result", "work")

    def __init__(self, work: Work, *, alone: bool) -> None:
        self.work, self.alone = work, alone
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.result: Any = None
        self.error: BaseException | None = None


class Writer:
    """Owns the writing connection and the thread that uses it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="storage-writer", daemon=True)
        self._thread.start()
        self._closed = False

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Within a transaction, together with whatever else is queued."""
        result: T = await self._submit(Job(work, alone=False))
        return result

    async def run_alone(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Outside any transaction, between two groups."""
        result: T = await self._submit(Job(work, alone=True))
        return result

    async def close(self) -> None:
        """Finishes what is queued."""
        self._closed = True
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    async def _submit(self, job: Job) -> Any:
        if self._closed:
            raise StorageUnavailable("the storage is closed")
        self._queue.put(job)
        return await job.future

    def _work(self) -> None:
        ahead: Job | None = None
        while True:
            job = ahead or self._queue.get()
            if job is None:
                return
            group, ahead, last = self._group(job)
            self._run_group(group)
            _resolve(group)
            if last:
                return

    def _group(self, first: Job) -> tuple[list[Job], Job | None, bool]:
        """The jobs for one commit, the job that must wait for it, and whether to stop after it."""
        group = [first]
        if first.alone:
            return group, None, False
        while len(group) < GROUP:
            try:
                job = self._queue.get_nowait()
            except Empty:
                break
            if job is None:
                return group, None, True
            if job.alone:
                return group, job, False
            group.append(job)
        return group, None, False

    def _run_group(self, group: Sequence[Job]) -> None:
        """Failures are rare: only when one happens is the group run again with savepoints."""
        if group[0].alone:
            _attempt(group[0], self._connection)
        elif not self._transaction(group, savepoints=False):
            self._transaction(group, savepoints=True)

    def _transaction(self, group: Sequence[Job], *, savepoints: bool) -> bool:
        """Runs and commits the group; False when it was undone for one job's failure."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for job in group:
                self._run_one(job, savepoints=savepoints)
                if job.error is not None and not savepoints:
                    self._connection.execute("ROLLBACK")
                    return len(group) == 1
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            for job in group:
                job.error = StorageUnavailable(f"nothing was written: {error}")
        return True

    def _run_one(self, job: Job, *, savepoints: bool) -> None:
        if savepoints:
            self._connection.execute("SAVEPOINT job")
        _attempt(job, self._connection)
        if not self._connection.in_transaction:  # a full disk undoes the whole transaction
            raise sqlite3.OperationalError(f"the transaction was undone: {job.error}")
        if savepoints:
            if job.error is not None:
                self._connection.execute("ROLLBACK TO job")
            self._connection.execute("RELEASE job")


def _attempt(job: Job, connection: sqlite3.Connection) -> None:
    job.result, job.error = None, None
    try:
        job.result = job.work(connection)
    except sqlite3.OperationalError as error:
        job.error = StorageUnavailable(str(error))
        job.error.__cause__ = error
    except (sqlite3.IntegrityError, UnicodeEncodeError) as error:
        job.error = DataRefused(str(error))
        job.error.__cause__ = error
    except BaseException as error:  # it belongs to whoever awaits the job
        job.error = error


def _resolve(group: Sequence[Job]) -> None:
    """Wakes everybody at once; a loop that is gone has nobody left to wake."""
    for loop in {job.loop for job in group}:
        ours = [job for job in group if job.loop is loop]
        if not loop.is_closed():
            loop.call_soon_threadsafe(_hand_over, ours)


def _hand_over(group: Sequence[Job]) -> None:
    for job in group:
        if job.future.done():
            continue  # nobody waits any more; the work is on disk all the same
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
