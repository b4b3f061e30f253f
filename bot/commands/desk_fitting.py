"""The work behind kb fit --desk: the desk's own labels become its model.

Texts are read from the database and given to the desk's own encoder; figures alone are printed.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import typer

from bot.clock import utc_now
from bot.commands.common import desk_storage, progress_bar, teller
from bot.commands.given_files import written
from bot.commands.judging import chosen_encoder, encoder_of, model_of
from bot.config import Settings
from handlers.texts.general import CHINA
from knowledge_base.calibration import save_model
from knowledge_base.entry import Entry
from knowledge_base.golden import GoldenQuestion
from knowledge_base.labels import DeskLabels, settled
from knowledge_base.own_words import adopt_own_words
from knowledge_base.ports import EncoderUnavailable
from storage import Storage

PERIOD = timedelta(days=365)
"""What citizens said longer ago was said of other rules."""
MOST_READ = 200_000
"""Messages, the newest, that are looked through for labels."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The options of the command; what is left empty is as the configuration says."""

    out: Path
    encoder: str = ""
    region: str = ""
    bound: float | None = None
    model: Path | None = None
    dry_run: bool = False


async def fit_desk(settings: Settings, wish: Wish) -> tuple[dict[str, Any], str]:
    """Fits, checks and saves a model; returns all counts, and why it was refused ("" if not)."""
    async with desk_storage(settings) as storage:
        now, golden = utc_now(), await storage.golden_questions()
        entries = await storage.published_entries()
        await adopt_own_words(storage)
        found = await storage.desk_labels(since=now - PERIOD, now=now, limit=MOST_READ)
        labels = settled(found, golden, entries)
        typer.echo(_counted(labels), err=True)
        told: dict[str, Any] = {"labels": labels.counts, "left_out": dict(labels.left_out)}
        refused = await _fit(_Desk(settings, storage, entries, golden, labels), wish, told)
    return told | {"written": not refused and not wish.dry_run}, refused


@dataclass(frozen=True)
class _Desk:
    """What a desk brings to a fit."""

    settings: Settings
    storage: Storage
    entries: list[Entry]
    golden: list[GoldenQuestion]
    labels: DeskLabels


async def _fit(desk: _Desk, wish: Wish, told: dict[str, Any]) -> str:
    # scikit-learn takes seconds to import, and only this command needs it.
    from knowledge_base.desk_refit import Workbench
    from knowledge_base.fitting import FitRefused

    answering = desk.settings.answering
    bound = wish.bound or answering.wrong_answer_bound
    used = wish.model or (Path(answering.model) if answering.model else None)
    current = model_of(used).under(bound)
    with progress_bar() as bar:
        bench = Workbench(
            entries=desk.entries,
            encoder=chosen_encoder(wish.encoder) if wish.encoder else encoder_of(desk.settings),
            store=desk.storage,
            region=wish.region or answering.region,
            today=utc_now().astimezone(CHINA).date(),
            progress=teller(bar, "encoding"),
        )
        try:
            bar.console.print(f"fitting to {len(desk.labels.queries):,} questions")
            new = await bench.fit(desk.labels, current, bound=bound)
            bar.console.print(f"asking both models {len(desk.golden):,} golden questions")
            check = await bench.check(desk.golden, current, new)
        except (FitRefused, EncoderUnavailable) as error:
            return str(error)
    told |= {"golden": check.as_json(), **new.fitted}
    if check.lost:
        return f"the new model loses {check.lost} of {check.asked} golden questions"
    if not wish.dry_run:
        with written("--out", wish.out):
            save_model(new, wish.out)
    return ""


def _counted(labels: DeskLabels) -> str:
    """What was found, in one line for a person."""
    used = ", ".join(f"{count} {kind}" for kind, count in labels.counts.items())
    left = ", ".join(f"{count} {why}" for why, count in labels.left_out.items() if count)
    return f"labelled questions: {used}" + (f"; left out: {left}" if left else "")
