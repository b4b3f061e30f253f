"""Makes `citizens.npz`: python -m bot.encoders.e5.fitting [DATA]

DATA is a folder with the open halves of the research sets; what lies there of D5, D6 and A joins
our own open set of wordings. K, G and F2, which the decision is fitted to and measured with, do
not. Needs torch, which a desk does not; takes some 25 minutes on two cores with AMX.
"""

import argparse
import random
from pathlib import Path

import torch
from rich.progress import Progress
from torch.nn.functional import cross_entropy

from bot.encoders.e5.adapter import CITIZENS
from bot.encoders.e5.fitting.batches import Batches, Source, neighbours
from bot.encoders.e5.fitting.network import Network
from bot.encoders.e5.fitting.pairs import Pair, Text, matters, paraphrases
from bot.encoders.e5.session import weights_path
from bot.encoders.e5.tokens import Tokens
from bot.encoders.e5.weights import WeightsFile
from bot.encoders.prompts import prompts_for

NAME = "citizens-2"
RANK = 16
STEPS = 1000
BATCH = 56
RATE = 3e-4
LOOK_AGAIN = 200
"""Steps between looks at what the network confuses."""
SHARE = 0.5
_SHARPNESS = 50.0
_LONGEST = 128
_THERE, _BACK = 0.7, 0.3


class Reader:
    """From a text to the numbers the network reads."""

    def __init__(self, file: WeightsFile) -> None:
        self._tokens = Tokens(file)
        self._ends = file.vocabulary.first, file.vocabulary.last
        self._prompts = prompts_for("multilingual-e5-small")

    def numbers(self, text: Text) -> list[int]:
        """At most 128, the first and the last included."""
        prompt = self._prompts.document if text.is_passage else self._prompts.query
        first, last = self._ends
        return [first, *self._tokens.numbers(prompt + text.text)[: _LONGEST - 2], last]


def loss_of(
    network: Network, reader: Reader, batch: list[Pair], chance: random.Random
) -> torch.Tensor:
    """Each text is to find its own among those of the batch and the near misses, and back."""
    texts = [pair.text for pair in batch]
    texts += [chance.choice(pair.same) for pair in batch]
    texts += [chance.choice(pair.other) for pair in batch if pair.other]
    rows = network([reader.numbers(text) for text in texts])
    asked, known = rows[: len(batch)], rows[len(batch) :]
    alike, right = _SHARPNESS * asked @ known.T, torch.arange(len(batch))
    there = cross_entropy(alike, right)
    return _THERE * there + _BACK * cross_entropy(alike[:, : len(batch)].T, right)


def sources(data: Path | None) -> list[Source]:
    """The open set first of all; paraphrases and official questions to answers have a small say."""
    own = [pair for matter in matters() for pair in matter.pairs()]
    found = [Source(pairs=own, say=6.0, has_siblings=True)]
    if data is not None:
        found += [
            Source(pairs=paraphrases(data, "D5_covid_health"), say=1.5),
            Source(pairs=paraphrases(data, "A_gov_q2answer", to_passages=True), say=0.5),
            Source(pairs=paraphrases(data, "D6_xiaobu_chat"), say=0.2),
        ]
    return [source for source in found if source.pairs]


def look_again(network: Network, reader: Reader, batches: Batches) -> None:
    """Official questions that the network holds for near come together from now on."""
    numbers = [reader.numbers(Text(text=question)) for question in batches.matters]
    with torch.no_grad():
        parts = [network(numbers[at : at + 256]) for at in range(0, len(numbers), 256)]
    batches.bring_together(neighbours(batches.matters, torch.cat(parts).numpy()))


def train(network: Network, reader: Reader, given: list[Source], steps: int) -> None:
    """Changes the network; the rate rises for a tenth of the steps and falls from then on."""
    chance = random.Random(1)  # noqa: S311 - the same batches every time
    batches = [Batches(source, BATCH, chance) for source in given]
    learns = [each for each in network.parameters() if each.requires_grad]
    optimiser = torch.optim.AdamW(learns, RATE, weight_decay=0.01)
    with Progress() as bar:
        task = bar.add_task("learning", total=steps)
        for step in range(steps):
            if step % LOOK_AGAIN == LOOK_AGAIN // 2:
                for each in batches:
                    if each.source.has_siblings:
                        look_again(network, reader, each)
            rising, falling = min(1.0, (step + 1) / max(1, steps // 10)), 1 - step / steps
            for group in optimiser.param_groups:
                group["lr"] = RATE * rising * max(0.05, falling)
            (drawn,) = chance.choices(batches, [source.say for source in given])
            loss = loss_of(network, reader, drawn.draw(), chance)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learns, 1.0)
            optimiser.step()
            bar.update(task, advance=1, description=f"learning, loss {loss.item():.2f}")


def main() -> None:
    """Learns and writes the adapter."""
    parser = argparse.ArgumentParser(description="Makes citizens.npz from wordings.")
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--to", type=Path, default=CITIZENS)
    asked = parser.parse_args()
    torch.manual_seed(1)
    file = WeightsFile(weights_path())
    network = Network(file, RANK)
    train(network, Reader(file), sources(asked.data), asked.steps)
    network.adapter(NAME, SHARE).save(asked.to)


if __name__ == "__main__":
    main()
