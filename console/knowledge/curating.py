"""What the pages of the knowledge base work with; `bot/app.py` builds it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from knowledge_base.corrections import CorrectionStore
from knowledge_base.explanation import Explanation
from knowledge_base.golden import GoldenStore
from knowledge_base.housekeeping import Housekeeping, PairStore
from knowledge_base.jobs import JobStore
from knowledge_base.kinds import KindsStore
from knowledge_base.learning import Learning
from knowledge_base.library_look import LibraryLooks
from knowledge_base.outcome import Finding
from knowledge_base.own_places import PlaceStore
from knowledge_base.rehearsal import Rehearsal
from knowledge_base.stated_bound import StatedBound
from knowledge_base.synonyms import SynonymStore
from knowledge_base.unmet import UnmetStore

Tell = Callable[[int, int], Awaitable[None]]
"""Told now and then how much of a job is done, of how much."""


@dataclass(frozen=True, kw_only=True)
class Curating:
    """`explain` gives a finding's reasons, `bound` what may be said of the answers in use.

    `refresh` puts what is published into this worker's index at once; `tasks` are the jobs
    running in this process.
    """

    corrections: CorrectionStore
    golden: GoldenStore
    pairs: PairStore
    jobs: JobStore
    libraries: LibraryLooks
    unmet: UnmetStore
    synonyms: SynonymStore
    kinds: KindsStore
    places: PlaceStore
    rehearsal: Rehearsal
    learning: Learning
    housekeeping: Housekeeping
    explain: Callable[[Finding], Explanation]
    bound: Callable[[], StatedBound | None]
    refresh: Callable[[], Awaitable[object]]
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
