"""How the adapter is made: the open set of wordings, its batches, the network in torch."""

import random
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from bot.encoders.e5.engine import OnnxEngine
from bot.encoders.e5.fitting.batches import SIBLINGS, Batches, Source, neighbours
from bot.encoders.e5.fitting.pairs import Matter, Pair, Text, matters
from bot.encoders.e5.session import weights_path
from bot.encoders.e5.weights import WeightsFile

LINE = (
    "居住证如何办理|持材料到派出所申领。|怎么办居住证|居住证去哪弄|外地来的想长住要啥本|"
    "居住证 办理|租房住的能办不|!居住证丢了怎么补|!身份证怎么办"
)
TEXTS = ("新生儿怎么上户口", "公积金提取需要什么材料", "老娘八十了，听说每个月给点钱")


def test_every_line_of_the_open_set_is_whole_and_no_question_comes_twice() -> None:
    found = matters()
    assert len(found) > 5000
    assert max(Counter(matter.question for matter in found).values()) == 1


def test_a_line_that_lacks_a_part_is_refused() -> None:
    assert Matter.of(LINE).near_misses == ["居住证丢了怎么补", "身份证怎么办"]
    for broken in (LINE.rpartition("|")[0], LINE.replace("怎么办居住证", ""), LINE + "|多一个说法"):
        with pytest.raises(ValueError, match="five wordings, two near misses"):
            Matter.of(broken)


def pairs(count: int) -> list[Pair]:
    return [
        Pair(matter=f"m{each}", text=Text(text=f"{each}.{way}"), same=(Text(text=str(each)),))
        for each in range(count)
        for way in range(3)
    ]


def test_a_batch_has_each_matter_once_and_every_pair_gets_its_turn() -> None:
    batches = Batches(Source(pairs=pairs(40), say=1.0), 8, random.Random(1))
    drawn = [batches.draw() for _ in range(60)]
    assert all(len({pair.matter for pair in batch}) == len(batch) == 8 for batch in drawn)
    assert len({pair.text.text for batch in drawn for pair in batch}) == 120


def test_siblings_come_together() -> None:
    source = Source(pairs=pairs(4000), say=1.0, has_siblings=True)
    batches = Batches(source, 20, random.Random(1))

    def neighbours(batch: list[Pair]) -> int:
        numbers = sorted(int(pair.matter[1:]) for pair in batch)
        return sum(b - a == 1 for a, b in pairwise(numbers))

    assert np.mean([neighbours(batches.draw()) for _ in range(50)]) > 3


def test_what_the_network_holds_for_near_comes_together() -> None:
    batches = Batches(Source(pairs=pairs(4000), say=1.0, has_siblings=True), 20, random.Random(1))
    far = {
        f"m{each}": [f"m{(each + 1000 * way) % 4000}" for way in (1, 2)] * 2 for each in range(4000)
    }
    batches.bring_together(far)

    def together(batch: list[Pair]) -> int:
        names = {pair.matter for pair in batch}
        return sum(len(names & set(far[name])) for name in names)

    assert np.mean([together(batches.draw()) for _ in range(50)]) > 2


def test_near_are_those_of_a_like_direction_but_not_the_same_matter_written_twice() -> None:
    angles = np.deg2rad([0, 10, 20, 90, 100, 110, 180, 190, 200, 200.1])
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    near = neighbours([str(each) for each in range(len(rows))], rows)
    assert near["1"][:2] in (["0", "2"], ["2", "0"])
    assert "9" not in near["8"]
    assert "8" not in near["9"]
    assert all(name not in near[name] for name in near)
    assert len(near["0"]) >= SIBLINGS


def test_a_batch_is_never_larger_than_its_matters() -> None:
    assert len(Batches(Source(pairs=pairs(3), say=1.0), 8, random.Random(1)).draw()) == 3


def test_what_torch_learns_is_what_the_desk_s_engine_then_does() -> None:
    torch = pytest.importorskip("torch", reason="torch is for those who make adapters")
    from bot.encoders.e5.fitting.__main__ import Reader, sources, train
    from bot.encoders.e5.fitting.network import Network

    torch.manual_seed(1)
    file = WeightsFile(weights_path())
    network, reader = Network(file, 4), Reader(file)

    def rows() -> np.ndarray:
        with torch.no_grad():
            return np.asarray(network([reader.numbers(Text(text=text)) for text in TEXTS]))

    published = rows()
    assert alike(published, OnnxEngine().queries(TEXTS)).min() > 0.999
    train(network, reader, sources(None), steps=3)
    learnt = rows()
    assert alike(published, learnt).max() < 0.99999
    engine = OnnxEngine(network.adapter("three steps", 1.0))
    assert alike(learnt, engine.queries(TEXTS)).min() > 0.999


def alike(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray((one * other).sum(axis=1) / lengths)
