"""What an import that publishes at once would do to the golden questions, before it does it."""

from pathlib import Path
from typing import Any

import typer

from bot.clock import utc_now
from bot.commands.judging import PATIENCE, encoder_of, model_of
from bot.config import Settings
from console.knowledge.text_safety import must_go
from handlers.texts.general import CHINA
from knowledge_base.exchange import ImportPlan
from knowledge_base.golden import Move, Turn, moves
from knowledge_base.own_words import adopt_own_words
from knowledge_base.rehearsal import Rehearsal
from knowledge_base.search import KnowledgeBase
from storage import Storage


async def golden_moves(
    settings: Settings, storage: Storage, plan: ImportPlan, *, replacing: bool
) -> tuple[Move, ...]:
    """Asks every golden question before and after; nothing is changed, vectors are kept."""
    golden = await storage.golden_questions()
    if not golden:
        return ()
    await adopt_own_words(storage)
    typer.echo(f"asking {len(golden):,} golden questions, before and after", err=True)
    answering = settings.answering
    model = model_of(Path(answering.model) if answering.model else None)
    encoder = encoder_of(settings)

    def open_kb() -> KnowledgeBase:
        under = model.under(answering.wrong_answer_bound)
        return KnowledgeBase(encoder, storage, under, answering.region, PATIENCE)

    rehearsal, asked = Rehearsal(open_kb, storage), [each.text for each in golden]
    today = utc_now().astimezone(CHINA).date()
    changed = [each for each in (*plan.added, *plan.changed) if not must_go(each)]
    gone = {each.id for each in plan.missing} if replacing else set()
    before = await rehearsal.ask(asked, [], today=today)
    return moves(golden, before, await rehearsal.ask(asked, changed, today=today, gone=gone))


def told(found: tuple[Move, ...]) -> dict[str, Any]:
    """The texts of the questions by what would become of them."""
    return {turn.value: [m.question.text for m in found if m.turn is turn] for turn in Turn}


def lines(found: tuple[Move, ...]) -> str:
    """One line a question that moves or stays wrong."""
    return "\n".join(
        f"{each.turn.value}: {each.question.text}: "
        f"{each.before.decision} {each.before.entry or '-'} → "
        f"{each.after.decision} {each.after.entry or '-'}"
        for each in found
    )
