"""Cases of every kind on the console's small desk, for its figures and papers."""

from datetime import timedelta

from cases.wording import text_hash
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser

LETTER = "=我的电话13812345678，入学怎么办"


async def busy(desk: World) -> None:
    """Answered, late and open cases of two departments, one without any."""
    await desk.opened("不知道归谁")
    await desk.opened("户口怎么迁", department=POLICE, received_at=MORNING - timedelta(days=20))
    for text in (LETTER, "学籍怎么转"):
        case = await desk.drafted(text, "请到教育局一楼办理。")
        await desk.desk.review(
            case.number,
            version=case.version,
            draft_hash=text_hash(case.draft),
            actor=PEOPLE["reviewer"],
            now=MORNING,
        )
    await desk.opened("入学报名", department=SCHOOLS)


async def text_of(client: Browser, path: str) -> str:
    async with client.get(path) as answer:
        assert answer.status == 200, path
        return await answer.text()
