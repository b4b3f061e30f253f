"""The work behind kb research: every research set in a folder, as one table."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typer

from bot.commands.common import STDERR, progress_bar, refuse, teller
from bot.commands.judging import PATIENCE, chosen_encoder, model_of
from knowledge_base.entry import Entry
from knowledge_base.evaluation import ask_queries
from knowledge_base.evaluation.research_sets import REGION, ResearchSet, research_sets
from knowledge_base.search import KnowledgeBase
from storage import open_storage

FLOORS: Final = {
    "K_mixed": {"top1": 0.84, "top3": 0.93, "right_direct": 0.45},
    "G_judged": {"top1": 0.75, "top3": 0.90, "right_direct": 0.37},
    "D5_covid_health": {"top1": 0.72, "top3": 0.88, "above_near_misses": 0.85},
    "A_gov_q2answer": {"top1": 0.60, "top5": 0.82},
}
"""Shares, of 150 questions of each set, below which the release has lost something."""
CEILINGS: Final = {
    "K_mixed": {"wrong_answers": 0.05},
    "G_judged": {"wrong_answers": 0.05},
    "F2_other_place": {"leak": 0.02},
    "F_oos chatter": {"leak": 0.01},
}
SHOWN: Final = (
    "top1",
    "top3",
    "top5",
    "mrr10",
    "above_near_misses",
    "right_direct",
    "wrong_answers",
    "offered",
    "leak",
)
HEADS: Final = ("top-1", "top-3", "R@5", "MRR", "above", "direct", "wrong", "offered", "leak")


async def measure(
    folder: Path,
    encoder: str,
    model: Path | None,
    most: int,
    vectors: Path | None,
    only: Sequence[str] = (),
) -> dict[str, Any]:
    """The reports of all sets by name, and which of them are below their floors.

    `only` names the sets that are wanted, or how their names begin.
    """
    sets = _wanted(folder, most, only)
    reports: dict[str, Any] = {}
    with TemporaryDirectory(prefix="huiying-") as kept:
        path = vectors or Path(kept) / "vectors.db"
        storage = await open_storage(f"sqlite:///{path.resolve()}")
        await storage.migrate()
        kb = KnowledgeBase(chosen_encoder(encoder), storage, model_of(model), REGION, PATIENCE)
        try:
            loaded: Sequence[Entry] = ()
            for each in sets:
                reports[each.name] = await _measured(each, kb, new=each.entries != loaded)
                loaded = each.entries
        finally:
            await kb.close()
            await storage.close()
    return {"sets": reports, "lost": lost_in(reports)}


def _wanted(folder: Path, most: int, only: Sequence[str]) -> list[ResearchSet]:
    try:
        sets = list(research_sets(folder, most))
    except (OSError, ValueError) as error:
        refuse(str(error))
    if not sets:
        refuse(f"{folder}: holds no research set (see docs/evaluation.md)")
    if unknown := [name for name in only if not any(s.name.startswith(name) for s in sets)]:
        refuse(f"{unknown[0]} is none of {', '.join(each.name for each in sets)}")
    return [each for each in sets if not only or each.name.startswith(tuple(only))]


async def _measured(each: ResearchSet, kb: KnowledgeBase, *, new: bool) -> dict[str, Any]:
    with progress_bar() as bar:
        tell = teller(bar, each.name)
        if new:
            await kb.load(each.entries, tell)
        report = await ask_queries(each.queries, kb, progress=tell)
    if not STDERR.is_terminal:
        typer.echo(f"{each.name}: {len(each.queries)} questions asked", err=True)
    return report.as_json()


def lost_in(reports: dict[str, Any]) -> list[str]:
    """What lies on the wrong side of its bound; figures without a value say nothing."""
    found = []
    for bounds, sign in ((FLOORS, 1), (CEILINGS, -1)):
        for name in bounds.keys() & reports.keys():
            for figure, bound in bounds[name].items():
                value = _figure(reports[name], figure)["value"]
                if value is not None and (value - bound) * sign < 0:
                    side = "below" if sign > 0 else "above"
                    found.append(f"{name}: {figure} {value:.3f} is {side} {bound}")
    return sorted(found)


def _figure(report: dict[str, Any], name: str) -> Any:
    return report["ranking"].get(name) or report["decision"][name]


def table_lines(told: dict[str, Any]) -> str:
    """One line a set; what has no value is left empty."""
    head = f"{'set':<16} {'asked':>6} {'with':>5} " + " ".join(f"{name:>7}" for name in HEADS)
    lines = [f"{head} {'at most':>8} {'ECE':>5}"]
    for name, report in told["sets"].items():
        shares = " ".join(f"{_shown(_figure(report, each)['value']):>7}" for each in SHOWN)
        wrong = report["decision"]["wrong_answers"]
        counts = f"{name:<16} {report['queries']:>6} {report['answerable']:>5}"
        at_most = _shown(wrong["high"] if wrong["of"] else None)
        lines.append(f"{counts} {shares} {at_most:>8} {_shown(report['reliability']['ece']):>5}")
        if report["degraded"]:
            lines.append(f"  by words alone: {report['degraded']}")
    lines.append(
        "direct: right direct answers of answerable; wrong: of direct answers, and at most"
    )
    lines.append("so many with 95 % confidence; leak: answered though nothing may be")
    return "\n".join([*lines, *told["lost"]])


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
