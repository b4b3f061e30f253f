"""From the webhook to the reply, the whole path in safe mode, beside the bare peer.

Both servers on one core, the load on another; in each round the peer and the desk take turns,
so that what else happens on the machine meets both.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bot.benchmarks import peer as bare
from bot.benchmarks import process
from bot.benchmarks.county import questions, wordings
from bot.benchmarks.envelopes import Postbox, content_of, write_requests
from bot.benchmarks.figure import Figure, median
from bot.benchmarks.load import Burst, NoLoad, burst
from bot.benchmarks.process import Server
from bot.benchmarks.workshop import ENTRIES, Workshop

CONNECTIONS = (1, 16, 64)
RATIO = 0.35
FASTEST = 4_000
"""More messages a second than either server takes: so many requests are prepared."""
SAMPLE = 20
WARM_UP = 300
ANSWERED = "SELECT DISTINCT text FROM messages WHERE outcome IN ('answered', 'suggested')"
LANES = {
    "exact": "an entry's own wording",
    "repeated": "asked before, answered from entries",
    "fresh": "never asked before: encoded",
}


@dataclass
class Lanes:
    """The texts of each kind of question; every text of `fresh` is used once."""

    post: Postbox = field(default_factory=Postbox)
    exact: Iterator[tuple[str, str]] = field(default_factory=lambda: wordings(ENTRIES))
    repeated: Iterator[str] = field(default_factory=lambda: iter(()))
    fresh: Iterator[str] = field(default_factory=lambda: questions(WARM_UP))

    def texts(self, lane: str) -> Iterator[str]:
        """Endless, but for the fresh ones."""
        match lane:
            case "repeated":
                return self.repeated
            case "fresh":
                return self.fresh
            case _:
                return (question for question, _ in self.exact)


def measure(shop: Workshop) -> Iterator[Figure]:
    """Median p50, p99 and messages a second of each kind at 1, 16 and 64 connections."""
    desk, lanes = shop.stocked_desk(), Lanes()
    with process.peer(shop.folder) as peer, desk.server(pinned=True) as ours:
        shop.tell("gateway: warming up")
        lanes.repeated = cycle(_asked_before(ours, desk.database, lanes.post))
        _check(ours, peer, lanes)
        bursts = _all_rounds(shop, peer, ours, lanes)
    _check_outcomes(desk.database)
    for connections in CONNECTIONS:
        yield from _figures(connections, bursts)


def _asked_before(ours: Server, database: Path, post: Postbox) -> list[str]:
    """Asks questions that are no entry's wording; returns those that were answered from entries."""
    for request in post.requests(islice(questions(), WARM_UP)):
        ours.post(request)
    answered = {text for (text,) in _rows(database, ANSWERED)}
    found = [text for text in islice(questions(), WARM_UP) if text in answered]
    if not found:
        raise NoLoad("no question of the warm-up was answered")
    return found


def _check(ours: Server, peer: Server, lanes: Lanes) -> None:
    """The replies decrypt, and say what the entry says; raises `NoLoad` when one does not."""
    for question, answer in islice(wordings(ENTRIES), 0, ENTRIES, ENTRIES // SAMPLE):
        said = content_of(ours.post(next(lanes.post.requests([question]))))
        if not said.startswith(answer[:40]):
            raise NoLoad(f"the desk answered {question!r} with {said!r}")
    said = content_of(peer.post(next(lanes.post.requests(["你好"]))))
    if said != bare.REPLY:
        raise NoLoad(f"the peer replied {said!r}")


def _check_outcomes(database: Path) -> None:
    """Every message was settled; raises `NoLoad` otherwise."""
    counts = dict(_rows(database, "SELECT outcome, COUNT(*) FROM messages GROUP BY outcome"))
    if counts.get(None) or not counts.get("answered"):
        raise NoLoad(f"messages were left unsettled: {counts}")


def _rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def _all_rounds(
    shop: Workshop, peer: Server, ours: Server, lanes: Lanes
) -> Mapping[tuple[str, int], Sequence[Burst]]:
    found: dict[tuple[str, int], list[Burst]] = {}
    for number in range(shop.rounds):
        for connections in CONNECTIONS:
            for lane in ("peer", *LANES):
                server = peer if lane == "peer" else ours
                shop.tell(f"gateway: round {number + 1}, {connections} connections, {lane}")
                one = _round(shop, server, lanes, lane, connections)
                found.setdefault((lane, connections), []).append(one)
    return found


def _round(shop: Workshop, server: Server, lanes: Lanes, lane: str, connections: int) -> Burst:
    """One burst of messages that were never sent before; raises `NoLoad` if any was refused."""
    file = shop.folder / "requests.txt"
    fastest = FASTEST // 10 if lane == "fresh" else FASTEST
    texts = islice(lanes.texts(lane), int(fastest * shop.seconds))
    made = write_requests(file, lanes.post.requests(texts))
    before = server.processor_seconds()
    one = burst(server.base, file, connections=connections, seconds=shop.seconds)
    work = (server.processor_seconds() - before) * 1000 / max(one.requests, 1)
    if one.refused or one.lost:
        raise NoLoad(f"{lane}: {one.refused} refused, {one.lost} lost")
    if one.requests + connections > made and lane != "peer":
        raise NoLoad(f"{lane}: the {made} requests were used up; raise FASTEST")
    return replace(one, work=work)


def _figures(
    connections: int, bursts: Mapping[tuple[str, int], Sequence[Burst]]
) -> Iterator[Figure]:
    unit = f"{connections} connection{'s' if connections > 1 else ''}"
    peers = bursts["peer", connections]
    for lane in ("peer", *LANES):
        rounds = bursts[lane, connections]
        name, note = f"{unit}, {lane}", LANES.get(lane, "aiohttp + wechatpy, fixed reply")
        rate = median([one.per_second for one in rounds])
        yield Figure(name=f"{name}: messages", value=rate, unit="/s", note=note)
        yield Figure(name=f"{name}: p50", value=median([one.p50 for one in rounds]), unit="ms")
        yield Figure(name=f"{name}: p99", value=median([one.p99 for one in rounds]), unit="ms")
        work = median([one.work for one in rounds])
        yield Figure(name=f"{name}: processor time a message", value=work, unit="ms")
        if lane != "peer":
            pairs = zip(rounds, peers, strict=True)
            ratio = median([one.per_second / other.per_second for one, other in pairs])
            goal = None if lane == "fresh" else RATIO
            cost = median([other.work / one.work for one, other in zip(rounds, peers, strict=True)])
            note = f"{cost:.2f} by processor time"
            yield Figure(
                name=f"{name}: of the peer", value=ratio, unit="×", at_least=goal, note=note
            )
