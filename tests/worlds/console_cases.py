"""Cases on the console's small desk, as far as several tests need them."""

from datetime import timedelta

from cases.case import Case
from tests.values.console import MORNING, PEOPLE, SCHOOLS
from tests.worlds.console import World


async def accepted(desk: World, text: str, citizen: str = "o-citizen-1") -> Case:
    case = await desk.opened(text, department=SCHOOLS, citizen=citizen)
    return await desk.desk.accept(
        case.number, version=case.version, actor=PEOPLE["officer"], now=desk.clock.now
    )


LONG_AGO = MORNING - timedelta(days=30)


async def late(desk: World, amount: int = 2) -> list[str]:
    """So many overdue cases of the schools' department, noticed by the watch."""
    numbers = [
        (await desk.opened(f"学校的事{n}", department=SCHOOLS, received_at=LONG_AGO)).number
        for n in range(amount)
    ]
    await desk.deps.watch.round(desk.clock.now)
    return numbers
